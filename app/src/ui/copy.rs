//! The button that copies a text of the page.

use leptos::prelude::*;

/// Copies what stands in the field with this id. Not shown where there are no scripts: there
/// one selects it by hand.
#[cfg_attr(any(feature = "ssr", feature = "office"), island)]
#[cfg_attr(not(any(feature = "ssr", feature = "office")), component)]
pub fn CopyIsland(
    /// The id of the field.
    from: String,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        copied.set(take(&from));
        #[cfg(not(feature = "hydrate"))]
        let _ = (&from, copied);
    };
    view! {
        <button class="ghost script" type="button" on:click=copy>
            {move || if copied.get() { "Tersalin" } else { "Salin" }}
        </button>
    }
}

/// By way of the selection, which works over plain http as well.
#[cfg(feature = "hydrate")]
fn take(id: &str) -> bool {
    use wasm_bindgen::JsCast;
    use web_sys::{HtmlDocument, HtmlTextAreaElement};
    let page = document();
    let field = page.get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
    let Some(field) = field else { return false };
    field.select();
    page.dyn_into::<HtmlDocument>().is_ok_and(|page| page.exec_command("copy") == Ok(true))
}
