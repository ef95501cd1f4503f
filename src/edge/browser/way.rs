//! The decision how links are opened, from the facts alone.

use super::command_line::{CommandLine, IN_TERMINAL};
use super::environment::Environment;

/// How links are opened here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// The desktop knows the user's browser.
    Desktop {
        /// What `$BROWSER` names, where none of that is installed.
        missing: Option<String>,
    },
    /// A program that opens a window.
    Window(CommandLine),
    /// A program that draws in the terminal.
    InTerminal(CommandLine),
    /// Nothing here can open a link, for this reason.
    Show(String),
}

impl Way {
    /// The ways that are tried, one after the other. `$BROWSER` is the user's word, so its programs come first, as far as
    /// they are installed; then the desktop, if there is one that the user can see. Where all that a desktop could start is a
    /// browser for the terminal, it would start it without one, so that it is given ours; and so on a console. Over SSH the
    /// user's own browser is at the other end, and the link is shown for that.
    pub(super) fn all(environment: &Environment) -> Vec<Self> {
        let (mut ways, mut missing) = (Vec::new(), None);
        for command in CommandLine::list(&environment.browser) {
            match environment.path.find(&command.program) {
                None => missing = missing.or(Some(command.program)),
                Some(file) if command.draws_in_terminal(&file, environment.shows_windows) => {
                    ways.push(Self::InTerminal(command));
                }
                Some(_) => ways.push(Self::Window(command)),
            }
        }
        let in_terminal = IN_TERMINAL.into_iter().find(|program| environment.path.has(program));
        if environment.shows_windows && !(environment.is_bare() && in_terminal.is_some() && ways.is_empty()) {
            let missing = missing.filter(|_| ways.is_empty());
            ways.push(Self::Desktop { missing });
        } else if ways.is_empty() {
            let in_terminal = in_terminal.filter(|_| missing.is_none());
            ways.push(match (missing, in_terminal) {
                (Some(program), _) => Self::Show(format!("BROWSER names {program}, which is not installed here.")),
                (None, Some(program)) if !environment.over_ssh || environment.shows_windows => {
                    Self::InTerminal(CommandLine::of_program(program))
                }
                (None, Some(program)) => Self::Show(format!(
                    "No browser can open a window over SSH. To read here: BROWSER={program} rounds"
                )),
                (None, None) if environment.over_ssh => Self::Show(
                    "No browser can open a window over SSH, and none for the terminal is installed here.".to_owned(),
                ),
                (None, None) => Self::Show(
                    "There is no desktop here, and no browser for the terminal is installed. w3m or lynx would be one."
                        .to_owned(),
                ),
            });
        }
        ways
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::ffi::OsString;
    use std::os::unix::fs::PermissionsExt;

    /// How links are opened on a machine with these programs in its path, and these variables, in a few words.
    fn ways(programs: &[&str], variables: &[(&str, &str)]) -> String {
        let directory = tempfile::tempdir().unwrap();
        for program in programs {
            let path = directory.path().join(program);
            std::fs::write(&path, "#!/bin/sh\n").unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        std::fs::write(directory.path().join("not-a-program"), "").unwrap();
        let environment = Environment::read(&|name| match name {
            "PATH" => {
                Some(std::env::join_paths(["/nonexistent".into(), directory.path().to_owned()]).unwrap())
            }
            name => {
                variables.iter().find(|(other, _)| *other == name).map(|(_, value)| OsString::from(value))
            }
        });
        let ways: Vec<String> = Way::all(&environment).iter().map(in_short).collect();
        ways.join(", ")
    }

    /// The way, in a word.
    fn in_short(way: &Way) -> String {
        match way {
            Way::Desktop { missing: None } => "desktop".to_owned(),
            Way::Desktop { missing: Some(program) } => format!("desktop without {program}"),
            Way::Window(command) => format!("window {}", command.program),
            Way::InTerminal(command) => format!("terminal {}", command.program),
            Way::Show(reason) => format!("show: {reason}"),
        }
    }

    const SSH: (&str, &str) = ("SSH_CONNECTION", "10.0.0.1 50000 10.0.0.2 22");
    const X11: (&str, &str) = ("DISPLAY", ":0");
    const WAYLAND: (&str, &str) = ("WAYLAND_DISPLAY", "wayland-0");
    const NO_SSH_BROWSER: &str =
        "show: No browser can open a window over SSH. To read here: BROWSER=w3m rounds";
    const DESKTOP: (&str, &str) = ("XDG_CURRENT_DESKTOP", "GNOME");

    #[test]
    fn the_users_own_browser_comes_first() {
        let installed = ["firefox", "w3m", "links"];
        let table: [(&[(&str, &str)], &str); 9] = [
            (&[("BROWSER", "firefox"), X11], "window firefox, desktop"),
            (&[("BROWSER", "firefox")], "window firefox"),
            (&[("BROWSER", "w3m"), X11], "terminal w3m, desktop"),
            (&[("BROWSER", "w3m"), SSH], "terminal w3m"),
            (&[("BROWSER", "missing:w3m -o x=1 %s:firefox")], "terminal w3m, window firefox"),
            (&[("BROWSER", "not-a-program:/nonexistent/firefox:links -g"), X11], "window links, desktop"),
            (&[("BROWSER", "missing"), X11], "desktop without missing"),
            (&[("BROWSER", "'"), WAYLAND], "desktop"),
            (
                &[("BROWSER", "missing:gone"), SSH],
                "show: BROWSER names missing, which is not installed here.",
            ),
        ];
        for (variables, expected) in table {
            assert_eq!(ways(&installed, variables), expected, "{variables:?}");
        }
    }

    #[test]
    fn without_a_display_that_the_user_sees_the_link_is_shown() {
        let table: [(&[(&str, &str)], &str); 6] = [
            (&[SSH], NO_SSH_BROWSER),
            (&[("SSH_TTY", "/dev/pts/3")], NO_SSH_BROWSER),
            (&[("SSH_CLIENT", "10.0.0.1 50000 22"), ("DISPLAY", ""), ("BROWSER", "")], NO_SSH_BROWSER),
            (&[SSH, ("WSL_DISTRO_NAME", "Debian")], NO_SSH_BROWSER),
            (&[SSH, ("DISPLAY", "localhost:10.0"), DESKTOP], "desktop"),
            (&[WAYLAND, DESKTOP], "desktop"),
        ];
        for (variables, expected) in table {
            assert_eq!(ways(&["w3m"], variables), expected, "{variables:?}");
        }
    }

    /// What is installed, the variables, and the ways in a few words.
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], &'a str);

    #[test]
    #[cfg(target_os = "linux")]
    fn where_only_browsers_for_the_terminal_are_installed_one_gets_the_terminal() {
        let none = "show: There is no desktop here, and no browser for the terminal is installed. w3m or lynx would be one.";
        let none_over_ssh =
            "show: No browser can open a window over SSH, and none for the terminal is installed here.";
        let table: [Case<'_>; 12] = [
            (&[], &[], none),
            (&[], &[SSH], none_over_ssh),
            (&["lynx"], &[], "terminal lynx"),
            (&["lynx", "w3m", "www-browser"], &[], "terminal www-browser"),
            (&["lynx", "firefox"], &[], "terminal lynx"),
            (
                &["lynx"],
                &[SSH],
                "show: No browser can open a window over SSH. To read here: BROWSER=lynx rounds",
            ),
            (&["lynx", "xdg-open"], &[X11], "terminal lynx"),
            (&["lynx", "xdg-open"], &[X11, SSH], "terminal lynx"),
            (&["lynx", "xdg-open"], &[X11, DESKTOP], "desktop"),
            (&["lynx", "xdg-open", "firefox"], &[X11], "desktop"),
            (&["lynx", "xdg-open", "flatpak"], &[WAYLAND], "desktop"),
            (&["xdg-open"], &[X11], "desktop"),
        ];
        for (installed, variables, expected) in table {
            assert_eq!(ways(installed, variables), expected, "{installed:?} {variables:?}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn windows_around_a_console_have_a_browser() {
        assert_eq!(ways(&["w3m"], &[("WSL_DISTRO_NAME", "Debian")]), "desktop");
        assert_eq!(ways(&["w3m"], &[("WSL_INTEROP", "/run/WSL/1_interop"), X11]), "desktop");
    }
}
