//! Understands what somebody typed.

use jiff::civil::Date;

use super::day::{self, NotADay};
use super::problem::TypedWord;
use super::tokens::is_unspaced;
use super::variants::UNITS;
use super::{Criterion, Field, Filter, Search, SearchProblem, Term, Wanted, Words, fold, tokens};

/// The longest text that is understood, in characters.
const LONGEST: usize = 512;
/// The most words, phrases and filters.
const MOST_PARTS: usize = 32;

/// Understands a search; see [`Search::parse`].
pub(super) fn parse(typed: &str, today: Date) -> Result<Search, SearchProblem> {
    if typed.trim().chars().nth(LONGEST).is_some() {
        return Err(SearchProblem::TooLong(LONGEST));
    }
    let mut search = Search::default();
    for (number, part) in (Parts { rest: typed }).enumerate() {
        if number == MOST_PARTS {
            return Err(SearchProblem::TooManyParts(MOST_PARTS));
        }
        add(&mut search, &part, today)?;
    }
    Ok(search)
}

/// What a name before a colon asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Topic,
    Site,
    Author,
    Is,
    Since,
    Before,
}

impl Operator {
    const ALL: [(&str, Self); 6] = [
        ("topic", Self::Topic),
        ("site", Self::Site),
        ("author", Self::Author),
        ("is", Self::Is),
        ("since", Self::Since),
        ("before", Self::Before),
    ];

    /// The operator that a text begins with, and what stands behind its colon. Other names are plain words.
    fn before_colon(text: &str) -> Option<(Self, &str)> {
        let (typed, value) = text.split_once(':')?;
        let known = Self::ALL.iter().find(|(name, _)| name.eq_ignore_ascii_case(typed));
        known.map(|&(_, operator)| (operator, value))
    }
}

/// A word, a phrase or an operator with its value, as typed.
struct Part<'a> {
    /// All of it.
    typed: &'a str,
    /// Whether a `-` stands before it.
    not: bool,
    operator: Option<Operator>,
    /// What is looked for, without quotation marks.
    value: &'a str,
    /// Whether the value ends with a quotation mark as well as it begins with one.
    is_closed: bool,
    /// Whether somebody may be typing it yet.
    may_go_on: bool,
}

/// The parts of what was typed.
struct Parts<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let text = Some(self.rest.trim_start()).filter(|text| !text.is_empty())?;
        let unsigned = text.trim_start_matches('-');
        let (operator, value) = match Operator::before_colon(unsigned) {
            Some((operator, value)) => (Some(operator), value),
            None => (None, unsigned),
        };
        let quoted = value.strip_prefix(is_quotation_mark);
        let closed = quoted.and_then(|quoted| quoted.split_once(is_quotation_mark));
        let (value, rest) = match (quoted, closed) {
            (_, Some(closed)) => closed,
            (Some(open), None) => (open, ""),
            (None, None) => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some(Part {
            typed: text.strip_suffix(rest).unwrap_or(text),
            not: unsigned.len() < text.len(),
            operator,
            value,
            is_closed: closed.is_some(),
            may_go_on: closed.is_none() && rest.is_empty() && !value.ends_with(char::is_whitespace),
        })
    }
}

/// Any quotation mark opens a phrase and any closes it, for languages disagree on which do which.
fn is_quotation_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Words that are operators in other searches, in capitals, with what to do here.
const OPERATORS_ELSEWHERE: [(&str, &str); 3] = [
    ("OR", "look for one word after the other"),
    ("AND", "all words are looked for, so leave it out"),
    ("NOT", "write a - before the word that must not be there"),
];

/// Names before a colon that other searches know and this one does not.
const FIELDS_ELSEWHERE: [&str; 28] = [
    "after",
    "all",
    "allintitle",
    "body",
    "by",
    "category",
    "content",
    "date",
    "description",
    "doi",
    "feed",
    "from",
    "has",
    "in",
    "inbody",
    "intitle",
    "keyword",
    "keywords",
    "label",
    "link",
    "source",
    "subject",
    "summary",
    "tag",
    "tags",
    "text",
    "title",
    "until",
];

/// Explains what is an operator or a field in other searches and not here, where it would be looked for as a word and
/// nothing be found.
fn explain(part: &Part<'_>) -> Result<(), SearchProblem> {
    if part.operator.is_some() || part.typed.contains(is_quotation_mark) {
        return Ok(());
    }
    let operator = OPERATORS_ELSEWHERE.iter().find(|(word, _)| *word == part.typed && !part.may_go_on);
    if let Some((_, advice)) = operator {
        return Err(SearchProblem::NoOperator { word: TypedWord::new(part.typed), advice });
    }
    let field = part.value.split_once(':').filter(|(_, behind)| !behind.starts_with("//"));
    match field {
        Some((name, _)) if FIELDS_ELSEWHERE.iter().any(|known| known.eq_ignore_ascii_case(name)) => {
            Err(SearchProblem::NoField(TypedWord::new(part.typed)))
        }
        _ => Ok(()),
    }
}

fn add(search: &mut Search, part: &Part<'_>, today: Date) -> Result<(), SearchProblem> {
    explain(part)?;
    let what = match part.operator {
        None => return add_term(search, part, Field::Any),
        Some(Operator::Author) => return add_term(search, part, Field::Author),
        Some(Operator::Topic) => words(part.value).map(Criterion::Topic),
        Some(Operator::Site) => words(part.value).map(Criterion::Site),
        Some(Operator::Is) => state(part)?,
        Some(Operator::Since) => day(part, "since", today)?.map(Criterion::Since),
        Some(Operator::Before) => day(part, "before", today)?.map(Criterion::Before),
    };
    if let Some(what) = what {
        let filter = Filter { not: part.not, what };
        if !search.filters.contains(&filter) {
            search.filters.push(filter);
        }
    }
    Ok(())
}

fn add_term(search: &mut Search, part: &Part<'_>, field: Field) -> Result<(), SearchProblem> {
    let mut tokens: Vec<String> = tokens(part.value).map(|token| token.folded).collect();
    if field == Field::Any && !part.not && !part.is_closed {
        take_number(&mut search.text.wanted, &mut tokens);
    }
    if tokens.len() > Term::MAX_TOKENS {
        return Err(SearchProblem::LongPhrase(TypedWord::new(part.typed)));
    }
    let begins_words = match tokens.as_slice() {
        [] => return Ok(()),
        // A number or a unit behind something else is whole: `il-6` is not `IL-60`, nor `3 g` `3 groups`.
        [.., _, last] if is_number(last) => false,
        [.., number, last] if is_number(number) && UNITS.contains(&last.as_str()) => false,
        // Nothing begins with a letter that is a token by itself but that letter.
        [.., last] => !last.starts_with(is_unspaced),
    };
    let wanted = Wanted { field, term: Term { tokens, prefix: begins_words && !part.is_closed } };
    let terms = if part.not { &mut search.text.unwanted } else { &mut search.text.wanted };
    if !terms.contains(&wanted) {
        terms.push(wanted);
    }
    Ok(())
}

/// A unit belongs to the number before it: `400 mg` is one thing to look for. Takes the number away and puts it before
/// the unit.
fn take_number(wanted: &mut Vec<Wanted>, tokens: &mut Vec<String>) {
    let is_amount = |wanted: &Wanted| {
        wanted.field == Field::Any && wanted.term.tokens.iter().all(|token| is_number(token))
    };
    if let [unit] = tokens.as_slice()
        && UNITS.contains(&unit.as_str())
        && let Some(amount) = wanted.pop_if(|last| is_amount(last))
    {
        tokens.splice(0..0, amount.term.tokens);
    }
}

fn is_number(token: &str) -> bool {
    token.chars().all(char::is_numeric)
}

/// The words of the name of a topic or site; `None` where there are none yet.
fn words(value: &str) -> Option<Words> {
    let words = Words::new(&fold(value).replace(is_quotation_mark, " "));
    (!words.is_empty()).then_some(words)
}

fn state(part: &Part<'_>) -> Result<Option<Criterion>, SearchProblem> {
    let typed = part.value.trim().to_ascii_lowercase();
    let known = Criterion::STATES.iter().find(|(name, _)| *name == typed);
    match known {
        Some((_, state)) => Ok(Some(state.clone())),
        None if typed.is_empty() => Ok(None),
        None if part.may_go_on && Criterion::STATES.iter().any(|(name, _)| name.starts_with(&typed)) => {
            Ok(None)
        }
        None => Err(SearchProblem::State(TypedWord::new(part.typed))),
    }
}

fn day(part: &Part<'_>, operator: &'static str, today: Date) -> Result<Option<Date>, SearchProblem> {
    let typed = part.value.trim();
    let wrong = match day::parse(typed, today) {
        Ok(day) => return Ok(Some(day)),
        Err(_) if typed.is_empty() || (part.may_go_on && day::is_begun(typed)) => return Ok(None),
        Err(wrong) => wrong,
    };
    let word = TypedWord::new(part.typed);
    Err(match wrong {
        NotADay::Unknown => SearchProblem::NotADay { word, operator },
        NotADay::NotInCalendar => SearchProblem::NoSuchDay { word, operator },
        NotADay::TooLongAgo => SearchProblem::TooLongAgo { word, operator },
    })
}
