//! The running program without a terminal: the real services and the real reader, stepped by a seeded scheduler.
//!
//! The scheduler chooses who goes next: what a service sent is taken, what the reader asked for is delivered, a key is
//! typed, a file changes, another process marks something, a catalog is damaged, a lock is held elsewhere. Between two
//! choices it waits until every service has done all that it can. At any moment, every mark that is shown without a
//! sign is on the disk; and when nothing is left to do, the list is what the source holds, which is what the catalog
//! holds. More seeds than the usual ones run with `ROUNDS_MODEL_SEEDS=N`; one alone with `ROUNDS_MODEL_SEED=N`.

mod disk;
mod scheduler;
mod source;
mod world;

use std::ops::Range;

use scheduler::{PREMISES, run};

use crate::reached::Reached;

/// How many seeds are tried in one test.
const SEEDS: u64 = 60;

/// How often each [premise](scheduler::PREMISES) must hold within the usual seeds of one test.
const OFTEN: u32 = 5;

/// Runs the interleavings of some seeds. A seed is named before it fails. Many seeds must reach what they are about.
fn try_seeds(seeds: Range<u64>) {
    let reached = Reached::of(&PREMISES);
    let are_many = seeds.end.saturating_sub(seeds.start) >= SEEDS;
    for seed in seeds {
        if let Err(fault) = run(seed, &reached) {
            panic!("seed {seed}: {fault}");
        }
    }
    if are_many {
        reached.must_each_be(OFTEN);
    }
}

/// How many times as many seeds as usual are asked for.
fn seeds(part: u64) -> Range<u64> {
    let number = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    if let Some(seed) = number("ROUNDS_MODEL_SEED") {
        return if part == 0 { seed..seed + 1 } else { 0..0 };
    }
    let count = number("ROUNDS_MODEL_SEEDS").map_or(SEEDS, |all| all.div_ceil(4));
    let first = part * 1_000_000;
    first..first + count
}

// Four tests, so that they run side by side.

#[test]
fn nothing_is_lost_between_the_rooms_1() {
    try_seeds(seeds(0));
}

#[test]
fn nothing_is_lost_between_the_rooms_2() {
    try_seeds(seeds(1));
}

#[test]
fn nothing_is_lost_between_the_rooms_3() {
    try_seeds(seeds(2));
}

#[test]
fn nothing_is_lost_between_the_rooms_4() {
    try_seeds(seeds(3));
}
