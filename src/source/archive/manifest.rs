//! What a bundle says about itself, in its `bundle.yaml`.

use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

use crate::item::{Link, SafeText};

/// The most bytes of a `bundle.yaml` (16 KiB).
pub(super) const LARGEST: u64 = 16 * 1024;

/// The deepest nesting of brackets in it. What YAML parsers do with more grows with the square of it.
const DEEPEST: usize = 16;

/// The longest text of a field, in characters; the rest is cut off.
const LONGEST: usize = 1000;

/// What a bundle says about itself. Everything in it is safe to draw, and nothing of it need be true.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// What it is called; empty when it has no name.
    pub name: SafeText,
    /// What is in it; empty when it does not say.
    pub description: SafeText,
    /// Where it comes from.
    pub homepage: Option<Link>,
    /// The day on which it was made.
    pub updated: Option<Date>,
}

impl Manifest {
    /// Reads a `bundle.yaml`. A field that is missing, or is not what it should be, is passed over.
    ///
    /// # Errors
    ///
    /// In words, when it cannot be read at all.
    pub(in crate::source) fn parse(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() as u64 > LARGEST {
            return Err("it is too long".to_owned());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())?;
        if text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count() > DEEPEST {
            return Err("it has too many brackets".to_owned());
        }
        let fields: Option<Mapping> = serde_yaml::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| format!("it is not valid YAML ({error})"))?;
        let fields = fields.unwrap_or_default();
        let field = |name: &str| fields.get(name).and_then(text_of).unwrap_or_default();
        Ok(Self {
            name: safe(&field("name")),
            description: safe(&field("description")),
            homepage: Link::parse(&field("homepage")),
            updated: field("updated").get(..10).and_then(|day| day.parse().ok()),
        })
    }
}

/// The folder that a `bundle.yaml` lies in: empty at the top. `None` when the path is not that of one, or lies deeper
/// than in a folder at the top.
pub(super) fn folder_of(path: &str) -> Option<&str> {
    const NAME: &str = "bundle.yaml";
    let folder = if path == NAME { "" } else { path.strip_suffix(NAME)?.strip_suffix('/')? };
    (!folder.contains('/')).then_some(folder)
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn safe(text: &str) -> SafeText {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    SafeText::new(text.get(..end).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_is_read_and_what_it_should_not_say_is_passed_over() {
        let full = Manifest::parse(
            b"name: Health news\ndescription: |\n  Curated\n  daily.\nhomepage: https://example.org/news\nupdated: 2026-11-22T08:00:00Z\nmore: [1]\n",
        );
        let expected = Manifest {
            name: SafeText::new("Health news"),
            description: SafeText::new("Curated daily."),
            homepage: Link::parse("https://example.org/news"),
            updated: Some(Date::constant(2026, 11, 22)),
        };
        assert_eq!(full.as_ref(), Ok(&expected));
        let hostile = Manifest::parse(
            "name: \"\\e]52;c;eA==\\aNews\\u202e\"\ndescription: {a: b}\nhomepage: 'javascript:alert(1)'\nupdated: never\n".as_bytes(),
        )
        .unwrap();
        assert_eq!(hostile, Manifest { name: SafeText::new("News"), ..Manifest::default() });
        for nothing in ["", "# only a comment\n", "---\n", "\u{feff}name:\n"] {
            assert_eq!(Manifest::parse(nothing.as_bytes()), Ok(Manifest::default()), "{nothing:?}");
        }
        assert_eq!(Manifest::parse(b"name: 2026").unwrap().name.as_str(), "2026");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let long = "name: ".to_owned() + &"x".repeat(20_000);
        let laughs = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n".to_owned();
        let deep = "name: ".to_owned() + &"[".repeat(5000);
        for (bytes, reason) in [
            (long.as_bytes(), "too long"),
            (b"name: \xff", "UTF-8"),
            (deep.as_bytes(), "brackets"),
            (b"- a\n- b\n", "valid YAML"),
            (b"name: 'x\n", "valid YAML"),
        ] {
            let error = Manifest::parse(bytes).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
        assert_eq!(Manifest::parse(laughs.as_bytes()), Ok(Manifest::default()));
    }

    #[test]
    fn it_lies_at_the_top_or_in_a_folder_at_the_top() {
        assert_eq!(folder_of("bundle.yaml"), Some(""));
        assert_eq!(folder_of("news/bundle.yaml"), Some("news"));
        for path in ["a/b/bundle.yaml", "my-bundle.yaml", "bundle.yml", "a/my-bundle.yaml"] {
            assert_eq!(folder_of(path), None, "{path}");
        }
    }
}
