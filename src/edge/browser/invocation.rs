//! A program to run with a link.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;

use super::Opened;
use crate::edge::signals;

/// How long a program that opens a window may take to fail and be reported. One that runs longer has the link.
const GRACE: Duration = Duration::from_millis(250);

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
        self.judge(signals::run_in_foreground(&mut command))
    }

    /// Starts the program on its own: what it prints is dropped, and neither `^C` nor the end of Rounds or of
    /// its terminal ends it. Returns when it has failed or succeeded, or is still running after the grace.
    pub(super) fn start(self) -> Opened {
        let mut command = self.command();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        detach(&mut command);
        let (ended, outcome) = bounded(1);
        // The thread stays with the program for as long as it runs, so that its end leaves no zombie.
        let waiting = thread::Builder::new().name("browser".to_owned()).spawn(move || {
            // Nobody listens any more once the grace is over.
            let _ = ended.send(command.status());
        });
        let judged = match (waiting, outcome.recv_timeout(GRACE)) {
            (Err(error), _) => self.judge(Err(error)),
            (Ok(_), Ok(status)) => self.judge(status),
            (Ok(_), Err(_)) => Ok(()),
        };
        match judged {
            Ok(()) => Opened::Detached { name: self.name().to_owned() },
            Err(reason) => Opened::Failed { reason },
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }

    fn judge(&self, status: io::Result<ExitStatus>) -> Result<(), String> {
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{} failed with {status}.", self.name())),
            Err(error) => Err(format!("{} could not be started: {error}.", self.name())),
        }
    }

    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.program).chain(&self.arguments).map(String::as_str)
    }
}

/// The terminal, when standard input is something else, such as a bundle that was piped in.
fn terminal_for_input() -> Option<File> {
    if io::stdin().is_terminal() { None } else { File::open("/dev/tty").ok() }
}

#[cfg(unix)]
fn detach(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(windows)]
fn detach(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    // CREATE_NEW_PROCESS_GROUP and CREATE_NO_WINDOW, as winbase.h has them.
    command.creation_flags(0x0000_0200 | 0x0800_0000);
}

#[cfg(not(any(unix, windows)))]
fn detach(_command: &mut Command) {}

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

        let opened = Invocation::new(program.clone(), arguments.to_vec()).start();

        assert_eq!(opened, Opened::Detached { name: "firefox".to_owned() });
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
            let invocation = Invocation::new(program, Vec::new());
            assert_eq!(invocation.clone().start(), Opened::Failed { reason: reason.to_owned() });
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

        let opened = Invocation::new(program.clone(), Vec::new()).start();

        assert_eq!(opened, Opened::Detached { name: "firefox".to_owned() });
        fs::write(&fifo, "done\n").unwrap();
        let group = fs::read_to_string(format!("{program}.group")).unwrap();
        let [group, process] = group.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{group}") };
        assert_eq!(group, process, "^C in the terminal would end the browser");
    }
}
