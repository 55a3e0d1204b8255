//! Whether a request comes from a page of ours.

use http::{HeaderMap, HeaderName, header};

/// Whether a live connection may be opened. A browser tells where its page came from:
/// `Origin` has to be our own host. Only a client that is no browser may leave it out, or a
/// browser that vouches for its page with `Sec-Fetch-Site`, as it does for a plain `GET`.
pub fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text(HeaderName::from_static("sec-fetch-site"));
    if !matches!(site, None | Some("same-origin" | "none")) {
        return false;
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => is_host(origin, host),
        (Some(_), None) => false,
    }
}

/// Whether an origin such as `https://alur.example:8443` names this host. A port that goes
/// without saying may be left out on either side.
pub fn is_host(origin: &str, host: &str) -> bool {
    let (authority, port) = match origin.split_once("://") {
        Some(("http", authority)) => (authority, ":80"),
        Some(("https", authority)) => (authority, ":443"),
        _ => return false,
    };
    let bare = |name: &str| name.strip_suffix(port).unwrap_or(name).to_ascii_lowercase();
    bare(authority) == bare(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: bool, pairs: &[(&'static str, &str)]) {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        assert_eq!(is_ours(&headers), expected, "{pairs:?}");
    }

    #[test]
    fn only_our_own_pages_connect() {
        let host = ("host", "alur.jambi:3000");
        check(true, &[host]);
        check(true, &[host, ("origin", "http://alur.jambi:3000")]);
        check(true, &[host, ("origin", "http://ALUR.jambi:3000"), ("sec-fetch-site", "same-origin")]);
        check(true, &[host, ("sec-fetch-site", "same-origin")]);
        check(true, &[("host", "alur.jambi"), ("origin", "https://alur.jambi:443")]);
        check(false, &[host, ("origin", "http://evil.example")]);
        check(false, &[host, ("origin", "null")]);
        check(false, &[host, ("origin", "http://alur.jambi:3001")]);
        check(false, &[host, ("sec-fetch-site", "cross-site")]);
        check(false, &[host, ("origin", "http://alur.jambi:3000"), ("sec-fetch-site", "cross-site")]);
        check(false, &[("origin", "http://alur.jambi")]);
    }
}
