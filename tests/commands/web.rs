//! Bundles from the web, by the built program: what every answer of a server comes to.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::time::Duration;

use rounds::source::pack::{Contents, PackFormat, SigningKey, pack};

use crate::support::program::rounds_at;
#[cfg(unix)]
use crate::support::pty::{self, Pty};
use crate::support::server::{Reply, Server};
use crate::support::site::{Script, Site, holding};
use crate::support::{Article, Feed, Outcome};

/// A home directory where nothing is tried twice, as nobody waits in a test.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self::with("[limits]\nretries = 0\n")
    }

    pub fn with(config: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(home.path().join("config/rounds")).unwrap();
        fs::write(home.path().join("config/rounds/config.toml"), config).unwrap();
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn rounds(&self, words: &[&str]) -> Outcome {
        rounds_at(self.path(), words)
    }

    /// The titles that are listed.
    pub fn titles(&self, sources: &[&str]) -> Vec<String> {
        let listed = self.rounds(&[&["list", "--format", "json"], sources].concat());
        assert_eq!((listed.status, listed.talk.as_str()), (0, ""));
        field(&listed, "title")
    }
}

pub fn field(listed: &Outcome, name: &str) -> Vec<String> {
    listed.json().as_array().unwrap().iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
}

/// A bundle of items with these titles.
pub fn bundle(titles: &[&str]) -> Vec<u8> {
    packed(titles, None).0
}

pub fn packed(titles: &[&str], key: Option<&SigningKey>) -> (Vec<u8>, String) {
    let feed = titles.iter().fold(Feed::new(), |feed, title| {
        let article =
            Article::titled(title).link(&format!("https://example.org/{title}")).body("A sentence.");
        feed.with(format!("{title}.md"), article.text())
    });
    let out = tempfile::tempdir().unwrap();
    let out = out.path().join("health.tar.zst");
    let packed = pack(&Contents::of(&feed.path(), &out), &out, PackFormat::TarGz, key).unwrap();
    let signature = packed.signature.map(|path| fs::read_to_string(path).unwrap());
    (fs::read(out).unwrap(), signature.unwrap_or_default())
}

pub fn one_line(run: &Outcome, reason: &str) {
    assert_eq!(run.talk.lines().count(), 1, "{}", run.talk);
    assert!(run.talk.starts_with("rounds: ") && run.talk.contains(reason), "{reason}: {}", run.talk);
}

#[test]
fn a_bundle_is_fetched_once_and_an_unchanged_one_costs_nothing() {
    let (site, home) = (Site::with(bundle(&["One", "Two"])), Home::new());
    let address = site.address();
    assert_eq!(home.titles(&[&address]), ["One", "Two"]);
    assert_eq!(site.last_request().header("if-none-match"), None);
    assert_eq!(home.titles(&[&address]), ["One", "Two"]);
    assert!(site.last_request().header("if-none-match").is_some());
    let shown = home.rounds(&["show", "two", &address]);
    assert!(shown.status == 0 && shown.out.contains("A sentence."), "{shown:?}");
    assert_eq!(home.rounds(&["check", &address]).status, 0);
    assert!(home.rounds(&["topics", &address]).out.contains('2'));
    let found = home.rounds(&["search", "sentence", &address, "--format", "json"]);
    assert_eq!(field(&found, "source"), ["health.tar.zst", "health.tar.zst"]);
    // Without a terminal, the reader is a list.
    assert_eq!(home.rounds(&[&address]).lines().len(), 2);
}

#[test]
fn a_folder_of_a_bundle_can_be_chosen_and_what_is_none_is_refused() {
    let files =
        [("news-main/a/one.md", "---\ntitle: One\n---\n"), ("news-main/b/two.md", "---\ntitle: Two\n---\n")];
    let (site, home) = (Site::with(rounds_archive(&files)), Home::new());
    let address = site.address();
    assert_eq!(home.titles(&[&format!("{address}#path=b")]), ["Two"]);
    assert_eq!(home.titles(&[&address]).len(), 2);
    assert_eq!(home.titles(&[&format!("{address}#path=a"), &format!("{address}#path=b")]).len(), 2);
    let refused = home.rounds(&["list", &format!("{address}#path=../b")]);
    assert_eq!(refused.status, 2);
    one_line(&refused, "#path= is not a folder in the bundle");
}

#[test]
fn whatever_a_server_does_is_one_line_and_the_old_items_stay() {
    let whole = bundle(&["New"]);
    let half = whole[..whole.len() / 2].to_vec();
    let cut = half.clone();
    let outside = rounds_archive(&[("../../escape.md", "---\ntitle: Out\n---\n")]);
    let bomb = rounds_archive(&[("zeros.md", &" ".repeat(2_000_000))]);
    let cases: [(Script, &str); 8] = [
        (Box::new(|_| Reply::new(404, &[], b"")), "there is nothing at this address (status 404). Check"),
        (Box::new(|_| Reply::new(500, &[], b"")), "the server failed (status 500). Try again later"),
        (Box::new(|_| Reply::new(200, &[], b"<!DOCTYPE html><html>Sign in")), "sign in, do so in a browser"),
        (Box::new(move |_| Reply::with_length(200, &[], &cut, 100_000)), "the connection broke off"),
        (Box::new(move |_| Reply::new(200, &[], &half)), "it is cut off. Get it again"),
        (Box::new(|_| Reply::new(200, &[], b"not an archive")), "it is not an archive that Rounds knows"),
        (Box::new(move |_| Reply::new(200, &[], &outside)), "leads out of the archive by"),
        (
            Box::new(move |_| Reply::new(200, &[], &bomb)),
            "raise limits.inflated_bytes in config.toml (see rounds sources --help)",
        ),
    ];
    for (script, reason) in cases {
        let site = Site::with(bundle(&["One", "Two"]));
        let home = Home::with("[limits]\nretries = 0\ninflated_bytes = 1000000\n");
        let address = site.address();
        site.now(script);
        let never = home.rounds(&["list", &address]);
        assert_eq!((never.status, never.out.as_str()), (3, ""), "{reason}");
        one_line(&never, reason);
        assert!(!never.talk.contains("The items here"), "nothing was there before: {}", never.talk);
        let failing = site.swap(holding(bundle(&["One", "Two"])));
        assert_eq!(home.titles(&[&address]), ["One", "Two"], "after {reason}");
        site.now(failing);
        let later = home.rounds(&["list", &address, "--format", "json"]);
        assert_eq!((later.status, field(&later, "title")), (0, vec!["One".into(), "Two".into()]), "{reason}");
        one_line(&later, reason);
        assert!(later.talk.contains("The items here are less than a minute old."), "{}", later.talk);
        let refreshed = home.rounds(&["refresh", &address]);
        assert_eq!((refreshed.status, refreshed.lines().len()), (3, 1), "{refreshed:?}");
        let again = home.rounds(&["refresh", &address]);
        assert_eq!((again.status, again.out.as_str()), (3, ""), "nobody knows whether it has changed");
    }
}

/// A tar.gz of these files.
fn rounds_archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive =
        tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best()));
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append(&header, text.as_bytes()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

#[test]
fn a_copy_that_the_disk_has_damaged_comes_anew() {
    let (site, home) = (Site::with(bundle(&["One", "Two"])), Home::new());
    assert_eq!(home.titles(&[&site.address()]), ["One", "Two"]);
    let copies = fs::read_dir(home.path().join("data/rounds/copies")).unwrap();
    let files = copies.flat_map(|copy| fs::read_dir(copy.unwrap().path()).unwrap());
    let is_bundle = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("bundle-");
    let archive = files.map(|file| file.unwrap().path()).find(is_bundle).unwrap();
    let mut bytes = fs::read(&archive).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0);
    fs::write(&archive, bytes).unwrap();
    // The server would say that nothing has changed.
    assert_eq!(home.titles(&[&site.address()]), ["One", "Two"]);
}

#[test]
fn a_pin_lets_one_content_pass_and_no_other() {
    let (site, home, bytes) = (Site::with(bundle(&["Old"])), Home::new(), bundle(&["Pinned"]));
    let pinned = format!("{}#sha256={}", site.address(), sha256(&bytes));
    assert_eq!(home.titles(&[&site.address()]), ["Old"]);
    let refused = home.rounds(&["list", &pinned]);
    assert_eq!((refused.status, refused.out.as_str()), (3, ""), "what is not pinned is not shown");
    one_line(&refused, "not the bundle that the address pins");
    assert_eq!(site.last_request().header("if-none-match"), None);
    site.now(holding(bytes));
    assert_eq!(home.titles(&[&pinned]), ["Pinned"]);
    assert_eq!(home.titles(&[&site.address()]), ["Pinned"]);
}

pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_bundle_that_has_no_name_but_its_host_is_named_once() {
    let (site, home) = (Site::new(|_| Reply::new(404, &[], b"")), Home::new());
    let run = home.rounds(&["list", &format!("http://{}/", site.server.address)]);
    assert!(
        run.talk.starts_with(&format!("rounds: {}: there is nothing", site.server.address)),
        "{}",
        run.talk
    );
}

#[test]
fn several_sources_are_one_list_in_which_every_item_is_once() {
    let (site, home) = (Site::with(bundle(&["Both", "Web"])), Home::new());
    let feed = Feed::of([
        ("both.md", Article::titled("Both").link("https://example.org/Both").topics(&["AI"])),
        (
            "here.md",
            Article::titled("Here").link("https://example.org/Here").dated("2024-05-01").topics(&["AI"]),
        ),
    ]);
    let folder = feed.path().to_str().unwrap().to_owned();
    assert_eq!(home.rounds(&["add", "ours", &folder]).status, 0);
    assert_eq!(home.rounds(&["add", "theirs", &site.address()]).status, 0);
    let listed = home.rounds(&["list", "--format", "json"]);
    assert_eq!((field(&listed, "title"), field(&listed, "source")), {
        let titles = ["Here", "Both", "Web"].map(str::to_owned).to_vec();
        (titles, ["ours", "ours", "theirs"].map(str::to_owned).to_vec())
    });
    let named_again = home.rounds(&["list", "theirs", &site.address(), &folder, "--format", "json"]);
    assert_eq!(field(&named_again, "source"), ["ours", "theirs", "theirs"]);
    assert!(home.rounds(&["topics"]).out.contains("     2    AI\n"), "{:?}", home.rounds(&["topics"]));
    let shown = home.rounds(&["show", "web", "--format", "json"]).json();
    assert_eq!(shown["source"], "theirs");
    let found = home.rounds(&["search", "web", "--format", "json"]);
    assert_eq!(field(&found, "source"), ["theirs"]);
    let best = home.rounds(&["search", "both", "--best", "--format", "json"]);
    assert_eq!(field(&best, "title"), ["Both"]);
    let checked = home.rounds(&["check", "--format", "json"]).json();
    assert_eq!(checked["totals"]["items"], 4);
}

#[test]
fn items_of_one_name_and_no_original_are_not_one_item() {
    let feed = || Feed::of([("a.md", Article::titled("A").body("A sentence."))]);
    let (home, one, other) = (Home::new(), feed(), feed());
    let [one, other] = [one.path(), other.path()].map(|path| path.to_str().unwrap().to_owned());
    for words in [&["list"][..], &["search", "sentence"]] {
        let found = home.rounds(&[words, &[&one, &other, "--format", "json"]].concat());
        assert_eq!(field(&found, "title"), ["A", "A"], "{words:?}");
    }
}

#[test]
fn a_source_that_fails_costs_no_other() {
    let (site, home) = (Site::new(|_| Reply::new(404, &[], b"")), Home::new());
    let feed = Feed::of([("here.md", Article::titled("Here"))]);
    assert_eq!(home.rounds(&["add", "theirs", &site.address()]).status, 0);
    assert_eq!(home.rounds(&["add", "ours", feed.path().to_str().unwrap()]).status, 0);
    for words in [&["list"][..], &["topics"], &["check"], &["search", "here"], &["refresh"]] {
        let run = home.rounds(words);
        assert_eq!(run.status, 3, "{words:?}");
        assert!(!run.out.is_empty(), "{words:?}");
        one_line(&run, "theirs at 127.0.0.1:");
    }
}

#[test]
fn a_refresh_says_what_has_changed() {
    let (site, home) = (Site::with(bundle(&["One", "Two"])), Home::new());
    home.rounds(&["add", "health", &site.address()]);
    let refresh = || {
        let run = home.rounds(&["refresh"]);
        assert_eq!((run.status, run.talk.as_str()), (0, ""));
        run.out
    };
    assert_eq!(refresh(), "health: 2 items.\n");
    assert_eq!(refresh(), "health: nothing has changed.\n");
    site.now(holding(bundle(&["Two", "Three", "Four"])));
    assert_eq!(refresh(), "health: 2 new, 1 gone.\n");
    let feed = Feed::of([("a.md", Article::titled("One"))]);
    let file = feed.path().join("a.md");
    assert!(home.rounds(&["refresh", file.to_str().unwrap()]).out.starts_with("a.md: nothing is kept of it"));
}

#[test]
fn what_is_here_of_each_source_is_told_without_a_request() {
    let (site, home) = (Site::with(bundle(&["One", "Two"])), Home::new());
    let feed = Feed::of([("a.md", Article::titled("One"))]);
    let (address, folder) = (site.address(), feed.path().to_str().unwrap().to_owned());
    home.rounds(&["add", "health", &address]);
    home.rounds(&["add", "ward", &folder]);
    home.rounds(&["add", "ward-again", &folder]);
    home.rounds(&["refresh"]);
    let (requests, before) = (site.server.requests().len(), files_below(home.path()));
    let table = home.rounds(&["sources"]);
    let expected = format!(
        "health      2 items, less than a minute old  {address}\n\
         ward        1 item                           {folder}\n\
         ward-again  1 item                           {folder}\n"
    );
    assert_eq!((table.status, table.out, table.talk.as_str()), (0, expected, ""));
    let json = home.rounds(&["sources", "--format", "json"]).json();
    let fetched: jiff::Timestamp = json[0]["fetched"].as_str().unwrap().parse().unwrap();
    assert!(fetched <= jiff::Timestamp::now());
    assert_eq!((json[0]["items"].as_u64(), json[1]["items"].as_u64()), (Some(2), Some(1)));
    assert!(json[1]["fetched"].is_null());
    assert_eq!((site.server.requests().len(), files_below(home.path())), (requests, before));
}

#[test]
fn a_password_goes_to_the_server_and_nowhere_else() {
    let (site, home) = (Site::with(bundle(&["One"])), Home::new());
    let address = site.address().replace("http://", "http://me:s3cret@");
    let mut said = String::new();
    for words in [&["list", "--format", "json"][..], &["search", "one"], &["refresh"], &["check"]] {
        let run = home.rounds(&[words, &[&address]].concat());
        assert_eq!(run.status, 0, "{run:?}");
        said += &(run.out + &run.talk);
    }
    assert_eq!(site.last_request().header("authorization"), Some("Basic bWU6czNjcmV0"));
    site.now(|_| Reply::new(401, &[], b""));
    let refused = home.rounds(&["list", &address]);
    one_line(&refused, "does not accept the name and the password in the address");
    said += &refused.talk;
    assert!(!said.contains("s3cret") && !said.contains("bWU6czNjcmV0"), "{said}");
    for file in files_below(home.path()) {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        assert!(!text.contains("s3cret") && !text.contains("bWU6czNjcmV0"), "{}", file.display());
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let found = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    found.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

#[cfg(unix)]
#[test]
fn several_that_refresh_one_source_for_the_first_time_at_once_all_say_how_many_items_there_are() {
    let (asked, was_asked) = mpsc::channel();
    let (let_go, held) = mpsc::channel::<()>();
    let bytes = bundle(&["One", "Two"]);
    let site = Site::new(move |_| {
        asked.send(()).unwrap();
        // Ends when the test lets go.
        let _ = held.recv();
        Reply::new(200, &[("ETag", "\"v1\"")], &bytes)
    });
    let (home, program, address) = (pty::Home::new(), env!("CARGO_BIN_EXE_rounds"), site.address());
    let refresh = || Pty::spawn(&home, &[program, "refresh", &address], (100, 24), &[]);
    let mut all = vec![refresh()];
    was_asked.recv().unwrap();
    all.extend((0..3).map(|_| refresh()));
    for other in &mut all {
        other.wait_for_text("health.tar.zst: asking the server");
    }
    drop(let_go);
    for mut one in all {
        one.wait_for_text("health.tar.zst: 2 items.");
    }
    assert_eq!(site.server.requests().len(), 1);
}

#[cfg(unix)]
#[test]
fn progress_is_shown_on_a_terminal() {
    let site = Site::new(|_| Reply::with_length(200, &[], &vec![b'x'; 50_000], 100_000).then_stall());
    let (home, program) = (pty::Home::new(), env!("CARGO_BIN_EXE_rounds"));
    let mut pty = Pty::spawn(&home, &[program, "list", &site.address()], (100, 24), &[]);
    pty.wait_for_text("health.tar.zst: [##########----------] 50.0 of 100.0 kB");
}

#[test]
fn servers_that_do_not_answer_hold_up_no_other() {
    const SLOW: usize = 15;
    // The last is asked for while all others are silent.
    let (waiting, bytes) = (Arc::new((Mutex::new(0), Condvar::new())), bundle(&["One"]));
    let server = Server::start(move |_| {
        let (asked, all) = &*waiting;
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        all.notify_all();
        let patience = Duration::from_secs(60);
        let (_asked, waited) = all.wait_timeout_while(asked, patience, |asked| *asked <= SLOW).unwrap();
        if waited.timed_out() { Reply::silence() } else { Reply::new(200, &[], &bytes) }
    });
    let sources: Vec<String> =
        (0..=SLOW).map(|number| format!("http://{}/{number}.tar.gz", server.address)).collect();
    let home = Home::with("[limits]\nretries = 0\nfirst_byte_seconds = 10\n");
    let listed =
        home.rounds(&[&["list"][..], &sources.iter().map(String::as_str).collect::<Vec<_>>()].concat());
    assert_eq!((listed.status, listed.talk.as_str()), (0, ""));
}
