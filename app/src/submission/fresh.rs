//! What the server says about the draft, brought up to date in the page without leaving it.

use std::cell::Cell;

use gloo_net::http::Request;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

thread_local! {
    /// Which asking is the latest.
    static LATEST: Cell<u32> = const { Cell::new(0) };
}

/// Asks for the page anew, and puts the parts marked `data-fresh` of the answer in the place of
/// those that are here. They are computed in one place only, on the server. Without a line they
/// stay as they are.
pub(super) async fn refresh() {
    let asking = LATEST.get() + 1;
    LATEST.set(asking);
    let Ok(address) = window().location().pathname() else { return };
    let Ok(answer) = Request::get(&address).send().await else { return };
    let Ok(text) = answer.text().await else { return };
    if LATEST.get() == asking && answer.ok() {
        let _ = put_in(&text);
    }
}

fn put_in(text: &str) -> Option<()> {
    // In no document: nothing of it is loaded or run.
    let page = document().create_element("div").ok()?;
    page.set_inner_html(text);
    let parts = document().query_selector_all("[data-fresh]").ok()?;
    for at in 0..parts.length() {
        let here = parts.get(at).and_then(|part| part.dyn_into::<web_sys::Element>().ok())?;
        let there = page.query_selector(&format!("#{}", here.id())).ok()??;
        if here.inner_html() != there.inner_html() {
            here.set_inner_html(&there.inner_html());
        }
    }
    Some(())
}
