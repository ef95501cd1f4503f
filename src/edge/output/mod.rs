//! How the commands print: tables for people; JSON and tab-separated values for scripts.
//!
//! Whatever an item says, no control character of it is ever printed.

mod console;
mod json;
mod panics;
mod record;
mod table;

pub use console::{Console, joined, say, say_text};
pub use json::{to_json, to_json_line};
pub use panics::print_panics_as_text;
pub use record::{ItemRecord, day, topic_name};
pub use table::cell;
