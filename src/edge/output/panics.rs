//! What is printed of a panic.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io;
use std::panic::{self, PanicHookInfo};
use std::thread;

use super::console::say_text;

/// Lets every panic be printed as text from now on. Its message may repeat a part of what was read, such as a text that
/// was cut in the middle of a character, and the standard library prints it as it is.
pub fn print_panics_as_text() {
    panic::set_hook(Box::new(|info| say_text(&mut io::stderr(), &text(info))));
}

/// What the standard library would print.
fn text(info: &PanicHookInfo<'_>) -> String {
    let thread = thread::current().name().unwrap_or("without a name").to_owned();
    let trace = Backtrace::capture();
    let trace = match trace.status() {
        BacktraceStatus::Captured => trace.to_string(),
        _ => "to see where it came from, set RUST_BACKTRACE=1".to_owned(),
    };
    format!("thread '{thread}' {info}\n{trace}\n")
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_panic_that_repeats_a_hostile_text_is_printed_as_text() {
        const CHILD: &str = "ROUNDS_TEST_PANIC";
        if env::var_os(CHILD).is_some() {
            print_panics_as_text();
            // It is caught, so only the hook prints it.
            let caught = panic::catch_unwind(|| panic!("a\u{7}\u{9b}31m\u{202e}\u{7f} text"));
            assert!(caught.is_err());
            return;
        }
        let child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "edge::output::panics::tests::a_panic_that_repeats_a_hostile_text_is_printed_as_text",
            ])
            .env(CHILD, "")
            .output()
            .unwrap();
        let talk = String::from_utf8(child.stderr).unwrap();
        assert!(
            child.status.success() && talk.contains("panicked at") && talk.contains("a text\n"),
            "{talk}"
        );
        assert!(!talk.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{talk:?}");
    }
}
