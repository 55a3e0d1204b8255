//! What the fills, icons and lines of the sheet mean.

use domain::sop::{Sop, Source};
use leptos::prelude::*;

use crate::ui::Icon;

/// The key under the sheet, with the rows whose lanes are our reading.
#[component]
pub fn Legend(
    /// The procedure.
    sop: StoredValue<std::sync::Arc<Sop>>,
) -> impl IntoView {
    let assumed = sop.with_value(|sop| assumed_rows(sop));
    view! {
        <div class="legend">
            <span><b class="idle"></b>"Belum"</span>
            <span><b class="active"><Icon name="hand"/></b>"Sedang berjalan"</span>
            <span><b class="late"><Icon name="clock"/></b>"Terlambat"</span>
            <span><b class="done"><Icon name="check"/></b>"Selesai"</span>
            <span><b class="returned"><Icon name="back"/></b>"Dikembalikan"</span>
            {assumed.map(|rows| view! { <span>"Lajur baris "{rows}" (urutan): perkiraan"</span> })}
        </div>
    }
}

/// The rows with a lane that is our reading, as "1, 3, 4, 9–11".
fn assumed_rows(sop: &Sop) -> Option<String> {
    let assumed = sop.path().filter(|(_, cell)| cell.source == Source::Assumed);
    let mut spans: Vec<(u16, u16)> = Vec::new();
    for (at, _) in assumed {
        match spans.last_mut() {
            Some((_, end)) if at.activity <= *end + 1 => *end = at.activity,
            _ => spans.push((at.activity, at.activity)),
        }
    }
    let words =
        |(from, to): &(u16, u16)| if from == to { from.to_string() } else { format!("{from}–{to}") };
    (!spans.is_empty()).then(|| spans.iter().map(words).collect::<Vec<_>>().join(", "))
}
