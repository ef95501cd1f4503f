//! `rounds check`: what is wrong in the item files of sources.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::ControlFlow;

use serde::Serialize;

use super::{Answer, CommandError, Items, ListFormat, Reading, SourceArguments};
use crate::edge::output::{Console, joined, to_json_line};
use crate::edge::store::Store;
use crate::item::{Clock, ItemKey, Problem, SafeText, Severity, counted};
use crate::library::{Marks, SourceProblem};
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
A notice names an item that is withheld, as its file asks: a draft, one with a \
later publication date, or one that has expired.
Exit status 1 means that there are errors; with --strict, errors or warnings.")]
#[command(mut_arg("sources", SourceArguments::without_the_sample))]
pub struct Arguments {
    #[command(flatten)]
    sources: SourceArguments,
    /// Let warnings count as errors do, as for the checks of a repository of items
    #[arg(long)]
    strict: bool,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

/// A problem with the path that it is at.
pub(super) type Finding = (String, Problem);

/// The findings in a source.
struct Checked {
    label: SafeText,
    findings: Vec<Finding>,
}

/// Prints every problem of the sources.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let opened = arguments.sources.open(console)?;
    if opened.is_sample {
        let reason = "there is nothing to check. Name a source, as in rounds check ~/news";
        return Err(CommandError::usage(reason));
    }
    let mut reading = Reading::of(&opened.origins, console)?;
    let store = Store::of_this_user();
    let (checked, totals) =
        reading.answer_from_items((&store, Marks::default()), console, |items| Ok(check(items)))?;
    let is_one = reading.len() == 1;
    write_findings(&checked, is_one, &totals, arguments.format, console)?;
    let is_clean = totals.errors == 0 && (totals.warnings == 0 || !arguments.strict);
    Ok(reading.answer(if is_clean { Answer::Yes } else { Answer::No }))
}

/// Every problem of every source, and how many there are of everything.
fn check(items: &Items) -> (Vec<Checked>, Totals) {
    let mut of_items: HashMap<usize, Vec<Finding>> = HashMap::new();
    for SourceProblem { item, problem, .. } in items.library().problems() {
        if let Some((id, source)) = item.and_then(|id| Some((id, items.source_of(id)?))) {
            of_items.entry(source).or_default().push((items.path(id).to_owned(), problem.clone()));
        }
    }
    let mut originals: HashMap<(usize, ItemKey), Vec<String>> = HashMap::new();
    for id in items.files() {
        let Some((entry, source)) = items.library().entry(id).zip(items.source_of(id)) else { continue };
        let path = items.path(id).to_owned();
        if entry.has_link {
            originals.entry((source, entry.key)).or_default().push(path);
        } else {
            of_items.entry(source).or_default().push((path, without_original()));
        }
    }
    for ((source, _), paths) in originals {
        of_items.entry(source).or_default().extend(repetitions(paths));
    }
    let mut totals = Totals { listed: items.library().len(), ..Totals::default() };
    let checked = items.reports().map(|(source, report)| {
        let mut findings = of_items.remove(&source).unwrap_or_default();
        findings.extend(report.problems.iter().cloned());
        sort(&mut findings);
        totals.add(&findings, report);
        Checked { label: items.label(source), findings }
    });
    (checked.collect(), totals)
}

/// Every problem of a source by its path, in order, as its files are now: they are read without a catalog. The items that
/// are withheld at this time are among them, each as a notice.
pub(super) fn findings(source: &Source, clock: Clock) -> Result<Vec<Finding>, SourceError> {
    let mut findings = Vec::new();
    let mut originals: HashMap<ItemKey, Vec<String>> = HashMap::new();
    let report = source.load(&mut |batch| {
        for item in batch.items {
            let withheld = item.release.withheld(Some(clock));
            if item.link.is_some() {
                originals.entry(item.key).or_default().push(item.path.clone());
            } else if withheld.is_none() {
                findings.push((item.path.clone(), without_original()));
            }
            findings.extend(
                item.problems.into_iter().chain(withheld).map(|problem| (item.path.clone(), problem)),
            );
        }
        ControlFlow::Continue(())
    })?;
    findings.extend(originals.into_values().flat_map(repetitions));
    findings.extend(report.problems);
    sort(&mut findings);
    Ok(findings)
}

/// Sorts findings by their paths and places.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|(path, problem), (other_path, other)| {
        let place = |problem: &Problem| (problem.line.unwrap_or(u32::MAX), problem.code);
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

fn without_original() -> Problem {
    let message =
        "This item names no original that can be opened. Give its address as link, or its doi or pmid.";
    Problem {
        line: None,
        severity: Severity::Warning,
        code: "original-missing",
        message: SafeText::new(message),
    }
}

fn repeated(first: &str) -> Problem {
    let message = format!(
        "This item leads to the same original article as {first}, and shares its read and starred marks. \
         Remove one of the two, or fix its link."
    );
    Problem {
        line: None,
        severity: Severity::Warning,
        code: "item-repeated",
        message: SafeText::new(&message),
    }
}

/// How many there are of everything.
#[derive(Debug, Default, Serialize)]
struct Totals {
    /// Item files found.
    files: usize,
    /// Item files read.
    items: usize,
    /// Items listed: files of one original are one item.
    listed: usize,
    errors: usize,
    warnings: usize,
    /// Items that are withheld, as their files ask.
    withheld: usize,
    /// Files of other kinds.
    others: usize,
    /// Files and folders whose names begin with a dot, which are passed over.
    hidden: usize,
}

impl Totals {
    /// Counts what is in a source.
    fn add(&mut self, findings: &[Finding], report: &Report) {
        let count = |severity| findings.iter().filter(|(_, problem)| problem.severity == severity).count();
        let counts = [
            (&mut self.files, report.files),
            (&mut self.items, report.items),
            (&mut self.errors, count(Severity::Error)),
            (&mut self.warnings, count(Severity::Warning)),
            (&mut self.withheld, count(Severity::Notice)),
            (&mut self.others, report.other_files()),
            (&mut self.hidden, report.hidden),
        ];
        for (total, count) in counts {
            *total = total.saturating_add(count);
        }
    }

    /// The totals as a sentence.
    fn sentence(&self) -> String {
        let withheld =
            if self.withheld > 0 { format!("{} withheld, ", self.withheld) } else { String::new() };
        format!(
            "{}: {} listed, {withheld}{}, {}; {}",
            counted(self.files, "item file", "item files"),
            self.listed,
            counted(self.errors, "error", "errors"),
            counted(self.warnings, "warning", "warnings"),
            counted(self.others, "other file", "other files"),
        )
    }
}

/// A problem as a line for scripts.
#[derive(Serialize)]
struct FindingRecord<'a> {
    source: &'a str,
    path: &'a str,
    /// The path as it is printed.
    printed_path: String,
    line: Option<u32>,
    severity: Severity,
    code: &'a str,
    message: &'a str,
}

impl<'a> FindingRecord<'a> {
    fn of(source: &'a str, (path, problem): &'a Finding) -> Self {
        let Problem { line, severity, code, message } = problem;
        let printed_path = SafeText::new(path).to_string();
        Self { source, path, printed_path, line: *line, severity: *severity, code, message }
    }
}

/// All problems as JSON in one piece.
#[derive(Serialize)]
struct CheckRecord<'a> {
    problems: Vec<FindingRecord<'a>>,
    totals: &'a Totals,
}

fn write_findings(
    checked: &[Checked],
    is_one: bool,
    totals: &Totals,
    format: ListFormat,
    console: &mut Console<'_>,
) -> io::Result<()> {
    let all = || checked.iter().flat_map(|one| one.findings.iter().map(|finding| (&one.label, finding)));
    let out = &mut *console.out;
    match format {
        ListFormat::Table => {
            for (label, finding) in all() {
                if !is_one {
                    write!(out, "{label}: ")?;
                }
                writeln!(out, "{}", joined(&row(finding)))?;
            }
            return writeln!(out, "{}", totals.sentence());
        }
        ListFormat::Json => {
            let problems = all().map(|(label, finding)| FindingRecord::of(label, finding)).collect();
            return to_json_line(out, &CheckRecord { problems, totals });
        }
        ListFormat::Ndjson => {
            all().try_for_each(|(label, finding)| to_json_line(out, &FindingRecord::of(label, finding)))?;
        }
        ListFormat::Tsv => {
            writeln!(out, "path\tline\tseverity\tcode\tmessage\tsource")?;
            all().try_for_each(|(label, finding)| write_fields(label, finding, out))?;
        }
    }
    // Where a line is a problem, the totals are no data.
    console.say(format_args!("{}.", totals.sentence()));
    Ok(())
}

/// A finding as a row for people.
pub(super) fn row((path, problem): &Finding) -> [SafeText; 4] {
    let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    let place = SafeText::of(format_args!("{}{line}", SafeText::new(path)));
    [place, name(problem.severity).into(), problem.code.into(), problem.message.clone()]
}

fn write_fields(source: &str, (path, problem): &Finding, out: &mut dyn Write) -> io::Result<()> {
    let line = problem.line.map(|line| line.to_string()).unwrap_or_default();
    let severity = name(problem.severity);
    writeln!(
        out,
        "{}\t{line}\t{severity}\t{}\t{}\t{source}",
        SafeText::new(path),
        problem.code,
        problem.message
    )
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
