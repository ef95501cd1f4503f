//! The names of everything that can be wrong with an item file: stable words for scripts, with what they mean.

/// One kind of problem: its stable name, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemCode {
    /// The name that a script may rely on.
    pub code: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

/// Declares the codes and the table of them together, so that neither can be without the other.
macro_rules! problem_codes {
    ($($(#[doc = $meaning:literal])+ $name:ident = $code:literal;)+) => {
        $($(#[doc = $meaning])+ pub const $name: &str = $code;)+

        /// Every code with its meaning, in the order of reading: bytes, front matter, fields.
        pub const PROBLEM_CODES: &[ProblemCode] =
            &[$(ProblemCode { code: $code, meaning: concat!($($meaning),+).trim_ascii() }),+];
    };
}

problem_codes! {
    /// The bytes are not UTF-8; they were read as UTF-16 or as Windows-1252.
    NOT_UTF8 = "not-utf8";
    /// Text had been read in a wrong encoding before it came here (`â€™` for `’`); it was repaired.
    TEXT_DAMAGED = "text-damaged";
    /// The front matter holds control characters, which YAML forbids; they were left out.
    CONTROL_CHARACTERS = "control-characters";
    /// The file has no front matter; the title comes from its first heading or its name.
    FRONT_MATTER_MISSING = "front-matter-missing";
    /// The front matter has a beginning but no end; the keys at the top of the file were read.
    FRONT_MATTER_UNCLOSED = "front-matter-unclosed";
    /// The front matter is longer than the limit; the keys at its beginning were read.
    FRONT_MATTER_TOO_LARGE = "front-matter-too-large";
    /// The front matter is not valid TOML; its simple keys were read.
    TOML_INVALID = "toml-invalid";
    /// The front matter begins as JSON but cannot be read as JSON.
    JSON_INVALID = "json-invalid";
    /// A value is not valid YAML; its text was taken as it stands.
    YAML_INVALID = "yaml-invalid";
    /// Lines are indented with tabs, which YAML forbids; they were read as blanks.
    YAML_TABS = "yaml-tabs";
    /// Brackets are nested deeper than the limit; the value was not parsed.
    YAML_TOO_DEEP = "yaml-too-deep";
    /// The value grows past the limit when its aliases are followed; it was not used.
    YAML_TOO_BIG = "yaml-too-big";
    /// A key stands more than once; the last value was used.
    KEY_REPEATED = "key-repeated";
    /// YAML takes a part of a value for a comment.
    COMMENT_IN_VALUE = "comment-in-value";
    /// A field is longer than the limit; it was cut.
    FIELD_TOO_LONG = "field-too-long";
    /// A list holds more entries than the limit; the rest were left out.
    LIST_TOO_LONG = "list-too-long";
    /// A date cannot be read as a date; another one was looked for.
    DATE_INVALID = "date-invalid";
    /// A date may be one of two days; it was read with the month first.
    DATE_AMBIGUOUS = "date-ambiguous";
    /// A link to the original is not one that may be opened; it was not used.
    LINK_REFUSED = "link-refused";
    /// The item is a draft; it is withheld.
    WITHHELD_DRAFT = "withheld-draft";
    /// The item is a page that its site does not list; it is withheld.
    WITHHELD_UNLISTED = "withheld-unlisted";
    /// The file is a template of a site; it is withheld.
    WITHHELD_TEMPLATE = "withheld-template";
    /// The item has a later publication date; it is withheld until then.
    WITHHELD_EARLY = "withheld-early";
    /// The item has expired; it is withheld.
    WITHHELD_EXPIRED = "withheld-expired";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kebab_case_and_occur_once() {
        let mut seen = std::collections::BTreeSet::new();
        for ProblemCode { code, meaning } in PROBLEM_CODES {
            assert!(
                code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            );
            assert!(meaning.ends_with('.'), "{code}: {meaning}");
            assert!(seen.insert(code), "{code} stands twice");
        }
    }
}
