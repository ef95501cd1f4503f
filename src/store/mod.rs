//! What Rounds remembers from one run to the next.

pub mod catalog;
pub mod refresh;
pub mod state;
