//! The identity block of the official sheet, as PermenPANRB 35/2012 lays it out.

use std::sync::Arc;

use domain::sop::{IdentityLine, Sop};
use leptos::either::Either;
use leptos::prelude::*;

/// The identity block, and the editor's notes below it.
#[component]
pub(super) fn IdentityBlock(
    /// The procedure.
    sop: Arc<Sop>,
) -> impl IntoView {
    let identity = sop.identity.clone();
    let approval = identity.approved_by.clone();
    let approved_by =
        [approval.title, approval.name, approval.nip.map(|nip| format!("NIP {}", grouped_nip(&nip)))];
    let approved_by: Vec<_> = approved_by.into_iter().flatten().collect();
    let approved_by = (!approved_by.is_empty()).then(|| approved_by.join(", "));
    let fields = [
        ("Nomor SOP", Some(sop.key.number.clone())),
        ("Tanggal Pembuatan", identity.created),
        ("Tanggal Revisi", identity.revised),
        ("Tanggal Efektif", identity.effective),
        ("Tanggal Pengesahan", identity.approved),
        ("Disahkan Oleh", approved_by),
        ("Nama SOP", Some(sop.name.clone())),
    ];
    let blocks = [
        ("Dasar Hukum", identity.legal_basis),
        ("Kualifikasi Pelaksana", identity.qualifications),
        ("Keterkaitan", identity.related),
        ("Peralatan/Perlengkapan", identity.equipment),
        ("Peringatan", identity.warnings),
        ("Pencatatan dan Pendataan", identity.records),
    ];
    let field = |(name, value): (&'static str, Option<String>)| {
        let value = value.map_or_else(|| Either::Left(unfilled()), Either::Right);
        view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
    };
    let no_notes = identity.notes.is_empty();
    view! {
        <section class="identity" aria-label="Identitas SOP">
            <p class="unit">{identity.unit.into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}</p>
            <dl>{fields.into_iter().map(field).collect_view()}</dl>
            {blocks.into_iter().map(|(name, lines)| view! { <Block name lines/> }).collect_view()}
        </section>
        <aside class="editor" hidden=no_notes>
            <h2>"Catatan penyunting"</h2>
            <ul>{identity.notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}</ul>
        </aside>
    }
    .into_any()
}

#[component]
fn Block(name: &'static str, lines: Vec<IdentityLine>) -> impl IntoView {
    let line = |line: IdentityLine| {
        view! { <li>{line.text}{line.note.map(|note| view! { <small class="note">{note}</small> })}</li> }
    };
    let body = if lines.is_empty() {
        Either::Left(unfilled())
    } else {
        Either::Right(view! { <ol>{lines.into_iter().map(line).collect_view()}</ol> })
    };
    view! { <div class="block"><h2>{name}</h2>{body}</div> }.into_any()
}

fn unfilled() -> impl IntoView {
    view! { <em class="unfilled">"belum diisi"</em> }.into_any()
}

/// A NIP as it is written: 8-6-1-3 digits.
fn grouped_nip(nip: &str) -> String {
    let digits: Vec<char> = nip.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 18 {
        return nip.to_owned();
    }
    let part = |from: usize, to: usize| digits.iter().take(to).skip(from).collect::<String>();
    [part(0, 8), part(8, 14), part(14, 15), part(15, 18)].join(" ")
}

#[cfg(test)]
mod tests {
    use super::grouped_nip;

    #[test]
    fn a_nip_is_grouped_8_6_1_3() {
        assert_eq!(grouped_nip("196801011990031002"), "19680101 199003 1 002");
        assert_eq!(grouped_nip("1968"), "1968");
    }
}
