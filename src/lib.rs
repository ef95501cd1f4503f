//! Rounds: a terminal news reader for clinicians.

pub mod article;
pub mod edge;
pub mod item;
pub mod library;
pub mod reader;
pub mod screen;
pub mod source;
