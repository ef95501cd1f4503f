//! Whether an item may be listed, and when: what its file says, and what follows from it at a time.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::problem_code::{
    WITHHELD_DRAFT, WITHHELD_EARLY, WITHHELD_EXPIRED, WITHHELD_TEMPLATE, WITHHELD_UNLISTED,
};
use super::{Problem, SafeText, Severity};

/// How far ahead of the clock a date may be and still not count as future: time zones are up to 26 hours apart, and dates
/// without a zone are read as UTC.
const LEEWAY: SignedDuration = SignedDuration::from_hours(24);

/// Before this, no clock that is right can be: this program did not exist. What was to be published before it, is.
const WRITTEN: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// The time by which it is decided which items are withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// What the clock of this machine says.
    pub now: Timestamp,
    /// The time of the newest thing that Rounds has fetched or found here, if there is any. A clock that was reset is told
    /// by it.
    pub newest: Option<Timestamp>,
}

impl Clock {
    /// The clock, which also knows of what another one knows of.
    #[must_use]
    pub fn with_newest_of(self, other: Option<Self>) -> Self {
        Self { newest: self.newest.max(other.and_then(|other| other.newest)), ..self }
    }

    /// Whether the clock says an earlier time than it can be.
    fn is_behind(self) -> bool {
        self.now < WRITTEN
            || self.newest.is_some_and(|newest| newest > self.now.saturating_add(LEEWAY).unwrap_or(newest))
    }

    /// The earliest time that it can be now.
    fn at_least(self) -> Timestamp {
        self.newest.filter(|_| self.is_behind()).unwrap_or(self.now).max(self.now)
    }
}

/// What the file of an item says about whether it is published, as static site generators understand it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Release(pub Vec<Condition>);

/// One thing that a file says about whether its item is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// What it says.
    pub rule: Rule,
    /// The line of the file that says it, counted from 1, where it is known.
    pub line: Option<u32>,
}

/// What a file may say about whether its item is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// It is a draft: `draft: true`, or `published: false`.
    Draft,
    /// It is a page that its site does not list: `headless: true`, or `list: never` below `build`.
    Unlisted,
    /// It is a template, out of which a site generator makes pages.
    Template,
    /// It is published at a time: `publishDate`.
    From(Timestamp),
    /// It bears a date, and says nothing else of when it is published.
    Dated(Timestamp),
    /// It is published until a time: `expiryDate`.
    Until(Timestamp),
}

impl Release {
    /// What a file says, without what no longer makes a difference by any clock that is right.
    pub(super) fn new(mut conditions: Vec<Condition>) -> Self {
        conditions.retain(|condition| match condition.rule {
            Rule::From(time) | Rule::Dated(time) => time > WRITTEN,
            Rule::Draft | Rule::Unlisted | Rule::Template | Rule::Until(_) => true,
        });
        Self(conditions)
    }

    /// Whether the answer of [`Release::withheld`] is another one at some time, or is that it is withheld. Time only goes on,
    /// so of most items nothing need be remembered.
    pub fn matters(&self, clock: Option<Clock>) -> bool {
        self.0.iter().any(|condition| match condition.rule {
            Rule::From(time) | Rule::Dated(time) => clock.is_none_or(|clock| time > clock.now),
            Rule::Draft | Rule::Unlisted | Rule::Template | Rule::Until(_) => true,
        })
    }

    /// The next time at which the answer of [`Release::withheld`] may be another one, while a clock goes on.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let changes = self.0.iter().filter_map(|condition| match condition.rule {
            Rule::From(time) | Rule::Until(time) => Some(time),
            Rule::Dated(time) => time.checked_sub(LEEWAY).ok(),
            Rule::Draft | Rule::Unlisted | Rule::Template => None,
        });
        changes.filter(|time| *time > now).min()
    }

    /// Whether an item is withheld at this time, as a notice that says why. Without a clock, only what holds at all times
    /// counts.
    pub fn withheld(&self, clock: Option<Clock>) -> Option<Problem> {
        self.0.iter().find(|condition| condition.rule.withholds(clock)).map(Condition::notice)
    }
}

impl Rule {
    fn withholds(self, clock: Option<Clock>) -> bool {
        match (self, clock) {
            (Self::Draft | Self::Unlisted | Self::Template, _) => true,
            (Self::From(_) | Self::Dated(_) | Self::Until(_), None) => false,
            (Self::From(time), Some(clock)) => !clock.is_behind() && time > clock.now,
            (Self::Dated(time), Some(clock)) => {
                !clock.is_behind() && clock.now.saturating_add(LEEWAY).is_ok_and(|soon| time > soon)
            }
            (Self::Until(time), Some(clock)) => time <= clock.at_least(),
        }
    }
}

impl Condition {
    /// Says that an item is withheld for this.
    fn notice(&self) -> Problem {
        let (code, message) = match self.rule {
            Rule::Draft => (
                WITHHELD_DRAFT,
                "This is a draft, so it is listed only with --drafts. To publish it, remove this line.".to_owned(),
            ),
            Rule::Unlisted => (
                WITHHELD_UNLISTED,
                "Its site does not list this page, so it is listed only with --drafts. If it is news, remove this line."
                    .to_owned(),
            ),
            Rule::Template => (
                WITHHELD_TEMPLATE,
                "This is a template of a site and not news, so it is listed only with --drafts. If it is news, give it \
                 front matter with a title."
                    .to_owned(),
            ),
            Rule::From(time) => (
                WITHHELD_EARLY,
                format!(
                    "This will be published on {}. Until then it is listed only with --drafts.",
                    shown(time)
                ),
            ),
            Rule::Dated(time) => (
                WITHHELD_EARLY,
                format!(
                    "Its date, {}, is in the future. Until that day it is listed only with --drafts. If the date is wrong, \
                     correct it.",
                    shown(time)
                ),
            ),
            Rule::Until(time) => (
                WITHHELD_EXPIRED,
                format!("This expired on {}, so it is listed only with --drafts.", shown(time)),
            ),
        };
        let message = SafeText::new(&message);
        Problem { line: self.line, severity: Severity::Notice, code, message }
    }
}

/// A time in words; a day alone where it is midnight.
fn shown(time: Timestamp) -> String {
    let time: DateTime = jiff::tz::TimeZone::UTC.to_datetime(time);
    let format =
        if time.time() == jiff::civil::Time::midnight() { "%-d %B %Y" } else { "%-d %B %Y at %H:%M UTC" };
    time.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect(text)
    }

    fn clock(now: &str, newest: Option<&str>) -> Clock {
        Clock { now: at(now), newest: newest.map(at) }
    }

    fn code(rule: Rule, clock: Clock) -> Option<&'static str> {
        let release = Release::new(vec![Condition { rule, line: Some(3) }]);
        let notice = release.withheld(Some(clock))?;
        assert_eq!((notice.line, notice.severity), (Some(3), Severity::Notice));
        Some(notice.code)
    }

    #[test]
    fn an_item_is_withheld_by_its_file_and_the_clock() {
        let now = clock("2026-12-01T12:00:00Z", None);
        let cases = [
            (Rule::Draft, Some("withheld-draft")),
            (Rule::Unlisted, Some("withheld-unlisted")),
            (Rule::Template, Some("withheld-template")),
            (Rule::From(at("2026-12-01T12:00:01Z")), Some("withheld-early")),
            (Rule::From(at("2026-12-01T12:00:00Z")), None),
            (Rule::Dated(at("2026-12-02T12:00:01Z")), Some("withheld-early")),
            (Rule::Dated(at("2026-12-02T12:00:00Z")), None),
            (Rule::Until(at("2026-12-01T12:00:00Z")), Some("withheld-expired")),
            (Rule::Until(at("2020-01-01T00:00:00Z")), Some("withheld-expired")),
            (Rule::Until(at("2026-12-01T12:00:01Z")), None),
        ];
        for (rule, expected) in cases {
            assert_eq!(code(rule, now), expected, "{rule:?}");
        }
    }

    #[test]
    fn a_clock_that_was_reset_hides_no_news() {
        let dated = Rule::Dated(at("2026-11-30T00:00:00Z"));
        let from = Rule::From(at("2026-11-30T00:00:00Z"));
        for rule in [dated, from] {
            assert_eq!(code(rule, clock("1970-01-01T00:05:00Z", None)), None);
            assert_eq!(code(rule, clock("2026-06-01T00:00:00Z", Some("2026-11-30T06:00:00Z"))), None);
            assert_eq!(
                code(rule, clock("2026-06-01T00:00:00Z", Some("2026-05-30T06:00:00Z"))),
                Some("withheld-early")
            );
        }
        let until = Rule::Until(at("2026-08-01T00:00:00Z"));
        assert_eq!(
            code(until, clock("1970-01-01T00:05:00Z", Some("2026-11-30T06:00:00Z"))),
            Some("withheld-expired")
        );
    }

    #[test]
    fn it_is_known_when_the_answer_will_be_another_one() {
        let now = at("2026-12-01T12:00:00Z");
        let next = |rules: &[Rule]| {
            let conditions = rules.iter().map(|rule| Condition { rule: *rule, line: None }).collect();
            Release(conditions).next_change(now).map(|time| time.to_string())
        };
        let (from, until) = (Rule::From(at("2026-12-01T13:00:00Z")), Rule::Until(at("2026-12-02T00:00:00Z")));
        assert_eq!(next(&[until, from]).as_deref(), Some("2026-12-01T13:00:00Z"));
        assert_eq!(next(&[until]).as_deref(), Some("2026-12-02T00:00:00Z"));
        assert_eq!(next(&[Rule::Dated(at("2026-12-03T00:00:00Z"))]).as_deref(), Some("2026-12-02T00:00:00Z"));
        assert_eq!(next(&[Rule::Draft, Rule::From(now), Rule::Until(at("2020-01-01T00:00:00Z"))]), None);
    }

    #[test]
    fn of_what_is_published_for_good_nothing_need_be_remembered() {
        let now = clock("2026-12-01T12:00:00Z", None);
        let matters = |rule, clock| Release::new(vec![Condition { rule, line: None }]).matters(clock);
        let (before, after) = (at("2026-11-01T00:00:00Z"), at("2026-12-01T13:00:00Z"));
        for (rule, expected) in [
            (Rule::Dated(before), false),
            (Rule::From(before), false),
            (Rule::Dated(after), true),
            (Rule::From(after), true),
            (Rule::Until(before), true),
            (Rule::Draft, true),
        ] {
            assert_eq!(matters(rule, Some(now)), expected, "{rule:?}");
        }
        assert!(matters(Rule::Dated(before), None), "without a clock, anything may be");
    }

    #[test]
    fn what_made_a_difference_only_in_the_past_is_not_kept() {
        let condition = |rule| Condition { rule, line: None };
        let past = at("2021-12-05T00:00:00Z");
        assert_eq!(
            Release::new(vec![condition(Rule::From(past)), condition(Rule::Dated(past))]),
            Release::default()
        );
    }
}
