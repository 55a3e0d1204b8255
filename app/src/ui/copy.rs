//! The button that copies a text of the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies what stands in the field with this id. Not shown where there are no scripts: there
/// one selects it by hand.
#[island]
pub fn CopyIsland(
    /// The id of the field.
    from: String,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| copied.set(take(&from));
    view! {
        <button class="ghost script" type="button" on:click=copy>
            {move || if copied.get() { "Tersalin" } else { "Salin" }}
        </button>
    }
}

/// By way of the selection, which works over plain http as well.
fn take(id: &str) -> bool {
    let page = document();
    let field = page.get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
    let Some(field) = field else { return false };
    field.select();
    page.dyn_into::<HtmlDocument>().is_ok_and(|page| page.exec_command("copy") == Ok(true))
}
