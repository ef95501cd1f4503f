//! Days as somebody types them: `7d`, `2w`, `3m`, `1y`, `today`, `yesterday`, `2021`, `2021-12`, `2021-12-05`.

use jiff::Span;
use jiff::civil::Date;

/// Why a text names no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotADay {
    /// It does not look like one.
    Unknown,
    /// It looks like a date but is in no calendar.
    NotInCalendar,
    /// It is before the year 1, or so far back that nobody can count to it.
    TooLongAgo,
}

/// The day that a text names. A month or a year is its first day; a number with a unit counts back from today.
pub(super) fn parse(typed: &str, today: Date) -> Result<Date, NotADay> {
    let typed = typed.to_ascii_lowercase();
    let day = match typed.as_str() {
        "today" => today,
        "yesterday" => today.yesterday().map_err(|_| NotADay::TooLongAgo)?,
        _ => match number_and_unit(&typed) {
            Some((number, unit)) => ago(number, unit, today).ok_or(NotADay::TooLongAgo)?,
            None => date(&typed)?,
        },
    };
    if day.year() < 1 { Err(NotADay::TooLongAgo) } else { Ok(day) }
}

/// Whether a text that names no day yet could, if somebody typed on.
pub(super) fn is_begun(typed: &str) -> bool {
    let typed = typed.to_ascii_lowercase();
    let is_number = typed.len() <= 4 && is_digits(&typed);
    let before_dash = typed.strip_suffix('0').unwrap_or(&typed).strip_suffix('-');
    let is_date = before_dash.is_some_and(|begun| begun.split('-').count() <= 2 && date(begun).is_ok());
    is_number || is_date || ["today", "yesterday"].iter().any(|word| word.starts_with(&typed))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits and the unit of `7d`.
fn number_and_unit(typed: &str) -> Option<(&str, char)> {
    let unit = typed.chars().next_back().filter(|unit| matches!(unit, 'd' | 'w' | 'm' | 'y'))?;
    let number = typed.strip_suffix(unit)?;
    is_digits(number).then_some((number, unit))
}

fn ago(number: &str, unit: char, today: Date) -> Option<Date> {
    let number: i64 = number.parse().ok()?;
    let span = match unit {
        'd' => Span::new().try_days(number),
        'w' => Span::new().try_weeks(number),
        'm' => Span::new().try_months(number),
        _ => Span::new().try_years(number),
    };
    today.checked_sub(span.ok()?).ok()
}

/// A year, a month of it or a day of it.
fn date(typed: &str) -> Result<Date, NotADay> {
    let mut parts = typed.split('-');
    let year = parts.next().filter(|year| year.len() == 4 && is_digits(year)).ok_or(NotADay::Unknown)?;
    let month = part(parts.next())?;
    let day = part(parts.next())?;
    if parts.next().is_some() {
        return Err(NotADay::Unknown);
    }
    let year = year.parse().map_err(|_| NotADay::Unknown)?;
    Date::new(year, month, day).map_err(|_| NotADay::NotInCalendar)
}

/// A month or a day, of one digit or two; the first where there is none.
fn part(digits: Option<&str>) -> Result<i8, NotADay> {
    let digits = digits.unwrap_or("1");
    if digits.len() > 2 || !is_digits(digits) {
        return Err(NotADay::Unknown);
    }
    digits.parse().map_err(|_| NotADay::Unknown)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The last day of a long month, from which not every month can be counted back.
    const TODAY: Date = date(2021, 12, 31);

    #[test]
    fn a_day_is_understood_as_people_write_it() {
        for (typed, day) in [
            ("today", TODAY),
            ("Yesterday", date(2021, 12, 30)),
            ("0d", TODAY),
            ("7d", date(2021, 12, 24)),
            ("2W", date(2021, 12, 17)),
            ("1m", date(2021, 11, 30)),
            ("3m", date(2021, 9, 30)),
            ("1y", date(2020, 12, 31)),
            ("2020", date(2020, 1, 1)),
            ("2020-2", date(2020, 2, 1)),
            ("2020-02", date(2020, 2, 1)),
            ("2020-02-29", date(2020, 2, 29)),
        ] {
            assert_eq!(parse(typed, TODAY), Ok(day), "{typed}");
        }
    }

    #[test]
    fn what_is_no_day_is_told_apart() {
        for (typed, wrong) in [
            ("7x", NotADay::Unknown),
            ("d", NotADay::Unknown),
            ("-7d", NotADay::Unknown),
            ("21-12", NotADay::Unknown),
            ("2021-12-05-06", NotADay::Unknown),
            ("2021-+1", NotADay::Unknown),
            ("五d", NotADay::Unknown),
            ("2021-13", NotADay::NotInCalendar),
            ("2021-00", NotADay::NotInCalendar),
            ("2021-02-29", NotADay::NotInCalendar),
            ("0000", NotADay::TooLongAgo),
            ("3000y", NotADay::TooLongAgo),
            ("99999999999999999999d", NotADay::TooLongAgo),
        ] {
            assert_eq!(parse(typed, TODAY), Err(wrong), "{typed}");
        }
    }

    #[test]
    fn every_beginning_of_a_day_is_a_day_or_is_begun() {
        for whole in ["today", "Yesterday", "30d", "2021-12-05", "2021-02-28", "2020-10-01", "2021-1-9"] {
            for end in 1..=whole.len() {
                let typed = whole.get(..end).unwrap();
                assert!(parse(typed, TODAY).is_ok() || is_begun(typed), "{typed} of {whole}");
            }
        }
        for wrong in ["7x", "2021-13", "2021-13-", "2021-02-29", "12345", "2021-12-05-", "tomorrow"] {
            assert!(!is_begun(wrong), "{wrong}");
        }
    }
}
