//! The state, from within.
