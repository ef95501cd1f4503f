//! What several test programs share.

#![allow(dead_code, unused_imports, reason = "each test program uses a part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test says what is wrong by panicking"
)]

pub mod desk;
pub mod feed;
pub mod program;
#[cfg(unix)]
pub mod pty;
pub mod server;
pub mod site;
pub mod small_feed;

pub use feed::{Article, Feed};
pub use program::{Outcome, program, rounds, rounds_on};
