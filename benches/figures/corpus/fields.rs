//! What one item of the corpus is about: everything that its front matter repeats in several places.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::body;
use super::chance::Chance;
use super::front_matter::slug;
use super::words::{
    ACTORS, DEEDS, FAMILY_NAMES, GIVEN_NAMES, OUTCOMES, PRODUCTS, SITE_FIRST, SITE_SECOND, SUBJECTS,
    TAXONOMIES, TERM_KINDS, TERM_THINGS,
};

/// The day on which the benches take place; the newest item is of this day.
pub const TODAY: Date = date(2026, 11, 20);
/// How many days the corpus reaches back.
const DAYS: u32 = 8 * 365;
/// How many different terms there are.
const TERMS: u32 = 300;
/// How many different offerings there are.
const OFFERINGS: u32 = 96;
/// How many different sites there are.
const SITES: u32 = 40;

/// The fields of an item.
pub struct Fields {
    pub number: u32,
    pub title: String,
    pub slug: String,
    pub authors: Vec<String>,
    pub topics: Vec<String>,
    pub date: Option<String>,
    pub published: String,
    pub description: String,
    pub summary: String,
    pub site: String,
    pub site_name: String,
    pub link: String,
    pub image: String,
    pub offerings: Vec<String>,
}

impl Fields {
    /// The fields of the item with this number.
    pub fn of(number: u32, chance: &mut Chance) -> Self {
        let title = title(number, chance);
        let slug = format!("{}-{number}", slug(&title));
        let published = published(chance);
        let site_name = site(chance.zipf(SITES));
        let site = format!("{}.example", site_name.to_lowercase().replace(' ', ""));
        let summary = body::sentences(chance, 2);
        let count = chance.pick(&[0, 0, 0, 1, 2, 3]);
        Self {
            number,
            authors: (0..chance.between(0, 2)).map(|_| author(chance)).collect(),
            topics: topics(chance),
            date: (!chance.percent(2)).then(|| written_date(published, chance)),
            published: format!("{published}T08:{:02}:00-05:00", chance.below(60)),
            description: cut(&body::sentences(chance, 3), chance),
            link: format!("https://www.{site}/news/{}/{slug}", published.year()),
            image: format!("https://www.{site}/files/{number}_0.jpg"),
            offerings: (0..count).map(|_| offering(chance.zipf(OFFERINGS))).collect(),
            title,
            slug,
            summary,
            site,
            site_name,
        }
    }
}

fn title(number: u32, chance: &mut Chance) -> String {
    let (actor, deed) = (chance.pick(&ACTORS), chance.pick(&DEEDS));
    let (subject, outcome) = (chance.pick(&SUBJECTS), chance.pick(&OUTCOMES));
    match chance.below(5) {
        0 => format!("What to know about {subject} {outcome}"),
        1 => format!("{} questions on {subject}: {outcome}", chance.between(3, 12)),
        2 => format!("{actor} {deed} {subject}"),
        3 => format!("Report {number}: {subject}, {outcome}"),
        _ => format!("{actor} {deed} {subject} {outcome}"),
    }
}

fn author(chance: &mut Chance) -> String {
    format!("{} {}", chance.pick(&GIVEN_NAMES), chance.pick(&FAMILY_NAMES))
}

/// One to five topics; one item in twenty has bare terms only, one in thirty spells them in lower case.
fn topics(chance: &mut Chance) -> Vec<String> {
    let (bare, lower) = (chance.percent(5), chance.percent(3));
    let mut topics: Vec<String> = (0..chance.between(1, 5)).map(|_| topic(chance, bare)).collect();
    topics.sort_unstable();
    topics.dedup();
    if lower {
        topics = topics.iter().map(|topic| topic.to_lowercase()).collect();
    }
    topics
}

fn topic(chance: &mut Chance, bare: bool) -> String {
    let rank = chance.zipf(TERMS);
    let kind = nth(&TERM_KINDS, rank);
    let thing = nth(&TERM_THINGS, rank / 15);
    let term = if rank.is_multiple_of(11) { format!("{thing}, {kind}") } else { format!("{kind} {thing}") };
    // The taxonomy follows from the term, so that there are three hundred terms and not eighteen hundred.
    if bare { term } else { format!("{}: {term}", nth(&TAXONOMIES, rank % 7 % 6)) }
}

fn site(rank: u32) -> String {
    let (first, second) = (nth(&SITE_FIRST, rank), nth(&SITE_SECOND, rank / 8));
    let mut letters = first.chars();
    let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
    capital.into_iter().chain(letters).chain(" ".chars()).chain(second.chars()).collect()
}

fn offering(rank: u32) -> String {
    format!("{} {}", site(rank).split(' ').next().unwrap_or_default(), nth(&PRODUCTS, rank / 8))
}

fn nth<'a>(words: &[&'a str], number: u32) -> &'a str {
    let index = usize::try_from(number).unwrap_or_default();
    words.get(index % words.len().max(1)).copied().unwrap_or_default()
}

/// A day within the years of the corpus, later ones more often.
fn published(chance: &mut Chance) -> Date {
    let ago = chance.below(DAYS).min(chance.below(DAYS));
    TODAY.checked_sub(i64::from(ago).days()).unwrap_or(TODAY)
}

fn written_date(day: Date, chance: &mut Chance) -> String {
    match chance.below(10) {
        0 => format!("{day}T{:02}:15:00Z", chance.below(24)),
        1 => format!("{day} 07:30:00"),
        _ => day.to_string(),
    }
}

/// The curators' descriptions are often cut off in the middle of a word.
fn cut(text: &str, chance: &mut Chance) -> String {
    let limit = if chance.percent(60) { 230 } else { usize::MAX };
    text.char_indices().take_while(|(index, _)| *index < limit).map(|(_, character)| character).collect()
}
