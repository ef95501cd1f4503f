//! Proxies on the way to a server.

use std::io;

use crate::certificate::{certificate, tls};
use crate::server::{Reply, Server};
use crate::visit::{BUNDLE, SITE, Visit, long_bundle};

const PROXY: &str = "http://proxy.example.org:3128";
const PROXY_WITH_PASSWORD: &str = "http://me:secret@proxy.example.org:3128";

#[test]
fn a_site_with_tls_is_reached_through_a_tunnel() {
    let good = certificate(SITE, 2100);
    let site = Server::start_tls(tls(&good), |_| Reply::new(200, &[], BUNDLE));
    let to = site.address;
    let proxy = Server::start(move |_| Reply::tunnel(to));
    let mut visit = Visit::to(&proxy);
    visit.trust(&good);
    visit.proxy("HTTPS_PROXY", PROXY_WITH_PASSWORD);
    visit.brings_new("https://news.example.org/x.zip");
    let asked = &proxy.requests()[0];
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("CONNECT", "news.example.org:443"));
    assert_eq!(asked.header("proxy-authorization"), Some("Basic bWU6c2VjcmV0"));
    assert_eq!(site.requests()[0].header("proxy-authorization"), None, "it is not for the site");
}

/// Many proxies refuse a tunnel to any port but 443, and none can keep what comes through one.
#[test]
fn a_proxy_is_asked_for_the_absolute_address_where_there_is_no_tls() {
    let whole = long_bundle();
    let content = whole.clone();
    let proxy = Server::start(move |request| match (request.method.as_str(), request.range()) {
        ("CONNECT", _) => Reply::new(403, &[], b""),
        _ if request.target == "http://news.example.org:8080/latest" => {
            Reply::redirect("/2026/x.tar?a=http://b/")
        }
        (_, None) => Reply::with_length(200, &[("ETag", "\"v1\"")], &content[..70_000], content.len()),
        (_, Some(from)) => {
            let range = format!("bytes {from}-{}/{}", content.len() - 1, content.len());
            Reply::new(206, &[("ETag", "\"v1\""), ("Content-Range", &range)], &content[from..])
        }
    });
    let mut visit = Visit::to(&proxy);
    let address = proxy.address;
    visit.look_up(move |host| match host {
        "proxy.example.org" => Ok(vec![address]),
        other => panic!("{other} is looked up by the proxy"),
    });
    visit.proxy("http_proxy", PROXY_WITH_PASSWORD);
    visit.brings_new("http://reader:word@news.example.org:8080/latest");
    assert_eq!(visit.kept(), whole);
    let requests = proxy.requests();
    let targets: Vec<&str> = requests.iter().map(|request| request.target.as_str()).collect();
    let (latest, there) =
        ("http://news.example.org:8080/latest", "http://news.example.org:8080/2026/x.tar?a=http://b/");
    assert_eq!(targets, [latest, there, latest, there]);
    for request in &requests {
        assert_eq!(request.method, "GET");
        assert_eq!(request.header("host"), Some("news.example.org:8080"));
        assert_eq!(request.header("proxy-authorization"), Some("Basic bWU6c2VjcmV0"));
        assert_eq!(request.header("authorization"), Some("Basic cmVhZGVyOndvcmQ="));
    }
}

#[test]
fn the_way_to_a_proxy_may_have_tls_itself() {
    let good = certificate("proxy.example.org", 2100);
    let proxy = Server::start_tls(tls(&good), |_| Reply::new(200, &[], BUNDLE));
    let mut visit = Visit::to(&proxy);
    visit.trust(&good);
    visit.proxy("http_proxy", "https://proxy.example.org:3128");
    visit.brings_new("http://news.example.org/x.zip");
    assert_eq!(proxy.requests()[0].target, "http://news.example.org/x.zip");
}

#[test]
fn what_a_proxy_says_is_told_as_what_it_is() {
    let tunnel = "https://news.example.org/x.zip";
    let plain = "http://news.example.org/x.zip";
    let sign_in = "asks for a name and a password. Set all_proxy=http://name:password@host:port";
    let password = "does not accept the name and the password in all_proxy. Correct them there";
    let blocked = "does not let you through to this site (status 403). Ask your IT department to allow it";
    let cases = [
        (407, PROXY, tunnel, sign_in, 1),
        (407, PROXY, plain, sign_in, 1),
        (407, PROXY_WITH_PASSWORD, tunnel, password, 1),
        (407, PROXY_WITH_PASSWORD, plain, password, 1),
        (403, PROXY, tunnel, blocked, 1),
        (403, PROXY, plain, blocked, 1),
        (
            504,
            PROXY,
            plain,
            "cannot reach this site (status 504). Check the address, or try again in a few minutes",
            5,
        ),
        (
            503,
            PROXY,
            tunnel,
            "cannot reach this site (status 503). Check the address, or try again in a few minutes",
            5,
        ),
    ];
    for (status, proxy_address, address, line, tries) in cases {
        // As Squid says that an answer is its own.
        let own = [("X-Squid-Error", "ERR_ACCESS_DENIED 0")];
        let proxy = Server::start(move |_| Reply::new(status, &own, b""));
        let mut visit = Visit::to(&proxy);
        visit.proxy("all_proxy", proxy_address);
        let expected = format!("{SITE}: the proxy proxy.example.org:3128 {line}");
        assert_eq!(visit.fails(address), expected);
        assert_eq!(proxy.requests().len(), tries, "{status} {address}");
    }
}

#[test]
fn what_a_site_says_is_not_told_as_the_word_of_the_proxy() {
    let proxy = Server::start(|_| Reply::new(403, &[("Via", "1.1 proxy (squid/5.7)")], b""));
    let mut visit = Visit::to(&proxy);
    visit.proxy("all_proxy", PROXY);
    let line = "it does not allow you to fetch this (status 403). Ask its publisher for access";
    assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
}

#[test]
fn a_proxy_that_is_not_there_or_hangs_up_is_named() {
    for address in ["https://news.example.org/x.zip", "http://news.example.org/x.zip"] {
        let mut visit = Visit::nowhere();
        visit.proxy("all_proxy", PROXY);
        visit.look_up(|_| Err(io::Error::other("Name or service not known")));
        let line = "cannot be reached. Check all_proxy, or ask your IT department";
        assert_eq!(visit.fails(address), format!("{SITE}: the proxy proxy.example.org:3128 {line}"));
    }
    let silent = Server::start(|_| Reply::raw(b""));
    let mut visit = Visit::to(&silent);
    visit.proxy("all_proxy", PROXY);
    let line = "hung up without an answer. Check all_proxy, or ask your IT department";
    let expected = format!("{SITE}: the proxy proxy.example.org:3128 {line}");
    assert_eq!(visit.fails("https://news.example.org/x.zip"), expected);
}
