//! One entry of `$BROWSER`: a program and its arguments, with a place for the link.

use std::path::Path;

use super::invocation::Invocation;
use crate::item::Link;

/// Browsers that draw in the terminal, by the names of their programs. The first one is what the user has chosen on Debian.
pub(super) const IN_TERMINAL: [&str; 12] = [
    "www-browser",
    "w3m",
    "lynx",
    "elinks",
    "links2",
    "links",
    "browsh",
    "carbonyl",
    "cha",
    "edbrowse",
    "netrik",
    "retawq",
];

/// Programs that open windows with pages, or start some that do.
pub(super) const IN_WINDOWS: [&str; 26] = [
    "x-www-browser",
    "firefox",
    "firefox-esr",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave",
    "brave-browser",
    "vivaldi",
    "vivaldi-stable",
    "opera",
    "librewolf",
    "waterfox",
    "epiphany",
    "epiphany-browser",
    "konqueror",
    "falkon",
    "qutebrowser",
    "midori",
    "surf",
    "netsurf",
    "dillo",
    "flatpak",
];

/// Programs that start whichever browser there is.
const STARTERS: [&str; 3] = ["sensible-browser", "x-www-browser", "xdg-open"];

/// A program and its arguments, in which `%s` stands for the link and `%%` for `%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CommandLine {
    pub(super) program: String,
    arguments: Vec<String>,
}

impl CommandLine {
    /// The entries of `$BROWSER`, in their order. One whose quotes do not match is left out.
    pub(super) fn list(browser: &str) -> impl Iterator<Item = Self> {
        entries(browser).into_iter().filter_map(Self::parse)
    }

    /// A program that gets the link and nothing else.
    pub(super) fn of_program(program: &str) -> Self {
        Self { program: program.to_owned(), arguments: Vec::new() }
    }

    /// Splits one entry into words as a shell would, without asking one.
    fn parse(entry: &str) -> Option<Self> {
        let mut words = shell_words::split(entry).ok()?;
        // "firefox %s &" is how some write that the browser should not block. It never does.
        words.pop_if(|last| last == "&");
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty())?;
        Some(Self { program, arguments: words.collect() })
    }

    /// Whether the program, which is in a file, draws in the terminal, rather than in a window of its own: by its name, or
    /// by that of the file that it is a link to. What starts whichever browser there is can only start one for the terminal
    /// where no windows are shown.
    pub(super) fn draws_in_terminal(&self, file: &Path, shows_windows: bool) -> bool {
        let is_known = |path: &Path| {
            let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            IN_TERMINAL.contains(&name) || (!shows_windows && STARTERS.contains(&name))
        };
        // `links -g` opens a window.
        let in_window = self.arguments.iter().any(|argument| argument == "-g");
        let is_in_terminal =
            is_known(Path::new(&self.program)) || file.canonicalize().is_ok_and(|file| is_known(&file));
        is_in_terminal && !in_window
    }

    /// The command for one link. The link is always part of one argument, whatever is in it; when no argument
    /// has a place for it, it is the last one.
    pub(super) fn invocation(&self, link: &Link) -> Invocation {
        let mut has_place = false;
        let mut arguments: Vec<String> = Vec::with_capacity(self.arguments.len() + 1);
        for argument in &self.arguments {
            let (argument, replaced) = fill(argument, link.as_str());
            has_place |= replaced;
            arguments.push(argument);
        }
        if !has_place {
            arguments.push(link.as_str().to_owned());
        }
        Invocation::new(self.program.clone(), arguments)
    }
}

/// Splits the list at its colons (semicolons on Windows, as in `PATH`), but not in `http://`.
fn entries(browser: &str) -> Vec<&str> {
    let separator = if cfg!(windows) { ';' } else { ':' };
    let mut entries = Vec::new();
    let mut rest = browser;
    let mut searched = 0;
    while let Some(offset) = rest.get(searched..).and_then(|text| text.find(separator)) {
        let position = searched + offset;
        let (Some(entry), Some(after)) = (rest.get(..position), rest.get(position + 1..)) else { break };
        if after.starts_with("//") {
            searched = position + 1;
        } else {
            entries.push(entry);
            rest = after;
            searched = 0;
        }
    }
    entries.push(rest);
    entries
}

/// Puts the link in the place of every `%s`, and says whether there was one.
fn fill(argument: &str, link: &str) -> (String, bool) {
    let mut filled = String::new();
    let mut replaced = false;
    let mut parts = argument.split('%');
    filled.push_str(parts.next().unwrap_or_default());
    while let Some(part) = parts.next() {
        if let Some(rest) = part.strip_prefix('s') {
            replaced = true;
            filled.push_str(link);
            filled.push_str(rest);
        } else if part.is_empty() {
            // "%%", or a "%" at the end: either way one "%", and what follows is plain.
            filled.push('%');
            filled.push_str(parts.next().unwrap_or_default());
        } else {
            filled.push('%');
            filled.push_str(part);
        }
    }
    (filled, replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(entry: &str, link: &str) -> Option<Vec<String>> {
        let link = Link::parse(link).unwrap();
        let invocation = CommandLine::parse(entry)?.invocation(&link);
        Some(invocation.words().map(str::to_owned).collect())
    }

    #[test]
    fn the_link_goes_where_the_entry_says() {
        let link = "https://a.example/?q=1;x&y=$(z)%20s";
        let table: [(&str, &[&str]); 11] = [
            ("firefox", &["firefox", link]),
            ("firefox --new-tab %s", &["firefox", "--new-tab", link]),
            ("open -a 'Google Chrome'", &["open", "-a", "Google Chrome", link]),
            ("x --app=%s --y", &["x", &format!("--app={link}"), "--y"]),
            ("x %s %s", &["x", link, link]),
            ("x 100%%", &["x", "100%", link]),
            ("x %%s", &["x", "%s", link]),
            ("x %20 50%", &["x", "%20", "50%", link]),
            ("firefox %s &", &["firefox", link]),
            ("x $HOME `id` > y", &["x", "$HOME", "`id`", ">", "y", link]),
            ("  \"/opt/my browser/x\"  ", &["/opt/my browser/x", link]),
        ];
        for (entry, expected) in table {
            assert_eq!(words(entry, link).unwrap(), expected, "{entry}");
        }
        for entry in ["", "  ", "''", "&", "x 'y", "\"x"] {
            assert_eq!(words(entry, link), None, "{entry}");
        }
    }

    #[test]
    #[cfg(not(windows))]
    fn colons_part_entries_but_not_addresses() {
        let table: [(&str, &[&str]); 6] = [
            ("firefox:w3m", &["firefox", "w3m"]),
            ("x --proxy http://p/ %s:lynx", &["x --proxy http://p/ %s", "lynx"]),
            ("x https://p:y", &["x https://p", "y"]),
            ("", &[""]),
            (":w3m:", &["", "w3m", ""]),
            ("é:ü", &["é", "ü"]),
        ];
        for (browser, expected) in table {
            assert_eq!(entries(browser), expected, "{browser}");
        }
    }

    #[test]
    fn terminal_browsers_are_known_by_their_programs_name() {
        let table = [
            ("w3m", true),
            ("/usr/local/bin/lynx -accept_all_cookies %s", true),
            ("cha", true),
            ("www-browser", true),
            ("links -g", false),
            ("firefox", false),
            ("w3mmee", false),
            ("xterm -e w3m %s", false),
        ];
        for (entry, expected) in table {
            let command = CommandLine::parse(entry).unwrap();
            assert_eq!(command.draws_in_terminal(Path::new("/nonexistent"), true), expected, "{entry}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_a_terminal_browser_is_one_and_so_is_what_starts_any_browser_where_there_is_no_display() {
        let directory = tempfile::tempdir().unwrap();
        let (lynx, browser) = (directory.path().join("lynx"), directory.path().join("browser"));
        std::fs::write(&lynx, "").unwrap();
        std::os::unix::fs::symlink(&lynx, &browser).unwrap();
        let draws = |program: &str, file: &Path, shows_windows| {
            CommandLine::parse(program).unwrap().draws_in_terminal(file, shows_windows)
        };
        assert!(draws("browser", &browser, true));
        assert!(draws("sensible-browser", Path::new("/nonexistent"), false));
        assert!(draws("xdg-open %s", Path::new("/nonexistent"), false));
        assert!(!draws("sensible-browser", Path::new("/nonexistent"), true));
    }
}
