//! What Rounds remembers from one run to the next.
pub mod state;
