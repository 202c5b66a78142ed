//! Which address a request comes from. Only proxies that are named in the settings are believed.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, request::Parts},
};

use crate::app::App;

/// An address, or all addresses with the same first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: u128,
    mask: u128,
    is_v4: bool,
}

fn number(address: IpAddr) -> (u128, bool) {
    match address.to_canonical() {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), true),
        IpAddr::V6(v6) => (v6.to_bits(), false),
    }
}

impl Network {
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.trim().split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
            None => (text.trim(), None),
        };
        let (base, is_v4) = number(address.parse().ok()?);
        let width = if is_v4 { 32 } else { 128 };
        let length = length.unwrap_or(width);
        let free_bits = width.checked_sub(length)?;
        let mask = u128::MAX.checked_shl(free_bits).unwrap_or(0);
        Some(Self { base: base & mask, mask, is_v4 })
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        let (value, is_v4) = number(address);
        is_v4 == self.is_v4 && value & self.mask == self.base
    }
}

/// The client's address as far as it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The last address in the chain that isn't one of our own proxies: everything before it may be invented.
    pub fn of(extensions: &Extensions, headers: &HeaderMap, trusted: &[Network]) -> Self {
        let peer = extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip());
        let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
        if !is_trusted(peer) {
            return Self(peer.to_canonical());
        }
        let forwarded: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let mut nearest = peer;
        for hop in forwarded.iter().rev() {
            let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
            nearest = address;
            if !is_trusted(address) {
                break;
            }
        }
        Self(nearest.to_canonical())
    }

    /// What limits count by: a whole /64 for IPv6, because one household has as many addresses as it likes.
    pub fn bucket(self) -> String {
        match self.0 {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => format!("{:x}/64", v6.to_bits() >> 64),
        }
    }
}

impl FromRequestParts<App> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self::of(&parts.extensions, &parts.headers, &app.trusted_proxies))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<_> = trusted.iter().map(|text| Network::parse(text).unwrap()).collect();
        ClientAddress::of(&extensions, &headers, &trusted).0.to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(seen("203.0.113.9", "1.2.3.4", &[]), "203.0.113.9");
        assert_eq!(seen("10.0.0.2", "1.2.3.4", &["10.0.0.0/8"]), "1.2.3.4");
        assert_eq!(seen("::ffff:10.0.0.2", "1.2.3.4", &["10.0.0.0/8"]), "1.2.3.4");
        // The client wrote 9.9.9.9 itself; the proxy added what it saw.
        assert_eq!(seen("10.0.0.2", "9.9.9.9, 1.2.3.4, 10.0.0.7", &["10.0.0.0/8"]), "1.2.3.4");
        assert_eq!(seen("10.0.0.2", "nonsense", &["10.0.0.0/8"]), "10.0.0.2");
    }

    #[test]
    fn networks() {
        assert!(Network::parse("0.0.0.0/0").unwrap().contains("8.8.8.8".parse().unwrap()));
        assert!(Network::parse("2001:db8::/32").unwrap().contains("2001:db8::1".parse().unwrap()));
        assert!(!Network::parse("10.0.0.0/8").unwrap().contains("::1".parse().unwrap()));
        for bad in ["", "10.0.0.0/33", "host", "::/129"] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }
}
