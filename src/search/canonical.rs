//! Writing a search down, so that it can be understood again.

use std::fmt;

use super::tokens::is_unspaced;
use super::{Criterion, Field, Filter, Search, Term, Wanted, Words};

impl fmt::Display for Search {
    /// Writes the search in full: understood again, it is the same search. Days are written as dates, so a search
    /// that is to be kept is better kept as it was typed, for `since:7d` means another day tomorrow.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wanted = self.text.wanted.iter().map(|wanted| written(false, wanted));
        let unwanted = self.text.unwanted.iter().map(|wanted| written(true, wanted));
        let filters = self.filters.iter().map(Filter::to_string);
        for (index, part) in wanted.chain(unwanted).chain(filters).enumerate() {
            let blank = if index > 0 { " " } else { "" };
            write!(formatter, "{blank}{part}")?;
        }
        Ok(())
    }
}

fn written(not: bool, wanted: &Wanted) -> String {
    let operator = match wanted.field {
        Field::Any => "",
        Field::Author => "author:",
    };
    format!("{}{operator}{}", sign(not), wanted.term)
}

fn sign(not: bool) -> &'static str {
    if not { "-" } else { "" }
}

impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only what is not quoted can be the beginning of a word, and hyphens keep its tokens together.
        let (mark, between) = if self.prefix { ("", "-") } else { ("\"", " ") };
        formatter.write_str(mark)?;
        let mut previous = "";
        for token in &self.tokens {
            let are_parted = !(previous.ends_with(is_unspaced) && token.starts_with(is_unspaced));
            let parted = if are_parted && !previous.is_empty() { between } else { "" };
            write!(formatter, "{parted}{token}")?;
            previous = token;
        }
        formatter.write_str(mark)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(sign(self.not))?;
        match &self.what {
            Criterion::Topic(words) => write!(formatter, "topic:{}", value(words)),
            Criterion::Site(words) => write!(formatter, "site:{}", value(words)),
            Criterion::Unread => formatter.write_str("is:unread"),
            Criterion::Read => formatter.write_str("is:read"),
            Criterion::Starred => formatter.write_str("is:starred"),
            Criterion::New => formatter.write_str("is:new"),
            Criterion::Since(day) => write!(formatter, "since:{day}"),
            Criterion::Before(day) => write!(formatter, "before:{day}"),
        }
    }
}

/// Words behind a colon, quoted where they are several.
fn value(words: &Words) -> String {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.len() == 1 { words.concat() } else { format!("\"{}\"", words.join(" ")) }
}
