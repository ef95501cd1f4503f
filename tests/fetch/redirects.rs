//! Where redirects lead, and where they may not.

use crate::certificate::{certificate, tls};
use crate::server::{Reply, Server};
use crate::visit::{BUNDLE, SITE, Visit};

#[test]
fn redirects_are_followed_as_far_as_the_limit() {
    let server = Server::start(|request| match request.target.as_str() {
        "/latest" => Reply::redirect("/2026/health.zip"),
        "/2026/health.zip" => Reply::redirect("//cdn.example.net/health.zip"),
        "/health.zip" => Reply::new(200, &[], BUNDLE),
        _ => Reply::redirect("/ring"),
    });
    let visit = Visit::to(&server);
    let new = visit.brings_new("http://me:secret@news.example.org/latest");
    assert_eq!(new.site.as_str(), "cdn.example.net");
    let sent: Vec<_> =
        server.requests().iter().map(|request| request.header("authorization").map(str::to_owned)).collect();
    let basic = Some("Basic bWU6c2VjcmV0".to_owned());
    assert_eq!(sent, [basic.clone(), basic, None], "a password goes to the site that it was given for");

    let line =
        "it redirects more than 8 times (limits.redirects). Check the address, or tell the owner of the site";
    assert_eq!(visit.fails("http://news.example.org/ring"), format!("{SITE}: {line}"));
    assert_eq!(server.requests().len(), 3 + 9);
}

#[test]
fn redirects_to_where_no_bundle_is_are_not_followed() {
    let file = "it redirects to a file: address, which Rounds does not follow. Tell the owner of the site";
    let inside = "it redirects to 169.254.169.254, inside your own network, which Rounds does not follow. Give the address there if you trust it";
    let named = "it redirects to inside.example.org, inside your own network, which Rounds does not follow. Give the address there if you trust it";
    let nowhere = "it redirects to something that is not an address. Tell the owner of the site";
    let cases = [
        ("file:///etc/passwd", SITE, file),
        ("http://169.254.169.254/latest/meta-data", SITE, inside),
        ("http://inside.example.org/", "news.example.org (redirected to inside.example.org)", named),
        ("http://", SITE, nowhere),
    ];
    for (to, host, line) in cases {
        let server = Server::start(move |_| Reply::redirect(to));
        let mut visit = Visit::to(&server);
        let address = server.address;
        // The site is of the wide world (its second address is), the other is of this machine.
        visit.look_up(move |host| {
            Ok(if host == SITE { vec![address, "192.0.2.1:80".parse().unwrap()] } else { vec![address] })
        });
        assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{host}: {line}"));
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn https_never_becomes_http() {
    let good = certificate(SITE, 2100);
    let server = Server::start_tls(tls(&good), |_| Reply::redirect("http://news.example.org/x.zip"));
    let mut visit = Visit::to(&server);
    visit.trust(&good);
    let line = "it redirects to plain http, which Rounds does not follow. If this network asks you to sign in, do so in a browser and fetch again";
    assert_eq!(visit.fails("https://news.example.org/x.zip"), format!("{SITE}: {line}"));
}
