//! `/kelola/sop`: publishing a procedure from its data file.

use leptos::prelude::*;
use leptos_meta::Title;

use super::PublishSop;
use super::server::get_accounts;
use crate::ui::{Area, Flashed, Loaded, Post};

/// Publishes a procedure.
#[component]
pub fn PublishPage() -> impl IntoView {
    // Only an administrator gets an answer to this, and so sees the form.
    let data = Resource::new_blocking(|| (), |()| get_accounts(String::new()));
    view! {
        <Title text="Terbitkan SOP"/>
        <div class="title"><h1>"Terbitkan SOP"</h1></div>
        <Loaded data children=|_, flash| view! { <PublishForm flash/> }/>
    }
    .into_any()
}

#[component]
fn PublishForm(flash: Flashed) -> impl IntoView {
    let typed = flash.typed("/api/publish-sop", "berkas").unwrap_or_default();
    view! {
        <p class="lead">
            "Tempel isi berkas SOP (JSON). Alur memeriksanya baris demi baris dan menyebut baris yang salah. Versi yang sudah terbit tidak pernah berubah."
        </p>
        <Post<PublishSop> flash class="wide">
            <label>
                "Berkas SOP"
                <Area text=typed attr:name="berkas" attr:rows="18" attr:required=true attr:spellcheck="false"/>
            </label>
            <button class="primary">"Periksa dan terbitkan"</button>
        </Post<PublishSop>>
    }
    .into_any()
}
