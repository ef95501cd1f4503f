//! Comparing what a person typed with what items say, as people compare words.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// Text without what people do not type alike: case and accents.
pub fn fold(text: &str) -> String {
    text.trim()
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

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
    fn case_and_accents_do_not_matter() {
        for (typed, said) in [("CAFE", "Café"), ("zurich", "Zürich"), ("ﬁbrosis", "Fibrosis"), (" ai ", "AI")]
        {
            assert_eq!(fold(typed), fold(said));
        }
    }

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
