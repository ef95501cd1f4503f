//! The way to a server: names and connections.

use std::io;
use std::net::{SocketAddr, TcpListener};

use crate::visit::{SITE, Visit};

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
