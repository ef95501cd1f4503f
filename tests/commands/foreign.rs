//! What other programs and crates say becomes part of messages, and none of it reaches the terminal as a command: not
//! from an archive, a server, a database, a configuration, the environment or the command line.
//!
//! The characters here do no harm: a terminal that obeyed them would ring or set its next words the other way round.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use crate::hostile::assert_harmless;
use crate::support::program::program_at;
use crate::support::server::{Reply, Server};
use crate::support::{Article, Feed, Outcome};

#[expect(
    dead_code,
    clippy::cast_possible_truncation,
    reason = "a part of what makes archives is needed here, and they are small"
)]
#[path = "../archives/make.rs"]
pub mod make;

/// A bell, the one-character form of `ESC [`, a direction override, DEL, and a line that looks like one of Rounds.
const MARKS: &str = "\u{7}\u{9b}\u{202e}\u{7f}\nrounds: forged";

/// A home directory, and variables of the environment.
struct Home {
    folder: tempfile::TempDir,
    variables: Vec<(&'static str, OsString)>,
}

impl Home {
    fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap(), variables: Vec::new() };
        home.write("config/rounds/config.toml", b"[limits]\nretries = 0\n");
        home
    }

    fn with(variable: &'static str, value: impl AsRef<OsStr>) -> Self {
        Self { variables: vec![(variable, value.as_ref().to_owned())], ..Self::new() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.into_os_string().into_string().unwrap()
    }

    /// Runs a command that has something to say, and looks at every character of it.
    fn says(&self, words: &[&str]) {
        let mut program = program_at(self.path());
        let output =
            program.args(words).envs(self.variables.iter().map(|(name, value)| (name, value))).output();
        let output = output.unwrap();
        let [out, talk] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        let run = Outcome { status: output.status.code().unwrap(), out, talk };
        assert_harmless(&run, words);
        let forged = run.talk.lines().chain(run.out.lines()).find(|line| line.starts_with("rounds: forged"));
        assert_eq!(forged, None, "{words:?}: {}", run.talk);
        assert!(!(run.out + &run.talk).is_empty(), "{words:?} has nothing to say");
    }
}

#[test]
fn an_archive_cannot_speak_through_the_errors_of_its_decoders() {
    let mut numbers = tar::Header::new_gnu();
    numbers.as_old_mut().name[..MARKS.len()].copy_from_slice(MARKS.as_bytes());
    numbers.as_old_mut().size.copy_from_slice(&MARKS.as_bytes()[..12]);
    numbers.set_cksum();
    let numbers = [numbers.as_bytes().as_slice(), &make::END].concat();
    let mut named = flate2::GzBuilder::new()
        .filename(MARKS.replace('\n', "\r"))
        .comment(MARKS)
        .write(Vec::new(), flate2::Compression::fast());
    named.write_all(&numbers).unwrap();
    let broken = make::Zipped { data: MARKS.into(), ..make::Zipped::file(MARKS, b"Text.") };
    let archives = [
        ("numbers.tar", numbers.clone()),
        ("named.tar.gz", named.finish().unwrap()),
        ("path.tar", make::tar(&[make::file(format!("/{MARKS}.md"), b"Text.")])),
        ("pax.tar", make::tar(&[make::pax(MARKS, MARKS.as_bytes()), make::pax("size", MARKS.as_bytes())])),
        ("broken.zip", make::zip(&[broken])),
        ("path.zip", make::zip(&[make::Zipped::file(format!("../{MARKS}.md"), b"Text.")])),
        ("cut.zip", [b"PK\x03\x04", MARKS.as_bytes()].concat()),
        ("data.tar.gz", [b"\x1f\x8b\x08\0\0\0\0\0\0\x03", MARKS.as_bytes()].concat()),
        ("data.tar.zst", [b"\x28\xb5\x2f\xfd", MARKS.as_bytes()].concat()),
        ("data.tar.xz", [b"\xfd7zXZ\0", MARKS.as_bytes()].concat()),
        ("bundle.tar", make::tar(&[make::file("bundle.yaml", format!("? [{MARKS}").as_bytes())])),
    ];
    let home = Home::new();
    for (name, bytes) in archives {
        let plain = home.write(name, &bytes);
        let odd = home.write(&format!("odd {MARKS}-{name}"), &bytes);
        for path in [&plain, &odd] {
            for words in [&["list", path][..], &["check", path], &["show", "x", path], &["refresh", path]] {
                home.says(words);
            }
        }
    }
}

#[test]
fn a_server_cannot_speak_through_the_errors_of_http_and_tls() {
    let answers: [fn() -> Reply; 9] = [
        || Reply::raw(MARKS.as_bytes()),
        || Reply::raw(format!("HTTP/1.1 200 {MARKS}\r\n\r\n").as_bytes()),
        || Reply::raw(format!("HTTP/1.1 2{MARKS}\r\n\r\n").as_bytes()),
        || Reply::raw(format!("HTTP/1.1 200 OK\r\n{MARKS}: {MARKS}\r\n\r\n").as_bytes()),
        || Reply::raw(format!("HTTP/1.1 200 OK\r\nContent-Length: {MARKS}\r\n\r\n").as_bytes()),
        || Reply::raw(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{MARKS}").as_bytes()),
        || Reply::new(200, &[("Content-Encoding", "\u{7}\u{9b}x")], MARKS.as_bytes()),
        || Reply::redirect("\u{7}\u{9b}x:\u{202e}"),
        || Reply::new(200, &[], MARKS.as_bytes()),
    ];
    for answer in answers {
        let server = Server::start(move |_| answer());
        let address = format!("http://{}/x.zip", server.address);
        let home = Home::new();
        for words in [&["list", &address][..], &["refresh", &address]] {
            home.says(words);
        }
    }
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = plain.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut socket in plain.incoming().flatten() {
            // When the other side hangs up, this ends.
            let _ = socket.read(&mut [0; 1024]).and_then(|_| socket.write_all(MARKS.as_bytes()));
        }
    });
    Home::new().says(&["list", &format!("https://127.0.0.1:{port}/x.zip")]);
}

#[test]
fn files_of_our_own_with_odd_text_in_them_cannot_speak() {
    let feed = Feed::of([("a.md", Article::titled("One"))]);
    let feed = feed.path().into_os_string().into_string().unwrap();
    let configurations = [
        format!("{MARKS} = 1"),
        format!("\"{}\" = 1", MARKS.escape_unicode()),
        "\"\\u0007\\u009b\\u202e\\nrounds: forged\" = 1".to_owned(),
        "[sources.\"\\u009b\\nrounds: forged\"]\nlocation = 1".to_owned(),
        "[sources.a]\nlocation = \"\\u009b\\nrounds: forged\"".to_owned(),
        "[sources.a]\nlocation = \"https://\\u009bx/\\n\"\nkey = \"\\u009b\"".to_owned(),
        "[limits]\n\"\\u009b\\nrounds: forged\" = 1".to_owned(),
    ];
    for text in configurations {
        let home = Home::new();
        home.write("config/rounds/config.toml", text.as_bytes());
        home.says(&["sources"]);
        home.says(&["list", &feed]);
    }
    let home = Home::new();
    let exports = [
        MARKS.to_owned(),
        format!("{{\"rounds_state\": 1, \"{MARKS}\": 1}}"),
        "{\"rounds_state\": 1, \"exported\": \"\\u009b\\nrounds: forged\", \"items\": []}".to_owned(),
    ];
    for text in exports {
        let file = home.write(&format!("{MARKS}.json"), text.as_bytes());
        home.says(&["state", "import", &file]);
    }
    home.says(&["state", "import", MARKS]);
}

#[test]
fn what_is_in_an_item_cannot_speak_through_the_errors_of_its_parsers() {
    let home = Home::new();
    let items = [
        ("yaml.md", format!("---\ntitle: [{MARKS}\n{MARKS}: '{MARKS}\n---\n")),
        ("toml.md", format!("+++\ntitle = {MARKS}\n+++\n")),
        ("html.html", format!("<{MARKS} {MARKS}='{MARKS}'><![CDATA[{MARKS}]]><p>{MARKS}</p>")),
        ("xml.html", format!("<?xml {MARKS}?><!DOCTYPE {MARKS} [<!ENTITY a '{MARKS}'>]><p>&a;{MARKS}</p>")),
    ];
    for (name, text) in items {
        let file = home.write(name, text.as_bytes());
        for words in [&["check", &file, "--format", "ndjson"][..], &["show", "no such title", &file]] {
            home.says(words);
        }
    }
}

#[cfg(unix)]
#[test]
fn places_with_odd_names_cannot_speak() {
    let feed = Feed::of([("a.md", Article::titled("One"))]);
    let feed = feed.path().into_os_string().into_string().unwrap();
    // What should be a file of SQLite is a folder, and what should be a folder is a file.
    let data = Home::new();
    let odd = data.path().join(MARKS);
    fs::create_dir_all(odd.join("rounds/state.db")).unwrap();
    let data = Home { variables: vec![("XDG_DATA_HOME", odd.clone().into())], ..data };
    data.says(&["list", &feed]);
    data.says(&["state", "import", "missing"]);
    let cache = Home::new();
    let odd = cache.write(MARKS, b"");
    let cache = Home { variables: vec![("XDG_CACHE_HOME", odd.into())], ..cache };
    cache.says(&["search", "one", &feed]);
    cache.says(&["refresh", &feed]);
    let config = Home::new();
    config.write(&format!("{MARKS}/rounds/config.toml"), b"[");
    let odd = config.path().join(MARKS);
    let config = Home { variables: vec![("XDG_CONFIG_HOME", odd.into())], ..config };
    config.says(&["sources"]);
    config.says(&["add", "x", &feed]);
}

#[test]
fn the_environment_and_the_command_line_cannot_speak() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
        for value in [MARKS.to_owned(), format!("http://{MARKS}:1"), format!("http://127.0.0.1:1/{MARKS}")] {
            Home::with(variable, value).says(&["list", "https://news.example.invalid/x.zip"]);
        }
    }
    let home = Home::new();
    let key = home.write("news.key", format!("untrusted comment: {MARKS}\n{MARKS}\n").as_bytes());
    let flag = format!("--{MARKS}");
    let formats = format!("--format={MARKS}");
    let address = format!("https://example.org/{MARKS}");
    let items = home.write("items/a.md", b"---\ntitle: One\nlink: https://example.org/\n---\nText.\n");
    let items = Path::new(&items).parent().unwrap().to_str().unwrap();
    let cases: &[&[&str]] = &[
        &[&flag],
        &["list", &formats],
        &["list", MARKS],
        &["list", &address],
        &["list", items, MARKS],
        &["list", items, "--topic", MARKS],
        &["list", "--theme", MARKS],
        &["--theme", MARKS],
        &["show", MARKS, items],
        &["search", MARKS, items],
        &["search", "since:\u{9b}\u{7}", items],
        &["check", items, &flag],
        &["pack", MARKS, "-o", "x.zip"],
        &["pack", items, "-o", MARKS],
        &["pack", items, "-o", &format!("{MARKS}/x.zip")],
        &["pack", items, "-o", "x.zip", "--sign", MARKS],
        &["pack", items, "-o", "x.zip", "--sign", &key],
        &["add", MARKS, items],
        &["add", "x", MARKS],
        &["add", "x", &address, "--key", MARKS],
        &["remove", MARKS],
        &["keys", MARKS],
        &["state", MARKS],
        &[items, MARKS],
        &[MARKS, "list"],
    ];
    for words in cases {
        home.says(words);
    }
}
