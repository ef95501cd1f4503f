//! A program to run with a link.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{SendError, bounded};

use crate::edge::programs::detach;
use crate::edge::signals;

/// How long a program that opens a window may take to fail and be reported. One that runs longer has the link.
const GRACE: Duration = Duration::from_millis(250);
/// How long after it was started a program may fail so that the user still knows what it was about. How a browser is ended
/// after reading is no news.
const LATEST: Duration = Duration::from_secs(30);

/// A program and its arguments, the link among them. No shell ever sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    program: String,
    arguments: Vec<String>,
}

impl Invocation {
    pub(super) fn new(program: String, arguments: Vec<String>) -> Self {
        Self { program, arguments }
    }

    /// What the user knows the program as.
    pub fn name(&self) -> &str {
        Path::new(&self.program).file_name().and_then(|name| name.to_str()).unwrap_or(&self.program)
    }

    /// Runs the program in the foreground, in a terminal that the caller has let go of, and waits for its end. A signal
    /// that ends Rounds ends it.
    ///
    /// # Errors
    ///
    /// In words for the user: that it could not be started, or how it failed.
    pub fn run(&self) -> Result<(), String> {
        let mut command = self.command();
        if let Some(terminal) = terminal_for_input() {
            command.stdin(terminal);
        }
        judge(self.name(), signals::run_in_foreground(&mut command))
    }

    /// Starts the program [on its own](start).
    ///
    /// # Errors
    ///
    /// In words for the user: that it could not be started, or how it failed.
    pub(super) fn start(&self, on_late_failure: impl FnOnce(String) + Send + 'static) -> Result<(), String> {
        start(self.command(), self.name(), on_late_failure)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }

    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.program).chain(&self.arguments).map(String::as_str)
    }
}

/// Starts a program on its own: what it prints is dropped, and neither `^C` nor the end of Rounds or of its terminal ends
/// it. Returns when it has failed or succeeded, or is still running after the grace; how it fails soon after that is told
/// to `on_late_failure`.
///
/// # Errors
///
/// In words for the user: that it could not be started, or how it failed.
pub(super) fn start(
    mut command: Command,
    name: &str,
    on_late_failure: impl FnOnce(String) + Send + 'static,
) -> Result<(), String> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    detach(&mut command);
    let program = name.to_owned();
    // What is sent is lost once the grace is over, and then comes back to the thread.
    let (ended, outcome) = bounded(0);
    let begun = Instant::now();
    // The thread stays with the program for as long as it runs, so that its end leaves no zombie.
    let waiting = thread::Builder::new().name("browser".to_owned()).spawn(move || {
        let judged = judge(&program, command.status());
        if let Err(SendError(Err(reason))) = ended.send(judged)
            && begun.elapsed() < LATEST
        {
            on_late_failure(reason);
        }
    });
    match waiting {
        Ok(_) => outcome.recv_timeout(GRACE).unwrap_or(Ok(())),
        Err(error) => judge(name, Err(error)),
    }
}

fn judge(name: &str, status: io::Result<ExitStatus>) -> Result<(), String> {
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} failed with {status}.")),
        Err(error) => Err(format!("{name} could not be started: {error}.")),
    }
}

/// The terminal, when standard input is something else, such as a bundle that was piped in.
fn terminal_for_input() -> Option<File> {
    if io::stdin().is_terminal() { None } else { File::open("/dev/tty").ok() }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use tempfile::TempDir;

    /// A program that does what the script says.
    fn stand_in(directory: &TempDir, name: &str, script: &str) -> String {
        let draft = directory.path().join("draft");
        fs::write(&draft, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).unwrap();
        // A file that this process wrote may still be open in a process that another test is about to start,
        // and then it cannot be run. One that `cp` wrote is closed for certain.
        let path = directory.path().join(name);
        assert!(Command::new("cp").args([&draft, &path]).status().unwrap().success());
        path.to_str().unwrap().to_owned()
    }

    #[test]
    fn arguments_arrive_as_they_are() {
        let directory = TempDir::new().unwrap();
        let program = stand_in(&directory, "firefox", "printf '%s\\0' \"$@\" > \"$0.arguments\"");
        let link = "https://a.example/it's?q=\"1\";touch x&y=$(touch y)`touch z`|*~";
        let arguments = ["--new tab".to_owned(), link.to_owned(), String::new()];

        let started = Invocation::new(program.clone(), arguments.to_vec()).start(|reason| panic!("{reason}"));

        assert_eq!(started, Ok(()));
        let recorded = fs::read_to_string(format!("{program}.arguments")).unwrap();
        assert_eq!(recorded.split_terminator('\0').collect::<Vec<_>>(), arguments);
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 3, "something in the link was run");
    }

    #[test]
    fn a_program_that_fails_is_named_with_its_reason() {
        let directory = TempDir::new().unwrap();
        let failing = stand_in(&directory, "firefox", "echo noise; echo noise >&2; exit 3");
        let killed = stand_in(&directory, "chrome", "kill -9 $$");
        let missing = directory.path().join("opera").to_str().unwrap().to_owned();
        let table = [
            (failing, "firefox failed with exit status: 3."),
            (killed, "chrome failed with signal: 9 (SIGKILL)."),
            (missing, "opera could not be started: No such file or directory (os error 2)."),
        ];
        for (program, reason) in table {
            let started = Invocation::new(program, Vec::new()).start(|reason| panic!("{reason}"));
            assert_eq!(started, Err(reason.to_owned()));
        }
    }

    #[test]
    fn a_program_that_runs_on_has_the_link_and_a_group_of_its_own() {
        let directory = TempDir::new().unwrap();
        // The stand-in runs until the test has seen it, and no longer.
        let fifo = directory.path().join("fifo");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let program = stand_in(
            &directory,
            "firefox",
            &format!(
                "ps -o pgid= -p $$ > \"$0.group\"; echo $$ >> \"$0.group\"; read line < '{}'",
                fifo.display()
            ),
        );

        let started = Invocation::new(program.clone(), Vec::new()).start(|reason| panic!("{reason}"));

        assert_eq!(started, Ok(()));
        fs::write(&fifo, "done\n").unwrap();
        let group = fs::read_to_string(format!("{program}.group")).unwrap();
        let [group, process] = group.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{group}") };
        assert_eq!(group, process, "^C in the terminal would end the browser");
    }
    #[test]
    fn a_program_that_fails_when_it_was_thought_to_have_the_link_is_told() {
        let directory = TempDir::new().unwrap();
        let fifo = directory.path().join("fifo");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let program = stand_in(&directory, "firefox", &format!("read line < '{}'; exit 4", fifo.display()));
        let (failure, told) = bounded(1);

        let started = Invocation::new(program, Vec::new()).start(move |reason| failure.send(reason).unwrap());

        assert_eq!(started, Ok(()), "it runs when the grace is over");
        fs::write(&fifo, "done\n").unwrap();
        assert_eq!(told.recv().unwrap(), "firefox failed with exit status: 4.");
    }
}
