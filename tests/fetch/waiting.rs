//! How long servers are waited for, and when they are asked again.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use rounds::remote::Validators;

use crate::server::{Reply, Server};
use crate::visit::{BUNDLE, SITE, Visit};

/// What a server answers.
type Answer = fn() -> Reply;

#[test]
fn a_server_that_is_out_of_order_for_a_moment_is_asked_again() {
    let server = Server::start(|request| match request.earlier {
        0 => Reply::new(503, &[], b"not now"),
        1 => Reply::new(502, &[], b"nor now"),
        _ => Reply::new(200, &[], BUNDLE),
    });
    let visit = Visit::to(&server);
    visit.brings_new("http://news.example.org/x.zip");
    let slept = visit.slept();
    assert!((300..=1500).contains(&slept.as_millis()), "{slept:?}");
}

#[test]
fn a_server_that_stays_out_of_order_is_given_up() {
    let server = Server::start(|_| Reply::new(503, &[], b""));
    let visit = Visit::to(&server);
    let line = "the server is out of order for now (status 503). Try again in a few minutes";
    assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn a_busy_server_is_given_the_time_that_it_asks_for_if_it_is_not_too_long() {
    let server = Server::start(|request| match request.earlier {
        0 => Reply::new(429, &[("Retry-After", "17")], b""),
        _ => Reply::new(200, &[], BUNDLE),
    });
    let visit = Visit::to(&server);
    visit.brings_new("http://news.example.org/x.zip");
    // Some of it passed by itself.
    assert!((16_000..=17_000).contains(&visit.slept().as_millis()), "{:?}", visit.slept());

    let server = Server::start(|_| Reply::new(429, &[("Retry-After", "7200")], b""));
    let visit = Visit::to(&server);
    let line = "the server is busy and asks to wait 2 h. Fetch again after that";
    assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let cases: [(Answer, &str); 4] = [
        (Reply::silence, "the server sent nothing for 150 ms (limits.first_byte_seconds). Try again later"),
        (
            || Reply::with_length(200, &[], BUNDLE, 9000).then_stall(),
            "the download stalled for 150 ms (limits.stall_seconds). Fetch again; it goes on where it stopped if the server allows that",
        ),
        (
            || Reply::with_length(200, &[], BUNDLE, 9000).then_drip(Duration::from_millis(20)),
            "the download stalled for 150 ms (limits.stall_seconds). Fetch again; it goes on where it stopped if the server allows that",
        ),
        (
            || Reply::raw(b"HTTP/1.1 200 OK\r\nX").then_drip(Duration::from_millis(20)),
            "the server sent nothing for 150 ms (limits.first_byte_seconds). Try again later",
        ),
    ];
    for (reply, line) in cases {
        let server = Server::start(move |_| reply());
        let mut visit = Visit::to(&server);
        visit.options.limits.retries = 0;
        let limits = &mut visit.options.limits;
        let short = if line.contains("stall") { &mut limits.stall } else { &mut limits.first_byte };
        *short = Duration::from_millis(150);
        assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
    }
}

#[test]
fn a_download_that_goes_on_for_ever_ends() {
    let server =
        Server::start(|_| Reply::with_length(200, &[], BUNDLE, 900_000).then_drip(Duration::from_millis(10)));
    let mut visit = Visit::to(&server);
    visit.options.limits.whole = Duration::from_millis(200);
    let line = "it took longer than 200 ms (limits.whole_seconds). Fetch again; it goes on where it stopped if the server allows that; on a slow line, raise limits.whole_seconds in config.toml (see rounds sources --help)";
    assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
}

#[test]
fn a_person_who_stops_a_fetch_does_not_wait_for_the_server() {
    let cases: [Answer; 3] = [
        Reply::silence,
        || Reply::with_length(200, &[], BUNDLE, 9000).then_stall(),
        || Reply::new(429, &[("Retry-After", "40")], b""),
    ];
    for reply in cases {
        let server = Server::start(move |_| reply());
        let visit = Visit::to(&server);
        let mut asked = 0;
        let before = Instant::now();
        let stopped = visit.fetch_with("http://news.example.org/x.zip", &Validators::default(), &mut |_| {
            asked += 1;
            if asked == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let error = stopped.expect_err("it was stopped");
        assert!(error.is_cancelled() && before.elapsed() < Duration::from_secs(1), "{:?}", before.elapsed());
        assert_eq!(
            error.to_string(),
            format!(
                "{SITE}: the download was stopped. Fetch again; it goes on where it stopped if the server allows that"
            )
        );
    }
}
