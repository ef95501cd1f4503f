//! Where Rounds meets the machine: the command line and what it prints, the terminal, the browser, the
//! clipboard and signals.

pub mod browser;
mod calendar;
pub mod cli;
pub mod clipboard;
mod commands;
pub mod config;
mod homes;
mod log;
pub mod origin;
mod output;
mod programs;
mod runner;
pub mod signals;
pub mod sources;
mod store;
pub mod terminal;
mod unsaved;
