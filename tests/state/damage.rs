//! Files that are overwritten, cut off, empty or something else.

use std::fs;
use std::path::Path;

use fastrand::Rng;
use rounds::item::SafeText;
use rounds::library::Marks;

use crate::support::{Desk, ITEMS, assert_whole, furnish, use_all};

/// The bytes of a page of the file, as SQLite has it by default.
const PAGE: usize = 4096;

/// A furnished state, as a file.
fn furnished() -> (Vec<u8>, Marks) {
    let desk = Desk::new();
    let (mut state, notices) = desk.open();
    assert_eq!(notices, []);
    furnish(&mut state);
    let marks = state.marks();
    drop(state);
    assert!(!desk.log().exists(), "the log has been moved into the file");
    (fs::read(desk.path()).unwrap(), marks)
}

/// How many marks of one state are in another.
fn saved(marks: &Marks, found: &Marks) -> usize {
    marks.read.intersection(&found.read).count() + marks.starred.intersection(&found.starred).count()
}

/// How many marks there may be on pages of which something was changed. A row of ours has at least 20 bytes.
fn lost_at_most(pages: usize) -> usize {
    pages * (PAGE / 20) * 2
}

/// The settings of a furnished state, with those that it is given when it is used.
fn known_settings() -> Vec<(String, String)> {
    let desk = Desk::new();
    let (mut state, _) = desk.open();
    furnish(&mut state);
    let mut settings = state.settings();
    use_all(&mut state);
    settings.extend(state.settings());
    settings
}

/// Opens a damaged file and uses it. Afterwards it is whole, and when it had to be replaced the user has been told
/// and the damaged one is kept. The marks that are there in the end come back.
fn open_and_use(bytes: &[u8], log: Option<&[u8]>, what: &str) -> (Marks, Vec<SafeText>) {
    let desk = Desk::new();
    fs::write(desk.path(), bytes).unwrap();
    if let Some(log) = log {
        fs::write(desk.log(), log).unwrap();
    }
    let (mut state, mut notices) = desk.open();
    let at_once = notices.len();
    let marks = use_all(&mut state);
    notices.extend(state.take_notices());
    let rescued_later = notices.len() > at_once;
    drop(state);
    let kept = desk.kept();
    assert_eq!(kept.len(), notices.len(), "{what}: {notices:?} {kept:?}");
    for (path, notice) in kept.iter().zip(&notices) {
        assert!(notice.contains(name(path)), "{what}: {notice}");
    }
    assert_whole(&desk.path());
    let (mut again, notices) = desk.open();
    assert_eq!(notices, [], "{what}");
    let found = again.marks();
    // SQLite reads a mark of a row that is damaged behind it, which is no row any more when the file is rescued.
    assert!(rescued_later || marks.read.is_subset(&found.read), "{what}");
    (found, notices)
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn bytes_overwritten_anywhere_cost_no_more_than_the_pages_they_are_on() {
    let (bytes, marks) = furnished();
    let all = saved(&marks, &marks);
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let mut damaged = bytes.clone();
        let mut pages = std::collections::BTreeSet::new();
        for _ in 0..rng.usize(1..12) {
            let at = rng.usize(..damaged.len());
            let end = damaged.len().min(at + [1, 16, 600, 3 * PAGE][rng.usize(..4)]);
            rng.fill(&mut damaged[at..end]);
            pages.extend(at / PAGE..=(end - 1) / PAGE);
        }
        let (found, _) = open_and_use(&damaged, None, &format!("seed {seed}"));
        let kept = saved(&marks, &found);
        assert!(
            kept + lost_at_most(pages.len()) >= all,
            "seed {seed}: {kept} of {all}, {} pages",
            pages.len()
        );
    }
}

#[test]
fn the_first_page_is_not_needed() {
    let (bytes, marks) = furnished();
    for (what, range) in
        [("magic", 0..16), ("header", 0..100), ("version", 60..64), ("schema", 100..PAGE), ("page", 0..PAGE)]
    {
        let mut damaged = bytes.clone();
        Rng::with_seed(7).fill(&mut damaged[range]);
        let (found, _) = open_and_use(&damaged, None, what);
        assert_eq!(saved(&marks, &found), saved(&marks, &marks), "{what}");
    }
}

#[test]
fn of_a_file_that_is_cut_off_the_rest_is_saved() {
    let (bytes, marks) = furnished();
    let all = saved(&marks, &marks);
    let pages = bytes.len() / PAGE;
    let mut rng = Rng::with_seed(1);
    let lengths = [1, 15, 16, 99, 100, 101, 512, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, bytes.len() - 1];
    for length in lengths.into_iter().chain((0..20).map(|_| rng.usize(1..bytes.len()))) {
        let (found, _) = open_and_use(&bytes[..length], None, &format!("{length} bytes"));
        let kept = saved(&marks, &found);
        let lost = pages - length / PAGE;
        assert!(kept + lost_at_most(lost) >= all, "{length} bytes: {kept} of {all}");
    }
}

#[test]
fn a_file_without_a_byte_is_a_new_one() {
    let desk = Desk::new();
    fs::write(desk.path(), "").unwrap();
    let (mut state, notices) = desk.open();
    assert_eq!(notices, []);
    use_all(&mut state);
    assert_eq!(desk.kept(), [""; 0].map(std::path::PathBuf::from));
}

#[test]
fn what_is_no_state_file_is_kept_too() {
    let mut noise = vec![0; 50_000];
    Rng::with_seed(3).fill(&mut noise);
    let zeroes = vec![0; 3 * PAGE];
    for (what, bytes) in
        [("text", &b"Dear diary, today I read the news."[..]), ("noise", &noise), ("zeroes", &zeroes)]
    {
        let desk = Desk::new();
        fs::write(desk.path(), bytes).unwrap();
        let (mut state, notices) = desk.open();
        assert_eq!(notices.len(), 1, "{what}: {notices:?}");
        use_all(&mut state);
        let kept = desk.kept();
        assert_eq!(kept.len(), 1);
        assert_eq!(fs::read(&kept[0]).unwrap(), bytes, "{what}");
    }
}

#[test]
fn a_log_that_is_damaged_or_cut_off_does_no_harm_to_what_is_in_the_file() {
    let desk = Desk::new();
    let (mut state, _) = desk.open();
    furnish(&mut state);
    drop(state);
    let bytes = fs::read(desk.path()).unwrap();
    let (mut state, _) = desk.open();
    let marks = use_all(&mut state);
    // Copied while it is open, as a kill leaves it.
    let log = fs::read(desk.log()).unwrap();
    assert_eq!(saved(&marks, &marks), usize::try_from(ITEMS / 2 + ITEMS.div_ceil(3)).unwrap());
    for seed in 0..20 {
        let mut rng = Rng::with_seed(seed);
        let mut damaged = log[..rng.usize(1..=log.len())].to_vec();
        let at = rng.usize(..damaged.len());
        let end = damaged.len().min(at + rng.usize(1..2 * PAGE));
        rng.fill(&mut damaged[at..end]);
        let (found, _) = open_and_use(&bytes, Some(&damaged), &format!("seed {seed}"));
        assert_eq!(saved(&marks, &found), saved(&marks, &marks), "seed {seed}");
    }
}

#[test]
fn of_a_damaged_file_a_setting_is_missing_or_as_it_was_saved() {
    let (bytes, _) = furnished();
    let known = known_settings();
    let mut rescued = 0;
    for seed in 0..30 {
        let mut rng = Rng::with_seed(seed);
        let mut damaged = bytes.clone();
        damaged[..100].fill(0);
        let at = rng.usize(PAGE..damaged.len());
        let end = damaged.len().min(at + [1, 16, 600, 3 * PAGE][rng.usize(..4)]);
        // Noise in the middle of a text would still be text; this never is.
        damaged[at..end].fill(0xff);
        let desk = Desk::new();
        fs::write(desk.path(), damaged).unwrap();
        let (mut state, notices) = desk.open();
        assert_eq!(notices.len(), 1, "seed {seed}: {notices:?}");
        let found = state.settings();
        assert!(found.iter().all(|setting| known.contains(setting)), "seed {seed}");
        rescued += found.len();
        use_all(&mut state);
        drop(state);
        assert_whole(&desk.path());
    }
    assert!(rescued > 30, "{rescued} settings of 60");
}
