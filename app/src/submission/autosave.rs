//! Keeps a form's content on the server while it is typed, and in the browser while there
//! is no line. Never overwrites what another device wrote without being told to.

#[cfg(feature = "hydrate")]
mod browser;
mod saving;

use leptos::prelude::*;

use saving::Saving;

#[cfg(feature = "hydrate")]
pub(crate) use browser::{nudge, settled};

/// Saves the form with this id whenever it changes. `of` is whose report it is, run and agency: what
/// one agency could not save is never brought to another one, though both use the same browser.
#[cfg_attr(any(feature = "ssr", feature = "agency"), island)]
#[cfg_attr(not(any(feature = "ssr", feature = "agency")), component)]
pub(crate) fn Autosave(form: String, of: String) -> impl IntoView {
    let saving = RwSignal::new(Saving::Still);
    let held = StoredValue::new(form);
    let ready = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        browser::watch(&held.get_value(), &of, saving);
        ready.set(true);
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (held, of);
    let words = move || match saving.get() {
        Saving::Still => String::new(),
        Saving::Going => "Menyimpan…".to_owned(),
        Saving::Kept(at) => format!("Tersimpan {at}"),
        Saving::Here => {
            "Tidak ada sambungan. Yang Anda ketik disimpan di perangkat ini dan dikirim begitu tersambung."
                .to_owned()
        }
        Saving::Refused(why) => why,
        Saving::Other(_) => "Bagian ini diubah di perangkat lain. Pilih yang dipakai:".to_owned(),
    };
    let state = move || match saving.get() {
        Saving::Still => "still",
        Saving::Going => "going",
        Saving::Kept(_) => "kept",
        Saving::Here => "here",
        Saving::Refused(_) => "refused",
        Saving::Other(_) => "other",
    };
    let mine = move |_| {
        #[cfg(feature = "hydrate")]
        browser::insist(&held.get_value());
    };
    let theirs = move |_| {
        #[cfg(feature = "hydrate")]
        browser::give_in(&held.get_value());
    };
    let choice = move || !matches!(saving.get(), Saving::Other(_));
    view! {
        <p class="saving" role="status" data-saving=state data-ready=move || ready.get().then_some("")>
            {words}
            <button class="ghost" type="button" hidden=choice on:click=mine>"Isian di sini"</button>
            <button class="ghost" type="button" hidden=choice on:click=theirs>"Isian perangkat lain"</button>
        </p>
    }
}
