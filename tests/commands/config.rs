//! `rounds add`, `remove` and `sources`: names for sources, in a file that belongs to the user.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::support::program::{program_at, rounds_at};
use crate::support::{Article, Feed, Outcome};

const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
const ADDRESS: &str = "https://news.example.org/health.tar.zst";

/// A home directory that goes when the test ends.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A home with a configuration.
    fn with(text: &str) -> Self {
        let home = Self::new();
        fs::create_dir_all(home.config().parent().unwrap()).unwrap();
        fs::write(home.config(), text).unwrap();
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn config(&self) -> PathBuf {
        self.path().join("config/rounds/config.toml")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.config()).unwrap()
    }

    fn rounds(&self, words: &[&str]) -> Outcome {
        rounds_at(self.path(), words)
    }

    /// The names and locations that are configured.
    fn sources(&self) -> Vec<(String, String)> {
        let listed = self.rounds(&["sources", "--format", "json"]);
        let field = |source: &serde_json::Value, name: &str| source[name].as_str().unwrap().to_owned();
        let sources = listed.json();
        sources.as_array().unwrap().iter().map(|one| (field(one, "name"), field(one, "location"))).collect()
    }
}

fn feed() -> Feed {
    Feed::of([("a.md", Article::titled("One"))])
}

#[test]
fn what_is_added_is_listed_in_order_until_it_is_removed() {
    let (home, feed) = (Home::new(), feed());
    let folder = feed.path().to_str().unwrap().to_owned();
    assert_eq!(home.rounds(&["add", "health", ADDRESS, "--key", KEY]).status, 0);
    let added = home.rounds(&["add", "a.b", &folder]);
    assert_eq!((added.status, added.out.as_str()), (0, ""));
    assert!(added.talk.contains("rounds a.b"), "{}", added.talk);
    let plain = ["add", "plain", "http://example.org/x.zip", "--allow-http"];
    let plain = home.rounds(&plain);
    assert!(plain.status == 0 && plain.talk.contains("over plain http"), "{plain:?}");
    let listed = home.rounds(&["sources", "--format", "tsv"]);
    let expected = format!(
        "name\tlocation\tsigned\tallow_http\tfetched\titems\nhealth\t{ADDRESS}\ttrue\tfalse\t\t\n\
         a.b\t{folder}\tfalse\tfalse\t\t\nplain\thttp://example.org/x.zip\tfalse\ttrue\t\t\n"
    );
    assert_eq!((listed.status, listed.out, listed.talk.as_str()), (0, expected, ""));
    let table = home.rounds(&["sources"]);
    assert!(
        table.out.starts_with(&format!(
            "health  not fetched yet  {ADDRESS} (must be signed)\na.b                      {folder}\n"
        )),
        "{}",
        table.out
    );
    assert!(table.out.ends_with(" (plain http)\n"), "{}", table.out);
    let first = home.rounds(&["sources", "--format", "ndjson"]);
    assert_eq!(
        first.lines()[0],
        format!(
            "{{\"name\":\"health\",\"location\":\"{ADDRESS}\",\"signed\":true,\"allow_http\":false,\"fetched\":null,\"items\":null}}"
        )
    );
    assert!(
        !home.path().join("cache").exists() && !home.path().join("data").exists(),
        "to ask makes nothing"
    );
    assert_eq!(home.rounds(&["remove", "a.b"]).status, 0);
    let names: Vec<String> = home.sources().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["health", "plain"]);
}

#[test]
fn where_nothing_is_configured_a_line_says_what_to_do() {
    let home = Home::new();
    let listed = home.rounds(&["sources", "--format", "json"]);
    assert_eq!((listed.status, listed.out.as_str()), (0, "[]\n"));
    assert!(listed.talk.contains("rounds add NAME LOCATION"), "{}", listed.talk);
    assert_eq!(home.rounds(&["remove", "x"]).status, 1);
    assert!(!home.path().join("config").exists(), "to ask makes nothing");
}

#[test]
fn a_name_that_is_taken_keeps_its_source() {
    let home = Home::new();
    home.rounds(&["add", "health", ADDRESS]);
    let before = home.text();
    let again = home.rounds(&["add", "health", "https://example.org/other.zip"]);
    assert_eq!((again.status, home.text()), (1, before));
    assert!(again.talk.contains("taken") && again.talk.contains("rounds remove health"), "{}", again.talk);
}

#[test]
fn what_is_not_there_is_not_removed_and_what_is_near_is_named() {
    let home = Home::new();
    home.rounds(&["add", "health-news", ADDRESS]);
    let removed = home.rounds(&["remove", "helth"]);
    assert_eq!(removed.status, 1);
    assert!(
        removed.talk.contains("helth: no source") && removed.talk.contains("\n  health-news"),
        "{removed:?}"
    );
    let removed = home.rounds(&["remove", "zzz"]);
    assert!(removed.status == 1 && removed.talk.contains("rounds sources"), "{removed:?}");
}

#[test]
fn what_can_never_be_opened_is_refused_and_nothing_is_written() {
    let (home, feed) = (Home::new(), feed());
    let folder = feed.path().to_str().unwrap().to_owned();
    let absent = format!("{folder}/absent");
    let cases: [(&[&str], i32, &str); 11] = [
        (&["x", &absent], 3, "no file or folder"),
        (&["x", "news.example.org/x.zip"], 2, "begin it with https://"),
        (&["x", "http://example.org/x.zip"], 2, "--allow-http"),
        (&["x", "ftp://example.org/x.zip"], 2, "only http and https"),
        (&["x", "https://me:secret@exa mple.org/"], 2, "not a valid web address"),
        (&["x", ADDRESS, "--key", "nonsense"], 2, "--key: this is not a public key"),
        (&["x", &folder, "--key", KEY], 2, "only a bundle can be signed"),
        (&["list", ADDRESS], 2, "name of a command"),
        (&["a b", ADDRESS], 2, "only letters, digits"),
        (&[".x", ADDRESS], 2, "does not begin with"),
        (&["", ADDRESS], 2, "(nothing): a source needs a name"),
    ];
    for (words, status, reason) in cases {
        let refused = home.rounds(&[&["add"], words].concat());
        assert_eq!((refused.status, refused.out.as_str()), (status, ""), "{words:?}: {refused:?}");
        assert!(refused.talk.starts_with("rounds: ") && refused.talk.contains(reason), "{}", refused.talk);
        assert!(!refused.talk.contains("secret"), "{}", refused.talk);
        assert_eq!(refused.talk.lines().count(), 1, "{}", refused.talk);
    }
    assert!(!home.config().exists());
    for loopback in ["http://localhost:8000/x.zip", "http://127.0.0.1/x.zip"] {
        assert_eq!(home.rounds(&["add", &format!("n{}", loopback.len()), loopback]).status, 0);
    }
}

#[test]
fn a_path_means_the_same_from_everywhere() {
    let home = Home::new();
    fs::create_dir_all(home.path().join("news/today")).unwrap();
    let add = |name: &str, location: &str| {
        let mut program = program_at(home.path());
        program.current_dir(home.path().join("news")).args(["add", name, location]);
        assert!(program.output().unwrap().status.success(), "{location}");
    };
    add("relative", "today");
    add("here", ".");
    add("home", "~/news");
    let whole = |path: &str| home.path().join(path).to_str().unwrap().to_owned();
    let locations: Vec<String> = home.sources().into_iter().map(|(_, location)| location).collect();
    assert_eq!(locations, [whole("news/today"), whole("news"), whole("news")]);
    assert!(home.text().contains("location = \"~/news\""), "{}", home.text());
}

#[test]
fn a_password_is_kept_but_never_printed() {
    let home = Home::new();
    let added = home.rounds(&["add", "x", "https://me:secret@example.org/x.zip"]);
    assert!(added.status == 0 && !added.talk.contains("secret"), "{added:?}");
    assert_eq!(home.sources(), [("x".to_owned(), "https://example.org/x.zip".to_owned())]);
    assert!(home.text().contains("me:secret@"));
    let mode = fs::metadata(home.config()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "a new configuration is for its owner only");
}

#[test]
fn what_the_user_wrote_stays_as_it_is() {
    let text = "# my news\r\n[sources.a]  # first\r\nlocation = '/a'\r\n\r\n[limits]\r\nratio=3\r\n# end";
    let home = Home::with(text);
    fs::set_permissions(home.config(), fs::Permissions::from_mode(0o640)).unwrap();
    home.rounds(&["add", "b", ADDRESS]);
    assert!(home.text().starts_with(text), "{}", home.text());
    home.rounds(&["remove", "a"]);
    assert!(home.text().starts_with("# my news\r\n\r\n[limits]\r\nratio=3\r\n# end"), "{}", home.text());
    let mode = fs::metadata(home.config()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let files = fs::read_dir(home.config().parent().unwrap()).unwrap().count();
    assert_eq!(files, 1, "nothing is left lying about");
}

#[test]
fn a_configuration_behind_a_link_is_changed_where_it_is() {
    for there in [true, false] {
        let home = Home::with("");
        let target = home.path().join("dotfiles/rounds.toml");
        fs::create_dir(home.path().join("dotfiles")).unwrap();
        if there {
            fs::write(&target, "# mine\n").unwrap();
        }
        fs::remove_file(home.config()).unwrap();
        symlink("../../dotfiles/rounds.toml", home.config()).unwrap();
        assert_eq!(home.rounds(&["add", "x", ADDRESS]).status, 0);
        assert!(home.config().is_symlink());
        assert!(fs::read_to_string(target).unwrap().contains(ADDRESS));
        assert_eq!(home.sources().len(), 1);
    }
}

#[test]
fn several_at_once_lose_nothing() {
    let home = Home::new();
    let names: Vec<String> = (0..12).map(|number| format!("n{number}")).collect();
    let add = |name: &String| {
        program_at(home.path()).args(["add", name, ADDRESS]).stderr(Stdio::null()).spawn().unwrap()
    };
    let running: Vec<_> = names.iter().map(add).collect();
    for mut program in running {
        assert!(program.wait().unwrap().success());
    }
    let mut found: Vec<String> = home.sources().into_iter().map(|(name, _)| name).collect();
    found.sort_by_key(|name| name[1..].parse::<u32>().unwrap());
    assert_eq!(found, names);
}

#[test]
fn a_file_that_is_not_understood_is_named_and_left_as_it_is() {
    for (text, line) in [("[sources.a]\nlocation = \n", 2), ("[sources.a]\n[sources.a]\n", 2), ("\n\n= 7", 3)]
    {
        let home = Home::with(text);
        for words in [&["sources"][..], &["add", "x", ADDRESS], &["remove", "a"]] {
            let run = home.rounds(words);
            assert_eq!((run.status, run.out.as_str()), (1, ""), "{words:?}");
            let place = format!("rounds: {}, line {line}: ", home.config().display());
            assert!(run.talk.starts_with(&place) && run.talk.contains("editor"), "{}", run.talk);
            assert_eq!(run.talk.lines().count(), 1, "{}", run.talk);
            assert_eq!(home.text(), text);
        }
        // Nobody knows what must be signed, so only what is on this machine is opened.
        let feed = feed();
        for words in [&["list"][..], &["list", "a"], &["list", ADDRESS], &["refresh"]] {
            let run = home.rounds(words);
            assert_eq!((run.status, run.talk.lines().count()), (3, 1), "{words:?}: {run:?}");
            assert!(
                run.talk.contains(&format!("line {line}: ")) && run.talk.contains("editor"),
                "{}",
                run.talk
            );
        }
        assert_eq!(home.rounds(&["list", feed.path().to_str().unwrap()]).status, 0);
    }
}

#[test]
fn an_entry_that_is_not_understood_is_named_and_the_rest_is_listed() {
    let home = Home::with(
        "[sources.a]\nlocation = '/a'\n\n[sources.b]\n[sources.d]\nlocation = '/d'\nlocaton = 1\n\n[\"\\u001b]52;c;x\\u0007\"]\n[limits]\nratio = -1\n",
    );
    let listed = home.rounds(&["sources", "--format", "tsv"]);
    assert_eq!((listed.status, listed.lines().len()), (1, 2), "{listed:?}");
    assert_eq!(listed.talk.lines().count(), 4, "{}", listed.talk);
    for said in
        ["line 7: sources.d.locaton", "line 4: sources.b has no location", "line 9: ", "limits.ratio = -1"]
    {
        assert!(listed.talk.contains(said), "{}", listed.talk);
    }
    assert!(!listed.talk.contains('\u{1b}'), "{}", listed.talk);
    // What is wrong with one source does not stand in the way of another, and can be taken out.
    assert_eq!(home.rounds(&["add", "c", ADDRESS]).status, 0);
    assert_eq!(home.rounds(&["remove", "b"]).status, 0);
}

#[test]
fn what_cannot_be_written_is_said_in_one_line() {
    let one_line = |run: &Outcome, reason: &str| {
        assert_eq!((run.status, run.talk.lines().count()), (1, 1), "{run:?}");
        assert!(run.talk.contains("config.toml: ") && run.talk.contains(reason), "{}", run.talk);
    };
    let blocked = Home::new();
    fs::write(blocked.path().join("config"), "").unwrap();
    one_line(&blocked.rounds(&["add", "x", ADDRESS]), "could not be");
    let protected = Home::with("# mine\n");
    fs::set_permissions(protected.config(), fs::Permissions::from_mode(0o444)).unwrap();
    one_line(&protected.rounds(&["add", "x", ADDRESS]), "read-only");
    assert_eq!(protected.text(), "# mine\n");
    let ring = Home::with("");
    fs::remove_file(ring.config()).unwrap();
    symlink("config.toml", ring.config()).unwrap();
    one_line(&ring.rounds(&["add", "x", ADDRESS]), "could not be");
    let folder = Home::new();
    fs::create_dir_all(folder.config()).unwrap();
    one_line(&folder.rounds(&["add", "x", ADDRESS]), "must be a file");
    let entangled = Home::with("sources = { a = { location = '/a' } }\n");
    one_line(&entangled.rounds(&["add", "x", ADDRESS]), "in an editor");
    one_line(&entangled.rounds(&["remove", "a"]), "in an editor");
}

#[test]
fn a_folder_that_may_not_be_written_is_said_in_one_line() {
    let home = Home::with("# mine\n");
    let folder = home.config().parent().unwrap().to_owned();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let may_write_anyway = fs::File::create(folder.join("probe")).is_ok();
    let refused = home.rounds(&["add", "x", ADDRESS]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser is not held up by permissions.
    if !may_write_anyway {
        assert_eq!((refused.status, refused.talk.lines().count()), (1, 1), "{refused:?}");
        assert!(refused.talk.contains("could not be written (Permission denied)"), "{}", refused.talk);
        assert_eq!(home.text(), "# mine\n");
    }
}
