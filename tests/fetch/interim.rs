//! What servers say before their answer.

use std::time::Duration;

use crate::certificate::{certificate, tls};
use crate::server::{Reply, Server};
use crate::visit::{BUNDLE, SITE, Visit, long_bundle};

const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";
const HINTS: &str = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";

#[test]
fn interim_answers_are_passed_over_however_large_the_answer_in_the_same_packet_is() {
    let whole = long_bundle();
    let answer =
        [format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", whole.len()).as_bytes(), &whole].concat();
    let interim = [
        CONTINUE.to_owned(),
        HINTS.to_owned(),
        // Headers stand in an interim answer as in any other.
        "HTTP/1.1 100 Continue\r\nDate: Mon, 01 Jun 2026 08:00:00 GMT\r\n\r\n".to_owned(),
        "HTTP/1.1 102 Processing\r\n\r\n".to_owned(),
        [CONTINUE, HINTS, HINTS].concat(),
        HINTS.repeat(2000),
    ];
    let good = certificate(SITE, 2100);
    for said in interim {
        let sent = [said.as_bytes(), &answer].concat();
        let again = sent.clone();
        let plain = Server::start(move |_| Reply::raw(&sent));
        let secure = Server::start_tls(tls(&good), move |_| Reply::raw(&again));
        for (scheme, server) in [("http", plain), ("https", secure)] {
            let mut visit = Visit::to(&server);
            visit.trust(&good);
            visit.brings_new(&format!("{scheme}://news.example.org/x.zip"));
            assert!(visit.kept() == whole, "{scheme} {said:.100}");
        }
    }
}

#[test]
fn an_interim_answer_that_comes_in_pieces_is_passed_over() {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", BUNDLE.len());
    let sent = [HINTS.as_bytes(), answer.as_bytes(), BUNDLE].concat();
    let server = Server::start(move |_| Reply::in_pieces(&sent));
    let visit = Visit::to(&server);
    visit.brings_new("http://news.example.org/x.zip");
    assert_eq!(visit.kept(), BUNDLE);
}

#[test]
fn a_server_that_never_comes_to_its_answer_is_given_up() {
    let cases = [
        (
            CONTINUE.to_owned(),
            "the server sent nothing for 150 ms (limits.first_byte_seconds). Try again later",
        ),
        (
            format!("HTTP/1.1 103 Early Hints\r\nLink: {}", "x".repeat(200_000)),
            "the server's answer makes no sense (",
        ),
        (
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n".to_owned(),
            "the server did not send the bundle (status 101)",
        ),
    ];
    for (said, line) in cases {
        let server = Server::start(move |_| Reply::raw(said.as_bytes()).then_stall());
        let mut visit = Visit::to(&server);
        visit.options.limits.retries = 0;
        visit.options.limits.first_byte = Duration::from_millis(150);
        let told = visit.fails("http://news.example.org/x.zip");
        assert!(told.starts_with(&format!("{SITE}: {line}")), "{told}");
    }
}
