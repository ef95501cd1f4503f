//! A program in a pseudo-terminal: keys go in, and it is known when what came out.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::Outcome;
use super::desk::SCREEN;
use super::home::Home;
use super::process::Process;

/// How long anything may take before a bench fails.
const DEADLINE: Duration = Duration::from_secs(600);
/// How long a program must have been idle to be done with what it does.
const IDLE: Duration = Duration::from_millis(600);
/// How much work a program is at most allowed meanwhile, so that the clock's own work does not count.
const IDLE_WORK: Duration = Duration::from_millis(1);
/// How long each letter is given when a program is typed to.
const BETWEEN_LETTERS: Duration = Duration::from_millis(60);

/// What a program asks to hear whether the terminal has come so far (DSR), and what every terminal answers at once.
const QUESTION: &[u8] = b"\x1b[5n";
const ANSWER: &[u8] = b"\x1b[0n";

/// The program that is measured.
pub const ROUNDS: &str = env!("CARGO_BIN_EXE_rounds");

/// Where keys and the answers of the terminal go in.
#[derive(Clone)]
struct Keyboard(Arc<Mutex<Box<dyn Write + Send>>>);

impl Keyboard {
    fn press(&self, keys: &[u8]) -> io::Result<()> {
        let mut keyboard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keyboard.write_all(keys)?;
        keyboard.flush()
    }
}

/// A program in a pseudo-terminal. It is killed when this is dropped.
pub struct Program {
    started: Instant,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Keyboard,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    /// Held as long as the program runs.
    _terminal: Box<dyn MasterPty + Send>,
}

impl Program {
    /// Starts a program with its arguments.
    pub fn start<A: AsRef<OsStr>>(home: &Home, program: &OsStr, arguments: &[A]) -> Outcome<Self> {
        let size = PtySize { rows: SCREEN.rows, cols: SCREEN.columns, ..PtySize::default() };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("HOME", home.path());
        command.env("XDG_DATA_HOME", home.data());
        command.env("XDG_CACHE_HOME", home.cache());
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        let (sender, output) = unbounded();
        let mut reader = pair.master.try_clone_reader()?;
        let keyboard = Keyboard(Arc::new(Mutex::new(pair.master.take_writer()?)));
        let answering = keyboard.clone();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            let mut unread = Vec::new();
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                unread.extend_from_slice(&bytes);
                for _ in unread.windows(QUESTION.len()).filter(|bytes| *bytes == QUESTION) {
                    // A program that has ended needs no answer.
                    let _ = answering.press(ANSWER);
                }
                // A question may go on in what is read next.
                let read = unread.len().saturating_sub(QUESTION.len() - 1);
                unread.drain(..read);
                if sender.send((Instant::now(), bytes)).is_err() {
                    break;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        let screen = vt100::Parser::new(SCREEN.rows, SCREEN.columns, 0);
        Ok(Self { started, child, keyboard, output, screen, _terminal: pair.master })
    }

    /// The process.
    pub fn process(&self) -> Outcome<Process> {
        Ok(Process(self.child.process_id().ok_or("the program has ended")?))
    }

    /// Waits until the screen shows a text. Gives the time since it was started.
    pub fn wait_for(&mut self, text: &str) -> Outcome<Duration> {
        loop {
            let (arrived, bytes) = self.output.recv_timeout(DEADLINE)?;
            self.screen.process(&bytes);
            if self.screen().contains(text) {
                return Ok(arrived.duration_since(self.started));
            }
        }
    }

    /// Waits until the program does nothing any more.
    pub fn settle(&mut self) -> Outcome {
        let process = self.process()?;
        let deadline = Instant::now() + DEADLINE;
        while Instant::now() < deadline {
            let before = process.work()?;
            self.watch(IDLE)?;
            if process.work()?.saturating_sub(before) < IDLE_WORK {
                return Ok(());
            }
        }
        Err("the program never comes to rest".into())
    }

    /// Takes what the program writes for some time.
    pub fn watch(&mut self, time: Duration) -> Outcome {
        let deadline = Instant::now() + time;
        loop {
            match self.output.recv_deadline(deadline) {
                Ok((_, bytes)) => self.screen.process(&bytes),
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err("the program has ended".into()),
            }
        }
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        self.screen.screen().contents()
    }

    /// Sends keys, and waits until the screen shows what comes of them. Gives the time that took.
    pub fn press(&mut self, keys: &str, shows: impl Fn(&str) -> bool) -> Outcome<Duration> {
        let pressed = Instant::now();
        self.keyboard.press(keys.as_bytes())?;
        loop {
            let (arrived, bytes) = self.output.recv_timeout(DEADLINE)?;
            self.screen.process(&bytes);
            if shows(&self.screen()) {
                return Ok(arrived.saturating_duration_since(pressed));
            }
        }
    }

    /// Types letter by letter.
    pub fn type_text(&mut self, text: &str) -> Outcome {
        for letter in text.chars() {
            self.keyboard.press(letter.to_string().as_bytes())?;
            self.watch(BETWEEN_LETTERS)?;
        }
        Ok(())
    }

    /// Quits where there is nothing to go back from. Gives the time until the program has ended.
    pub fn quit(mut self) -> Outcome<Duration> {
        let asked = Instant::now();
        self.keyboard.press(b"q")?;
        self.child.wait()?;
        Ok(asked.elapsed())
    }

    /// Ends the program as a user does.
    pub fn end(mut self) -> Outcome {
        self.keyboard.press(b"\x03")?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
    }
}
