//! Notifications of the browser: only where the person asked for them.

use wasm_bindgen::JsValue;
use web_sys::js_sys::Reflect;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// How notifications stand in this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stand {
    /// Not known yet, or nobody has asked.
    #[default]
    Off,
    /// Allowed.
    On,
    /// Refused.
    Refused,
    /// The browser has none, or not over plain http.
    Missing,
}

/// How notifications stand now.
pub(super) fn stand() -> Stand {
    // Over plain http it is missing, and naming it would throw.
    let there = Reflect::has(&leptos::prelude::window(), &JsValue::from_str("Notification"));
    if there != Ok(true) {
        return Stand::Missing;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Stand::On,
        NotificationPermission::Denied => Stand::Refused,
        _ => Stand::Off,
    }
}

/// Says that something waits. Several tabs say it once.
pub(super) fn tell() {
    if stand() != Stand::On {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body("Ada pekerjaan yang menunggu Anda.");
    options.set_tag("alur-giliran");
    options.set_icon("/ikon.svg");
    // Some phones have it only in a service worker; then there is none.
    let _ = Notification::new_with_options("Giliran Anda di Alur", &options);
}
