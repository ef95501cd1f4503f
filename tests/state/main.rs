//! The state is never forgotten: whatever is done to its file, to the disk it is on, and to the processes that use it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by panicking"
)]

mod child;
mod damage;
mod kill;
mod support;
mod together;
mod upsets;
mod versions;
