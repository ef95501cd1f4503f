//! Where the program meets the world: the command line and what it prints.

pub mod cli;
mod commands;
mod output;
