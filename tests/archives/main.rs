//! Bundles: archives that are what they should be, and archives that are made to do harm.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::format_collect,
    reason = "a test says what is wrong by panicking, and makes archives that are wrong on purpose"
)]

mod catalog;
mod copies;
mod damage;
mod desk;
mod limits;
mod make;
mod packing;
mod reading;
mod refusals;
mod seal;
mod signing;
mod trust;
mod viewer;
