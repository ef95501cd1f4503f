//! Saying that damaged text was found.

use super::problem::Problems;
use super::problem_code::TEXT_DAMAGED;

/// Says once for a file that damaged text was found in it and repaired, and shows the first such place.
pub(super) fn note_damage(problems: &mut Problems, line: Option<u32>, damaged: &str, repaired: &str) {
    const SHOWN: usize = 3;
    if problems.has(TEXT_DAMAGED) {
        return;
    }
    let is_same = |(one, other): &(char, char)| one == other;
    let same = damaged.chars().zip(repaired.chars()).take_while(is_same).count();
    // Characters that have no form are named by their numbers.
    let form = |letter: char| {
        if letter.is_control() { format!("U+{:04X}", u32::from(letter)) } else { letter.to_string() }
    };
    let wrong: String =
        damaged.chars().skip(same).take(SHOWN).take_while(|letter| !letter.is_ascii()).map(form).collect();
    let right: String = repaired.chars().skip(same).take(1).collect();
    let example = match (wrong.is_empty(), right.trim().is_empty()) {
        (false, false) => format!(" (such as {wrong}, which stands for {right})"),
        (false, true) => format!(" (such as {wrong})"),
        (true, _) => String::new(),
    };
    let message =
        format!("Wrong characters{example} were repaired. Save the file as UTF-8 with the right ones.");
    problems.warn(line, TEXT_DAMAGED, &message);
}
