//! What the server's middleware finds out about a request, for all who answer it.

use std::net::IpAddr;

use crate::site::Flash;

/// The value of the session cookie, as the server's middleware found it.
#[derive(Clone, Debug)]
pub struct SessionValue(pub String);

/// The address that a request came from, as far as it can be believed.
#[derive(Clone, Copy, Debug)]
pub struct RemoteAddress(pub IpAddr);

/// Whether a request came over TLS, as far as that can be known. Cookies are called after it.
#[derive(Clone, Copy, Debug)]
pub struct OverTls(pub bool);

/// The refused form that the page is to show again: taken from where it was kept, so that it is
/// shown once, and lying here for everything that makes the page.
#[derive(Clone, Debug)]
pub struct KeptForm {
    /// Its id.
    pub id: String,
    /// The form.
    pub flash: Flash,
}
