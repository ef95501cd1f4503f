#!/usr/bin/env bash
# How the crate ureq asks a proxy for a plain http address.
#
# Expected: as RFC 9112, section 3.2.2 has it, a request to a proxy names the whole address in its first line
# (GET http://news.example/ HTTP/1.1), and CONNECT is for TLS. Squid, as it is configured by default, refuses CONNECT to
# port 80, and cannot cache what goes through it.
# Seen: with ureq 3.5.2 the first line is a CONNECT.
#
# Ends with status 1 when that has changed. Needs cargo and a network; run by hand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat >Cargo.toml <<'EOF'
[package]
name = "asks-a-proxy"
version = "0.0.0"
edition = "2021"

[dependencies]
ureq = { version = "=3.5.2", default-features = false }
EOF
cat >src/main.rs <<'EOF'
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::time::Duration;

fn main() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", proxy.local_addr().expect("it has an address"));
    let first_line = std::thread::spawn(move || {
        let (connection, _) = proxy.accept().expect("the client connects");
        let mut line = String::new();
        BufReader::new(connection).read_line(&mut line).expect("the client asks");
        line
    });
    let proxy = ureq::Proxy::new(&address).expect("the address of a proxy");
    let config = ureq::Agent::config_builder().proxy(Some(proxy)).timeout_global(Some(Duration::from_secs(10)));
    // The connection is closed instead of an answer, so this fails.
    let _ = config.build().new_agent().get("http://news.example/").call();
    print!("{}", first_line.join().expect("the proxy has heard the first line"));
}
EOF
seen=$(cargo run --quiet)
echo "ureq 3.5.2 asks: $seen"
case $seen in
CONNECT*) echo "as before: expected GET http://news.example/ HTTP/1.1" ;;
*) echo "this has changed" && exit 1 ;;
esac
