//! The commands, as scripts and people meet them: the built program over real files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::format_collect,
    reason = "a test says what is wrong by panicking, and none of it is slow"
)]

mod archives;
mod check;
mod config;
mod foreign;
mod front_matter;
mod hostile;
mod keys;
mod list;
mod markup;
mod pack;
mod pins;
mod refresh;
mod search;
mod setting;
mod show;
mod signed;
mod sites;
mod sources;
mod standard_input;
mod state;
#[path = "../support/mod.rs"]
mod support;
mod topics;
mod undated;
mod web;
mod withheld;
