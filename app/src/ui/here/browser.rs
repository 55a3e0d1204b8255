//! The browser's own way of what the server does in another.

use desk::problem::Problem;

/// Whether this runs in a browser.
pub(crate) const IN_BROWSER: bool = true;

/// Fills in random bytes.
pub(super) fn fill(bytes: &mut [u8]) {
    // `crypto.randomUUID` is missing on plain HTTP; this one is always there.
    if let Ok(crypto) = leptos::prelude::window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(bytes);
    }
}

/// The request was answered long ago.
pub(super) fn answer(_: &Problem) {}
