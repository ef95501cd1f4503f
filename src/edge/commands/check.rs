//! `rounds check`: what is wrong in the item files of a source.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{self, Write};

use serde::Serialize;

use super::{Answer, CommandError, ListFormat, for_each_item, open_named};
use crate::edge::output::{Console, to_json};
use crate::item::{ItemKey, Problem, SafeText, Severity};
use crate::source::{Report, Source, SourceError};

/// Name what is wrong in the item files: where, what, and what to do
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds check ~/news
  rounds check ~/news --format tsv > problems.tsv

An error means that a part of an item could not be read as it was meant.
A warning means that something was odd and has been put right.
No item is ever left out of the list for either.
Exit status 1 means that there are errors.")]
pub struct Arguments {
    /// A folder of items, one item file, or an archive of items
    source: OsString,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

/// A problem with the path that it is at.
pub(super) type Finding = (String, Problem);

/// Prints every problem of a source.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let (findings, report) = findings(&open_named(&arguments.source)?)?;
    let totals = Totals::of(&findings, &report);
    write_findings(&findings, &totals, arguments.format, console)?;
    Ok(if totals.errors == 0 { Answer::Yes } else { Answer::No })
}

/// Every problem of a source by its path, in order, with an account of the source.
pub(super) fn findings(source: &Source) -> Result<(Vec<Finding>, Report), SourceError> {
    let mut findings = Vec::new();
    let mut originals: HashMap<ItemKey, Vec<String>> = HashMap::new();
    let report = for_each_item(source, |item| {
        if item.link.is_some() {
            originals.entry(item.key).or_default().push(item.path.clone());
        }
        findings.extend(item.problems.into_iter().map(|problem| (item.path.clone(), problem)));
    })?;
    findings.extend(originals.into_values().flat_map(repetitions));
    findings.extend(report.problems.iter().cloned());
    sort(&mut findings);
    Ok((findings, report))
}

/// Sorts findings by their paths and places.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|(path, problem), (other_path, other)| {
        let place = |problem: &Problem| (problem.line, problem.code);
        path.cmp(other_path).then_with(|| place(problem).cmp(&place(other)))
    });
}

/// The warnings for items that lead to one original; the first of them, by path, counts as the item itself.
fn repetitions(mut paths: Vec<String>) -> Vec<(String, Problem)> {
    paths.sort_unstable();
    let mut paths = paths.into_iter();
    let first = paths.next().unwrap_or_default();
    paths.map(|path| (path, repeated(&first))).collect()
}

fn repeated(first: &str) -> Problem {
    let message = format!(
        "This item leads to the same original article as {first}, and shares its read and starred marks. \
         Remove one of the two, or mend its link."
    );
    Problem {
        line: None,
        severity: Severity::Warning,
        code: "item-repeated",
        message: SafeText::new(&message),
    }
}

/// How many there are of everything.
#[derive(Debug, Serialize)]
struct Totals {
    /// Item files found.
    files: usize,
    /// Items listed.
    items: usize,
    errors: usize,
    warnings: usize,
    /// Files of other kinds.
    others: usize,
    /// Files and folders whose names begin with a dot, which are passed over.
    hidden: usize,
}

impl Totals {
    fn of(findings: &[Finding], report: &Report) -> Self {
        let errors = findings.iter().filter(|(_, problem)| problem.severity == Severity::Error).count();
        Self {
            files: report.files,
            items: report.items,
            errors,
            warnings: findings.len().saturating_sub(errors),
            others: report.other_files(),
            hidden: report.hidden,
        }
    }

    /// The totals as a sentence.
    fn sentence(&self) -> String {
        format!(
            "{}: {} listed, {}, {}; {}",
            counted(self.files, "item file"),
            self.items,
            counted(self.errors, "error"),
            counted(self.warnings, "warning"),
            counted(self.others, "other file"),
        )
    }
}

pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// A problem as a line for scripts.
#[derive(Serialize)]
struct FindingRecord<'a> {
    path: &'a str,
    line: Option<u32>,
    severity: Severity,
    code: &'a str,
    message: &'a str,
}

impl<'a> From<&'a (String, Problem)> for FindingRecord<'a> {
    fn from((path, problem): &'a (String, Problem)) -> Self {
        let Problem { line, severity, code, message } = problem;
        Self { path, line: *line, severity: *severity, code, message }
    }
}

/// All problems as JSON in one piece.
#[derive(Serialize)]
struct CheckRecord<'a> {
    problems: Vec<FindingRecord<'a>>,
    totals: &'a Totals,
}

fn write_findings(
    findings: &[Finding],
    totals: &Totals,
    format: ListFormat,
    console: &mut Console<'_>,
) -> io::Result<()> {
    match format {
        ListFormat::Table => {
            findings.iter().try_for_each(|finding| write_row(finding, console.out))?;
            return writeln!(console.out, "{}", totals.sentence());
        }
        ListFormat::Json => {
            let problems = findings.iter().map(FindingRecord::from).collect();
            to_json(console.out, &CheckRecord { problems, totals })?;
            return writeln!(console.out);
        }
        ListFormat::Ndjson => {
            for finding in findings {
                to_json(console.out, &FindingRecord::from(finding))?;
                writeln!(console.out)?;
            }
        }
        ListFormat::Tsv => {
            writeln!(console.out, "path\tline\tseverity\tcode\tmessage")?;
            findings.iter().try_for_each(|finding| write_fields(finding, console.out))?;
        }
    }
    // Where a line is a problem, the totals are no data.
    console.say(format_args!("{}.", totals.sentence()));
    Ok(())
}

/// Writes a finding as a line for people.
pub(super) fn write_row((path, problem): &Finding, out: &mut dyn Write) -> io::Result<()> {
    let place = SafeText::new(path);
    let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    writeln!(out, "{place}{line}  {}  {}  {}", name(problem.severity), problem.code, problem.message)
}

fn write_fields((path, problem): &Finding, out: &mut dyn Write) -> io::Result<()> {
    let line = problem.line.map(|line| line.to_string()).unwrap_or_default();
    let severity = name(problem.severity);
    writeln!(out, "{}\t{line}\t{severity}\t{}\t{}", SafeText::new(path), problem.code, problem.message)
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
