//! Takes over, in the browser, the live parts of the pages that the server rendered.

// Each island is a function of `app` that the document calls by its name.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the document, before it wakes the islands one by one.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
