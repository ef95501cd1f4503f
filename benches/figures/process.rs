//! What the system says of a process that runs: Linux, `proc(5)`.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use super::Outcome;
use super::machine;

/// A process that runs.
#[derive(Clone, Copy)]
pub struct Process(pub u32);

/// What a process has read and written so far, in bytes, whether from a disk or not.
#[derive(Clone, Copy)]
pub struct Traffic {
    pub read: u64,
    pub written: u64,
}

impl Process {
    /// The most memory that it has had so far, in bytes.
    pub fn peak_memory(self) -> Outcome<f64> {
        let text = machine::field(self.file("status"), "VmHWM").ok_or("no VmHWM")?;
        let kibibytes: f64 = text.trim_end_matches("kB").trim().parse()?;
        Ok(kibibytes * 1024.0)
    }

    /// For how long its threads have been at work so far.
    pub fn work(self) -> Outcome<Duration> {
        let mut nanoseconds: u64 = 0;
        for thread in fs::read_dir(self.file("task"))? {
            // A thread may end while it is looked at.
            let Ok(text) = fs::read_to_string(thread?.path().join("schedstat")) else { continue };
            let spent: u64 = text.split_whitespace().next().unwrap_or_default().parse()?;
            nanoseconds = nanoseconds.saturating_add(spent);
        }
        Ok(Duration::from_nanos(nanoseconds))
    }

    /// What it has read and written so far.
    pub fn traffic(self) -> Outcome<Traffic> {
        let count = |name| -> Outcome<u64> {
            let field = machine::field(self.file("io"), name).ok_or("no count of bytes")?;
            Ok(field.parse()?)
        };
        Ok(Traffic { read: count("rchar")?, written: count("wchar")? })
    }

    fn file(self, name: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{name}", self.0))
    }
}
