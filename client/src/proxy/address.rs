//! A proxy's address as a person types it.

use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::fmt;
use url::{Host, Url};

/// Host and port of a proxy that is spoken to in plain HTTP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProxyAddress {
    /// A name or an address; an IPv6 address stands without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl ProxyAddress {
    /// Parses `host:port`, with or without `http://` before it. The port is required: there is none that every proxy
    /// uses. Errors: `InvalidInput` with field `proxy`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let invalid = || Error::InvalidInput { field: "proxy" };
        let text = text.trim();
        let rest = text.strip_prefix("http://").unwrap_or(text);
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (_, port) = rest.rsplit_once(':').ok_or_else(invalid)?;
        let port: u16 = port.parse().map_err(|_| invalid())?;
        let url = Url::parse(&format!("http://{rest}")).map_err(|_| invalid())?;
        let only_address = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        // An IPv6 address without brackets would lose its last group to the port.
        let host = match url.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => return Err(invalid()),
        };
        if !only_address || port == 0 || url.port_or_known_default() != Some(port) {
            return Err(invalid());
        }
        Ok(Self { host, port })
    }
}

/// As it is typed.
impl fmt::Display for ProxyAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(formatter, "[{}]:{}", self.host, self.port)
        } else {
            write!(formatter, "{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ProxyAddress;

    #[test]
    fn an_address_is_read_as_people_write_it() {
        for (typed, shown) in [
            ("proxy.example:3128", "proxy.example:3128"),
            (" http://Proxy.example:8080/ ", "proxy.example:8080"),
            ("proxy.example:80", "proxy.example:80"),
            ("192.0.2.7:8080", "192.0.2.7:8080"),
            ("[2001:db8::7]:8080", "[2001:db8::7]:8080"),
        ] {
            let address = ProxyAddress::parse(typed).unwrap();
            assert_eq!(address.to_string(), shown);
            assert_eq!(ProxyAddress::parse(shown).unwrap(), address);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for typed in [
            "",
            "proxy.example",
            "proxy.example:",
            "proxy.example:0",
            "proxy.example:65536",
            "https://proxy.example:443",
            "socks5://proxy.example:1080",
            "user:secret@proxy.example:3128",
            "proxy.example:3128/wpad.dat",
            "proxy.example:3128?x",
            "2001:db8::7:8080",
            "a b:80",
        ] {
            assert!(ProxyAddress::parse(typed).is_err(), "{typed}");
        }
    }
}
