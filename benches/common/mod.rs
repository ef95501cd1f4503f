//! What the benches share: the corpus, a reader without a terminal, and the tables they print.

pub mod corpus;
pub mod desk;
pub mod machine;
pub mod options;
pub mod report;

use std::error::Error;

/// What a bench gives back: anything that goes wrong ends it with a message.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;
