//! The parts of the bench: each measures some figures.

pub mod bundle;
pub mod import;
pub mod keys;
pub mod list;
pub mod loading;
pub mod pages;
pub mod refresh;
pub mod run;
pub mod search;
pub mod steps;
pub mod waits;
