//! How the disk of the office stands, for its administrators.

use desk::file::{Storage, StorageState, room_words};
use desk::problem::Problem;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ui::Icon;

/// What lies on the disk.
#[server(prefix = "/api", endpoint = "storage", input = GetUrl)]
pub async fn get_storage() -> Result<Storage, Problem> {
    crate::ui::request::require_admin()?;
    crate::ui::request::ports().files.storage()
}

/// The disk, as a card: in a word, in numbers, and what to do.
#[component]
pub(super) fn StorageCard(storage: Storage) -> impl IntoView {
    let Storage { size, free, reserve, state, uploads, begun, unsent, sent } = storage;
    let used = size.saturating_sub(free);
    let (name, icon, word, todo) = match state {
        StorageState::Ample => ("done", "check", "Cukup", "Unggahan dan impor diterima."),
        StorageState::Low => (
            "active",
            "clock",
            "Menipis",
            "Unggahan masih diterima. Siapkan disk yang lebih besar, atau pindahkan berkas lain dari disk ini.",
        ),
        StorageState::Full => (
            "late",
            "stop",
            "Penuh: unggahan dan impor ditolak",
            "Perbesar disk, atau pindahkan berkas lain dari disk ini. Pekerjaan pada lembar SOP tetap berjalan.",
        ),
    };
    let facts = format!(
        "Kosong {} dari {}; {} di antaranya dijaga untuk catatan kantor.",
        room_words(free),
        room_words(size),
        room_words(reserve)
    );
    let files = format!(
        "Berkas terkirim {}; belum terkirim {}; {uploads} unggahan belum selesai, {}.",
        room_words(sent),
        room_words(unsent),
        room_words(begun)
    );
    view! {
        <div class="card" id="penyimpanan" data-state=name>
            <strong>"Penyimpanan"</strong>
            <em class="state"><Icon name=icon/>" "{word}</em>
            <progress aria-label="Bagian disk yang terisi" max=size.max(1) value=used></progress>
            <span>{facts}</span>
            <small>{files}</small>
            <small>{todo}</small>
        </div>
    }
    .into_any()
}
