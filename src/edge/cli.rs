//! The command line: what may be typed, and what comes of it.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::commands::{
    Answer, CommandError, ItemArguments, SourceArguments, add, check, keys, list, pack, refresh, remove,
    search, show, sources, state, topics,
};
use super::log::{self, LogArguments};
use super::origin;
use super::output::{Console, print_panics_as_text, say, say_text};
use super::runner::{self, Options};
use super::signals;
use crate::item::SafeText;
use crate::reader::MarkRead;
use crate::screen::{Look, Palette, Theme};

/// What somebody sees first who has named no source.
const WELCOME: &str = "This is the sample. Yours: rounds FOLDER";

/// What is said when something is piped in and no source is named.
const NOT_READ: &str = "What is piped in is not read. To read it as an item or an archive: rounds -";

/// What is said on a terminal that rows cannot be drawn on.
const NO_SCREEN: &str = "This terminal cannot show a screen (TERM is dumb). To see the items: rounds list. To read one: \
                         rounds show and a part of its title.";

const EXAMPLES: &str = "\
Examples:
  rounds                                  read the sample that is built in
  rounds ~/news                           read the items in a folder
  rounds https://news.example.org/health.tar.zst
                                          read a bundle from the web
  rounds list ~/news --topic 'Precision Medicine'
                                          print the titles on one topic
  rounds show 'data intelligence' ~/news  print an article by part of its title
  rounds search 'ransomware since:30d' ~/news
                                          print what a search finds in all text
  rounds check ~/news                     name what is wrong in the item files
  rounds pack ~/news -o health.tar.zst    make a bundle of a folder, to publish
  rounds add health https://news.example.org/health.tar.zst
                                          give a source a name
  rounds refresh                          fetch what is new in all named sources
  rounds state export > marks.json        carry marks to another machine

A folder that is called like a command is opened as ./list, ./show and so on.

Exit status: 0 done; 1 the answer is no, or problems were found; 2 the command was not understood; \
3 a source could not be read or fetched.";

/// Read curated healthcare news by topic, in the terminal.
///
/// SOURCE is a folder of items (Markdown or HTML files), one item file, an archive of items, the https address of one, the
/// name of a source (rounds add), or - for an item or an archive that is piped in. Several are read as one. Without any, Rounds opens all sources that have names, or a
/// small sample. When standard output is not a terminal, Rounds prints the list of items instead.
#[derive(Debug, Parser)]
#[command(name = "rounds", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    reader: ReaderArguments,
    #[command(flatten)]
    log: LogArguments,
}

/// How to open the reader.
#[derive(Debug, Args)]
pub struct ReaderArguments {
    #[command(flatten)]
    items: ItemArguments,
    /// Draw with ASCII characters only
    #[arg(long)]
    ascii: bool,
    /// Colours that suit the terminal
    #[arg(long, value_name = "NAME", value_enum, default_value_t = ThemeName::Auto)]
    theme: ThemeName,
    /// When an article is marked as read: when it is opened, when its end was seen, or never
    #[arg(long, value_name = "WHEN", value_enum)]
    mark_read: Option<MarkReadName>,
}

/// When an article is marked as read, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MarkReadName {
    /// When it is opened
    Open,
    /// When its end has been on the screen for a second
    Seen,
    /// Only when you mark it
    Never,
}

impl From<MarkReadName> for MarkRead {
    fn from(name: MarkReadName) -> Self {
        match name {
            MarkReadName::Open => Self::Open,
            MarkReadName::Seen => Self::Seen,
            MarkReadName::Never => Self::Never,
        }
    }
}

/// The themes that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeName {
    /// Whatever suits the terminal
    Auto,
    /// For a light background
    Light,
    /// For a dark background
    Dark,
    /// No colours at all
    Mono,
}

/// What Rounds does for scripts, and for people who want an answer rather than a screen.
#[derive(Debug, Subcommand)]
enum Command {
    List(list::Arguments),
    Show(show::Arguments),
    Topics(topics::Arguments),
    Search(search::Arguments),
    Refresh(refresh::Arguments),
    Check(check::Arguments),
    Pack(pack::Arguments),
    Add(add::Arguments),
    Remove(remove::Arguments),
    Sources(sources::Arguments),
    State(state::Arguments),
    Keys(keys::Arguments),
}

/// Runs Rounds with the arguments of its process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    signals::outlive_file_limits();
    print_panics_as_text();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return refuse(error),
    };
    if let Err(error) = log::start(&arguments.log) {
        return explain(&CommandError::Log(error));
    }
    let environment = |name: &str| std::env::var_os(name);
    if arguments.command.is_none() && io::stdout().is_terminal() {
        if environment("TERM").is_some_and(|terminal| terminal == "dumb") {
            say(&mut io::stderr(), NO_SCREEN);
            return ExitCode::from(1);
        }
        return open_reader(&arguments.reader, environment).unwrap_or_else(|error| explain(&error));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut talk = io::stderr();
    let mut console = Console::new(&mut out, &mut talk);
    if arguments.command.is_none()
        && arguments.reader.items.sources.sources.is_empty()
        && is_something_piped_in()
    {
        console.say(NOT_READ);
    }
    console.width = io::stdout().is_terminal().then(terminal_width);
    console.talk_width = io::stderr().is_terminal().then(terminal_width);
    let answer = perform(arguments, &mut console);
    let answer = answer.and_then(|answer| out.flush().map(|()| answer).map_err(CommandError::from));
    match answer {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Ok(Answer::Incomplete) => ExitCode::from(3),
        Err(error) => explain(&error),
    }
}

fn perform(arguments: Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    match arguments.command {
        Some(Command::List(arguments)) => list::run(&arguments, console),
        Some(Command::Show(arguments)) => show::run(&arguments, console),
        Some(Command::Topics(arguments)) => topics::run(&arguments, console),
        Some(Command::Search(arguments)) => search::run(&arguments, console),
        Some(Command::Refresh(arguments)) => refresh::run(&arguments, console),
        Some(Command::Add(arguments)) => add::run(&arguments, console),
        Some(Command::Remove(arguments)) => remove::run(&arguments, console),
        Some(Command::Sources(arguments)) => sources::run(&arguments, console),
        Some(Command::State(arguments)) => state::run(&arguments, console),
        Some(Command::Check(arguments)) => check::run(&arguments, console),
        Some(Command::Pack(arguments)) => pack::run(&arguments, console),
        Some(Command::Keys(arguments)) => keys::run(&arguments, console),
        None => list::run(&list::Arguments::of(arguments.reader.items), console),
    }
}

/// Opens the reader on the terminal.
fn open_reader(
    arguments: &ReaderArguments,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<ExitCode, CommandError> {
    let ItemArguments { sources: SourceArguments { sources, allow_http }, drafts } = &arguments.items;
    let opened = origin::open(sources, *allow_http)?;
    let welcome = opened.is_sample.then(|| SafeText::new(WELCOME));
    let theme = Theme::new(palette(arguments.theme, &environment));
    // GNU screen shows italics in reverse, as what is selected.
    let is_in_screen = environment("STY").is_some_and(|session| !session.is_empty());
    let theme = if is_in_screen { theme.without_italics() } else { theme };
    let ascii = arguments.ascii || !may_be_utf8(&environment);
    let mut notices = opened.notices;
    if sources.is_empty() && is_something_piped_in() {
        notices.push(SafeText::new(NOT_READ));
    }
    let mark_read = arguments.mark_read.map(MarkRead::from).or(opened.mark_read).unwrap_or_default();
    let options = Options { look: Look { theme, ascii }, welcome, drafts: *drafts, mark_read, notices };
    runner::run(&opened.origins, options).map_err(CommandError::from)
}

/// Whether standard input is a file or comes from another program.
#[cfg(unix)]
fn is_something_piped_in() -> bool {
    use rustix::fs::{FileType, fstat};

    let kind = fstat(io::stdin()).map(|status| FileType::from_raw_mode(status.st_mode));
    matches!(kind, Ok(FileType::Fifo | FileType::RegularFile))
}

/// Whether standard input is a file or comes from another program. There is no telling here.
#[cfg(not(unix))]
fn is_something_piped_in() -> bool {
    false
}

/// Whether the terminal may take UTF-8, as far as the locale tells: unless it names another encoding, or is one of the two
/// that have ASCII only. The first of its variables that is set counts (POSIX, *Environment Variables*).
fn may_be_utf8(environment: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name| environment(name).filter(|value| !value.is_empty());
    let Some(locale) = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set) else { return true };
    let locale = locale.to_string_lossy().to_ascii_lowercase();
    if matches!(&*locale, "c" | "posix") {
        return false;
    }
    let encoding = locale.split_once('.').map(|(_, encoding)| encoding.split('@').next().unwrap_or_default());
    encoding.is_none_or(|encoding| matches!(encoding, "utf-8" | "utf8"))
}

/// The palette for a theme. `COLORFGBG` is where some terminals say which colours they use, as `15;0`;
/// `NO_COLOR` is where people say that they want none (<https://no-color.org>).
fn palette(theme: ThemeName, environment: impl Fn(&str) -> Option<OsString>) -> Palette {
    const DARK: [&str; 8] = ["0", "1", "2", "3", "4", "5", "6", "8"];
    if environment("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        return Palette::Mono;
    }
    match theme {
        ThemeName::Light => Palette::Light,
        ThemeName::Dark => Palette::Dark,
        ThemeName::Mono => Palette::Mono,
        ThemeName::Auto => {
            let colours = environment("COLORFGBG").unwrap_or_default();
            match colours.to_string_lossy().rsplit_once(';') {
                Some((_, background)) if DARK.contains(&background) => Palette::Dark,
                Some((_, "7" | "15")) => Palette::Light,
                _ => Palette::Either,
            }
        }
    }
}

/// Prints the help that was asked for, or what was not understood.
fn refuse(error: clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let printed = error.print().and_then(|()| io::stdout().flush());
        return printed.map_or_else(|error| explain(&error.into()), |()| ExitCode::SUCCESS);
    }
    let error = with_safe_words(error);
    match (error.kind(), error.get(ContextKind::InvalidSubcommand)) {
        (ErrorKind::ArgumentConflict, Some(word)) => say(
            &mut io::stderr(),
            format_args!(
                "{}: this was not expected here. A command comes first, then its source; to see the commands: rounds --help.",
                SafeText::of(word)
            ),
        ),
        _ => say_text(&mut io::stderr(), &error.render().to_string()),
    }
    ExitCode::from(2)
}

/// The error with every word that it repeats made safe. A script may have passed on words from anywhere.
fn with_safe_words(mut error: clap::Error) -> clap::Error {
    let safe = |word: &dyn fmt::Display| SafeText::of(word).to_string();
    let words: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(word) => Some((kind, ContextValue::String(safe(word)))),
            ContextValue::Strings(words) => {
                let words = words.iter().map(|word| safe(word)).collect();
                Some((kind, ContextValue::Strings(words)))
            }
            ContextValue::StyledStrs(tips) => {
                let tips = tips.iter().map(|tip| safe(tip).into()).collect();
                Some((kind, ContextValue::StyledStrs(tips)))
            }
            _ => None,
        })
        .collect();
    for (kind, value) in words {
        error.insert(kind, value);
    }
    error
}

/// Says why a command failed, and finds the exit status for it.
fn explain(error: &CommandError) -> ExitCode {
    let status = match error {
        // Whoever was reading has seen enough, as `head` does.
        CommandError::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            return ExitCode::SUCCESS;
        }
        CommandError::Output(_)
        | CommandError::Terminal(_)
        | CommandError::Catalog(_)
        | CommandError::Pack(_)
        | CommandError::Config(_)
        | CommandError::Threads(_)
        | CommandError::Log(_) => 1,
        CommandError::Usage(_) | CommandError::Argument { .. } | CommandError::Query(_) => 2,
        CommandError::Source(_)
        | CommandError::Open(_)
        | CommandError::Fetch(_)
        | CommandError::Import { .. } => 3,
    };
    say(&mut io::stderr(), error.sentence());
    ExitCode::from(status)
}

fn terminal_width() -> u16 {
    const USUAL: u16 = 80;
    crossterm::terminal::size().map_or(USUAL, |(width, _)| width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::commands::NAMES;

    #[test]
    fn no_source_can_be_called_like_a_command() {
        use clap::CommandFactory as _;
        let command = Arguments::command();
        for known in command.get_subcommands() {
            assert!(NAMES.contains(&known.get_name()), "{} is not reserved", known.get_name());
        }
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn no_example_of_the_help_is_broken_on_a_terminal_of_80_columns() {
        use clap::CommandFactory as _;
        let command = Arguments::command();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let long = help.lines().find(|line| line.starts_with("  ") && line.chars().count() > 80);
            assert_eq!(long, None, "{}", command.get_name());
        }
    }

    #[test]
    fn colours_are_those_of_the_user_the_terminal_or_either_in_this_order() {
        type Variables = &'static [(&'static str, &'static str)];
        let table: [(ThemeName, Variables, Palette); 9] = [
            (ThemeName::Auto, &[], Palette::Either),
            (ThemeName::Auto, &[("COLORFGBG", "15;0")], Palette::Dark),
            (ThemeName::Auto, &[("COLORFGBG", "0;default;15")], Palette::Light),
            (ThemeName::Auto, &[("COLORFGBG", "nonsense")], Palette::Either),
            (ThemeName::Light, &[("COLORFGBG", "15;0")], Palette::Light),
            (ThemeName::Dark, &[], Palette::Dark),
            (ThemeName::Mono, &[], Palette::Mono),
            (ThemeName::Dark, &[("NO_COLOR", "1")], Palette::Mono),
            (ThemeName::Dark, &[("NO_COLOR", "")], Palette::Dark),
        ];
        for (theme, variables, expected) in table {
            let environment = |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
            };
            assert_eq!(palette(theme, environment), expected, "{theme:?} {variables:?}");
        }
    }
    #[test]
    fn only_a_locale_that_names_another_encoding_is_drawn_in_ascii() {
        let table: [(&[(&str, &str)], bool); 11] = [
            (&[], true),
            (&[("LANG", "de_CH.UTF-8")], true),
            (&[("LANG", "C.utf8")], true),
            (&[("LC_CTYPE", "UTF-8"), ("LANG", "C")], true),
            (&[("LANG", "en_US")], true),
            (&[("LC_ALL", ""), ("LANG", "en_GB.UTF-8")], true),
            (&[("LANG", "C")], false),
            (&[("LC_ALL", "POSIX"), ("LANG", "en_GB.UTF-8")], false),
            (&[("LANG", "de_DE.ISO-8859-1")], false),
            (&[("LC_CTYPE", "de_DE.iso885915@euro")], false),
            (&[("LC_CTYPE", "C"), ("LANG", "en_GB.UTF-8")], false),
        ];
        for (variables, expected) in table {
            let environment = |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
            };
            assert_eq!(may_be_utf8(environment), expected, "{variables:?}");
        }
    }
}
