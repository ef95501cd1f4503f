//! What Rounds remembers from one run to the next.

pub mod catalog;
pub mod collection;
pub mod refresh;
pub mod state;
