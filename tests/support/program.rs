//! The built program, run without a terminal.

use std::ffi::OsStr;
use std::path::Path;
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

/// The program, ready to be given arguments, with a home directory that belongs to no user.
pub fn program() -> Command {
    program_at(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("home"))
}

/// The program, ready to be given arguments, with a home directory.
pub fn program_at(home: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_rounds"));
    program.stdin(Stdio::null()).env("HOME", home);
    let homes = [("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")];
    for (variable, folder) in homes {
        program.env(variable, home.join(folder));
    }
    program
}

/// Runs the program with a home directory of its own; its output goes into a pipe.
pub fn rounds<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    rounds_at(home.path(), arguments)
}

/// Runs the program with a home directory; its output goes into a pipe.
pub fn rounds_at<I: AsRef<OsStr>>(home: &Path, arguments: impl IntoIterator<Item = I>) -> Outcome {
    let output = program_at(home).args(arguments).output().unwrap();
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
