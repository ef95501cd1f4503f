//! The way to a server: names, connections, proxies, certificates.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::{env, fs, thread};

use rounds::remote::{Address, Fetcher, Options, Validators};

use crate::certificate::{certificate, tls};
use crate::server::{Reply, Server};
use crate::visit::{BUNDLE, SITE, Visit};

type LookUp = Box<dyn Fn() -> io::Result<Vec<SocketAddr>> + Send + Sync>;

#[test]
fn nobody_there_no_such_name_and_offline_are_three_things() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let failed = |kind: io::ErrorKind, words: &'static str| move || Err(io::Error::new(kind, words));
    let unknown = "failed to lookup address information: Name or service not known";
    let nobody = "failed to lookup address information: Temporary failure in name resolution";
    let other = io::ErrorKind::Other;
    let offline =
        "this computer is offline. What was fetched before stays readable; fetch again when it is online";
    let unnamed = "there is no site of this name. Check the spelling of the address";
    let refused = "the server does not accept connections. Check the address, or try again later";
    let cases: [(LookUp, bool, &str); 5] = [
        (Box::new(move || Ok(vec![closed])), true, refused),
        (Box::new(failed(other, unknown)), true, unnamed),
        (Box::new(failed(other, unknown)), false, offline),
        (Box::new(failed(other, nobody)), true, offline),
        (Box::new(failed(io::ErrorKind::NetworkUnreachable, "Network is unreachable")), true, offline),
    ];
    for (look_up, route, line) in cases {
        let mut visit = Visit::nowhere();
        visit.network(move |_| look_up(), route);
        let error = visit.fetch("https://news.example.org/x.zip").expect_err("nothing is there");
        assert_eq!(error.to_string(), format!("{SITE}: {line}"));
        assert_eq!(error.is_offline(), line == offline);
    }
}

#[test]
fn only_a_site_with_a_good_certificate_is_read() {
    let today = "its certificate is not valid today. Check this computer's date; if it is right, tell whoever runs the site";
    let other = "its certificate belongs to another site. Check the address; if this network asks you to sign in, do so in a browser and fetch again";
    let untrusted = "its certificate is not one that this computer trusts. If this network asks you to sign in, do so in a browser and fetch again; otherwise ask your IT department";
    let good = certificate(SITE, 2100);
    let cases = [
        (certificate(SITE, 2001), true, today),
        (certificate("portal.example.net", 2100), true, other),
        (certificate(SITE, 2100), false, untrusted),
    ];
    for (bad, trusted, line) in cases {
        let server = Server::start_tls(tls(&bad), |_| Reply::new(200, &[], BUNDLE));
        let mut visit = Visit::to(&server);
        visit.trust(if trusted { &bad } else { &good });
        assert_eq!(visit.fails("https://news.example.org/x.zip"), format!("{SITE}: {line}"));
        assert_eq!(server.requests().len(), 0);
    }
    let server = Server::start_tls(tls(&good), |_| Reply::new(200, &[], BUNDLE));
    let mut visit = Visit::to(&server);
    visit.trust(&good);
    visit.brings_new("https://news.example.org/x.zip");

    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = plain.local_addr().unwrap();
    thread::spawn(move || {
        for mut socket in plain.incoming().flatten() {
            // That nobody listens any more is the end of it.
            let _ =
                socket.write_all(b"HTTP/1.1 400 Plain\r\n\r\n").and_then(|()| socket.read(&mut [0; 1024]));
        }
    });
    visit.look_up(move |_| Ok(vec![address]));
    let line = visit.fails("https://news.example.org/x.zip");
    assert!(line.starts_with(&format!("{SITE}: no secure connection could be made (")), "{line}");
}

#[test]
fn a_proxy_leads_to_the_site_or_says_why_not() {
    let good = certificate(SITE, 2100);
    let site = Server::start_tls(tls(&good), |_| Reply::new(200, &[], BUNDLE));
    let to = site.address;
    let proxy = Server::start(move |request| match request.target.as_str() {
        "news.example.org:443" => Reply::tunnel(to),
        "locked.example.org:443" | "locked.example.org:80" => Reply::new(407, &[], b""),
        _ => Reply::new(403, &[], b""),
    });
    let mut visit = Visit::to(&proxy);
    visit.trust(&good);
    visit.proxy("HTTPS_PROXY", "http://me:secret@proxy.example.org:3128");
    visit.brings_new("https://news.example.org/x.zip");
    let asked = &proxy.requests()[0];
    assert_eq!(asked.method, "CONNECT");
    assert_eq!(asked.header("proxy-authorization"), Some("Basic bWU6c2VjcmV0"));
    let cases = [
        ("locked", "asks for a name and a password. Set HTTPS_PROXY=http://name:password@host:port"),
        ("games", "does not let you through to this site (status 403). Ask your IT department to allow it"),
    ];
    for (name, line) in cases {
        let host = format!("{name}.example.org");
        let expected = format!("{host}: the proxy proxy.example.org:3128 {line}");
        assert_eq!(visit.fails(&format!("https://{host}/x.zip")), expected);
    }
    visit.proxy("HTTP_PROXY", "http://proxy.example.org:3128");
    let line = "asks for a name and a password. Set HTTP_PROXY=http://name:password@host:port";
    let expected = format!("locked.example.org: the proxy proxy.example.org:3128 {line}");
    assert_eq!(visit.fails("http://locked.example.org/x.zip"), expected);
    visit.proxy("all_proxy", "http://proxy.example.org:3128");
    visit.look_up(|_| Err(io::Error::other("Name or service not known")));
    let line =
        "the proxy proxy.example.org:3128 cannot be reached. Check all_proxy, or ask your IT department";
    assert_eq!(visit.fails("https://news.example.org/x.zip"), format!("{SITE}: {line}"));
}

#[test]
fn the_environment_names_the_proxy_and_the_certificates() {
    const CHILD: &str = "ROUNDS_TEST_PARTIAL";
    if let Ok(partial) = env::var(CHILD) {
        let fetcher = Fetcher::new(Options::default());
        let address = Address::parse("https://news.example.org/x.zip", false).unwrap();
        let go_on = &mut |_| ControlFlow::Continue(());
        fetcher.fetch(&address, &Validators::default(), Path::new(&partial), go_on).unwrap();
        return;
    }
    let good = certificate(SITE, 2100);
    let site = Server::start_tls(tls(&good), |_| Reply::new(200, &[], BUNDLE));
    let to = site.address;
    let proxy = Server::start(move |_| Reply::tunnel(to));
    let folder = tempfile::tempdir().unwrap();
    let (certificates, partial) = (folder.path().join("certificates.pem"), folder.path().join("partial"));
    fs::write(&certificates, good.cert.pem()).unwrap();
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "network::the_environment_names_the_proxy_and_the_certificates"])
        .env(CHILD, &partial)
        .env("SSL_CERT_FILE", &certificates)
        .env("HTTPS_PROXY", format!("http://{}", proxy.address))
        .env_remove("https_proxy")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    assert_eq!(fs::read(&partial).unwrap(), BUNDLE);
    assert_eq!(proxy.requests().len(), 1);
}
