//! Which proxy leads to a site, as the environment says.

use std::fmt;
use std::net::IpAddr;

use url::Url;

use super::connection::Forward;
use super::error::{ProxyFault, ProxyName};
use crate::item::SafeText;

/// The proxies that the environment names: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, read as curl
/// reads them. They may hold passwords, which are never shown.
#[derive(Clone, Default)]
pub struct Proxies {
    https: Option<Named>,
    http: Option<Named>,
    /// Hosts that are asked directly.
    direct: Vec<String>,
}

/// What a variable says.
#[derive(Clone)]
struct Named {
    variable: &'static str,
    value: String,
}

/// The proxy that leads to a site.
#[derive(Clone)]
pub(super) struct Proxy {
    /// As it may be shown.
    pub(super) name: ProxyName,
    way: Way,
}

/// How a proxy leads to a site.
#[derive(Clone)]
enum Way {
    /// By a tunnel to it (`CONNECT`), through which it is spoken to with TLS. ureq does this.
    Tunnel(ureq::Proxy),
    /// By asking for what is wanted, in plain text.
    Forward(Forward),
}

impl Proxy {
    /// The proxy as one that is asked for a tunnel.
    pub(super) fn tunnel(&self) -> Option<ureq::Proxy> {
        match &self.way {
            Way::Tunnel(proxy) => Some(proxy.clone()),
            Way::Forward(_) => None,
        }
    }

    /// The proxy as one that is asked for what is wanted.
    pub(super) fn forward(&self) -> Option<Forward> {
        match &self.way {
            Way::Tunnel(_) => None,
            Way::Forward(forward) => Some(forward.clone()),
        }
    }
}

impl Proxies {
    /// No proxy at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the variables of this process.
    pub fn from_environment() -> Self {
        Self::from_variables(&|name| std::env::var(name).ok())
    }

    /// Reads variables.
    pub fn from_variables(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let first = |names: &[&'static str]| {
            names.iter().find_map(|name| {
                let value = variable(name)?.trim().to_owned();
                (!value.is_empty()).then_some(Named { variable: name, value })
            })
        };
        let direct = first(&["no_proxy", "NO_PROXY"]).map(|named| named.value).unwrap_or_default();
        Self {
            https: first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
            http: first(&["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]),
            direct: direct
                .split([',', ' '])
                .map(|host| host.trim().to_ascii_lowercase())
                .filter(|host| !host.is_empty())
                .collect(),
        }
    }

    /// The proxy that leads to an address; `None` when it is asked directly. This machine always is.
    pub(super) fn for_url(&self, url: &Url) -> Result<Option<Proxy>, ProxyFault> {
        let named = if url.scheme() == "https" { &self.https } else { &self.http };
        match named {
            Some(named) if !self.is_direct(url) => named.proxy(url).map(Some),
            _ => Ok(None),
        }
    }

    fn is_direct(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        super::address::is_this_machine(url) || self.direct.iter().any(|entry| covers(entry, host))
    }
}

/// Whether an entry of `NO_PROXY` covers a host: `*` all, an address itself, a name itself and what is below it.
fn covers(entry: &str, host: &str) -> bool {
    if entry == "*" {
        return true;
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        return entry.trim_matches(['[', ']']).parse() == Ok(address);
    }
    let entry = entry.trim_start_matches("*.").trim_start_matches('.');
    let above = host.strip_suffix(entry);
    !entry.is_empty() && above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
}

/// Whether an address of a proxy, perhaps without its scheme, has a host and, if any, a port that can be. Where it has
/// not, ureq would take what comes next.
fn has_host_and_port(value: &str) -> bool {
    let url = if value.contains("://") { Url::parse(value) } else { Url::parse(&format!("http://{value}")) };
    url.is_ok_and(|url| url.has_host())
}

impl Named {
    fn proxy(&self, url: &Url) -> Result<Proxy, ProxyFault> {
        let wrong = || ProxyFault::Address { variable: self.variable };
        let proxy = ureq::Proxy::new(&self.value).map_err(|_| wrong())?;
        let is_spoken = matches!(proxy.protocol(), ureq::ProxyProtocol::Http | ureq::ProxyProtocol::Https);
        if !is_spoken || !has_host_and_port(&self.value) {
            return Err(wrong());
        }
        let place = format!("{}:{}", proxy.host(), proxy.port());
        let (user, password) = (proxy.username(), proxy.password().unwrap_or_default());
        let credentials = user.map(|user| (user.to_owned(), password.to_owned()));
        let (variable, has_password) = (self.variable, credentials.is_some());
        let name = ProxyName { host: SafeText::new(&place), variable, has_password };
        let way = if url.scheme() == "https" {
            Way::Tunnel(proxy)
        } else {
            let scheme = if proxy.protocol() == ureq::ProxyProtocol::Https { "https" } else { "http" };
            let proxy = format!("{scheme}://{place}/").parse().map_err(|_| wrong())?;
            Way::Forward(Forward { proxy, credentials })
        };
        Ok(Proxy { name, way })
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Proxies").field("direct", &self.direct).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variables: &[(&str, &str)], url: &str) -> Result<Option<String>, ProxyFault> {
        let proxies = Proxies::from_variables(&|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        });
        let proxy = proxies.for_url(&Url::parse(url).expect(url))?;
        Ok(proxy.map(|proxy| format!("{} {}", proxy.name.variable, proxy.name)))
    }

    #[test]
    fn the_proxy_is_the_one_for_the_scheme() {
        let both = [("HTTPS_PROXY", "http://me:secret@one:3128"), ("HTTP_PROXY", "two:8080")];
        let all = [("ALL_PROXY", "https://three"), ("https_proxy", " ")];
        let cases = [
            (&both[..], "https://example.org/", Some("HTTPS_PROXY one:3128")),
            (&both[..], "http://example.org/", Some("HTTP_PROXY two:8080")),
            (&all[..], "https://example.org/", Some("ALL_PROXY three:443")),
            (&all[..], "http://example.org/", Some("ALL_PROXY three:443")),
            (&both[..], "http://127.0.0.1:8000/", None),
            (&[], "https://example.org/", None),
        ];
        for (variables, url, proxy) in cases {
            assert_eq!(chosen(variables, url), Ok(proxy.map(str::to_owned)), "{url}");
        }
    }

    #[test]
    fn a_proxy_that_cannot_be_is_named_by_its_variable_and_not_shown() {
        for value in [
            "http://",
            "gopher://me:secret@proxy",
            "socks5://proxy:1080",
            "%%%",
            "http://user@@:x",
            "http://me:secret@:3128",
            "http://:3128",
            "http://proxy:x",
            "http://proxy:99999",
        ] {
            let fault = chosen(&[("HTTPS_PROXY", value)], "https://example.org/");
            assert_eq!(fault, Err(ProxyFault::Address { variable: "HTTPS_PROXY" }), "{value}");
        }
    }

    #[test]
    fn hosts_that_need_no_proxy_are_asked_directly() {
        let direct = |entries: &str, host: &str| {
            let variables = [("HTTPS_PROXY", "http://one:3128"), ("NO_PROXY", entries)];
            chosen(&variables, &format!("https://{host}/")) == Ok(None)
        };
        let cases = [
            ("example.org", "example.org", true),
            ("example.org", "news.example.org", true),
            (".Example.org", "news.example.org", true),
            ("*.example.org", "news.example.org", true),
            ("example.org", "badexample.org", false),
            ("a.test, example.org", "example.org", true),
            ("*", "example.org", true),
            ("10.0.0.1", "10.0.0.1", true),
            ("0.0.1", "10.0.0.1", false),
            ("fd00::1", "[fd00::1]", true),
            (".", "example.org", false),
        ];
        for (entries, host, expected) in cases {
            assert_eq!(direct(entries, host), expected, "{entries} {host}");
        }
    }
}
