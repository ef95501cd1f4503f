//! Which certificates are believed.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::{env, fs, thread};

use rcgen::{BasicConstraints, CertifiedKey, IsCa, KeyPair};
use rounds::remote::{Address, Fetcher, Options, Validators};

use crate::certificate::{certificate, made_for_itself, tls};
use crate::server::{Reply, Server};
use crate::visit::{BUNDLE, SITE, Visit};

/// A certificate as `openssl req -x509` makes it: that of the site, and of an authority as well.
fn authority(site: &str, until: i32) -> CertifiedKey<KeyPair> {
    made_for_itself(site, until, IsCa::Ca(BasicConstraints::Unconstrained))
}

#[test]
fn only_a_site_with_a_good_certificate_is_read() {
    let today = "its certificate is not valid today. Check this computer's date; if it is right, tell the owner of the site";
    let other = "its certificate belongs to another site. Check the address; if this network asks you to sign in, do so in a browser and fetch again";
    let untrusted = "its certificate is not one that this computer trusts. If this network asks you to sign in, do so in a browser and fetch again; otherwise ask your IT department";
    let good = certificate(SITE, 2100);
    let cases = [
        (certificate(SITE, 2001), true, today),
        (certificate("portal.example.net", 2100), true, other),
        (certificate(SITE, 2100), false, untrusted),
        (authority(SITE, 2001), true, today),
        (authority("portal.example.net", 2100), true, other),
        (authority(SITE, 2100), false, untrusted),
    ];
    for (bad, trusted, line) in cases {
        let server = Server::start_tls(tls(&bad), |_| Reply::new(200, &[], BUNDLE));
        let mut visit = Visit::to(&server);
        visit.trust(if trusted { &bad } else { &good });
        assert_eq!(visit.fails("https://news.example.org/x.zip"), format!("{SITE}: {line}"));
        assert_eq!(server.requests().len(), 0);
    }
    let mut visit = Visit::nowhere();
    for good in [good, authority(SITE, 2100)] {
        let server = Server::start_tls(tls(&good), |_| Reply::new(200, &[], BUNDLE));
        visit = Visit::to(&server);
        visit.trust(&good);
        visit.brings_new("https://news.example.org/x.zip");
    }

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
fn the_environment_names_the_proxy_and_the_certificates() {
    const CHILD: &str = "ROUNDS_TEST_PARTIAL";
    if let Ok(partial) = env::var(CHILD) {
        let fetcher = Fetcher::new(Options::default());
        let address = Address::parse("https://news.example.org/x.zip", false).unwrap();
        let go_on = &mut |_| ControlFlow::Continue(());
        let outcome = fetcher.fetch(&address, &Validators::default(), Path::new(&partial), go_on);
        if let Err(error) = outcome {
            fs::write(partial, error.to_string()).unwrap();
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let (plain, own) = (certificate(SITE, 2100), authority(SITE, 2100));
    let missing = folder.path().join("missing.pem");
    let none = file("none.pem", "Not a certificate.\n");
    let brought = String::from_utf8(BUNDLE.to_vec()).unwrap();
    let unreadable = format!(
        "{SITE}: SSL_CERT_FILE names {}, which could not be read (No such file or directory), so no site is trusted. \
         Correct the variable, or unset it",
        missing.display()
    );
    let empty = format!(
        "{SITE}: SSL_CERT_FILE names {}, which has no certificate in it, so no site is trusted. Name a file of \
         certificates in PEM form, or unset the variable",
        none.display()
    );
    let cases = [
        (&plain, file("plain.pem", &plain.cert.pem()), brought.clone()),
        (&own, file("own.pem", &own.cert.pem()), brought),
        (&plain, missing, unreadable),
        (&plain, none, empty),
    ];
    for (key, certificates, outcome) in cases {
        let site = Server::start_tls(tls(key), |_| Reply::new(200, &[], BUNDLE));
        let to = site.address;
        let proxy = Server::start(move |_| Reply::tunnel(to));
        let partial = folder.path().join("partial");
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "trust::the_environment_names_the_proxy_and_the_certificates"])
            .env(CHILD, &partial)
            .env("SSL_CERT_FILE", &certificates)
            .env("HTTPS_PROXY", format!("http://{}", proxy.address))
            .env_remove("SSL_CERT_DIR")
            .env_remove("https_proxy")
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .output()
            .unwrap();
        assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
        assert_eq!(fs::read_to_string(&partial).unwrap(), outcome);
        assert_eq!(proxy.requests().len(), 1);
    }
}
