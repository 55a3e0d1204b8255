//! Small parts that several of these pages show.

use desk::report::Standing;
use leptos::prelude::*;

use super::model::ReportSheet;
use crate::ui::Icon;

/// A state as word, icon and colour.
#[component]
pub(super) fn Badge(standing: Standing) -> impl IntoView {
    view! {
        <span class="badge" data-report=standing.key()>
            <Icon name=standing.icon()/>
            {standing.word()}
        </span>
    }
}

/// Which report a form is about, and which round of it was seen.
#[component]
pub(super) fn Hidden(sheet: ReportSheet, round: Option<u16>) -> impl IntoView {
    let round = round.map(|round| view! { <input type="hidden" name="round" value=round/> });
    view! {
        <input type="hidden" name="run" value=sheet.run.to_string()/>
        <input type="hidden" name="pd" value=sheet.agency.code.0/>
        {round}
    }
}
