//! Pins behind the address of a bundle, by the built program: one that is not understood never opens the bundle unpinned.

use crate::support::site::Site;
use crate::web::{Home, bundle, one_line, sha256};

#[test]
fn an_address_whose_pin_is_not_understood_is_not_opened_by_any_way() {
    let bytes = bundle(&["Unpinned"]);
    let (site, digest) = (Site::with(bytes.clone()), sha256(&bytes));
    let address = site.address();
    let right = format!("write #sha256={digest}");
    let forms = [
        (format!("sha256:{digest}"), right.as_str()),
        (format!("sha256-{digest}"), &right),
        (digest.clone(), &right),
        (format!("sha-256={digest}"), &right),
        (format!("SHA256(health.tar.zst)= {digest}"), &right),
        (format!("name=x&sha256={digest}"), &right),
        (format!("sha512={digest}{digest}"), "write #sha256= and the 64 digits"),
        (String::new(), "write #sha256= and the 64 digits"),
        (format!("sha256={}", &digest[1..]), "is not a sha256, which has 64 digits"),
    ];
    for (form, reason) in forms {
        let home = Home::new();
        let pinned = format!("{address}#{form}");
        for words in [&["list", &pinned][..], &["refresh", &pinned], &[&pinned], &["add", "health", &pinned]]
        {
            let refused = home.rounds(words);
            assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{words:?}: {}", refused.talk);
            one_line(&refused, reason);
        }
        assert_eq!(home.rounds(&["sources"]).out.matches("health").count(), 0, "{form} was added");
        let home = Home::with(&format!("[sources.health]\nlocation = '{pinned}'\n"));
        for words in [&["list"][..], &["list", "health"], &["list", &address]] {
            let refused = home.rounds(words);
            assert_eq!((refused.status, refused.out.as_str()), (3, ""), "{words:?}: {}", refused.talk);
            one_line(&refused, reason);
        }
    }
    assert_eq!(site.server.requests().len(), 0, "something was fetched");
}

#[test]
fn a_line_of_sha256sum_may_be_pasted_behind_an_address() {
    let bytes = bundle(&["Pinned"]);
    let (site, home, digest) = (Site::with(bytes.clone()), Home::new(), sha256(&bytes));
    let pasted = format!("{}#sha256={digest}  health.tar.zst", site.address());
    assert_eq!(home.titles(&[&pasted]), ["Pinned"]);
    assert_eq!(home.rounds(&["add", "health", &pasted]).status, 0);
    assert_eq!(home.titles(&["health"]), ["Pinned"]);
    let other = format!("{}#sha256={}  health.tar.zst", site.address(), "0".repeat(64));
    one_line(&Home::new().rounds(&["list", &other]), "not the bundle that the address pins");
}
