//! The built program, run without a terminal.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::feed::Feed;

/// What a run of the program came to.
#[derive(Debug)]
pub struct Outcome {
    pub status: i32,
    pub out: String,
    pub talk: String,
}

impl Outcome {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

/// The program, ready to be given arguments.
pub fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_rounds"));
    program.stdin(Stdio::null());
    program
}

/// Runs the program, whose output goes into a pipe.
pub fn rounds<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Outcome {
    let output = program().args(arguments).output().unwrap();
    Outcome {
        status: output.status.code().expect("the program was killed"),
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        talk: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

/// Runs a command over a feed: the words in order, with `{}` standing for the path of the feed.
pub fn rounds_on(feed: &Feed, words: &[&str]) -> Outcome {
    let path = feed.path().into_os_string();
    rounds(words.iter().map(|word| if *word == "{}" { path.clone() } else { (*word).into() }))
}
