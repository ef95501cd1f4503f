//! What does not work at present besides the files of a source: it stands among the problems until it is over.

use super::bundles::Fetch;
use super::message::Part;
use super::{Bundle, Reader};
use crate::item::{Problem, SafeText, Severity};

impl Reader {
    /// Puts together what is wrong besides items: in the sources, with bundles, with saving, with parts of Rounds.
    pub(super) fn renew_problems(&mut self) {
        let mut problems = self.source_problems.clone();
        problems.extend(self.bundles.iter().filter_map(not_fetched));
        if let Some(reason) = self.saving.failure() {
            problems.push(standing("marks", "not-saved", Severity::Error, reason.clone()));
        }
        for (part, reason) in &self.ended_parts {
            // These two are told of above.
            if !matches!(part, Part::Saving | Part::Fetching(_)) {
                problems.push(standing("Rounds", "part-ended", Severity::Error, reason.clone()));
            }
        }
        self.change_library(|reader| reader.library.set_problems(problems));
    }
}

fn not_fetched(bundle: &Bundle) -> Option<(String, Problem)> {
    let reason = bundle.trouble.clone()?;
    let severity = if bundle.fetch == Fetch::Offline { Severity::Warning } else { Severity::Error };
    Some(standing(&bundle.name, "not-fetched", severity, reason))
}

fn standing(about: &str, code: &'static str, severity: Severity, message: SafeText) -> (String, Problem) {
    (about.to_owned(), Problem { line: None, severity, code, message })
}
