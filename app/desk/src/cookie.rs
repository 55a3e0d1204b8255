//! The cookies that Alur sets, and what they are called over TLS and without.

use http::{HeaderMap, HeaderValue, header};

/// A cookie of ours. None can be read by a script, and none is sent along by another site's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Who is signed in. Lasts until the browser is closed.
    Session,
    /// A display that was paired. Lasts as long as browsers allow, and is set anew with each page.
    Display,
    /// A display that waits to be paired.
    Claim,
    /// Whose a refused form is that was sent before signing in.
    Form,
    /// By what a browser is known that has signed in before.
    Browser,
}

impl Cookie {
    /// Its name. Browsers take one that begins with `__Host-` only over TLS, only from this very
    /// host and for all of it: neither a neighbour under the same domain nor a line without TLS
    /// can put one there. So over TLS no other name is read.
    pub fn name(self, tls: bool) -> &'static str {
        match (self, tls) {
            (Self::Session, true) => "__Host-alur_sesi",
            (Self::Session, false) => "alur_sesi",
            (Self::Display, true) => "__Host-alur_papan",
            (Self::Display, false) => "alur_papan",
            (Self::Claim, true) => "__Host-alur_pasang",
            (Self::Claim, false) => "alur_pasang",
            (Self::Form, true) => "__Host-alur_isian",
            (Self::Form, false) => "alur_isian",
            (Self::Browser, true) => "__Host-alur_kenal",
            (Self::Browser, false) => "alur_kenal",
        }
    }

    /// Its value in a request; `None` if it is not there, or empty.
    pub fn read(self, headers: &HeaderMap, tls: bool) -> Option<&str> {
        let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, value)| *name == self.name(tls) && !value.is_empty()).map(|(_, value)| value)
    }

    /// What a response says to set it.
    pub fn set(self, value: &str, tls: bool) -> Option<HeaderValue> {
        self.written(value, self.seconds(), tls)
    }

    /// What a response says to have it forgotten.
    pub fn forget(self, tls: bool) -> Option<HeaderValue> {
        self.written("", Some(0), tls)
    }

    /// What a response sets it to, if it does.
    pub fn set_by(self, headers: &HeaderMap, tls: bool) -> Option<&str> {
        let cookies = headers.get_all(header::SET_COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.filter_map(|cookie| cookie.split(';').next()?.trim().split_once('='));
        pairs.find(|(name, _)| *name == self.name(tls)).map(|(_, value)| value)
    }

    /// How long it lasts; `None`: until the browser is closed.
    fn seconds(self) -> Option<u32> {
        match self {
            Self::Session => None,
            // 400 days, which is the longest that browsers allow.
            Self::Display | Self::Browser => Some(400 * 24 * 3600),
            Self::Claim => Some(3600),
            Self::Form => Some(600),
        }
    }

    fn written(self, value: &str, seconds: Option<u32>, tls: bool) -> Option<HeaderValue> {
        let (name, secure) = (self.name(tls), if tls { "; Secure" } else { "" });
        let lasts = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{lasts}{secure}")).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_cookie_is_found_among_others_and_over_tls_by_its_other_name_only() {
        let found = |pairs: &[(&'static str, &'static str)], tls| {
            Cookie::Session.read(&headers(pairs), tls).map(str::to_owned)
        };
        assert_eq!(found(&[("cookie", "a=b; alur_sesi=xyz; c=d")], false), Some("xyz".to_owned()));
        assert_eq!(found(&[("cookie", "a=b"), ("cookie", "alur_sesi=xyz")], false), Some("xyz".to_owned()));
        assert_eq!(found(&[("cookie", "xalur_sesi=xyz; alur_sesi=")], false), None);
        assert_eq!(found(&[("cookie", "alur_sesi=planted")], true), None);
        assert_eq!(
            found(&[("cookie", "alur_sesi=planted; __Host-alur_sesi=own")], true),
            Some("own".to_owned())
        );
        assert_eq!(found(&[], false), None);
    }

    #[test]
    fn what_the_prefix_asks_for_is_there() {
        let set = Cookie::Session.set("x", true).unwrap();
        assert_eq!(set, "__Host-alur_sesi=x; Path=/; HttpOnly; SameSite=Lax; Secure");
        let plain = Cookie::Claim.set("x", false).unwrap();
        assert_eq!(plain, "alur_pasang=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
        let gone = Cookie::Session.forget(false).unwrap();
        assert_eq!(gone, "alur_sesi=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    #[test]
    fn what_a_response_sets_is_read_off_it() {
        let map = headers(&[("set-cookie", "a=b"), ("set-cookie", "alur_sesi=new; Path=/")]);
        assert_eq!(Cookie::Session.set_by(&map, false), Some("new"));
        assert_eq!(Cookie::Session.set_by(&map, true), None);
    }
}
