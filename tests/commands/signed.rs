//! Bundles from the web that must be signed, or that came in several parts, by the built program.

use std::fs;

use minisign::KeyPair;
use rounds::source::pack::SigningKey;

use crate::support::server::{Reply, Request};
use crate::support::site::{Script, Site, holding};
use crate::web::{Home, bundle, field, one_line, packed};

/// Answers with a bundle and its signature.
fn holding_signed((bytes, signature): (Vec<u8>, String)) -> impl Fn(&Request) -> Reply + Send {
    let unsigned = holding(bytes);
    move |request| {
        if request.target.ends_with(".minisig") {
            Reply::new(200, &[], signature.as_bytes())
        } else {
            unsigned(request)
        }
    }
}

/// Somebody who signs: the secret key, and the line of the public one.
fn signer() -> (SigningKey, String) {
    let folder = tempfile::tempdir().unwrap();
    let KeyPair { pk, sk } = KeyPair::generate_unencrypted_keypair().unwrap();
    let file = folder.path().join("news.key");
    fs::write(&file, sk.to_box(None).unwrap().to_bytes()).unwrap();
    let nobody = || Err(std::io::Error::other("nobody is there"));
    (SigningKey::read(&file, nobody).unwrap(), pk.to_base64())
}

#[test]
fn what_must_be_signed_is_shown_when_it_is_signed_with_that_key_and_never_otherwise() {
    let ((key, public), (other_key, _)) = (signer(), signer());
    let good = packed(&["Signed"], Some(&key));
    let other = packed(&["Forged"], Some(&other_key));
    let swapped = (bundle(&["Swapped"]), good.1.clone());
    let (site, home) = (Site::with(bundle(&["Unsigned"])), Home::new());
    let long = "x".repeat(100_000);
    let bad: [(Script, &str); 5] = [
        (Box::new(holding(bundle(&["Unsigned"]))), "the bundle is not signed, and it must be. Ask"),
        (Box::new(holding_signed(other)), "made with another key"),
        (Box::new(holding_signed(swapped)), "does not fit the bundle"),
        (Box::new(holding_signed((bundle(&["X"]), "nonsense".into()))), "cannot be read as one of minisign"),
        (Box::new(holding_signed((bundle(&["X"]), long))), "cannot be read as one of minisign"),
    ];
    assert_eq!(home.rounds(&["add", "health", &site.address(), "--key", &public]).status, 0);
    let (never, kept): (Vec<_>, Vec<_>) = bad.into_iter().enumerate().partition(|(at, _)| at % 2 == 0);
    for (_, (script, reason)) in never {
        site.now(script);
        let refused = home.rounds(&["list"]);
        assert_eq!((refused.status, refused.out.as_str()), (3, ""), "{reason}");
        one_line(&refused, reason);
    }
    site.now(holding_signed(good));
    assert_eq!(home.titles(&["health"]), ["Signed"]);
    for (_, (script, reason)) in kept {
        site.now(script);
        let refused = home.rounds(&["list", "--format", "json"]);
        assert_eq!((refused.status, field(&refused, "title")), (0, vec!["Signed".to_owned()]), "{reason}");
        one_line(&refused, reason);
        assert!(refused.talk.contains("health at 127.0.0.1:"), "{}", refused.talk);
        assert!(refused.talk.contains("The items here are less than a minute old."), "{}", refused.talk);
    }
}

#[test]
fn what_is_given_for_a_key_or_signature_and_is_none_is_called_by_its_name() {
    let ((key, public), home) = (signer(), Home::new());
    let cases = [
        ("ward.pub".to_owned(), "path of a file"),
        (format!("untrusted comment: signify public key\n{public}"), "made by signify"),
    ];
    for (given, reason) in cases {
        let refused = home.rounds(&["add", "ward", "https://news.example.invalid/x.zip", "--key", &given]);
        assert_eq!(refused.status, 2);
        one_line(&refused, reason);
    }
    let (bytes, signature) = packed(&["Signed"], Some(&key));
    let line = signature.lines().nth(1).unwrap().to_owned();
    let old = signature.replace(&line, &line.replacen("RU", "RW", 1));
    let of_signify = old.lines().take(2).collect::<Vec<_>>().join("\n");
    let site = Site::new(holding_signed((bytes.clone(), old)));
    home.rounds(&["add", "health", &site.address(), "--key", &public]);
    one_line(&home.rounds(&["list"]), "in the old way of minisign");
    site.now(holding_signed((bytes, of_signify)));
    one_line(&home.rounds(&["list"]), "made by signify");
}

#[test]
fn a_copy_of_before_the_key_is_not_shown_by_any_way() {
    let (site, home) = (Site::with(bundle(&["Unsigned"])), Home::new());
    let ((key, public), address) = (signer(), site.address());
    assert_eq!(home.titles(&[&address]), ["Unsigned"]);
    assert_eq!(home.rounds(&["search", "unsigned", &address]).status, 0);
    let before = site.server.requests().len();
    assert_eq!(home.rounds(&["add", "health", &address, "--key", &public]).status, 0);
    for words in
        [&["list"][..], &["search", "unsigned"], &["show", "unsigned", "health"], &["list", &address]]
    {
        let refused = home.rounds(words);
        assert_eq!((refused.status, refused.out.as_str()), (3, ""), "{words:?}");
        one_line(&refused, "the bundle is not signed, and it must be");
    }
    let since = site.server.requests().split_off(before);
    assert!(since.iter().all(|request| request.header("if-none-match").is_none()));
    site.now(holding_signed(packed(&["Signed"], Some(&key))));
    assert_eq!(home.titles(&["health"]), ["Signed"]);
    assert_eq!(home.rounds(&["search", "unsigned"]).status, 1);
    assert_eq!(home.titles(&["health"]), ["Signed"]);
}

/// How many requests for the bundle itself there were since a number of requests, and how many for its signature.
fn asked_since(site: &Site, before: usize) -> (usize, usize) {
    let since = site.server.requests().split_off(before);
    let signatures = since.iter().filter(|request| request.target.ends_with(".minisig")).count();
    (since.len() - signatures, signatures)
}

#[test]
fn a_bundle_ahead_of_its_signature_is_not_fetched_until_the_signature_is_there() {
    let ((key, public), home) = (signer(), Home::new());
    let [old, new] = [packed(&["Old"], Some(&key)), packed(&["Old", "New"], Some(&key))];
    let site = Site::new(holding_signed(old.clone()));
    home.rounds(&["add", "health", &site.address(), "--key", &public]);
    assert_eq!(home.rounds(&["refresh"]).out, "health: 1 item.\n");
    let refresh = |expected: &str| {
        let before = site.server.requests().len();
        let run = home.rounds(&["refresh"]);
        assert_eq!((run.status, run.out.as_str(), run.talk.as_str()), (0, expected, ""));
        asked_since(&site, before)
    };
    // The signature is that of the copy, so the copy is what can be believed.
    assert_eq!(refresh("health: nothing has changed.\n"), (0, 1));
    site.now(holding_signed((new.0.clone(), old.1.clone())));
    assert_eq!(refresh("health: nothing has changed.\n"), (0, 1));
    // The other way round: the server says that the bundle is the old one.
    site.now(holding_signed((old.0.clone(), new.1.clone())));
    assert_eq!(refresh("health: nothing has changed.\n"), (1, 1));
    site.now(holding_signed(new));
    assert_eq!(refresh("health: 1 new.\n"), (1, 1));
}

#[test]
fn a_bundle_whose_signature_is_missing_is_not_fetched_whole() {
    let ((_, public), home) = (signer(), Home::new());
    let site = Site::new(|request| {
        if request.target.ends_with(".minisig") {
            return Reply::new(404, &[], b"");
        }
        // The beginning of a large bundle, of which the rest never comes.
        Reply::with_length(200, &[], &[0xff; 1000], 100_000_000).then_stall()
    });
    home.rounds(&["add", "health", &site.address(), "--key", &public]);
    one_line(&home.rounds(&["list"]), "the bundle is not signed, and it must be");
    // Where nothing is there at all, or a network asks for a log-in, that is what is told.
    site.now(|_| Reply::new(404, &[], b""));
    one_line(&home.rounds(&["list"]), "there is nothing at this address (status 404)");
    site.now(|_| Reply::new(200, &[], b"<!DOCTYPE html><html>Sign in"));
    one_line(&home.rounds(&["list"]), "a web page came in place of the bundle");
}

#[test]
fn a_bundle_put_together_of_two_versions_is_fetched_once_more_before_anybody_is_told() {
    let titles: Vec<String> = (0..400).map(|number| format!("Item {number}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let [old, new] = [bundle(&titles), bundle(&titles[1..])];
    let (half, home) = (old.len() / 2, Home::new());
    let (total, sent) = (old.len(), new.clone());
    let site = Site::new(move |request| {
        // It says of every version that it is the same one.
        let same = ("ETag", "\"v1\"");
        match (request.earlier, request.range()) {
            (0, _) => Reply::with_length(200, &[same], &old[..half], total),
            (_, Some(from)) => {
                let range = format!("bytes {from}-{}/{total}", total - 1);
                let mut rest = sent.get(from..).unwrap_or_default().to_vec();
                rest.resize(total - from, 0);
                Reply::new(206, &[same, ("Content-Range", &range)], &rest)
            }
            (_, None) => Reply::new(200, &[same], &sent),
        }
    });
    home.rounds(&["add", "health", &site.address()]);
    one_line(&home.rounds(&["refresh"]), "the connection broke off");
    let run = home.rounds(&["refresh"]);
    assert_eq!((run.status, run.out.as_str(), run.talk.as_str()), (0, "health: 399 items.\n", ""));
    assert_eq!(asked_since(&site, 0), (3, 0));
}
