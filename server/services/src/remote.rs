//! Where a request came from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// The address that a request came from: the peer's, or what a trusted proxy says of it.
pub(crate) fn remote(trusted: &[IpAddr], extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    let mut remote = peer.map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.0.ip().to_canonical());
    let hops = headers.get_all("x-forwarded-for").into_iter().rev();
    let hops = hops.filter_map(|value| value.to_str().ok()).flat_map(|value| value.rsplit(','));
    for hop in hops {
        if !trusted.contains(&remote) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(before) => remote = before.to_canonical(),
            Err(_) => break,
        }
    }
    remote
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn an_address_is_believed_only_from_a_trusted_proxy() {
        let seen = |peer: &str, said: &[(&'static str, &'static str)]| {
            let mut extensions = Extensions::new();
            extensions.insert(ConnectInfo::<SocketAddr>(format!("{peer}:1").parse().unwrap()));
            let trusted = ["10.0.0.1", "10.0.0.2"].map(|address| address.parse().unwrap());
            remote(&trusted, &extensions, &headers(said)).to_string()
        };
        let name = "x-forwarded-for";
        assert_eq!(seen("10.9.9.9", &[(name, "1.2.3.4")]), "10.9.9.9");
        assert_eq!(seen("10.0.0.1", &[(name, "1.2.3.4")]), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", &[(name, "6.6.6.6, 1.2.3.4")]), "1.2.3.4", "the rest may be made up");
        assert_eq!(seen("10.0.0.1", &[(name, "1.2.3.4, 10.0.0.2")]), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", &[(name, "6.6.6.6"), (name, "1.2.3.4")]), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", &[(name, "bukan alamat")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }
}
