//! Finding what a person may have meant.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::search::fold;

/// The candidates that share words with what was typed, the nearest first, at most `limit` of them.
///
/// Words count as shared when they are nearly the same, so that a slip of the finger finds its way.
pub fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>, limit: usize) -> Vec<&'a str> {
    let typed = fold(typed);
    let wanted: Vec<&str> = typed.unicode_words().collect();
    let mut found: Vec<(f64, &str)> = candidates
        .map(|candidate| (likeness(&wanted, &fold(candidate)), candidate))
        .filter(|(likeness, _)| *likeness > 0.0)
        .collect();
    found.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.len().cmp(&b.len())).then(a.cmp(b)));
    found.truncate(limit);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How many of the wanted words the text has, each counted by how nearly it is the same.
fn likeness(wanted: &[&str], text: &str) -> f64 {
    const NEARLY_THE_SAME: f64 = 0.88;
    let nearest_word = |word: &&str| {
        let likenesses = text.unicode_words().map(|other| strsim::jaro_winkler(word, other));
        likenesses.filter(|likeness| *likeness >= NEARLY_THE_SAME).fold(0.0, f64::max)
    };
    wanted.iter().map(nearest_word).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first() {
        let topics = ["Medicine", "Precision Medicine", "Telehealth", "Data Interpretation, Statistical"];
        let nearest = |typed| nearest(typed, topics.into_iter(), 3);
        assert_eq!(nearest("precison medicine"), ["Precision Medicine", "Medicine"]);
        assert_eq!(nearest("statistical data"), ["Data Interpretation, Statistical"]);
        assert_eq!(nearest("telehelth"), ["Telehealth"]);
        assert!(nearest("zzz").is_empty());
        assert!(nearest("").is_empty());
    }
}
