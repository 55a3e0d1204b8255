//! `/sop/{nomor}`: a procedure as the official sheet, printable.

use std::sync::Arc;

use domain::sheet::SheetView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::identity::IdentityBlock;
use crate::office::server::{SopWithVersions, get_sop};
use crate::sheet::{Legend, SheetTable};
use crate::ui::{Icon, Loaded, PrintIsland};

/// A procedure as the official sheet.
#[component]
pub fn SopPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let wanted = move || {
        let number = params.with(|params| params.get("nomor").unwrap_or_default());
        (number, query.with(|query| query.get("versi").and_then(|version| version.parse().ok())))
    };
    let data = Resource::new_blocking(wanted, |(number, version)| get_sop(number, version));
    view! { <Loaded data children=|found, _| view! { <OfficialSheet found/> }/> }.into_any()
}

#[component]
fn OfficialSheet(found: SopWithVersions) -> impl IntoView {
    let SopWithVersions { sop, versions } = found;
    let view = SheetView::blank(&sop);
    let title = format!("SOP {}", sop.key.number);
    let times = format!("/sop/{}/waktu?versi={}", sop.key.number, sop.key.version);
    let versions = versions
        .into_iter()
        .map(|key| {
            let current = (key == sop.key).then_some("page");
            let href = format!("/sop/{}?versi={}", key.number, key.version);
            view! { <a href=href aria-current=current>{format!("Versi {}", key.version)}</a> }
        })
        .collect_view();
    let sop = Arc::new(sop);
    view! {
        <Title text=title/>
        <div class="title">
            <div>
                <h1>{sop.name.clone()}</h1>
                <p class="versions">{format!("SOP {}", sop.key.number)}" · "{versions}</p>
            </div>
            <nav class="steering" aria-label="SOP ini">
                <a class="ghost" href=times><Icon name="clock"/>"Ke mana waktu"</a>
                <PrintIsland/>
            </nav>
        </div>
        <article class="official">
            <IdentityBlock sop=Arc::clone(&sop)/>
            <div class="scroll" tabindex="0" role="region" aria-label="Bagan alur">
                <SheetTable sop=StoredValue::new(Arc::clone(&sop)) view=Signal::stored(view) official=true/>
            </div>
            <Legend sop=StoredValue::new(sop)/>
        </article>
    }
    .into_any()
}
