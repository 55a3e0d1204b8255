//! The button that prints the page.

use leptos::prelude::*;

use super::Icon;

/// Prints the page. Not shown where there are no scripts.
#[component]
pub fn PrintKey() -> impl IntoView {
    let print = |_| drop(window().print());
    view! {
        <button class="ghost script" type="button" on:click=print><Icon name="print"/>"Cetak"</button>
    }
}

/// The same on a page that has no other live part.
#[island]
pub fn PrintIsland() -> impl IntoView {
    view! { <PrintKey/> }
}
