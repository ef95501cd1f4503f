//! The commands, as scripts and people meet them: the built program over real files.

mod check;
mod hostile;
mod list;
mod show;
mod sources;
#[path = "../support/mod.rs"]
mod support;
