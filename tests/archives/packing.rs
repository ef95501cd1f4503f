//! Bundles that Rounds makes: the same items as the folder, and the same bytes every time.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use rounds::source::digest;
use rounds::source::draft::{Access, Draft, FolderLock};
use rounds::source::pack::{Contents, PackError, PackFormat, Packed, pack};
use tempfile::TempDir;

use crate::desk::{item, load, open};

const FORMATS: [(PackFormat, &str); 3] =
    [(PackFormat::Zip, "n.zip"), (PackFormat::TarGz, "n.tar.gz"), (PackFormat::TarZst, "n.tar.zst")];

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let file = root.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    root
}

fn news() -> TempDir {
    let long = format!("{}/{}.md", "folder".repeat(12), "name".repeat(40));
    let [one, two, three] = ["One", "Two", "Three"].map(item);
    folder(&[
        ("z.md", &one),
        ("a/b/two.html", &two),
        (&long, &three),
        ("a/ünï: 漢.md", &one),
        ("photo.jpeg", &[0xff, 0xd8, 0, 1]),
        ("empty.md", b""),
        ("bundle.yaml", b"name: Health\nupdated: 2026-11-22\n"),
        (".draft.md", b"hidden"),
        (".git/a.md", b"hidden"),
    ])
}

fn pack_into(root: &Path, out: &Path, format: PackFormat) -> Result<Packed, PackError> {
    pack(&Contents::of(root, out), out, format, None)
}

#[test]
fn a_bundle_has_the_same_items_as_its_folder() {
    let root = news();
    let out = tempfile::tempdir().unwrap();
    let source = load(&open(root.path())).unwrap();
    for (format, name) in FORMATS {
        let out = out.path().join(name);
        let packed = pack_into(root.path(), &out, format).unwrap();
        assert_eq!((packed.items, packed.files, packed.signature), (5, 7, None), "{name}");
        assert_eq!(packed.bytes, fs::metadata(&out).unwrap().len());
        assert_eq!(packed.sha256, digest::of_file(&out).unwrap());
        let bundle = load(&open(&out)).unwrap();
        assert_eq!(bundle.items, source.items, "{name}");
        assert_eq!(bundle.report.others, source.report.others, "{name}");
        assert_eq!(bundle.report.problems, [], "{name}");
        assert_eq!(bundle.report.manifest.unwrap().name.as_str(), "Health", "{name}");
    }
}

#[test]
fn the_same_files_make_the_same_bytes() {
    let out = tempfile::tempdir().unwrap();
    for (format, name) in FORMATS {
        let bytes = ["one", "two"].map(|run| {
            let root = news();
            let now = std::time::SystemTime::now() - std::time::Duration::from_secs(run.len() as u64 * 1000);
            fs::File::options()
                .append(true)
                .open(root.path().join("z.md"))
                .unwrap()
                .set_modified(now)
                .unwrap();
            let out = out.path().join(format!("{run}-{name}"));
            pack_into(root.path(), &out, format).unwrap();
            fs::read(out).unwrap()
        });
        assert!(bytes[0] == bytes[1], "{name} differs");
        let text = String::from_utf8_lossy(&bytes[0]);
        assert!(!text.contains("/tmp") && !text.contains("root"), "{name} tells of the machine");
    }
}

#[test]
fn a_bundle_in_its_own_folder_is_not_packed_again() {
    let root = news();
    for (format, name) in FORMATS {
        let out = root.path().join(name);
        fs::write(root.path().join(format!("{name}.minisig")), "old").unwrap();
        let first = pack_into(root.path(), &out, format).unwrap();
        assert_eq!(pack_into(root.path(), &out, format).unwrap(), first, "{name}");
        fs::remove_file(&out).unwrap();
        fs::remove_file(root.path().join(format!("{name}.minisig"))).unwrap();
    }
}

#[test]
fn what_cannot_be_packed_leaves_what_was_there() {
    let root = folder(&[("photo.jpeg", b"x")]);
    let out = tempfile::tempdir().unwrap();
    let bundle = out.path().join("n.zip");
    fs::write(&bundle, "old").unwrap();
    assert!(matches!(pack_into(root.path(), &bundle, PackFormat::Zip), Err(PackError::NoItems)));
    let bomb = folder(&[("bomb.bin", &vec![0; 9 << 20]), ("a.md", b"Text.")]);
    let unsound = pack_into(bomb.path(), &bundle, PackFormat::TarZst);
    assert!(matches!(unsound, Err(PackError::Unsound(_))), "{unsound:?}");
    let gone = news();
    let contents = Contents::of(gone.path(), &bundle);
    fs::remove_file(gone.path().join("z.md")).unwrap();
    let unreadable = pack(&contents, &bundle, PackFormat::Zip, None);
    assert!(matches!(unreadable, Err(PackError::Unreadable { .. })), "{unreadable:?}");
    assert_eq!(fs::read(&bundle).unwrap(), b"old");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1, "something was left behind");
    let nowhere = pack_into(news().path(), &out.path().join("none/n.zip"), PackFormat::Zip);
    assert!(matches!(nowhere, Err(PackError::Unwritable { .. })), "{nowhere:?}");
}

#[test]
fn names_that_cannot_be_packed_are_told() {
    let deep = format!("{}a.md", "d/".repeat(40));
    let large = vec![b'x'; 9 << 20];
    let root = folder(&[
        ("a.md", b"Text."),
        ("large.md", &large),
        (&deep, b"Text."),
        ("bundle.yaml", b"- no\n- map\n"),
        ("__MACOSX/a.md", b"Text."),
    ]);
    let contents = Contents::of(root.path(), Path::new("n.zip"));
    let codes: Vec<&str> = contents.problems().iter().map(|(_, problem)| problem.code).collect();
    assert_eq!(contents.items(), 1);
    for code in ["entry-path-too-deep", "entry-too-large", "bundle-yaml-invalid"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    let out = root.path().join("n.zip");
    let packed = pack_into(root.path(), &out, PackFormat::Zip).unwrap();
    assert_eq!((packed.items, load(&open(&out)).unwrap().paths()), (1, vec!["a.md"]));
}

#[cfg(unix)]
#[test]
fn links_are_packed_as_what_they_lead_to_inside_and_not_at_all_outside() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let outside = folder(&[("secret.png", b"secret"), ("secret.md", b"secret")]);
    let root = folder(&[("a.md", b"Text."), ("photo.png", b"photo"), ("back\\slash.md", b"Text.")]);
    symlink("photo.png", root.path().join("again.png")).unwrap();
    symlink(outside.path().join("secret.png"), root.path().join("secret.png")).unwrap();
    symlink(outside.path().join("secret.md"), root.path().join("secret.md")).unwrap();
    symlink(outside.path(), root.path().join("all")).unwrap();
    let out = outside.path().join("n.tar.gz");
    let contents = Contents::of(root.path(), &out);
    let paths: Vec<&str> = contents.files().iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["a.md", "again.png", "photo.png"]);
    let told: Vec<&str> = contents.problems().iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    pack(&contents, &out, PackFormat::TarGz, None).unwrap();
    let mode = fs::metadata(&out).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0);
    assert_ne!(mode & 0o400, 0);
}

#[test]
fn a_process_that_is_killed_leaves_nothing_that_the_next_run_does_not_remove() {
    const CHILD: &str = "ROUNDS_TEST_DRAFT";
    if let Ok(target) = env::var(CHILD) {
        let target = Path::new(&target);
        let draft = Draft::of(target, Access::Private, &FolderLock::beside(target)).unwrap();
        draft.file().write_all(b"https://me:secret@example.org/").unwrap();
        println!("\nready");
        // Until it is killed.
        io::stdin().read_to_end(&mut Vec::new()).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("config.toml");
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--nocapture"])
        .arg("packing::a_process_that_is_killed_leaves_nothing_that_the_next_run_does_not_remove")
        .env(CHILD, &target)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "ready"));
    child.kill().unwrap();
    child.wait().unwrap();
    let left = || fs::read_dir(folder.path()).unwrap().count();
    let begin = |target: &Path| Draft::of(target, Access::Private, &FolderLock::beside(target)).unwrap();
    // Where the disk has files without a name.
    let is_nameless = !begin(&folder.path().join("other")).path().starts_with(folder.path());
    assert_eq!(left(), usize::from(!is_nameless));
    drop(begin(&target));
    assert_eq!(left(), 0);
}
