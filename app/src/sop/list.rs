//! `/sop`: the procedures in force.

use leptos::prelude::*;
use leptos_meta::Title;

use super::server::{SopLine, get_sops};
use crate::ui::Loaded;

/// The procedures in force.
#[component]
pub fn SopsPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_sops());
    let card = |sop: SopLine| {
        view! {
            <li>
                <a class="card" href=format!("/sop/{}", sop.key.number)>
                    <strong>{sop.name}</strong>
                    <span>{format!("SOP {} · versi {}", sop.key.number, sop.key.version)}</span>
                    <small>{format!("{} baris · {}", sop.rows, sop.lanes.join(", "))}</small>
                </a>
            </li>
        }
    };
    view! {
        <Title text="SOP"/>
        <div class="title"><h1>"SOP yang berlaku"</h1></div>
        <Loaded data children=move |sops, _| {
            let none = sops.is_empty();
            view! {
                <ul class="cards">{sops.into_iter().map(card).collect_view()}</ul>
                <p class="hint" hidden=!none>"Belum ada SOP. Administrator menerbitkannya di Kelola."</p>
            }
        }/>
    }
    .into_any()
}
