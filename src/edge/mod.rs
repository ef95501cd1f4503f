//! Where Rounds meets the machine: the command line and what it prints, the terminal, the browser, the
//! clipboard and signals.

pub mod browser;
pub mod cli;
pub mod clipboard;
mod commands;
mod output;
mod runner;
pub mod signals;
pub mod terminal;
