//! The terminal is given back whole, whatever happens, and lent whole to another program.
//!
//! The program in these tests is this very test file: it starts itself in a pseudo-terminal and runs the one
//! test `program`, which takes the terminal and does what it is told by keys.

#![cfg(unix)]
#![cfg(test)]

mod support;

use std::env;
use std::process::{Command, exit};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, at, never, select, unbounded};
use crossterm::event::{Event, KeyCode};
use ratatui::widgets::Paragraph;
use rounds::edge::signals;
use rounds::edge::terminal::{self, Mouse, Terminal};
use rustix::process::Signal;
use support::pty::{Home, Pty};

/// Set for the program, and for nobody else.
const MARK: &str = "ROUNDS_TEST_PROGRAM";

/// What the program exits with when its terminal has gone.
const GONE: u8 = 77;

enum Message {
    Event(Event),
    Signal(signals::Signal),
}

impl From<Event> for Message {
    fn from(event: Event) -> Self {
        Self::Event(event)
    }
}

impl From<signals::Signal> for Message {
    fn from(signal: signals::Signal) -> Self {
        Self::Signal(signal)
    }
}

#[test]
#[ignore = "it is the program that the other tests run"]
fn program() {
    if env::var_os(MARK).is_none() {
        return;
    }
    let (sender, inbox) = unbounded::<Message>();
    if env::var_os("WITHOUT_SIGNALS").is_none() {
        signals::watch(sender.clone(), Duration::from_secs(1), terminal::abandon).unwrap();
    }
    let mut terminal = Terminal::enter(Mouse::Captured, sender).unwrap();
    let mut keys = 0;
    let mut last = String::from("ready");
    loop {
        let text = format!("keys {keys}, last {last}.");
        terminal.draw(None, |frame| frame.render_widget(Paragraph::new(text), frame.area())).unwrap();
        let Some(message) = next(&inbox, &mut terminal) else { continue };
        match message {
            Message::Signal(signals::Signal::HangUp) => {
                // Nothing can be printed any more, so the exit status has to tell.
                exit(if terminal.leave().is_ok() { i32::from(GONE) } else { 1 });
            }
            Message::Signal(signals::Signal::Continue) => terminal.renew().unwrap(),
            Message::Signal(signal) => last = format!("{signal:?}"),
            Message::Event(Event::Resize(columns, rows)) => last = format!("size {columns}x{rows}"),
            Message::Event(Event::Paste(text)) => last = format!("paste {text}"),
            Message::Event(Event::Key(key)) => {
                keys += 1;
                last = format!("{:?}", key.code);
                match key.code {
                    KeyCode::Char('q') => break,
                    KeyCode::Char('z') => terminal.stop().unwrap(),
                    KeyCode::Char('p') => panic!("the owner's panic"),
                    KeyCode::Char('w') => {
                        let worker = thread::Builder::new().name("worker".into());
                        let panicked = worker.spawn(|| panic!("a worker's \u{1b}[2Jpanic")).unwrap().join();
                        assert!(panicked.is_err());
                    }
                    KeyCode::Char('l') => {
                        let script = env::var("LENT_TO").unwrap();
                        terminal
                            .lend(|| Command::new("/bin/sh").args(["-c", &script]).status())
                            .unwrap()
                            .unwrap();
                    }
                    _ => {}
                }
            }
            Message::Event(_) => last = "other".to_owned(),
        }
    }
    terminal.leave().unwrap();
    println!("the last word");
}

/// The next message; nothing when it is time to draw again.
fn next(inbox: &Receiver<Message>, terminal: &mut Terminal) -> Option<Message> {
    let due = terminal.due().map_or_else(never, at);
    select! {
        recv(inbox) -> message => Some(message.unwrap()),
        recv(terminal.answers()) -> answered => {
            let Ok(answered) = answered else { return Some(inbox.recv().unwrap()) };
            terminal.answered(answered).unwrap();
            None
        }
        recv(due) -> _ => None,
    }
}

fn this_program() -> [String; 5] {
    let program = env::current_exe().unwrap().to_str().unwrap().to_owned();
    [program, "--exact".into(), "program".into(), "--ignored".into(), "--nocapture".into()]
}

/// Greets, and repeats what is typed; ends at the second line.
const PARROT: &str = "echo lent; read line; echo got $line; read line";

fn start(home: &Home) -> Pty {
    let mut pty = Pty::spawn(home, &this_program(), (60, 20), &[(MARK, "1"), ("LENT_TO", PARROT)]);
    pty.wait_for_text("last ready.");
    assert!(pty.is_taken());
    pty
}

#[test]
fn what_is_printed_after_leaving_stands_below_what_was_there_before() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.keys("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
    let text = pty.screen_text();
    assert!(text.contains("running 1 test") && text.contains("the last word"), "{text}");
    assert!(!text.contains("keys"), "{text}");
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_message() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.keys("p");
    assert!(!pty.wait_exit().success());
    pty.assert_given_back();
    let text = pty.screen_text();
    assert!(text.contains("the owner's panic"), "{text}");
    assert_eq!(pty.bytes().windows(8).filter(|bytes| bytes == b"\x1b[?1049l").count(), 1);
}

#[test]
fn a_panic_of_a_worker_stays_off_the_screen_until_the_end() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.keys("wx");
    pty.wait_for_text("keys 2, last Char('x').");
    assert_eq!(pty.screen_text().trim_end(), "keys 2, last Char('x').");
    pty.keys("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
    let text = pty.screen_text();
    assert!(text.contains("thread 'worker' panicked"), "{text}");
    assert!(text.contains("a worker's panic") && text.contains("running 1 test"), "{text}");
}

#[test]
fn a_program_that_does_not_act_on_a_signal_is_ended_and_the_terminal_given_back() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.signal(Signal::TERM);
    pty.wait_for_text("last Terminate.");
    assert_eq!(pty.wait_exit().exit_code(), 143);
    pty.assert_given_back();
    assert!(!pty.screen_text().contains("the last word"), "{}", pty.screen_text());
}

#[test]
fn no_key_is_lost_when_thousands_arrive_at_once() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.send(&[b'j'; 3000]);
    pty.wait_for_text("keys 3000,");
    pty.keys("q");
    assert!(pty.wait_exit().success());
}

#[test]
fn a_paste_and_a_new_size_arrive() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.send(b"\x1b[200~q p\x1b[201~");
    pty.wait_for_text("keys 0, last paste q p.");
    pty.resize(50, 10);
    pty.wait_for_text("last size 50x10.");
    pty.resize(0, 0);
    pty.resize(1, 1);
    pty.keys("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn the_smallest_terminals_are_taken_and_given_back() {
    for size in [(0, 0), (1, 1), (0, 24), (80, 0)] {
        let home = Home::new();
        let mut pty = Pty::spawn(&home, &this_program(), size, &[(MARK, "1")]);
        pty.wait_for("the alternate screen", vt100::Screen::alternate_screen);
        pty.keys("q");
        assert!(pty.wait_exit().success(), "{size:?}");
        pty.assert_given_back();
    }
}

#[test]
fn a_program_in_the_foreground_gets_the_whole_terminal_and_every_key() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.keys("l");
    pty.wait_for_text("lent");
    pty.assert_given_back();
    pty.keys("every key<Enter>");
    pty.wait_for_text("got every key");
    pty.keys("<Enter>");
    pty.wait_for_text("keys 1, last Char('l').");
    assert!(pty.is_taken());
    pty.keys("jq");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn an_interrupt_of_the_program_in_the_foreground_is_not_for_the_reader() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.keys("l");
    pty.wait_for_text("lent");
    pty.keys("<C-c>");
    pty.wait_for_text("keys 1, last Char('l').");
    pty.keys("j");
    pty.wait_for_text("keys 2, last Char('j').");
}

/// A shell with job control, in which the program runs as a job.
fn start_in_shell(home: &Home, variables: &[(&str, &str)]) -> Pty {
    let shell = ["/bin/sh", "-i"];
    let mut variables = variables.to_vec();
    variables.extend([(MARK, "1"), ("PS1", "shell> "), ("ENV", "")]);
    let mut pty = Pty::spawn(home, &shell, (60, 20), &variables);
    pty.wait_for_text("shell>");
    pty
}

fn run_in_shell(pty: &mut Pty) {
    pty.keys(&format!("'{}'<Enter>", this_program().join("' '")));
    pty.wait_for_text("last ready.");
    assert!(pty.is_taken());
}

#[test]
fn a_stopped_program_leaves_the_terminal_to_the_shell_and_comes_back_whole() {
    let home = Home::new();
    let mut pty = start_in_shell(&home, &[]);
    run_in_shell(&mut pty);
    for round in 1..=2 {
        pty.keys("z");
        pty.wait_for("the shell", |screen| {
            !screen.alternate_screen() && screen.contents().contains("Stopped")
        });
        pty.assert_given_back();
        pty.keys("clear; echo between<Enter>");
        pty.wait_for("an answer", |screen| screen.contents().starts_with("between"));
        pty.keys("fg<Enter>");
        pty.wait_for_text(&format!("keys {round}, last Char('z')."));
        pty.wait_for("the program", |screen| screen.alternate_screen() && screen.hide_cursor());
        assert_eq!(pty.screen_text().lines().count(), 1, "{}", pty.screen_text());
    }
    pty.keys("q");
    pty.wait_for_text("the last word");
    pty.keys("exit<Enter>");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn a_program_that_no_shell_could_continue_does_not_stop() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.keys("zj");
    pty.wait_for_text("keys 2, last Char('j').");
    assert!(pty.is_taken());
}

#[test]
fn a_stop_in_the_foreground_stops_both_and_both_go_on() {
    let home = Home::new();
    home.pipe("never");
    // It reads no keys, because a read that a stop interrupts may still take the first key typed after it.
    let script = "trap 'kill $!; exit' CONT; cat never & echo lent; wait";
    let mut pty = start_in_shell(&home, &[("LENT_TO", script)]);
    run_in_shell(&mut pty);
    pty.keys("l");
    pty.wait_for_text("lent");
    pty.keys("<C-z>");
    pty.wait_for_text("Stopped");
    pty.keys("fg<Enter>");
    pty.wait_for_text("keys 1, last Char('l').");
}

#[test]
fn a_terminal_that_has_gone_ends_the_program_even_without_a_signal() {
    let home = Home::new();
    let deaf = format!("trap '' HUP; exec '{}'", this_program().join("' '"));
    let variables = [(MARK, "1"), ("WITHOUT_SIGNALS", "1")];
    let mut pty = Pty::spawn(&home, &["/bin/sh", "-c", &deaf], (60, 20), &variables);
    pty.wait_for_text("last ready.");
    assert_eq!(pty.hang_up().exit_code(), u32::from(GONE));
}
