//! Which words stay in one row: a number and its unit, and what relates numbers. `2.5 / mg` that is parted at the end
//! of a row is misread.

use crate::article::cells::NO_BREAK_SPACE;

/// Units that stand behind numbers in clinical texts. Of those that are made of several (`mg/kg`) the first one tells.
const UNITS: [&str; 56] = [
    "%", "‰", "°", "°C", "°F", "Bq", "Ci", "Gy", "Hz", "IE", "IU", "J", "L", "MBq", "MHz", "Pa", "Sv", "U",
    "bpm", "cm", "cmH", "d", "dL", "dl", "fL", "g", "h", "hPa", "hr", "kBq", "kDa", "kHz", "kJ", "kPa",
    "kcal", "kg", "km", "l", "m", "mA", "mEq", "mGy", "mL", "mSv", "mV", "mcg", "mg", "min", "ml", "mm",
    "mmHg", "mmol", "mol", "ms", "ng", "s",
];

/// Signs that relate what stands before and behind them.
const SIGNS: &str = "/×·±<>≤≥=≈~";

/// The most that is kept together, in bytes: it must fit in a narrow row.
const LONGEST: usize = 24;

/// Whether no row may end between some words that are already kept together and the next word.
pub(super) fn stay_together(kept: &str, next: &str) -> bool {
    let Some(last) = kept.chars().next_back() else { return false };
    if last.is_alphabetic() && next.starts_with(char::is_alphanumeric) || kept.len() + next.len() > LONGEST {
        return false;
    }
    let has_number = || kept.contains(char::is_numeric);
    let word = kept.rsplit(NO_BREAK_SPACE).next().unwrap_or(kept);
    if is_sign(word) {
        return next.starts_with(char::is_numeric) || (has_number() && is_unit(next));
    }
    match next.strip_prefix('/') {
        Some(below) if is_unit(below) => has_number(),
        _ if is_sign(next) => has_number(),
        _ => last.is_numeric() && is_unit(next),
    }
}

fn is_sign(word: &str) -> bool {
    let mut signs = word.chars();
    matches!((signs.next(), signs.next()), (Some(sign), None) if SIGNS.contains(sign))
}

/// Whether a word begins with a unit.
fn is_unit(word: &str) -> bool {
    let is_part = |c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '°');
    let unit = word.split(|c| !is_part(c)).next().unwrap_or_default();
    match unit.strip_prefix(['µ', 'μ']) {
        Some(unit) => matches!(unit, "g" | "L" | "l" | "m" | "mol" | "M" | "Sv" | "Gy" | "V" | "s"),
        None => {
            UNITS.contains(&unit)
                || unit.strip_prefix(['n', 'p']).is_some_and(|unit| unit == "mol" || unit == "g")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_units() {
        for (text, expected) in [
            ("give 2.5 mg daily", "give 2.5_mg daily"),
            ("give 2.5 / mg daily", "give 2.5_/_mg daily"),
            ("at 2.5 mg / kg / d, then", "at 2.5_mg_/_kg_/_d, then"),
            ("at 5 µg/kg/min now", "at 5_µg/kg/min now"),
            ("at 5 mg /kg now", "at 5_mg_/kg now"),
            ("of 50 × 10⁹ /L and", "of 50_×_10⁹_/L and"),
            ("120 / 80 mmHg and p < 0.05.", "120_/_80_mmHg and p <_0.05."),
            ("12 of 15 and / or 3 men", "12 of 15 and / or 3 men"),
            ("in 2026 he saw 3 m’s", "in 2026 he saw 3_m’s"),
            ("1 / 2 / 3 / 4 / 5 / 6 / 7 / 8 / 9", "1_/_2_/_3_/_4_/_5 /_6_/_7_/_8_/_9"),
        ] {
            let mut set = String::new();
            for word in text.split(' ') {
                let kept = set.rsplit(' ').next().unwrap_or_default();
                let space = if stay_together(kept, word) { NO_BREAK_SPACE } else { ' ' };
                set.extend((!set.is_empty()).then_some(space));
                set.push_str(word);
            }
            assert_eq!(set.replace(NO_BREAK_SPACE, "_"), expected);
        }
    }
}
