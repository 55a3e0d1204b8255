//! What a change would do, before it is made.

use leptos::prelude::*;

use super::ChangeCalendar;
use super::server::Preview;
use crate::ui::{Flashed, Post};

/// What changes, which due dates move, and the button that does it.
#[component]
pub(super) fn PreviewBox(preview: Preview, back: String) -> impl IntoView {
    let Preview { typed, what, moved } = preview;
    let nothing = moved.is_empty();
    let kept = typed
        .into_iter()
        .filter(|(name, _)| !["command_id", "yakin", "kembali"].contains(&name.as_str()))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <section class="preview" aria-labelledby="pratinjau">
            <h2 id="pratinjau">"Periksa dahulu: belum ada yang disimpan"</h2>
            <ul>{what.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            <h3>"Batas waktu yang bergeser"</h3>
            <p class="hint" hidden=!nothing>"Tidak ada pelaksanaan yang berjalan yang batas waktunya bergeser."</p>
            {moved
                .into_iter()
                .map(|(run, lines)| {
                    view! {
                        <p>{run}</p>
                        <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    }
                })
                .collect_view()}
            <p class="hint" hidden=nothing>"Pergeseran ini dicatat di riwayat tiap pelaksanaan."</p>
            <Post<ChangeCalendar> flash=Flashed::default()>
                {kept}
                <input type="hidden" name="yakin" value="ya"/>
                <input type="hidden" name="kembali" value=back.clone()/>
                <div class="pair">
                    <button class="primary">"Terapkan"</button>
                    <a class="ghost" href=back>"Batal"</a>
                </div>
            </Post<ChangeCalendar>>
        </section>
    }
    .into_any()
}
