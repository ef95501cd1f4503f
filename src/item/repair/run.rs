//! Damaged runs of characters among text that is not damaged.

use std::sync::LazyLock;

use super::badness::is_bad;
use super::code_page::CODE_PAGES;
use super::repair;

/// Repairs the runs that look like UTF-8 read in a one-byte encoding, each on its own. `None` when none of them
/// could be.
pub(super) fn repair_runs(text: &str) -> Option<String> {
    let mut output = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, end) in runs(text) {
        let Some(run) = text.get(start..end).filter(|run| run.len() < text.len() && is_bad(run)) else {
            continue;
        };
        output.push_str(text.get(copied..start)?);
        output.push_str(&repair(run));
        copied = end;
    }
    output.push_str(text.get(copied..)?);
    (output != text).then_some(output)
}

/// What a character may be in UTF-8 when it was read in an encoding like Latin-1.
#[derive(Debug, Clone, Copy, Default)]
struct Role(u8);

impl Role {
    const FIRST_OF_2: Self = Self(1);
    const FIRST_OF_3: Self = Self(2);
    const FIRST_OF_4: Self = Self(4);
    const FOLLOWING: Self = Self(8);
    /// It follows, and does not stand beside damaged text in its own right as quotation marks and dashes do.
    const SURELY_FOLLOWING: Self = Self(16);

    fn of_byte(byte: u8) -> Self {
        match byte {
            0x80..=0xbf => Self(Self::FOLLOWING.0 | Self::SURELY_FOLLOWING.0),
            0xc2..=0xdf => Self::FIRST_OF_2,
            0xe0..=0xef => Self::FIRST_OF_3,
            // Other first bytes of four lead to characters that are not in use.
            0xf0 | 0xf3 => Self::FIRST_OF_4,
            _ => Self::default(),
        }
    }

    fn of(character: char) -> Self {
        match character {
            ' ' => Self::FOLLOWING,
            _ if character.is_ascii() => Self::default(),
            _ => {
                let found = ROLES.binary_search_by_key(&character, |(known, _)| *known).ok();
                found.and_then(|at| ROLES.get(at)).map_or(Self::default(), |(_, role)| *role)
            }
        }
    }

    fn has(self, role: Self) -> bool {
        self.0 & role.0 != 0
    }
}

/// Punctuation that stands beside damaged text in its own right.
const OWN_RIGHT: &str = "–—―‘’‚“”„•…";

/// The roles of all characters that have any, sorted by character.
static ROLES: LazyLock<Vec<(char, Role)>> = LazyLock::new(|| {
    let pages = CODE_PAGES.iter().filter(|page| page.is_like_latin1);
    let mut all: Vec<(char, Role)> = pages
        .flat_map(|page| page.upper_half().map(|(byte, character)| (character, Role::of_byte(byte))))
        .collect();
    all.sort_unstable_by_key(|(character, _)| *character);
    let mut roles: Vec<(char, Role)> = Vec::new();
    for (character, role) in all {
        let role =
            if OWN_RIGHT.contains(character) { Role(role.0 & !Role::SURELY_FOLLOWING.0) } else { role };
        match roles.last_mut() {
            Some((last, known)) if *last == character => known.0 |= role.0,
            _ => roles.push((character, role)),
        }
    }
    roles
});

/// The runs of a text that look like UTF-8 read in an encoding like Latin-1, as ranges of bytes. A run does not
/// begin behind a character that surely follows others: half a repair would make a garble worse.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let characters: Vec<(usize, Role)> =
        text.char_indices().map(|(at, character)| (at, Role::of(character))).collect();
    let byte = |index: usize| characters.get(index).map_or(text.len(), |(at, _)| *at);
    let mut runs = Vec::new();
    let mut index = 0;
    let mut is_barred = false;
    while let Some((_, role)) = characters.get(index) {
        let length = if is_barred { 0 } else { run_length(characters.get(index..).unwrap_or_default()) };
        if length > 0 {
            runs.push((byte(index), byte(index.saturating_add(length))));
            index = index.saturating_add(length);
            let last = index.checked_sub(1).and_then(|last| characters.get(last));
            is_barred = last.is_some_and(|(_, role)| role.has(Role::SURELY_FOLLOWING));
        } else {
            is_barred = role.has(Role::SURELY_FOLLOWING);
            index = index.saturating_add(1);
        }
    }
    runs
}

/// How many characters at the beginning are whole sequences of UTF-8.
fn run_length(characters: &[(usize, Role)]) -> usize {
    let mut length: usize = 0;
    while let Some(sequence) = characters.get(length..).and_then(sequence_length) {
        length = length.saturating_add(sequence);
    }
    length
}

fn sequence_length(characters: &[(usize, Role)]) -> Option<usize> {
    let ((_, first), behind) = characters.split_first()?;
    [(Role::FIRST_OF_2, 1), (Role::FIRST_OF_3, 2), (Role::FIRST_OF_4, 3)].into_iter().find_map(
        |(role, following)| {
            let is_whole =
                first.has(role) && behind.get(..following)?.iter().all(|(_, role)| role.has(Role::FOLLOWING));
            is_whole.then_some(following.saturating_add(1))
        },
    )
}
