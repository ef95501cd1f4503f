//! How many bytes may come, before and after they are unpacked.

use crate::server::{Reply, Server};
use crate::visit::{BUNDLE, SITE, Visit, gzip, zstd};

#[test]
fn what_is_sent_packed_is_unpacked_and_bombs_do_not_go_off() {
    let server = Server::start(|request| match request.target.as_str() {
        "/gzip" => Reply::new(200, &[("Content-Encoding", "gzip"), ("ETag", "\"v1\"")], &gzip(BUNDLE)),
        "/zstd" | "/own.tar.zst" => Reply::new(200, &[("Content-Encoding", "zstd")], &zstd(BUNDLE)),
        "/own.tar.gz" => Reply::new(200, &[("Content-Encoding", "gzip")], &gzip(BUNDLE)),
        "/twice.tar.gz" => Reply::new(200, &[("Content-Encoding", "gzip")], &gzip(&gzip(BUNDLE))),
        "/twice.tar.zst" => Reply::new(200, &[("Content-Encoding", "zstd")], &zstd(&zstd(BUNDLE))),
        "/bomb" => Reply::new(200, &[("Content-Encoding", "gzip")], &gzip(&vec![0; 2_000_000])),
        "/zbomb" => Reply::new(200, &[("Content-Encoding", "zstd")], &zstd(&vec![0; 2_000_000])),
        "/damaged" => Reply::new(200, &[("Content-Encoding", "gzip")], BUNDLE),
        _ => Reply::new(200, &[("Content-Encoding", "br")], BUNDLE),
    });
    let mut visit = Visit::to(&server);
    visit.options.limits.decoded_bytes = 1_000_000;
    let contents = [
        ("gzip", BUNDLE.to_vec()),
        ("zstd", BUNDLE.to_vec()),
        ("own.tar.gz", gzip(BUNDLE)),
        ("own.tar.zst", zstd(BUNDLE)),
        ("twice.tar.gz", gzip(BUNDLE)),
        ("twice.tar.zst", zstd(BUNDLE)),
    ];
    for (path, content) in contents {
        visit.brings_new(&format!("http://news.example.org/{path}"));
        assert_eq!(visit.kept(), content, "{path}");
    }
    assert_eq!(server.requests()[0].header("accept-encoding"), Some("gzip, zstd"));
    assert_eq!(server.requests()[2].header("accept-encoding"), Some("identity"));
    let bomb = "the bundle grows beyond 1 MB when unpacked (limits.decoded_bytes). If you trust it, raise limits.decoded_bytes in config.toml (see rounds sources --help)";
    let damaged = |name| {
        format!(
            "what came is damaged: it is not the {name} that the server says it is. Fetch again, or tell the owner of the site"
        )
    };
    let cases = [
        ("bomb", bomb.to_owned()),
        ("zbomb", bomb.to_owned()),
        ("damaged", damaged("gzip")),
        ("brotli", damaged("br")),
    ];
    for (path, line) in cases {
        assert_eq!(visit.fails(&format!("http://news.example.org/{path}")), format!("{SITE}: {line}"));
        assert_eq!(visit.kept(), b"", "{path}");
    }
}

#[test]
fn more_bytes_than_may_come_over_the_wire_do_not() {
    let chunked =
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n61A80\r\n", vec![b'x'; 400_000].as_slice()]
            .concat();
    let server = Server::start(move |request| match request.target.as_str() {
        "/says-so" => Reply::with_length(200, &[], BUNDLE, 300_000),
        _ => Reply::raw(&chunked),
    });
    let mut visit = Visit::to(&server);
    visit.options.limits.wire_bytes = 250_000;
    let line = "the bundle is larger than 250 kB (limits.wire_bytes). If you trust it, raise limits.wire_bytes in config.toml (see rounds sources --help)";
    for path in ["says-so", "does-not"] {
        assert_eq!(visit.fails(&format!("http://news.example.org/{path}")), format!("{SITE}: {line}"));
        assert_eq!(visit.kept(), b"", "{path}");
    }
}
