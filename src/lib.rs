//! Rounds: a terminal news reader for clinicians.

pub mod article;
pub mod edge;
pub mod item;
pub mod source;
