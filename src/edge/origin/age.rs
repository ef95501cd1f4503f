//! How old something is, in words.

use jiff::{Timestamp, Unit};

/// How old something is, in the one unit that matters: `2 h`, `3 days`. A clock that was set back makes nothing older.
pub fn age(then: Timestamp, now: Timestamp) -> String {
    const MINUTES_OF_A_DAY: i64 = 24 * 60;
    let minutes = then.until((Unit::Minute, now)).map_or(0, |span| span.get_minutes()).max(0);
    match minutes {
        0 => "less than a minute".to_owned(),
        1..60 => format!("{minutes} min"),
        60..MINUTES_OF_A_DAY => format!("{} h", minutes / 60),
        _ => match minutes / MINUTES_OF_A_DAY {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn an_age_is_told_in_one_unit() {
        let cases = [
            (-3600, "less than a minute"),
            (59, "less than a minute"),
            (60, "1 min"),
            (59 * 60 + 59, "59 min"),
            (2 * 3600 + 1800, "2 h"),
            (86_399, "23 h"),
            (86_400, "1 day"),
            (400 * 86_400, "400 days"),
        ];
        let now = Timestamp::now();
        for (seconds, expected) in cases {
            assert_eq!(age(now - SignedDuration::from_secs(seconds), now), expected, "{seconds}");
        }
    }
}
