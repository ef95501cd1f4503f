//! The reader in a real terminal: it gives the terminal back however it ends, and opens links.

#![cfg(unix)]
#![cfg(test)]

mod support;

use std::time::Duration;

use rustix::process::Signal;
use support::Article;
use support::pty::{Home, Pty, read_pipe};

const TITLE: &str = "Nurses and their records";
const BODY: &str = "All about nurses.";
const LINK: &str = "https://www.healthcareitnews.com/news/nurses?a=%27b%27&c=$(touch%20x);d";

/// A home with a folder of one item in it.
fn home() -> Home {
    let home = Home::new();
    let article = Article::titled(TITLE).dated("2026-11-20").link(LINK).body(&format!("<p>{BODY}</p>"));
    home.write("news/nurses.md", &article.text());
    home
}

/// Opens the reader on the folder, with these variables in its environment.
fn open(home: &Home, variables: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::spawn(home, &[env!("CARGO_BIN_EXE_rounds"), "news"], (120, 34), variables);
    wait_for_the_reader(&mut pty);
    pty
}

/// Waits for the whole screen of the reader: its header, its list and its article.
#[track_caller]
fn wait_for_the_reader(pty: &mut Pty) {
    pty.wait_for("the reader", |screen| {
        let text = screen.contents();
        screen.alternate_screen()
            && screen.hide_cursor()
            && ["news › All", TITLE, BODY].iter().all(|part| text.contains(part))
    });
    assert!(pty.is_taken());
}

#[test]
fn a_key_that_quits_gives_the_terminal_back() {
    for keys in ["q", "<C-c>"] {
        let home = home();
        let mut pty = open(&home, &[]);
        pty.keys(keys);
        let status = pty.wait_exit();
        assert!(status.success(), "{keys}: {status:?}");
        pty.assert_given_back();
        assert_eq!(pty.screen_text(), "", "{keys}: something is left on the shell's screen");
    }
}

#[test]
fn what_is_drawn_waits_until_the_terminal_has_taken_what_is_on_its_way() {
    let home = home();
    let mut pty = open(&home, &[]);
    pty.stop_answering();
    let shows_help = |screen: &vt100::Screen| screen.contents().contains("Tab next section");
    // Frames in quick succession, until one is on its way for so long that no other is sent after it.
    let mut presses = 0;
    loop {
        pty.keys("?");
        if !pty.becomes(Duration::from_millis(300), shows_help) {
            break;
        }
        pty.keys("<Esc>");
        presses += 1;
        assert!(presses < 1000, "frames are sent though the terminal has taken none of them");
        if !pty.becomes(Duration::from_millis(300), |screen| !shows_help(screen)) {
            pty.keys("?");
            break;
        }
    }
    pty.answer_again();
    pty.wait_for("what was drawn last", shows_help);
    pty.keys("<Esc>q");
    assert!(pty.wait_exit().success());
    assert!(!pty.screen_text().contains("0n"), "an answer was left to the shell");
}

/// What terminals send to programs that have asked for it, and what none should send.
const REPORTS: [&str; 12] = [
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "\x1bP1+r5463=71\x1b\\",
    "\x1b[?2026;2$y",
    "\x1b[?62;22c",
    "\x1b[?q",
    "\x1b[12;40R",
    "\x1b[<0;0;1M",
    "\x1b[0;0R",
    "\x1b[M   ",
    "\x1b[<65535;65535;65535M",
    "\x1b[99999999u",
];

#[test]
fn reports_are_no_keys_and_half_of_one_makes_nothing_deaf() {
    let home = home();
    let mut pty = open(&home, &[]);
    let rows = |screen: &vt100::Screen| {
        screen.contents().lines().map(|row| row.trim_end().to_owned()).collect::<Vec<_>>()
    };
    // The end of the article and the footer are the last things that are drawn.
    pty.wait_for_text("https://www.healthcareitnews.com");
    pty.wait_for_text("Enter open");
    let before = rows(pty.screen());
    for report in REPORTS {
        pty.send(report.as_bytes());
        for length in 2..report.len() {
            pty.send(&report.as_bytes()[..length]);
            // It breaks off what is unfinished, and does nothing here.
            pty.keys("<Up>");
        }
    }
    pty.keys("?");
    pty.wait_for_text("Tab next section");
    pty.keys("<Esc>");
    pty.wait_for("the screen as before: nothing in the reports was taken for a key", |screen| {
        rows(screen) == before
    });
    assert!(!pty.has_written(b"Nothing has changed") && !pty.has_written(b"There is no link"));
}

#[test]
fn an_interrupt_ends_the_reader_whatever_is_unfinished() {
    for begun in ["\x1b[", "\x1b[?", "\x1b[<0;1", "\x1bO", "\x1b]1", "\x1bP", "\x1b[M ", "\u{e9}"] {
        let home = home();
        let mut pty = open(&home, &[]);
        // Of the last one, only the first byte.
        pty.send(begun.as_bytes().get(..1).filter(|_| !begun.is_ascii()).unwrap_or(begun.as_bytes()));
        pty.keys("<C-c>");
        assert!(pty.wait_exit().success(), "{begun:?}");
        pty.assert_given_back();
    }
}

#[test]
fn an_interrupt_ends_the_reader_when_the_rest_of_a_paste_does_not_come() {
    let home = home();
    let mut pty = open(&home, &[]);
    pty.send(b"\x1b[200~half a paste");
    // What follows at once is part of the paste, so a person tries again.
    let mut tries = 0;
    while pty.ends(Duration::from_millis(500)).is_none() && tries < 20 {
        pty.keys("<C-c>");
        tries += 1;
    }
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn a_window_of_any_size_is_drawn_on() {
    let home = home();
    let mut pty = open(&home, &[]);
    pty.resize(u16::MAX, u16::MAX);
    pty.wait_for("the wide screen", |screen| {
        screen.contents().lines().next().is_some_and(|header| header.len() > 300)
    });
    pty.resize(120, 34);
    wait_for_the_reader(&mut pty);
    pty.keys("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

/// The signals that end a program, as far as one can listen to them and as they are on every system.
const ENDING: [Signal; 10] = [
    Signal::TERM,
    Signal::HUP,
    Signal::INT,
    Signal::QUIT,
    Signal::USR1,
    Signal::USR2,
    Signal::ALARM,
    Signal::VTALARM,
    Signal::PROF,
    Signal::XCPU,
];

/// The exit status of a program that a signal has ended, as shells have it.
fn status_after(signal: Signal) -> u32 {
    128 + u32::try_from(signal.as_raw()).unwrap()
}

#[test]
fn a_signal_gives_the_terminal_back_and_shows_in_the_exit_status() {
    for signal in ENDING {
        let home = home();
        let mut pty = open(&home, &[]);
        pty.signal(signal);
        assert_eq!(pty.wait_exit().exit_code(), status_after(signal), "{signal:?}");
        pty.assert_given_back();
        assert_eq!(pty.screen_text(), "", "{signal:?}: something is left on the shell's screen");
    }
}

#[test]
fn a_signal_ends_the_reader_though_the_terminal_takes_nothing_more() {
    for signal in [Signal::TERM, Signal::HUP] {
        let home = home();
        let mut pty = open(&home, &[]);
        pty.stop_reading();
        // More than a terminal holds for a reader that has stopped reading.
        pty.keys(&"<C-l>".repeat(200));
        pty.signal(signal);
        assert_eq!(pty.wait_exit().exit_code(), status_after(signal), "{signal:?}");
        pty.assert_line_mode_given_back();
    }
}

#[test]
fn a_signal_ends_the_browser_in_the_terminal_and_then_the_reader() {
    for signal in [Signal::TERM, Signal::HUP, Signal::USR1] {
        let home = home();
        let ended = home.pipe("ended");
        home.stand_in(
            "w3m",
            "trap 'echo told > \"$HOME/ended\"; exit' TERM HUP; echo web-page; read key; read key",
        );
        let mut pty = open(&home, &[("BROWSER", "w3m")]);
        pty.keys("o");
        pty.wait_for_text("web-page");
        pty.signal(signal);
        assert_eq!(read_pipe(ended), "told\n", "{signal:?}");
        assert_eq!(pty.wait_exit().exit_code(), status_after(signal), "{signal:?}");
        pty.assert_given_back();
    }
}

#[test]
fn the_end_of_the_connection_ends_the_browser_in_the_terminal_and_the_reader() {
    let home = home();
    home.stand_in("w3m", "echo web-page; read key");
    let mut pty = open(&home, &[("BROWSER", "w3m")]);
    pty.keys("o");
    pty.wait_for_text("web-page");
    assert_eq!(pty.hang_up().exit_code(), status_after(Signal::HUP));
}

#[test]
fn a_browser_in_the_terminal_that_does_not_end_keeps_no_signal_waiting() {
    let home = home();
    home.stand_in("w3m", "trap '' TERM; echo web-page; while read key; do :; done");
    let mut pty = open(&home, &[("BROWSER", "w3m")]);
    pty.keys("o");
    pty.wait_for_text("web-page");
    pty.signal(Signal::TERM);
    let status = pty.ends(Duration::from_secs(20)).expect("the reader waits for the browser");
    assert_eq!(status.exit_code(), status_after(Signal::TERM));
}

#[test]
fn a_browser_that_leaves_its_line_mode_behind_spoils_nothing() {
    let home = home();
    home.stand_in("w3m", "stty raw -echo; kill -KILL $$");
    let mut pty = open(&home, &[("BROWSER", "w3m")]);
    pty.keys("o");
    pty.wait_for_text("SIGKILL");
    pty.keys("<C-c>");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn the_end_of_the_connection_ends_the_reader() {
    let home = home();
    let pty = open(&home, &[]);
    assert_eq!(pty.hang_up().exit_code(), 129);
}

#[test]
fn a_source_that_cannot_be_read_never_takes_the_terminal() {
    let home = home();
    let mut pty = Pty::spawn(&home, &[env!("CARGO_BIN_EXE_rounds"), "no-such-folder"], (120, 34), &[]);
    assert_eq!(pty.wait_exit().exit_code(), 3);
    pty.assert_given_back();
    assert!(pty.screen_text().contains("no-such-folder"), "{}", pty.screen_text());
    assert!(!pty.has_written(b"\x1b[?1049h"), "the alternate screen flashed");
}

#[test]
fn stopped_and_continued_it_comes_back_whole() {
    let home = home();
    let mut pty = Pty::spawn(&home, &["/bin/sh", "-i"], (120, 34), &[("PS1", "shell> "), ("ENV", "")]);
    pty.wait_for_text("shell>");
    pty.keys(&format!("'{}' news<Enter>", env!("CARGO_BIN_EXE_rounds")));
    wait_for_the_reader(&mut pty);

    pty.keys("<C-z>");
    pty.wait_for("the shell", |screen| !screen.alternate_screen() && screen.contents().contains("Stopped"));
    pty.assert_given_back();
    pty.keys("clear; echo between<Enter>");
    pty.wait_for("an answer", |screen| screen.contents().starts_with("between"));

    pty.keys("fg<Enter>");
    wait_for_the_reader(&mut pty);
    assert!(!pty.screen_text().contains("between"), "{}", pty.screen_text());
    pty.keys("q");
    pty.wait_for("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("shell>")
    });
    pty.assert_given_back();
}

#[test]
fn a_new_size_is_filled_at_once() {
    let home = home();
    let mut pty = open(&home, &[]);
    for (columns, rows) in [(40, 10), (1, 1), (0, 0), (120, 40)] {
        pty.resize(columns, rows);
    }
    pty.wait_for("the whole width", |screen| {
        screen.contents().contains(TITLE) && screen.contents().lines().any(|line| line.chars().count() > 110)
    });
    pty.keys("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn nothing_stays_beside_a_character_that_the_terminal_takes_for_wider() {
    let home = home();
    // The terminal of this test shows all four of them side by side.
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    let article = Article::titled(&format!("Visiting hours for the {family}")).dated("2026-11-21");
    home.write("news/family.md", &article.body("<p>Until nine.</p>").text());
    let mut pty = Pty::spawn(&home, &[env!("CARGO_BIN_EXE_rounds"), "news"], (120, 34), &[]);
    let is_clean =
        |screen: &vt100::Screen| screen.contents().contains("👨") && !screen.contents().contains("👦");
    pty.wait_for("one of the family", is_clean);
    pty.wait_for_text("Until nine.");

    let cleared = |pty: &Pty| pty.bytes().windows(4).filter(|bytes| bytes == b"\x1b[2J").count();
    let before = cleared(&pty);
    pty.keys("<C-l>");
    pty.keys("j");
    pty.wait_for_text(BODY);
    assert!(cleared(&pty) > before, "the screen was not cleared");
    assert!(is_clean(pty.screen()), "{}", pty.screen_text());
}

/// A program that tells its arguments, each ended by a NUL, and makes a noise.
const RECORDER: &str = "echo noise; echo noise >&2; printf '%s\\0' \"$@\" > \"$HOME/opened\"";

#[test]
fn the_users_browser_gets_the_link_as_it_is() {
    let home = home();
    let opened = home.pipe("opened");
    home.stand_in("firefox", RECORDER);
    let mut pty = open(&home, &[("BROWSER", "nothing-here:firefox --new-tab '--to=%s'")]);
    pty.keys("o");
    assert_eq!(read_pipe(opened), format!("--new-tab\0--to={LINK}\0"));
    pty.wait_for_text("firefox");
    assert!(pty.is_taken() && !pty.has_written(b"noise"), "{}", pty.screen_text());
}

#[test]
fn the_desktop_gets_the_link_where_there_is_one() {
    let home = home();
    let opened = home.pipe("opened");
    home.stand_in("xdg-open", RECORDER);
    let mut pty = open(&home, &[("DISPLAY", ":0")]);
    pty.keys("o");
    assert_eq!(read_pipe(opened), format!("{LINK}\0"));
    pty.keys("q");
    assert!(pty.wait_exit().success());
    assert!(!pty.has_written(b"noise"));
}

#[test]
fn a_browser_that_fails_is_named_and_the_link_is_shown() {
    let home = home();
    home.stand_in("firefox", "exit 3");
    let mut pty = open(&home, &[("BROWSER", "firefox")]);
    pty.keys("o");
    pty.wait_for("the reason", |screen| {
        let text = screen.contents();
        text.contains("firefox failed") && text.contains("exit status: 3") && text.contains(LINK)
    });
}

#[test]
fn where_one_browser_fails_the_next_one_gets_the_link() {
    let home = home();
    let opened = home.pipe("opened");
    home.stand_in("opera", "exit 1");
    home.stand_in("firefox", RECORDER);
    let mut pty = open(&home, &[("BROWSER", "opera:firefox"), ("DISPLAY", ":0")]);
    pty.keys("o");
    assert_eq!(read_pipe(opened), format!("{LINK}\0"));
    pty.wait_for_text("Opened in firefox.");
}

#[test]
fn the_desktop_does_not_get_to_see_a_browser_that_is_not_installed() {
    let home = home();
    let opened = home.pipe("opened");
    home.stand_in("xdg-open", "printf '%s' \"${BROWSER-unset}\" > \"$HOME/opened\"");
    let mut pty = open(&home, &[("BROWSER", "opera"), ("DISPLAY", ":0")]);
    pty.keys("o");
    assert_eq!(read_pipe(opened), "unset");
    pty.wait_for_text("BROWSER names opera, which is not installed");
}

#[test]
fn a_text_goes_to_the_program_that_reaches_the_clipboard_and_else_to_the_terminal() {
    const RECORD: &str = "printf '%s\0' \"$0\" \"$@\" > \"$HOME/arguments\"; cat > \"$HOME/copied\"";
    for (program, variables) in [
        ("tmux", [("TMUX", "/tmp/tmux-0/default,1,0"), ("SSH_TTY", "/dev/pts/1")]),
        ("xclip", [("DISPLAY", ":0"), ("LANG", "C.UTF-8")]),
        ("wl-copy", [("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", "")]),
    ] {
        let home = home();
        let copied = home.pipe("copied");
        home.stand_in(program, RECORD);
        let mut pty = open(&home, &variables);
        pty.keys("y");
        assert_eq!(read_pipe(copied), LINK, "{program}");
        pty.wait_for_text("Copied: https://");
        assert!(!pty.has_written(b"\x1b]52;"), "{program}: the terminal was asked as well");
    }
    let home = home();
    home.stand_in("tmux", "exit 1");
    let mut pty = open(&home, &[("TMUX", "/tmp/tmux-0/default,1,0")]);
    pty.keys("y");
    pty.wait_for_text("Asked the terminal to copy: https://");
    assert!(pty.has_written(b"\x1b]52;c;"));
}

#[test]
fn what_was_copied_is_shown_whole_however_narrow_the_screen_is() {
    let home = home();
    let mut pty = Pty::spawn(&home, &[env!("CARGO_BIN_EXE_rounds"), "news"], (40, 20), &[]);
    pty.wait_for_text("Nurses");
    pty.keys("y");
    pty.wait_for("the whole link", |screen| {
        let shown: String = screen.contents().split_whitespace().collect();
        shown.contains(LINK)
    });
}

#[test]
fn a_terminal_that_rows_cannot_be_drawn_on_is_told_what_works_there() {
    let home = home();
    let mut pty = Pty::spawn(&home, &[env!("CARGO_BIN_EXE_rounds"), "news"], (120, 34), &[("TERM", "dumb")]);
    assert_eq!(pty.wait_exit().exit_code(), 1);
    let said = pty.screen_text();
    assert!(said.contains("rounds list") && said.contains("rounds show"), "{said}");
    assert!(!pty.has_written(b"\x1b"), "{said}");
}

#[test]
fn a_locale_without_utf_8_is_drawn_in_ascii() {
    let home = home();
    for (locale, is_ascii) in [("de_DE.ISO-8859-1", true), ("C", true), ("de_DE.UTF-8", false)] {
        let mut pty =
            Pty::spawn(&home, &[env!("CARGO_BIN_EXE_rounds"), "news"], (120, 34), &[("LC_ALL", locale)]);
        pty.wait_for_text(BODY);
        assert_eq!(pty.bytes().is_ascii(), is_ascii, "{locale}");
    }
}

#[test]
fn a_terminal_browser_gets_the_terminal_and_gives_it_back() {
    let home = home();
    home.stand_in("w3m", "printf '\\033[2J\\033[Hpage of %s\\n' \"$1\"; read key; echo \"key $key\"");
    let mut pty = open(&home, &[("BROWSER", "w3m")]);
    pty.keys("o");
    pty.wait_for_text(&format!("page of {LINK}"));
    pty.assert_given_back();
    pty.keys("jq<Enter>");
    wait_for_the_reader(&mut pty);
    assert!(pty.has_written(b"key jq"), "the reader took a key of the browser's");
    assert!(!pty.screen_text().contains("page of"), "{}", pty.screen_text());
    pty.keys("q");
    assert!(pty.wait_exit().success());
    pty.assert_given_back();
}

#[test]
fn over_ssh_the_link_is_shown_in_full_and_copied() {
    let home = home();
    home.stand_in("xdg-open", "echo opened > \"$HOME/opened\"");
    let mut pty = open(&home, &[("SSH_TTY", "/dev/pts/9")]);
    pty.keys("o");
    pty.wait_for("the link", |screen| screen.contents().contains(LINK) && screen.contents().contains("SSH"));
    // The link in base64, as OSC 52 has it.
    let copied = "\x1b]52;c;aHR0cHM6Ly93d3cuaGVhbHRoY2FyZWl0bmV3cy5jb20vbmV3cy9udXJzZXM\
        /YT0lMjdiJTI3JmM9JCh0b3VjaCUyMHgpO2Q=\x1b\\";
    pty.wait_for_bytes(copied.as_bytes());
    assert!(!home.path().join("opened").exists());
}
