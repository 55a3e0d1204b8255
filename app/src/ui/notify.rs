//! The button by which a person asks this browser for notifications.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::Notification;

use super::IN_BROWSER;
use super::tell::{Stand, stand};

/// Asks the browser for notifications, and says how they stand.
#[island]
pub fn NotifyIsland() -> impl IntoView {
    let known = RwSignal::new(Stand::default());
    if IN_BROWSER {
        spawn_local(async move { known.set(stand()) });
    }
    let ask = move |_| spawn_local(async move { known.set(asked().await) });
    let says = move || match known.get() {
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
        <button class="ghost" type="button" hidden=move || known.get() != Stand::Off on:click=ask>
            "Izinkan pemberitahuan"
        </button>
    }
}

/// Asks, and says how they stand then.
async fn asked() -> Stand {
    if let Ok(asked) = Notification::request_permission() {
        let _ = JsFuture::from(asked).await;
    }
    stand()
}
