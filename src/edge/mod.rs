//! Where Rounds meets the machine: the terminal, the browser, the clipboard and signals.

pub mod browser;
pub mod clipboard;
pub mod signals;
pub mod terminal;
