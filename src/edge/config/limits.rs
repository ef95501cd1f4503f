//! The limits that the user has set: numbers by their names.

use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use crate::item::SafeText;

/// The limits that the user has set. What limits there are is known only to those who keep them, so each of them takes
/// its own with [`LimitSettings::take`], and what nobody took is named by [`LimitSettings::left`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LimitSettings(Vec<LimitSetting>);

/// One limit as it is set.
#[derive(Debug, Clone, PartialEq)]
struct LimitSetting {
    name: String,
    number: Number,
    /// The file and the line, to name it by.
    place: SafeText,
    taken: bool,
}

impl LimitSettings {
    /// Adds what is set at a place: a file and a line.
    pub(super) fn push(&mut self, name: &str, number: Number, place: SafeText) {
        self.0.push(LimitSetting { name: name.to_owned(), number, place, taken: false });
    }

    /// Takes the limits that `T` has a field for and whose numbers fit it; all others are as by default.
    ///
    /// `T` must have a default for each field and must deny unknown ones. Several types may take the same limit.
    pub fn take<T: DeserializeOwned + Default>(&mut self) -> T {
        let mut known = Map::new();
        for setting in &mut self.0 {
            let number = Value::Number(setting.number.clone());
            let alone = Map::from_iter([(setting.name.clone(), number.clone())]);
            if serde_json::from_value::<T>(Value::Object(alone)).is_ok() {
                setting.taken = true;
                known.insert(setting.name.clone(), number);
            }
        }
        serde_json::from_value(Value::Object(known)).unwrap_or_default()
    }

    /// Names what nobody took, a sentence for each.
    pub fn left(&self) -> Vec<SafeText> {
        let sentence = |LimitSetting { name, number, place, .. }: &LimitSetting| {
            SafeText::new(&format!(
                "{place}: limits.{name} = {number} is no limit that Rounds has, or no number that it can be. \
                 Until it is put right, it changes nothing."
            ))
        };
        self.0.iter().filter(|setting| !setting.taken).map(sentence).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Reading {
        ratio: u64,
        entries: u64,
    }

    impl Default for Reading {
        fn default() -> Self {
            Self { ratio: 200, entries: 1000 }
        }
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Fetching {
        seconds: f64,
        entries: u64,
    }

    #[test]
    fn each_takes_its_own_limits_and_what_is_left_is_named() {
        let mut limits = LimitSettings::default();
        let numbers = [("ratio", Number::from(-3)), ("entries", 7.into()), ("ratoi", 9.into())];
        let seconds = Number::from_f64(1.5).map(|number| ("seconds", number));
        for (line, (name, number)) in (1..).zip(numbers.into_iter().chain(seconds)) {
            limits.push(name, number, SafeText::new(&format!("config.toml, line {line}")));
        }
        assert_eq!(limits.take::<Reading>(), Reading { ratio: 200, entries: 7 });
        assert_eq!(limits.take::<Fetching>(), Fetching { seconds: 1.5, entries: 7 });
        let left = limits.left();
        assert!(left[0].starts_with("config.toml, line 1: limits.ratio = -3 is no limit"), "{left:?}");
        assert!(left[1].starts_with("config.toml, line 3: limits.ratoi = 9 is no limit"), "{left:?}");
        assert_eq!(left.len(), 2);
    }
}
