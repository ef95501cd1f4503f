//! `rounds pack`: a bundle of what was checked, and nothing when it should not be made.

use std::fs;

use crate::support::program::program_at;
use crate::support::{Article, Feed, rounds, rounds_on};

fn feed() -> Feed {
    let whole = |title: &str| {
        let link = format!("https://example.org/{title}");
        Article::titled(title)
            .dated("2022-02-01")
            .link(&link)
            .topics(&["AI"])
            .summary("A sentence.")
            .body("Text.")
    };
    Feed::of([("a.md", whole("One")), ("sub/b.md", whole("Two"))]).with("logo.png", "x")
}

#[test]
fn a_bundle_is_made_told_of_and_opened() {
    let feed = feed();
    for name in ["n.zip", "n.tar.gz", "n.tgz", "n.tar.zst"] {
        let out = feed.path().join(".out").join(name);
        fs::create_dir_all(out.parent().unwrap()).unwrap();
        let out = out.to_str().unwrap();
        let packed = rounds_on(&feed, &["pack", "{}", "-o", out]);
        assert_eq!((packed.status, packed.talk.as_str()), (0, ""), "{name}");
        let bytes = fs::metadata(out).unwrap().len();
        for line in [format!("bundle     {out}"), "items      2".to_owned(), "files      3".to_owned()] {
            assert!(packed.lines().contains(&line.as_str()), "{}", packed.out);
        }
        assert!(packed.out.contains(&format!("({bytes} bytes)")), "{}", packed.out);
        let json = rounds_on(&feed, &["pack", "{}", "-o", out, "--format", "json"]).json();
        assert_eq!((json["items"].as_u64(), json["bytes"].as_u64()), (Some(2), Some(bytes)), "{json}");
        assert!(packed.out.contains(json["sha256"].as_str().unwrap()), "{json}");
        let listed = |source: &str| {
            let mut items = rounds(["list", source, "--format", "json"]).json();
            for item in items.as_array_mut().unwrap() {
                item.as_object_mut().unwrap().remove("source");
            }
            items
        };
        assert_eq!(listed(out), listed(feed.path().to_str().unwrap()), "{name}");
        let shown = rounds(["show", "two", out]);
        assert!(shown.out.contains("Text."), "{}", shown.out);
        assert_eq!(rounds(["check", out]).status, 0);
    }
}

#[test]
fn errors_in_items_are_named_and_no_bundle_is_made_unless_it_is_wanted_all_the_same() {
    let feed = feed().with("broken.md", "---\ntitle: Broken\ndate: [2021\n---\nText.\n");
    let out = feed.path().join("n.zip");
    let words = ["pack", "{}", "-o", out.to_str().unwrap()];
    let packed = rounds_on(&feed, &words);
    assert_eq!((packed.status, packed.out.as_str()), (1, ""));
    assert!(
        packed.talk.contains("broken.md:") && packed.talk.contains("--allow-problems"),
        "{}",
        packed.talk
    );
    assert!(!out.exists());
    let packed = rounds_on(&feed, &[&words[..], &["--allow-problems"]].concat());
    assert_eq!(packed.status, 0, "{}", packed.talk);
    assert!(packed.talk.contains("broken.md:") && packed.out.contains("items      3"), "{}", packed.out);
}

#[test]
fn the_kind_of_archive_is_that_of_the_name_or_the_one_that_is_asked_for() {
    let feed = feed();
    let out = feed.path().join("n.bundle");
    let out = out.to_str().unwrap();
    let unknown = rounds_on(&feed, &["pack", "{}", "-o", out]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.talk.contains("--archive"), "{}", unknown.talk);
    for (kind, magic) in [("zip", &b"PK"[..]), ("tar.gz", b"\x1f\x8b"), ("tar.zst", b"\x28\xb5\x2f\xfd")] {
        assert_eq!(rounds_on(&feed, &["pack", "{}", "-o", out, "--archive", kind]).status, 0);
        assert!(fs::read(out).unwrap().starts_with(magic), "{kind}");
    }
}

#[test]
fn what_cannot_be_packed_is_named_with_what_to_do() {
    let feed = feed().with("empty/logo.png", "");
    let at = |name: &str| feed.path().join(name).to_str().unwrap().to_owned();
    let cases = [
        (at("none"), at("n.zip"), 3, "no file or folder"),
        (at("a.md"), at("n.zip"), 2, "not a folder"),
        (at("empty"), at("n.zip"), 1, "no items"),
        (at("."), at("none/n.zip"), 1, "could not be written"),
        (at("."), at("sub"), 2, "--archive"),
    ];
    for (folder, out, status, reason) in cases {
        let packed = rounds(["pack", &folder, "-o", &out]);
        assert_eq!((packed.status, packed.out.as_str()), (status, ""), "{folder} {out}: {}", packed.talk);
        assert!(packed.talk.starts_with("rounds: ") && packed.talk.contains(reason), "{}", packed.talk);
    }
    assert_eq!(rounds(["pack", &at(".")]).status, 2);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_grow_no_more_is_told_and_does_not_end_the_program() {
    let (feed, home) = (feed(), tempfile::tempdir().unwrap());
    let out = home.path().join("n.zip");
    let rounds = program_at(home.path());
    let run = std::process::Command::new("sh")
        .args(["-c", "ulimit -f 0; exec \"$@\"", "sh"])
        .arg(rounds.get_program())
        .args(["pack".as_ref(), feed.path().as_os_str(), "-o".as_ref(), out.as_os_str()])
        .envs(rounds.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .output()
        .unwrap();
    let talk = String::from_utf8(run.stderr).unwrap();
    assert_eq!((run.status.code(), talk.lines().count()), (Some(1), 1), "{talk}");
    assert!(talk.contains("File too large"), "{talk}");
    assert!(!out.exists());
}

#[test]
fn a_bundle_of_yesterday_that_lies_in_the_folder_is_named() {
    let feed = feed().with("old/n.tar.zst", "x").with("old/n.tar.zst.minisig", "x");
    let out = feed.path().join("new.zip");
    for _ in 0..2 {
        let packed = rounds_on(&feed, &["pack", "{}", "-o", out.to_str().unwrap()]);
        assert_eq!(packed.status, 0, "{}", packed.talk);
        let lines: Vec<&str> = packed.talk.lines().collect();
        assert_eq!(lines.len(), 2, "the bundle itself is not packed along: {lines:?}");
        assert!(
            lines[0].starts_with("old/n.tar.zst  warning") && lines[0].contains("an archive"),
            "{lines:?}"
        );
        assert!(
            lines[1].starts_with("old/n.tar.zst.minisig  warning") && lines[1].contains("a signature"),
            "{lines:?}"
        );
        assert!(packed.out.contains("files      5"), "{}", packed.out);
    }
}

#[test]
fn a_bundle_is_signed_with_a_key() {
    let feed = feed();
    let minisign::KeyPair { sk, .. } = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    // As minisign -G -W writes it: without a checksum.
    let mut bytes = sk.to_bytes();
    bytes.truncate(bytes.len() - 32);
    bytes.extend([0; 32]);
    let sk = minisign::SecretKey::from_bytes(&bytes).unwrap();
    fs::write(at("news.key"), sk.to_box(None).unwrap().to_bytes()).unwrap();
    let packed = rounds_on(&feed, &["pack", "{}", "-o", &at("n.zip"), "--sign", &at("news.key")]);
    assert_eq!(packed.status, 0, "{}", packed.talk);
    assert!(
        packed.lines().contains(&format!("signature  {}", at("n.zip.minisig")).as_str()),
        "{}",
        packed.out
    );
    assert!(fs::read_to_string(at("n.zip.minisig")).unwrap().contains("trusted comment: file:n.zip"));
    let refused = rounds_on(&feed, &["pack", "{}", "-o", &at("m.zip"), "--sign", &at("n.zip")]);
    assert_eq!(refused.status, 1);
    let absent = rounds_on(&feed, &["pack", "{}", "-o", &at("m.zip"), "--sign", &at("none.key")]);
    assert_eq!(absent.status, 1);
    assert!(absent.talk.contains("none.key: there is no file of this name."), "{}", absent.talk);
    assert!(!folder.path().join("m.zip").exists());
}
