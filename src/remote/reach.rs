//! How near to this machine an address lies.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::address::is_this_machine;

/// How near to this machine an address lies, nearest first.
///
/// The address that a person names may lie anywhere: a hospital's bundle is often on its own network. A redirect
/// may not lead nearer than that, or any site could make Rounds knock on doors that only this machine, or only
/// this network, can reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// This machine, what hangs on the same cable, and addresses that are nobody's.
    Machine,
    /// A private network.
    Network,
    /// Anywhere.
    World,
}

impl Reach {
    /// How near an IP address lies.
    pub(super) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::of_v4(address),
            IpAddr::V6(address) => Self::of_v6(address),
        }
    }

    /// How near a host lies by its wording alone; `None` for a name that must be looked up.
    pub(super) fn of_host(url: &Url) -> Option<Self> {
        if is_this_machine(url) {
            return Some(Self::Machine);
        }
        match url.host()? {
            Host::Domain(_) => None,
            Host::Ipv4(address) => Some(Self::of(address.into())),
            Host::Ipv6(address) => Some(Self::of(address.into())),
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        let [first, second, ..] = address.octets();
        let shared = first == 100 && (64..128).contains(&second);
        if address.is_private() || shared {
            Self::Network
        } else if address.is_loopback() || address.is_link_local() || first == 0 || first >= 224 {
            Self::Machine
        } else {
            Self::World
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        if address.is_unique_local() {
            Self::Network
        } else if address.is_loopback()
            || address.is_unspecified()
            || address.is_unicast_link_local()
            || address.is_multicast()
        {
            Self::Machine
        } else {
            Self::World
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_address_has_its_reach() {
        use Reach::{Machine, Network, World};
        let cases = [
            ("127.0.0.1", Machine),
            ("127.8.9.10", Machine),
            ("0.0.0.0", Machine),
            ("169.254.169.254", Machine),
            ("224.0.0.1", Machine),
            ("255.255.255.255", Machine),
            ("::1", Machine),
            ("::", Machine),
            ("::ffff:127.0.0.1", Machine),
            ("fe80::1", Machine),
            ("ff02::1", Machine),
            ("10.1.2.3", Network),
            ("172.31.0.1", Network),
            ("192.168.1.1", Network),
            ("100.64.0.1", Network),
            ("::ffff:10.0.0.1", Network),
            ("fd00::1", Network),
            ("172.32.0.1", World),
            ("100.128.0.1", World),
            ("93.184.216.34", World),
            ("2001:db8::1", World),
        ];
        for (text, reach) in cases {
            assert_eq!(Reach::of(text.parse().expect(text)), reach, "{text}");
        }
        assert!(Machine < Network && Network < World);
    }

    #[test]
    fn a_name_must_be_looked_up_unless_it_says_where_it_leads() {
        let reach = |url| Reach::of_host(&Url::parse(url).expect(url));
        assert_eq!(reach("http://localhost/"), Some(Reach::Machine));
        assert_eq!(reach("http://0x7f.1/"), Some(Reach::Machine));
        assert_eq!(reach("http://[fd00::1]/"), Some(Reach::Network));
        assert_eq!(reach("https://example.org/"), None);
    }
}
