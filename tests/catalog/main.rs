//! The catalog, by its public face: what comes out is what the source holds, whatever happens meanwhile.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test says what is wrong by panicking"
)]

mod changes;
mod child;
mod crash;
mod damage;
mod feed;
mod full;
mod identity;
mod kinds;
mod places;
mod search;
mod several;
mod together;
