//! Notifications of the browser: only where the person asked for them, by this button.

use leptos::prelude::*;

/// How notifications stand in this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser knows"))]
enum Stand {
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

/// Asks the browser for notifications, and says how they stand.
#[cfg_attr(any(feature = "ssr", feature = "office"), island)]
#[cfg_attr(not(any(feature = "ssr", feature = "office")), component)]
pub fn NotifyIsland() -> impl IntoView {
    let stand = RwSignal::new(Stand::default());
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move { stand.set(browser::stand()) });
    let ask = move |_| {
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move { stand.set(browser::ask().await) });
    };
    let says = move || match stand.get() {
        Stand::Off => {
            "Bila diizinkan, peramban ini memberi tahu saat giliran Anda tiba, selama Alur terbuka di salah satu tab."
        }
        Stand::On => {
            "Menyala: peramban ini memberi tahu saat giliran Anda tiba, selama Alur terbuka di salah satu tab."
        }
        Stand::Refused => {
            "Peramban ini menolak pemberitahuan dari Alur. Ubah di setelan situs pada peramban."
        }
        Stand::Missing => "Peramban ini tidak menyediakan pemberitahuan di alamat ini; perlu https.",
    };
    view! {
        <p class="hint">{says}</p>
        <button class="ghost" type="button" hidden=move || stand.get() != Stand::Off on:click=ask>
            "Izinkan pemberitahuan"
        </button>
    }
}

#[cfg(feature = "hydrate")]
pub(super) use browser::tell;

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::JsValue;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::js_sys::Reflect;
    use web_sys::{Notification, NotificationOptions, NotificationPermission};

    use super::Stand;

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

    pub(super) async fn ask() -> Stand {
        if let Ok(asked) = Notification::request_permission() {
            let _ = JsFuture::from(asked).await;
        }
        stand()
    }

    /// Says that something waits. Several tabs say it once.
    pub(crate) fn tell() {
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
}
