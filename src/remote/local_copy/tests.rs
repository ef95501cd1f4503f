//! The copy of a bundle: replaced whole or not at all.

use sha2::Digest as _;

use super::*;

const ADDRESS: &str = "https://news.example.org/health.zip";

const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

fn key(text: &str) -> PublicKey {
    PublicKey::parse(text).expect(text)
}

fn address(text: &str) -> Address {
    Address::parse(text, false).expect(text)
}

fn now() -> Timestamp {
    Timestamp::now()
}

fn new(content: &str) -> NewBundle {
    NewBundle {
        validators: Validators { etag: Some(format!("\"{content}\"")), last_modified: None },
        bytes: content.len() as u64,
        sha256: Sha256::from(<[u8; 32]>::from(sha2::Sha256::digest(content))),
        site: address(ADDRESS).host(),
        resumed: false,
    }
}

/// Fetches a bundle with this content, and makes it the copy if it is one.
fn fetch(copy: &LocalCopy, content: &str, good: bool) -> Result<About, CopyError> {
    let lock = copy.lock()?;
    let file = lock.partial(now());
    fs::write(&file, content).unwrap();
    let terms = Terms { address: &address(ADDRESS), key: None };
    lock.replace(&file, terms, &new(content), now(), &|file| {
        assert_eq!(fs::read_to_string(file).unwrap(), content);
        if good { Ok(()) } else { Err("it is not signed. Ask its publisher".into()) }
    })
}

fn content(copy: &LocalCopy) -> Option<String> {
    Some(fs::read_to_string(copy.archive(&copy.about()?)).unwrap())
}

fn names(copy: &LocalCopy) -> usize {
    fs::read_dir(&copy.directory).unwrap().count()
}

#[test]
fn a_good_bundle_takes_the_place_of_the_last_and_a_bad_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path().join("not/yet/there"));
    assert_eq!(copy.about(), None);
    let about = fetch(&copy, "first", true).unwrap();
    assert_eq!((content(&copy).as_deref(), copy.about()), (Some("first"), Some(about)));
    let error = fetch(&copy, "second", false).unwrap_err();
    assert_eq!(error.to_string(), "it is not signed. Ask its publisher");
    assert_eq!(content(&copy).as_deref(), Some("first"));
    fetch(&copy, "third", true).unwrap();
    assert_eq!(content(&copy).as_deref(), Some("third"));
    assert_eq!(names(&copy), 3, "the bundle, what is known of it, and the lock");
}

#[test]
fn a_crash_at_any_moment_leaves_the_old_copy_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path());
    fetch(&copy, "first", true).unwrap();
    // The archive is in its place, and the page about it is half written.
    fs::write(copy.archive_of(new("second").sha256), "second").unwrap();
    fs::write(folder.path().join("about.new"), "{\"addr").unwrap();
    assert_eq!(content(&copy).as_deref(), Some("first"));
    // The page is in its place, and the old archive is still there.
    fetch(&copy, "second", true).unwrap();
    fs::write(copy.archive_of(new("first").sha256), "first").unwrap();
    assert_eq!(content(&copy).as_deref(), Some("second"));
    fetch(&copy, "second", true).unwrap();
    assert_eq!(names(&copy), 3);
}

#[test]
fn a_copy_that_is_not_what_its_page_says_is_fetched_anew() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path());
    fetch(&copy, "first", true).unwrap();
    let ours = key(KEY);
    let sound = |text: &str, key| copy.sound_on(Terms { address: &address(text), key });
    assert_eq!(sound(ADDRESS, None).map(|about| about.validators), Some(new("first").validators));
    let others = [
        "https://news.example.org/other.zip".to_owned(),
        format!("{ADDRESS}#sha256={}", new("second").sha256),
    ];
    for other in others {
        assert_eq!(sound(&other, None), None, "{other}");
    }
    assert_eq!(sound(ADDRESS, Some(&ours)), None);
    for damaged in ["fir\0t", "cut"] {
        fs::write(copy.archive_of(new("first").sha256), damaged).unwrap();
        assert_eq!(sound(ADDRESS, None), None, "{damaged}");
    }
    let page = fs::read(folder.path().join(ABOUT)).unwrap();
    fs::write(copy.archive_of(new("first").sha256), "first").unwrap();
    assert!(sound(ADDRESS, None).is_some());
    for page in [b"\0\0\0".to_vec(), [page, vec![b' '; 64 * 1024]].concat()] {
        fs::write(folder.path().join(ABOUT), page).unwrap();
        assert_eq!(copy.about(), None);
    }
}

#[test]
fn a_copy_is_shown_on_the_terms_on_which_it_was_taken() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path());
    let (ours, other) = (key(KEY), key(&KEY.replace('5', "6")));
    let pinned = format!("{ADDRESS}#sha256={}", new("first").sha256);
    let shown = |address: &Address, key| copy.taken_on(Terms { address, key }).is_some();
    fetch(&copy, "first", true).unwrap();
    assert!(shown(&address(&pinned), None) && !shown(&address(ADDRESS), Some(&ours)));
    let terms = Terms { address: &address(ADDRESS), key: Some(&ours) };
    let lock = copy.lock().unwrap();
    let file = lock.partial(now());
    fs::write(&file, "first").unwrap();
    lock.replace(&file, terms, &new("first"), now(), &|_| Ok(())).unwrap();
    assert!(shown(&address(ADDRESS), Some(&ours)) && !shown(&address(ADDRESS), Some(&other)));
    assert!(shown(&address(ADDRESS), None), "who asks for no signature is content with any");
}

#[test]
fn one_process_changes_a_copy_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path());
    let lock = copy.lock().unwrap();
    let line = "another Rounds is fetching this bundle now. Wait until it is done, or end that one";
    assert_eq!(copy.clone().lock().unwrap_err().to_string(), line);
    drop(lock);
    assert!(copy.lock().is_ok());
}

#[test]
fn a_download_that_broke_off_is_gone_on_with_for_a_week() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path());
    let lock = copy.lock().unwrap();
    let partial = lock.partial(now());
    fs::write(&partial, "half").unwrap();
    fs::write(folder.path().join("partial.json"), "{}").unwrap();
    lock.partial(now() + jiff::SignedDuration::from_hours(6 * 24));
    assert!(partial.exists());
    lock.partial(now() + jiff::SignedDuration::from_hours(8 * 24));
    assert!(!partial.exists() && !folder.path().join("partial.json").exists());
}

#[test]
fn an_unchanged_copy_is_known_to_be_fresh() {
    let folder = tempfile::tempdir().unwrap();
    let copy = LocalCopy::at(folder.path());
    fetch(&copy, "first", true).unwrap();
    let later = now() + jiff::SignedDuration::from_hours(2);
    copy.lock().unwrap().confirm(later).unwrap();
    assert_eq!(copy.about().map(|about| about.fetched_at), Some(later));
    assert_eq!(content(&copy).as_deref(), Some("first"));
}
