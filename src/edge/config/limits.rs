//! The limits that the user has set: numbers by their names.

use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use super::field_names::field_names;
use crate::edge::commands::nearest;
use crate::item::SafeText;
use crate::remote::Address;

/// The limits that the user has set. What limits there are is known only to those who keep them, so each of them takes
/// its own with [`LimitSettings::take`], and what nobody took is named by [`LimitSettings::left`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LimitSettings {
    settings: Vec<LimitSetting>,
    /// The names of the limits that somebody has asked for.
    known: Vec<&'static str>,
}

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
        self.settings.push(LimitSetting { name: name.to_owned(), number, place, taken: false });
    }

    /// Takes the limits that `T` has a field for and whose numbers fit it; all others are as by default.
    ///
    /// `T` must have a default for each field and must deny unknown ones. Several types may take the same limit.
    pub fn take<T: DeserializeOwned + Default>(&mut self) -> T {
        self.known.extend(field_names::<T>());
        let mut set = Map::new();
        for setting in &mut self.settings {
            let number = Value::Number(setting.number.clone());
            let alone = Map::from_iter([(setting.name.clone(), number.clone())]);
            if serde_json::from_value::<T>(Value::Object(alone)).is_ok() {
                setting.taken = true;
                set.insert(setting.name.clone(), number);
            }
        }
        serde_json::from_value(Value::Object(set)).unwrap_or_default()
    }

    /// Names what nobody took, a sentence for each, with the limit that may have been meant.
    pub fn left(&self) -> Vec<SafeText> {
        let left = self.settings.iter().filter(|setting| !setting.taken);
        left.map(|setting| SafeText::new(&self.complaint(setting))).collect()
    }

    fn complaint(&self, LimitSetting { name, number, place, .. }: &LimitSetting) -> String {
        let limit = format!("{place}: limits.{} = {number}", Address::shown(name));
        if self.known.contains(&name.as_str()) {
            return format!(
                "{limit} is not a number that this limit can have, so it changes nothing. Write another."
            );
        }
        let advice = match nearest(name, self.known.iter().copied(), 1).first() {
            Some(near) => format!("Was {near} meant?"),
            None => "Correct it, or take it out.".to_owned(),
        };
        format!("{limit} is not a limit of Rounds, so it changes nothing. {advice}")
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
        let numbers =
            [("ratio", Number::from(-3)), ("entries", 7.into()), ("ratoi", 9.into()), ("zzz", 1.into())];
        let seconds = Number::from_f64(1.5).map(|number| ("seconds", number));
        for (line, (name, number)) in (1..).zip(numbers.into_iter().chain(seconds)) {
            limits.push(name, number, SafeText::new(&format!("config.toml, line {line}")));
        }
        assert_eq!(limits.take::<Reading>(), Reading { ratio: 200, entries: 7 });
        assert_eq!(limits.take::<Fetching>(), Fetching { seconds: 1.5, entries: 7 });
        let left = limits.left();
        assert!(left[0].starts_with("config.toml, line 1: limits.ratio = -3 is not a number"), "{left:?}");
        assert!(left[1].starts_with("config.toml, line 3: limits.ratoi = 9 is not a limit"), "{left:?}");
        assert!(left[1].ends_with("Was ratio meant?"), "{left:?}");
        assert!(left[2].ends_with("Correct it, or take it out."), "{left:?}");
        assert_eq!(left.len(), 3);
    }
}
