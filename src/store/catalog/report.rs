//! The report of a survey as text, and as a report again. What comes out of a file is not trusted, whoever wrote it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::lists::known_code;
use crate::item::{Link, Problem, SafeText, Severity};
use crate::source::{Manifest, Report};

/// A report as text.
pub(super) fn to_text(report: &Report) -> String {
    let Report { files, items, others, hidden, manifest, problems } = report;
    let kept = Kept {
        files: *files,
        items: *items,
        others: Cow::Borrowed(others),
        hidden: *hidden,
        manifest: manifest.as_ref().map(KeptManifest::of),
        problems: problems.iter().map(|(path, problem)| KeptProblem::of(path, problem)).collect(),
    };
    // Numbers and texts can always be written.
    serde_json::to_string(&kept).unwrap_or_default()
}

/// Reads what [`to_text`] wrote; `None` when it is not that.
pub(super) fn of_text(text: &str) -> Option<Report> {
    let Kept { files, items, others, hidden, manifest, problems } = serde_json::from_str(text).ok()?;
    Some(Report {
        files,
        items,
        others: others.into_owned(),
        hidden,
        manifest: match manifest {
            Some(manifest) => Some(manifest.read()?),
            None => None,
        },
        problems: problems.into_iter().map(KeptProblem::read).collect::<Option<_>>()?,
    })
}

/// A report as it is written.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    files: usize,
    items: usize,
    others: Cow<'a, BTreeMap<String, usize>>,
    hidden: usize,
    manifest: Option<KeptManifest<'a>>,
    problems: Vec<KeptProblem<'a>>,
}

/// A manifest as it is written.
#[derive(Serialize, Deserialize)]
struct KeptManifest<'a> {
    name: Cow<'a, str>,
    description: Cow<'a, str>,
    homepage: Option<Cow<'a, str>>,
    updated: Option<Date>,
}

impl<'a> KeptManifest<'a> {
    fn of(manifest: &'a Manifest) -> Self {
        let Manifest { name, description, homepage, updated } = manifest;
        Self {
            name: Cow::Borrowed(name.as_str()),
            description: Cow::Borrowed(description.as_str()),
            homepage: homepage.as_ref().map(|link| Cow::Borrowed(link.as_str())),
            updated: *updated,
        }
    }

    fn read(self) -> Option<Manifest> {
        let homepage = match self.homepage {
            Some(link) => Some(Link::parse(&link)?),
            None => None,
        };
        let (name, description) = (SafeText::new(&self.name), SafeText::new(&self.description));
        Some(Manifest { name, description, homepage, updated: self.updated })
    }
}

/// A problem as it is written, with the path of what it is about.
#[derive(Serialize, Deserialize)]
struct KeptProblem<'a> {
    path: Cow<'a, str>,
    line: Option<u32>,
    is_error: bool,
    code: Cow<'a, str>,
    message: Cow<'a, str>,
}

impl<'a> KeptProblem<'a> {
    fn of(path: &'a str, problem: &'a Problem) -> Self {
        let Problem { line, severity, code, message } = problem;
        Self {
            path: Cow::Borrowed(path),
            line: *line,
            is_error: *severity == Severity::Error,
            code: Cow::Borrowed(code),
            message: Cow::Borrowed(message.as_str()),
        }
    }

    fn read(self) -> Option<(String, Problem)> {
        let problem = Problem {
            line: self.line,
            severity: if self.is_error { Severity::Error } else { Severity::Warning },
            code: known_code(&self.code)?,
            message: SafeText::new(&self.message),
        };
        Some((self.path.into_owned(), problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Report {
        let problem = Problem {
            line: Some(7),
            severity: Severity::Warning,
            code: known_code("bundle-yaml-invalid").unwrap(),
            message: SafeText::new("Something was odd. Mend it."),
        };
        Report {
            files: 3,
            items: 2,
            others: BTreeMap::from([("png".to_owned(), 4), ("\u{1e}\"".to_owned(), 1)]),
            hidden: 5,
            manifest: Some(Manifest {
                name: SafeText::new("Ward news"),
                description: SafeText::new("What the ward should read."),
                homepage: Link::parse("https://example.org/news"),
                updated: Some(jiff::civil::date(2026, 11, 22)),
            }),
            problems: vec![
                ("../\u{1b}[31m".to_owned(), problem.clone()),
                ("b".to_owned(), Problem { line: None, severity: Severity::Error, ..problem }),
            ],
        }
    }

    #[test]
    fn a_report_comes_back_as_it_was() {
        for report in [full(), Report::default()] {
            assert_eq!(of_text(&to_text(&report)), Some(report));
        }
    }

    #[test]
    fn what_is_no_report_is_none() {
        let text = to_text(&full());
        let altered = [
            text.replace("bundle-yaml-invalid", "no-such-code"),
            text.replace("https:", "javascript:"),
            text.replace("2026-11-22", "2026-13-22"),
            text.replace("\"files\":3", "\"files\":-3"),
            text.replace("\"hidden\":5,", ""),
            text.get(..text.len() / 2).unwrap().to_owned(),
            String::new(),
        ];
        for altered in altered {
            assert_ne!(altered, text);
            assert_eq!(of_text(&altered), None, "{altered}");
        }
    }
}
