//! A program in a pseudo-terminal, with a keyboard to type on and a screen to look at.
//!
//! Nothing here sleeps: every wait is for something that happens, and has a deadline.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use filedescriptor::{POLLIN, poll, pollfd};
use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{MouseProtocolMode, Screen};

/// How long anything may take before a test fails. Long, as a machine may be busy with other tests.
const DEADLINE: Duration = Duration::from_secs(20);

/// The screen that is looked at is at least this large, whatever size the program is told: the emulator panics when
/// it has to wrap text in less.
const LEAST_COLUMNS: u16 = 20;
const LEAST_ROWS: u16 = 5;
/// And at most this large, as it takes memory for every cell.
const MOST_COLUMNS: u16 = 400;
const MOST_ROWS: u16 = 200;

/// A home directory of its own for a program, so that it neither finds nor changes anything of the user's.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::create_dir(home.path().join("bin")).unwrap();
        home
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the directories it is in.
    pub fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Puts a shell script into the search path, under a program's name.
    pub fn stand_in(&self, name: &str, script: &str) {
        let draft = self.write("draft", &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).unwrap();
        // A file that this process wrote may still be open in a process that another test is about to start,
        // and then it cannot be run. One that `cp` wrote is closed for certain.
        let program = self.path().join("bin").join(name);
        assert!(Command::new("cp").args([&draft, &program]).status().unwrap().success());
    }

    /// Makes a named pipe, through which a program can tell a test that it got somewhere.
    pub fn pipe(&self, name: &str) -> PathBuf {
        let pipe = self.path().join(name);
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        pipe
    }

    fn environment(&self, command: &mut CommandBuilder) {
        let directory = |name: &str| self.path().join(name);
        command.env_clear();
        command.env("HOME", self.path());
        command.env("XDG_CONFIG_HOME", directory("config"));
        command.env("XDG_DATA_HOME", directory("data"));
        command.env("XDG_CACHE_HOME", directory("cache"));
        command.env("XDG_STATE_HOME", directory("state"));
        command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", directory("bin").display()));
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.cwd(self.path());
    }
}

/// What happened in a named pipe: all that was written into it until it was closed.
pub fn read_pipe(pipe: PathBuf) -> String {
    let (sender, receiver) = unbounded();
    let name = pipe.display().to_string();
    thread::spawn(move || sender.send(fs::read_to_string(pipe).unwrap()));
    receiver.recv_timeout(DEADLINE).unwrap_or_else(|_| panic!("nothing was written into {name}"))
}

/// A program in a pseudo-terminal. It is killed when this is dropped.
pub struct Pty {
    keyboard: Keyboard,
    answers: Arc<Answers>,
    happenings: Receiver<Happening>,
    terminal: vt100::Parser,
    bytes: Vec<u8>,
    process: Pid,
    status: Option<ExitStatus>,
    line_mode: LineMode,
    master: Option<Box<dyn MasterPty + Send>>,
    reading: Option<Reading>,
    // Held as long as the program runs, so that what it leaves behind can be looked at.
    slave: Option<Box<dyn SlavePty + Send>>,
}

/// Where what is typed goes, and what the terminal answers.
type Keyboard = Arc<Mutex<Box<dyn Write + Send>>>;

/// What a program asks to hear whether the terminal has come so far (DSR), and what every terminal answers.
const QUESTION: &[u8] = b"\x1b[5n";
const ANSWER: &[u8] = b"\x1b[0n";

/// How many questions wait for their answers, when they are not given at once.
#[derive(Default)]
struct Answers(Mutex<Option<usize>>);

impl Answers {
    fn give(&self, keyboard: &Keyboard) {
        match &mut *self.0.lock().unwrap() {
            Some(unanswered) => *unanswered += 1,
            None => {
                // A program that has ended needs no answer.
                let _ = type_in(keyboard, ANSWER);
            }
        }
    }
}

enum Happening {
    Output(Vec<u8>),
    Ended(ExitStatus),
}

/// The thread that reads what the program writes.
struct Reading {
    thread: JoinHandle<()>,
    /// Closed to make it stop.
    stop: UnixStream,
}

/// The settings of the terminal's line (`stty -a`), before, and after the program's end.
struct LineMode {
    before: String,
    after: Option<String>,
}

impl Pty {
    /// Starts a program with its arguments in a terminal of so many columns and rows. Of the environment it
    /// sees only a home, a search path, and these variables.
    pub fn spawn<A: AsRef<OsStr>>(
        home: &Home,
        command: &[A],
        (columns, rows): (u16, u16),
        variables: &[(&str, &str)],
    ) -> Self {
        let size = PtySize { rows, cols: columns, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = line_mode(&*pair.master);
        let mut builder = CommandBuilder::new(&command[0]);
        builder.args(&command[1..]);
        home.environment(&mut builder);
        for (name, value) in variables {
            builder.env(name, value);
        }
        let mut child = pair.slave.spawn_command(builder).unwrap();
        let process = Pid::from_raw(child.process_id().unwrap().try_into().unwrap()).unwrap();
        let (sender, happenings) = unbounded();
        let keyboard: Keyboard = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let answers = Arc::new(Answers::default());
        let answering = (Arc::clone(&keyboard), Arc::clone(&answers));
        let reading = Reading::start(&*pair.master, sender.clone(), answering);
        thread::spawn(move || sender.send(Happening::Ended(child.wait().unwrap())));
        Self {
            keyboard,
            answers,
            happenings,
            terminal: vt100::Parser::new(rows.max(LEAST_ROWS), columns.max(LEAST_COLUMNS), 0),
            bytes: Vec::new(),
            process,
            status: None,
            line_mode: LineMode { before, after: None },
            master: Some(pair.master),
            reading: Some(reading),
            slave: Some(pair.slave),
        }
    }

    /// Types: letters as they are, other keys as `<Enter>`, `<Esc>`, `<Tab>`, `<Up>`, `<C-c>` and so on.
    pub fn keys(&mut self, keys: &str) {
        let mut rest = keys;
        while let Some((plain, named)) = rest.split_once('<') {
            let (name, after) = named.split_once('>').expect("a key's name ends with >");
            self.send(plain.as_bytes());
            self.send(&key(name));
            rest = after;
        }
        self.send(rest.as_bytes());
    }

    /// Sends bytes as the terminal itself would.
    pub fn send(&mut self, bytes: &[u8]) {
        type_in(&self.keyboard, bytes).unwrap();
    }

    /// Answers nothing from now on whatever the terminal is asked, as over a line on which all takes long.
    pub fn stop_answering(&self) {
        *self.answers.0.lock().unwrap() = Some(0);
    }

    /// Answers again, and what has been asked meanwhile.
    pub fn answer_again(&mut self) {
        let mut unanswered = self.answers.0.lock().unwrap();
        type_in(&self.keyboard, &ANSWER.repeat(unanswered.take().unwrap_or_default())).unwrap();
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        let (rows_seen, columns_seen) =
            (rows.clamp(LEAST_ROWS, MOST_ROWS), columns.clamp(LEAST_COLUMNS, MOST_COLUMNS));
        self.terminal.screen_mut().set_size(rows_seen, columns_seen);
        let size = PtySize { rows, cols: columns, ..PtySize::default() };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.process, signal).unwrap();
    }

    /// Waits until the screen is as the condition wants it, and fails when the deadline comes first.
    #[track_caller]
    pub fn wait_for(&mut self, what: &str, condition: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !condition(self.terminal.screen()) {
            if let Err(why) = self.next(deadline) {
                panic!("waited for {what}, but {why}; {}", self.describe());
            }
        }
    }

    /// Whether the screen becomes as the condition wants it within a time.
    pub fn becomes(&mut self, within: Duration, condition: impl Fn(&Screen) -> bool) -> bool {
        let deadline = Instant::now() + within;
        while !condition(self.terminal.screen()) {
            if self.next(deadline).is_err() {
                return false;
            }
        }
        true
    }

    /// How the program ends, if it does within a time. What it has started may still be using the terminal.
    pub fn ends(&mut self, within: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + within;
        while self.status.is_none() && self.next(deadline).is_ok() {}
        self.status.clone()
    }

    /// Waits until the screen shows this text, all of it on one row.
    #[track_caller]
    pub fn wait_for_text(&mut self, text: &str) {
        self.wait_for(&format!("‘{text}’"), |screen| screen.contents().contains(text));
    }

    /// Waits for the program's end and for all that it wrote.
    #[track_caller]
    pub fn wait_exit(&mut self) -> ExitStatus {
        let deadline = Instant::now() + DEADLINE;
        loop {
            match (self.next(deadline), self.status.clone()) {
                (Ok(()), _) => {}
                (Err(RecvTimeoutError::Disconnected), Some(status)) => return status,
                (Err(_), _) => panic!("the program did not end; {}", self.describe()),
            }
        }
    }

    /// Closes the terminal under the program, as the end of an SSH connection does, and waits for the program's end.
    #[track_caller]
    pub fn hang_up(mut self) -> ExitStatus {
        self.stop_reading();
        *self.keyboard.lock().unwrap() = Box::new(io::sink());
        self.slave = None;
        self.master = None;
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.happenings.recv_deadline(deadline) {
                Ok(Happening::Output(_)) => {}
                Ok(Happening::Ended(status)) => {
                    self.status = Some(status.clone());
                    return status;
                }
                Err(why) => panic!("the program did not end when its terminal had gone: {why}"),
            }
        }
    }

    /// The screen, with the look of each cell.
    pub fn screen(&self) -> &Screen {
        self.terminal.screen()
    }

    /// What is on the screen, row by row.
    pub fn screen_text(&self) -> String {
        self.terminal.screen().contents()
    }

    /// Whether the program has written these bytes, whatever became of them on the screen.
    pub fn has_written(&self, bytes: &[u8]) -> bool {
        self.bytes.windows(bytes.len()).any(|written| written == bytes)
    }

    /// Waits until the program has written these bytes.
    #[track_caller]
    pub fn wait_for_bytes(&mut self, bytes: &[u8]) {
        let deadline = Instant::now() + DEADLINE;
        while !self.has_written(bytes) {
            if let Err(why) = self.next(deadline) {
                panic!("waited for the bytes {bytes:?}, but {why}; {}", self.describe());
            }
        }
    }

    /// Everything that the program has written so far.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the program has set the terminal up for itself: screen, cursor, line mode and paste.
    pub fn is_taken(&self) -> bool {
        let screen = self.terminal.screen();
        screen.alternate_screen()
            && screen.hide_cursor()
            && screen.bracketed_paste()
            && self.line_mode.before != self.line_mode_now()
    }

    /// Fails unless the terminal is as it was before the program started.
    #[track_caller]
    pub fn assert_given_back(&self) {
        let screen = self.terminal.screen();
        assert!(!screen.alternate_screen(), "still in the alternate screen; {}", self.describe());
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None, "the mouse is captured");
        self.assert_line_mode_given_back();
    }

    /// Fails unless the line mode is as it was before the program started.
    #[track_caller]
    pub fn assert_line_mode_given_back(&self) {
        let after = self.line_mode.after.clone().unwrap_or_else(|| self.line_mode_now());
        assert_eq!(after, self.line_mode.before, "the line mode was changed");
    }

    /// Reads nothing more of what the program writes, as a connection that has stalled.
    pub fn stop_reading(&mut self) {
        self.reading.take().unwrap().stop();
    }

    /// Takes in one thing that happens.
    fn next(&mut self, deadline: Instant) -> Result<(), RecvTimeoutError> {
        match self.happenings.recv_deadline(deadline)? {
            Happening::Output(bytes) => {
                self.terminal.process(&bytes);
                self.bytes.extend(bytes);
            }
            Happening::Ended(status) => {
                self.status = Some(status);
                self.line_mode.after = Some(self.line_mode_now());
                // Without this last hold on it, the terminal ends when all that was written is read.
                self.slave = None;
            }
        }
        Ok(())
    }

    fn line_mode_now(&self) -> String {
        line_mode(&**self.master.as_ref().unwrap())
    }

    fn describe(&self) -> String {
        let status = self.status.as_ref().map_or("runs".to_owned(), |status| format!("ended: {status:?}"));
        format!("the program {status}, and this is on the screen:\n{}", self.screen_text())
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.status.is_none() {
            let _ = kill_process(self.process, Signal::KILL);
        }
    }
}

impl Reading {
    /// Reads, and answers as terminals do, whether the test looks at the screen or not.
    fn start(master: &dyn MasterPty, sender: Sender<Happening>, answering: (Keyboard, Arc<Answers>)) -> Self {
        let mut reader = master.try_clone_reader().unwrap();
        let terminal = master.as_raw_fd().unwrap();
        let (stop, stopped) = UnixStream::pair().unwrap();
        let thread = thread::spawn(move || {
            let mut buffer = [0; 4096];
            let mut asked = Vec::new();
            let (keyboard, answers) = answering;
            while wait_for_output(terminal, &stopped)
                && let Ok(count @ 1..) = reader.read(&mut buffer)
            {
                asked.extend_from_slice(&buffer[..count]);
                while let Some(at) = asked.windows(QUESTION.len()).position(|bytes| bytes == QUESTION) {
                    asked.drain(..at + QUESTION.len());
                    answers.give(&keyboard);
                }
                asked.drain(..asked.len().saturating_sub(QUESTION.len() - 1));
                if sender.send(Happening::Output(buffer[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        Self { thread, stop }
    }

    fn stop(self) {
        drop(self.stop);
        self.thread.join().unwrap();
    }
}

fn type_in(keyboard: &Keyboard, bytes: &[u8]) -> io::Result<()> {
    let mut keyboard = keyboard.lock().unwrap();
    keyboard.write_all(bytes)?;
    keyboard.flush()
}

/// Waits until the program has written something (true) or reading shall stop (false).
fn wait_for_output(terminal: RawFd, stopped: &UnixStream) -> bool {
    let interest = |fd| pollfd { fd, events: POLLIN, revents: 0 };
    let mut polled = [interest(terminal), interest(stopped.as_raw_fd())];
    poll(&mut polled, None).unwrap();
    polled[1].revents == 0
}

fn line_mode(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// What a terminal sends for a key.
fn key(name: &str) -> Vec<u8> {
    let text = match name {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Tab" => "\t",
        "S-Tab" => "\x1b[Z",
        "Space" => " ",
        "BS" => "\x7f",
        "lt" => "<",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PageUp" => "\x1b[5~",
        "PageDown" => "\x1b[6~",
        other => {
            let control = other.strip_prefix("C-").and_then(|letter| letter.bytes().next());
            return vec![control.unwrap_or_else(|| panic!("no key is called {other}")) & 0x1f];
        }
    };
    text.as_bytes().to_vec()
}
