//! `rounds pack`: a bundle of a folder of items, to be published.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;

use super::check;
use super::{Answer, CommandError};
use crate::edge::calendar;
use crate::edge::output::{Console, to_json_line};
use crate::item::{ByteCount, SafeText, Severity, counted};
use crate::source::pack::{self, Contents, PackFormat, Packed, SigningKey};
use crate::source::{ARCHIVE_INSIDE, Location, Source};

/// Make a bundle of a folder: an archive that Rounds opens, for others to fetch
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds pack ~/news -o health.tar.zst
  rounds pack ~/news -o health.zip --sign news.key
  rounds pack ~/news -o health.tar.gz --format json

The same files make the same bundle, byte by byte. All files of the folder go into it, except those whose names begin \
with a dot. A file bundle.yaml at its top says what it is: name, description, homepage, updated.

The items are checked first, as by rounds check; archives and signatures in the folder are named too, as they are packed \
along. With errors, nothing is written and the exit status is 1. Drafts, items with a later publication date, and those \
that have expired are left out, and named.

A key for --sign is made by: minisign -G -s news.key -p news.pub
Its password is asked for, or taken from MINISIGN_PASSWORD. The signature is put beside the bundle, as OUT.minisig.")]
pub struct Arguments {
    /// The folder of items
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The file to write; its name says which kind of archive it is
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The kind of archive, if the name does not say it
    #[arg(long, value_enum, value_name = "KIND")]
    archive: Option<ArchiveKind>,
    /// Make the bundle even if items have errors
    #[arg(long)]
    allow_problems: bool,
    /// Sign the bundle with this secret key of minisign
    #[arg(long, value_name = "KEY")]
    sign: Option<PathBuf>,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: PackedFormat,
}

/// The kinds of archive that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ArchiveKind {
    /// Opens on any machine
    Zip,
    /// Read everywhere
    #[value(name = "tar.gz")]
    TarGz,
    /// The smallest, and the quickest to read
    #[value(name = "tar.zst")]
    TarZst,
}

/// The layouts of the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum PackedFormat {
    /// Lines for people
    #[default]
    Table,
    /// JSON in one piece
    Json,
}

/// Makes a bundle and tells its figures.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let (folder, source) = open_folder(&arguments.folder)?;
    let format = archive_format(arguments)?;
    let mut contents = Contents::of(&folder, &arguments.output);
    let findings = findings(&source, &contents)?;
    for finding in &findings {
        console.say_row(&check::row(finding));
    }
    let paths = |severity| {
        findings.iter().filter(move |(_, problem)| problem.severity == severity).map(|(path, _)| path)
    };
    let (errors, withheld) = (paths(Severity::Error).count(), paths(Severity::Notice).count());
    contents.leave_out(&paths(Severity::Notice).map(String::as_str).collect());
    if errors > 0 && !arguments.allow_problems {
        console.say(format_args!(
            "{}, so no bundle was made. Fix them, or pack with --allow-problems.",
            counted(errors, "error", "errors")
        ));
        return Ok(Answer::No);
    }
    let key = arguments.sign.as_deref().map(|path| SigningKey::read(path, password));
    let key = key.transpose().map_err(pack::PackError::from)?;
    let packed = pack::pack(&contents, &arguments.output, format, key.as_ref())?;
    write_packed(&packed, withheld, format, arguments, console)?;
    Ok(Answer::Yes)
}

fn open_folder(folder: &Path) -> Result<(PathBuf, Source), CommandError> {
    match Location::parse(folder.as_os_str())? {
        Location::Directory(found) => Ok((found.clone(), Source::open(&Location::Directory(found))?)),
        _ => Err(CommandError::usage(format_args!(
            "{}: this is not a folder. Name the folder that has the items",
            SafeText::new(&folder.to_string_lossy())
        ))),
    }
}

fn archive_format(arguments: &Arguments) -> Result<PackFormat, CommandError> {
    let asked = arguments.archive.map(|kind| match kind {
        ArchiveKind::Zip => PackFormat::Zip,
        ArchiveKind::TarGz => PackFormat::TarGz,
        ArchiveKind::TarZst => PackFormat::TarZst,
    });
    asked.or_else(|| PackFormat::of_name(&arguments.output)).ok_or_else(|| {
        CommandError::usage(format_args!(
            "{}: this name does not say which kind of archive it is. End it in .zip, .tar.gz or .tar.zst, or use --archive",
            SafeText::new(&arguments.output.to_string_lossy())
        ))
    })
}

/// What is wrong in the folder, and which items in it are withheld.
fn findings(source: &Source, contents: &Contents) -> Result<Vec<check::Finding>, CommandError> {
    let mut findings = check::findings(source, calendar::clock(None))?;
    // An archive goes into the bundle, and is named with that.
    findings.retain(|(_, problem)| problem.code != ARCHIVE_INSIDE);
    findings.extend(contents.problems().iter().cloned());
    check::sort(&mut findings);
    Ok(findings)
}

/// The password of a key: from the environment, or from whoever sits at the terminal.
fn password() -> io::Result<String> {
    match std::env::var_os("MINISIGN_PASSWORD").map(OsString::into_string) {
        Some(Ok(password)) => Ok(password),
        Some(Err(_)) => Err(io::Error::other("MINISIGN_PASSWORD is not text in UTF-8")),
        None => rpassword::prompt_password("Password of the key: "),
    }
}

/// The figures of a bundle for scripts.
#[derive(Serialize)]
struct PackedRecord<'a> {
    path: &'a str,
    /// The path as it is printed.
    printed_path: String,
    archive: &'a str,
    items: usize,
    files: usize,
    /// Items that were left out: drafts, items with a later publication date, and expired ones.
    withheld: usize,
    bytes: u64,
    sha256: &'a str,
    signature: Option<&'a str>,
}

fn write_packed(
    packed: &Packed,
    withheld: usize,
    format: PackFormat,
    arguments: &Arguments,
    console: &mut Console<'_>,
) -> io::Result<()> {
    let path = arguments.output.to_string_lossy();
    let signature = packed.signature.as_ref().map(|path| path.to_string_lossy());
    let Packed { items, files, bytes, sha256, .. } = packed;
    if arguments.format == PackedFormat::Json {
        let signature = signature.as_deref();
        let record = PackedRecord {
            path: &path,
            printed_path: SafeText::new(&path).to_string(),
            archive: format.name(),
            items: *items,
            files: *files,
            withheld,
            bytes: *bytes,
            sha256,
            signature,
        };
        return to_json_line(console.out, &record);
    }
    writeln!(console.out, "bundle     {}", SafeText::new(&path))?;
    writeln!(console.out, "items      {items}")?;
    writeln!(console.out, "files      {files}")?;
    if withheld > 0 {
        writeln!(console.out, "withheld   {withheld}")?;
    }
    writeln!(console.out, "size       {} ({})", ByteCount(*bytes), counted(*bytes, "byte", "bytes"))?;
    writeln!(console.out, "sha256     {sha256}")?;
    signature.map_or(Ok(()), |path| writeln!(console.out, "signature  {}", SafeText::new(&path)))
}
