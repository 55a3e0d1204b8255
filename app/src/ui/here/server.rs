//! The server's own way of what a browser does in another.

pub(super) use super::request::answer;

/// Whether this runs in a browser.
pub(crate) const IN_BROWSER: bool = false;

/// Fills in random bytes.
pub(super) fn fill(bytes: &mut [u8]) {
    // Without random bytes the id stays zero, and the office refuses the second one as used.
    let _ = getrandom::fill(bytes);
}
