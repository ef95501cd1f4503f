//! What a person means by the sources that they name, or by naming none.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use super::commands::{NAMES, nearest};
use super::config::{Config, NO_SCHEME, NamedSource, UnusableSource, is_address, reads_like_an_address};
use crate::item::SafeText;
use crate::source::chosen_folder;

/// The most names that are suggested.
const SUGGESTIONS: usize = 3;

/// What is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The sample that is built in, as nothing was named and nothing is configured.
    Sample,
    /// A source of the configuration.
    Named(NamedSource),
    /// One that must not be opened.
    Unusable(UnusableSource),
    /// An address, or the path of something that is there.
    Location(OsString),
}

/// A word that names no source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{typed}: there is no file or folder of this name, and no source has this name. {}", advice(typed, near, *.command))]
pub struct UnknownSource {
    /// What was typed, as it may be shown.
    pub typed: SafeText,
    /// The names of sources that come near.
    pub near: Vec<SafeText>,
    /// The command that comes near.
    pub command: Option<&'static str>,
}

/// Finds out what is meant by the sources that were named: each is an address, or else a path of something that is
/// there, or else the name of a configured source. Who names none means all that are configured, in their order, and
/// the sample where none is.
///
/// # Errors
///
/// When one of them is none of these.
pub fn wanted(
    typed: &[OsString],
    config: &Config,
    is_there: impl Fn(&Path) -> bool,
) -> Result<Vec<Wanted>, UnknownSource> {
    if !typed.is_empty() {
        return typed.iter().map(|typed| one(typed, config, &is_there)).collect();
    }
    let usable = config.sources.iter().cloned().map(Wanted::Named);
    let configured: Vec<Wanted> =
        usable.chain(config.unusable.iter().cloned().map(Wanted::Unusable)).collect();
    Ok(if configured.is_empty() { vec![Wanted::Sample] } else { configured })
}

/// Whether there is anything at a path. What may not be looked at is there, so that to open it tells why.
pub fn is_there(path: &Path) -> bool {
    let chosen = chosen_folder(path);
    let path = chosen.as_ref().map_or(path, |(place, _)| place);
    !fs::metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn one(typed: &OsString, config: &Config, is_there: impl Fn(&Path) -> bool) -> Result<Wanted, UnknownSource> {
    let text = typed.to_string_lossy();
    if is_address(&text) || is_there(Path::new(typed)) {
        return Ok(Wanted::Location(typed.clone()));
    }
    if let Some(source) = config.find(&text) {
        return Ok(Wanted::Named(source.clone()));
    }
    if let Some(source) = config.find_unusable(&text) {
        return Ok(Wanted::Unusable(source.clone()));
    }
    let names = config.sources.iter().map(|source| source.name.as_str());
    let near = nearest(&text, names, SUGGESTIONS).into_iter().map(SafeText::new).collect();
    let typed = if text.trim().is_empty() { "(nothing)" } else { &text };
    let command = nearest(typed, NAMES.into_iter(), 1).first().copied();
    Err(UnknownSource { typed: SafeText::new(typed), near, command })
}

fn advice(typed: &SafeText, near: &[SafeText], command: Option<&str>) -> String {
    if reads_like_an_address(typed) {
        return NO_SCHEME.to_owned();
    }
    let near: Vec<&str> = near.iter().map(SafeText::as_str).collect();
    match near.as_slice() {
        [] if command.is_some() => format!("The nearest command is {}", command.unwrap_or_default()),
        [] => "Check the spelling; to see the sources that have names: rounds sources".to_owned(),
        [one] => format!("The nearest name is {one}"),
        near => format!("The nearest names are {}", near.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::config::SourceName;

    fn named(name: &str) -> NamedSource {
        let name = SourceName::parse(name).expect(name);
        NamedSource { location: format!("/srv/{name}"), name, key: None, allow_http: false }
    }

    #[test]
    fn a_word_is_an_address_a_path_or_a_name_in_this_order() {
        let sources = ["health", "ai-news", "folder"].map(named).to_vec();
        let config = Config { sources, ..Config::default() };
        let location = |typed: &str| Ok(Wanted::Location(typed.into()));
        let unknown = |typed: &str, near: &[&str]| {
            let near = near.iter().map(|name| SafeText::new(name)).collect();
            Err(UnknownSource { typed: SafeText::new(typed), near, command: None })
        };
        let cases = [
            ("https://example.org/x.zip", location("https://example.org/x.zip")),
            ("health://", location("health://")),
            ("folder", location("folder")),
            ("./folder", location("./folder")),
            ("health", Ok(Wanted::Named(named("health")))),
            ("ai-news", Ok(Wanted::Named(named("ai-news")))),
            ("helth", unknown("helth", &["health"])),
            ("Health", unknown("Health", &["health"])),
            ("./health", unknown("./health", &["health"])),
            ("zzz\u{1b}[2J", unknown("zzz", &[])),
            ("", unknown("(nothing)", &[])),
        ];
        let is_there = |path: &Path| matches!(path.to_str(), Some("folder" | "./folder"));
        for (typed, expected) in cases {
            let found = wanted(&[typed.into()], &config, is_there);
            assert_eq!(found, expected.map(|wanted| vec![wanted]), "{typed:?}");
        }
    }

    #[test]
    fn who_names_nothing_means_all_that_have_names_or_the_sample() {
        let sources = vec![named("b"), named("a")];
        let config = Config { sources: sources.clone(), ..Config::default() };
        let all = sources.into_iter().map(Wanted::Named).collect();
        assert_eq!(wanted(&[], &config, |_| true), Ok(all));
        assert_eq!(wanted(&[], &Config::default(), |_| true), Ok(vec![Wanted::Sample]));
    }

    #[test]
    fn several_are_opened_in_the_order_in_which_they_are_named() {
        let config = Config { sources: vec![named("a")], ..Config::default() };
        let typed = ["https://example.org/x", "a"].map(OsString::from);
        let both = vec![Wanted::Location(typed[0].clone()), Wanted::Named(named("a"))];
        assert_eq!(wanted(&typed, &config, |_| false), Ok(both));
        assert!(wanted(&["a".into(), "b".into()], &config, |_| false).is_err());
    }

    #[test]
    fn what_is_unknown_is_named_with_what_may_be_meant() {
        let config = Config { sources: vec![named("health")], ..Config::default() };
        let error =
            |typed: &str| wanted(&[typed.into()], &config, |_| false).map_err(|error| error.to_string());
        let beginning =
            |typed| format!("{typed}: there is no file or folder of this name, and no source has this name.");
        assert_eq!(error("helth"), Err(format!("{} The nearest name is health", beginning("helth"))));
        let advice = "Check the spelling; to see the sources that have names: rounds sources";
        assert_eq!(error("xyz"), Err(format!("{} {advice}", beginning("xyz"))));
        for typed in ["news.example.org/health.tar.zst", "www.example.org"] {
            let advice = "If it is an address, begin it with https://";
            assert_eq!(error(typed), Err(format!("{} {advice}", beginning(typed))));
        }
    }
}
