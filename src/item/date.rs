//! Dates as item files write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// Reads a date, or a date with a time, in any of the ways that occur: ISO 8601 (`2021-12-05`, `2021/12/05`,
/// `2021-12-05T12:40:13.027Z`, `2021-12-05 9:40 -0500`), with the name of the month (`December 5, 2021`,
/// `5 Dec 2021`, RFC 2822), American (`12/05/2021`), digits only (`20211205`), or seconds since 1970. What it says
/// of the time zone is passed over: the date is kept in the time that it was written in.
///
/// `None` when there is no such day. A time that does not exist is passed over, and the day kept.
pub(super) fn parse(text: &str) -> Option<DateTime> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if text.is_empty() || text.len() > 100 || !text.is_ascii() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits_only(text);
    }
    let day = numeric(text).or_else(|| with_month_name(text))?;
    Some(day.to_datetime(time_of_day(text).unwrap_or_else(Time::midnight)))
}

/// The other reading of a date such as `05/12/2021`, which [`parse`] reads with the month first: with the day first.
/// `None` where there is only one.
pub(super) fn day_first(text: &str) -> Option<DateTime> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    let end = text.find(['T', 't', ' ', ',']).unwrap_or(text.len());
    let mut parts = text.get(..end)?.split(['-', '/']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_short = |part: &str| matches!(part.len(), 1 | 2);
    if parts.next().is_some() || year.len() != 4 || !is_short(first) || !is_short(second) {
        return None;
    }
    let (month_first, day_first) = (calendar_day(year, first, second)?, calendar_day(year, second, first)?);
    (month_first != day_first)
        .then(|| day_first.to_datetime(time_of_day(text).unwrap_or_else(Time::midnight)))
}

/// Reads a date as [`parse`] does, as a moment: in the time zone that it names as `Z` or `+05:30`, else in UTC.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let local = parse(text)?;
    let offset = offset(text.trim()).unwrap_or(Offset::UTC);
    offset.to_timestamp(local).ok()
}

/// The distance from UTC that a text ends with, behind a time of day.
fn offset(text: &str) -> Option<Offset> {
    let (_, time) = text.split_once(':')?;
    let at = time.rfind(['+', '-'])?;
    let is_east = time.get(at..)?.starts_with('+');
    let digits: String = time.get(at..)?.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse::<i32>().ok()?),
        _ => return None,
    };
    let seconds = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?;
    Offset::from_seconds(if is_east { seconds } else { seconds.checked_neg()? }).ok()
}

/// The date that a file name or a slug begins with, as in `2019-03-27-title.md`.
pub(super) fn at_start_of_name(name: &str) -> Option<DateTime> {
    let (digits, rest) = name.split_at_checked(10)?;
    if rest.starts_with(|next: char| next.is_alphanumeric()) {
        return None;
    }
    let mut parts = digits.split(['-', '_']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    Some(calendar_day(year, month, day)?.to_datetime(Time::midnight()))
}

/// A day of the calendar. Years before 1000 are what programs write for "never".
fn calendar_day(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| *year >= 1000)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A year; a year, month and day without anything between them; or seconds or milliseconds since 1970.
fn digits_only(text: &str) -> Option<DateTime> {
    let day = match text.len() {
        4 => calendar_day(text, "1", "1")?,
        8 => calendar_day(text.get(..4)?, text.get(4..6)?, text.get(6..)?)?,
        10 | 13 => {
            let seconds = text.get(..10)?.parse().ok()?;
            return Some(Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime());
        }
        _ => return None,
    };
    Some(day.to_datetime(Time::midnight()))
}

/// A date that begins with numbers: year, month, day; month, day, year; or, where that cannot be, day, month, year.
fn numeric(text: &str) -> Option<Date> {
    let end = text.find(['T', 't', ' ', ',']).unwrap_or(text.len());
    let mut parts = text.get(..end)?.split(['-', '/', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        return calendar_day(first, second, third.unwrap_or("1"));
    }
    let year = third.filter(|year| year.len() == 4)?;
    if text.contains('.') {
        return calendar_day(year, second, first);
    }
    calendar_day(year, first, second).or_else(|| calendar_day(year, second, first))
}

/// A date with the name of its month, in any order: the day is the number of one or two digits, the year the one of
/// four.
fn with_month_name(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words = || text.split([' ', ',', '-', '/', '.']).filter(|word| !word.is_empty());
    let month = words().find_map(|word| {
        let head = word.get(..3)?.to_ascii_lowercase();
        let is_name = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        MONTHS.iter().position(|name| is_name && *name == head)
    })?;
    let month = i8::try_from(month).ok()?.checked_add(1)?;
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let year: i16 = words().find(|word| word.len() == 4 && is_number(word))?.parse().ok()?;
    let days = words().map(|word| word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()));
    let day = days.into_iter().find(|word| matches!(word.len(), 1 | 2) && is_number(word));
    let day: i8 = day.map_or(Some(1), |day| day.parse().ok())?;
    Date::new(year, month, day).ok().filter(|_| year >= 1000)
}

/// The time in a text: the first word with a colon in it.
fn time_of_day(text: &str) -> Option<Time> {
    let word = text.split([' ', 'T', 't', ',']).find(|word| word.contains(':'))?;
    let digits_end = word.find(|part: char| !(part.is_ascii_digit() || part == ':')).unwrap_or(word.len());
    let (clock, behind) = word.split_at_checked(digits_end)?;
    let mut parts = clock.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: i8 = parts.next().map_or(Some(0), |second| second.parse().ok())?;
    let (_, rest) = text.split_once(word)?;
    let half = if behind.is_empty() { rest.trim_start() } else { behind };
    let half = half.get(..2).map(str::to_ascii_lowercase);
    let hour = match half.as_deref() {
        Some("pm") if hour < 12 => hour.checked_add(12)?,
        Some("am") if hour == 12 => 0,
        _ => hour,
    };
    // A leap second is the last one of its minute to everybody but astronomers.
    Time::new(hour, minute, second.min(59), 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_however_they_are_written() {
        let cases = [
            ("2021-12-05", "2021-12-05T00:00:00"),
            ("'2021-12-05'", "2021-12-05T00:00:00"),
            ("2021-12-05T12:40:13.027273Z", "2021-12-05T12:40:13"),
            ("2021-12-01T03:39:32-05:00", "2021-12-01T03:39:32"),
            ("2021-12-05 12:40:13 -0500", "2021-12-05T12:40:13"),
            ("2015-04-21 9:40:13 -0500", "2015-04-21T09:40:13"),
            ("2021-12-05 9:40", "2021-12-05T09:40:00"),
            ("2021-12-05 09:40:00 PM", "2021-12-05T21:40:00"),
            ("2021/12/05", "2021-12-05T00:00:00"),
            ("2021-1-5", "2021-01-05T00:00:00"),
            ("2021-12", "2021-12-01T00:00:00"),
            ("2021", "2021-01-01T00:00:00"),
            ("20211205", "2021-12-05T00:00:00"),
            ("1638707413", "2021-12-05T12:30:13"),
            ("1638707413027", "2021-12-05T12:30:13"),
            ("December 5, 2021", "2021-12-05T00:00:00"),
            ("Dec. 5th, 2021 at 3:30pm", "2021-12-05T15:30:00"),
            ("5 Dec 2021", "2021-12-05T00:00:00"),
            ("05-Dec-2021", "2021-12-05T00:00:00"),
            ("Sun, 05 Dec 2021 12:40:13 -0500", "2021-12-05T12:40:13"),
            ("Sunday, March 7, 2021 12:05 AM EST", "2021-03-07T00:05:00"),
            ("12/05/2021", "2021-12-05T00:00:00"),
            ("25/12/2021", "2021-12-25T00:00:00"),
            ("05.12.2021", "2021-12-05T00:00:00"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59"),
            ("2021-12-05T99:99", "2021-12-05T00:00:00"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_date_in_numbers_may_have_two_readings() {
        for (text, expected) in [
            ("05/12/2021", Some("2021-12-05")),
            ("05-12-2021 10:00", Some("2021-12-05")),
            ("13/05/2021", None),
            ("05/05/2021", None),
            ("5.12.2021", None),
            ("2021-05-12", None),
            ("05/12/21", None),
        ] {
            assert_eq!(day_first(text).map(|date| date.date().to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_moment_is_that_of_its_time_zone() {
        let cases = [
            ("2021-12-05", "2021-12-05T00:00:00Z"),
            ("2021-12-05T10:00:00Z", "2021-12-05T10:00:00Z"),
            ("2021-12-05T10:00:00.5+05:30", "2021-12-05T04:30:00Z"),
            ("2021-12-05 10:00 -0500", "2021-12-05T15:00:00Z"),
            ("2021-12-05T10:00+02", "2021-12-05T08:00:00Z"),
            ("Sun, 05 Dec 2021 10:00:00 +0000", "2021-12-05T10:00:00Z"),
            ("Dec 5, 2021", "2021-12-05T00:00:00Z"),
        ];
        for (text, expected) in cases {
            assert_eq!(instant(text).map(|time| time.to_string()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(instant("soon"), None);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "",
            "soon",
            "2021-02-30",
            "2021-13-01",
            "0000-00-00",
            "0001-01-01T00:00:00Z",
            "Feb 31, 2021",
            "5 Dec",
            "1.2.3.4",
            "Déc 2021",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_may_begin_with_its_date() {
        let date = |name| at_start_of_name(name).map(|date| date.date().to_string());
        assert_eq!(date("2019-03-27-title.md").as_deref(), Some("2019-03-27"));
        assert_eq!(date("2019_03_27").as_deref(), Some("2019-03-27"));
        for name in
            ["2019-03-271", "2019-3-27-x", "title-2019-03-27", "2019-02-30-x", "", "ärztliche-versorgung"]
        {
            assert_eq!(date(name), None, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[0-9TZ:/., +-]{0,30}|.{0,30}") {
            parse(&text);
            at_start_of_name(&text);
        }
    }
}
