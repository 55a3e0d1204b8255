//! `/kelola/jejak`: who did what, newest first.

use std::collections::BTreeMap;

use desk::trail::{Deed, Kind, Note, OPERATOR};
use domain::calendar::words;
use domain::id::AccountId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::server::{TrailView, get_trail};
use crate::ui::Loaded;

/// The trail.
#[component]
pub fn TrailPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        ["siapa", "jenis", "hari", "sebelum"]
            .map(|field| query.with_untracked(|query| query.get(field).unwrap_or_default()))
    };
    let data = Resource::new_blocking(asked, |[who, kind, day, before]| get_trail(who, kind, day, before));
    view! {
        <Title text="Jejak"/>
        <div class="title"><h1>"Jejak"</h1></div>
        <Loaded data children=|trail, _| view! { <Trail trail/> }/>
    }
    .into_any()
}

#[component]
fn Trail(trail: TrailView) -> impl IntoView {
    let TrailView { sheet, names, asked, later } = trail;
    let empty = sheet.deeds.is_empty();
    let same = asked_again(&asked);
    let csv = format!("/kelola/jejak.csv?{same}");
    let older = sheet.next.map(|next| format!("/kelola/jejak?{same}&sebelum={next}"));
    let newest = later.then(|| format!("/kelola/jejak?{same}"));
    let rows =
        sheet.deeds.into_iter().map(|deed| view! { <DeedRow deed names=names.clone()/> }).collect_view();
    let waiting = (sheet.waiting > 0).then(|| {
        let sentence = format!(
            "{} baris belum dapat ditulis karena basis data menolaknya. Selama itu tidak ada yang dapat diubah \
             di Kelola; periksa cakram dan log server.",
            sheet.waiting
        );
        view! { <p class="notice" role="alert">{sentence}</p> }
    });
    view! {
        {waiting}
        <p class="lead">
            "Siapa masuk dan keluar, siapa mengubah akun, tautan, papan dan pengaturan, siapa membuka atau mengunduh berkas, dan permintaan yang ditolak. Perubahan daftar PD, kalender, pengganti dan SOP juga tersimpan dalam riwayat kantor, yang tidak dapat diubah siapa pun. Baris disimpan dua tahun, lalu dihapus; permintaan yang ditolak dihitung per jam, bukan satu per satu."
        </p>
        <Filter asked/>
        <p class="trail-tools noprint"><a class="ghost" href=csv rel="external" download="">"Unduh CSV"</a></p>
        {empty.then(|| view! { <p class="empty">"Tidak ada baris yang cocok. Kosongkan saringan untuk melihat semuanya."</p> })}
        <div class="scroll" tabindex="0" hidden=empty>
            <table class="list trail">
                <thead>
                    <tr>
                        <th scope="col">"Kapan (WIB)"</th>
                        <th scope="col">"Siapa"</th>
                        <th scope="col">"Apa"</th>
                        <th scope="col">"Terhadap"</th>
                        <th scope="col">"Keterangan"</th>
                        <th scope="col">"Dari"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="row noprint">
            {newest.map(|page| view! { <a class="ghost" href=page>"Terbaru"</a> })}
            {older.map(|page| view! { <a class="ghost" href=page>"Lebih lama"</a> })}
        </p>
    }
    .into_any()
}

/// The same question, as a query.
fn asked_again([who, kind, day]: &[String; 3]) -> String {
    let escape = leptos_router::location::Url::escape;
    format!("siapa={}&jenis={}&hari={}", escape(who), escape(kind), escape(day))
}

#[component]
fn Filter(asked: [String; 3]) -> impl IntoView {
    let [who, kind, day] = asked;
    let options = Kind::ALL
        .iter()
        .map(|each| view! { <option value=each.code() selected=each.code() == kind>{each.words()}</option> })
        .collect_view();
    view! {
        <form method="get" action="/kelola/jejak" class="filter noprint">
            <label>"Akun atau yang dikenai" <input name="siapa" value=who maxlength="80" autocomplete="off"/></label>
            <label>
                "Jenis"
                <select name="jenis">
                    <option value="">"semua"</option>
                    {options}
                </select>
            </label>
            <label>"Hari" <input name="hari" type="date" value=day/></label>
            <button class="primary">"Saring"</button>
        </form>
    }
    .into_any()
}

#[component]
fn DeedRow(deed: Deed, names: BTreeMap<AccountId, String>) -> impl IntoView {
    let Deed { at, until, times, note } = deed;
    let Note { who, origin, kind, whom, facts } = note;
    let (who, when) = (who_words(&who, &names), words::full(at));
    let often =
        until.filter(|_| times > 1).map(|until| format!("{times} kali, terakhir {}", words::short(until)));
    let whom = match names.get(&AccountId(whom.clone())) {
        Some(name) => format!("{whom} ({name})"),
        None => whom,
    };
    let nobody = whom.is_empty().then_some("");
    let bare = (facts.is_empty() && often.is_none()).then_some("");
    view! {
        <tr data-kind=kind.code()>
            <td>{when}</td>
            <td>{who}</td>
            <td>{kind.words()}</td>
            <td data-empty=nobody>{whom}</td>
            <td data-empty=bare>{facts}{often.map(|often| view! { <small>{often}</small> })}</td>
            <td>{origin}</td>
        </tr>
    }
}

/// An account in words; nobody and whoever came by a link among them.
fn who_words(who: &AccountId, names: &BTreeMap<AccountId, String>) -> String {
    if who.as_str().is_empty() {
        return "tidak dikenal".to_owned();
    }
    if who.as_str() == OPERATOR {
        return "operator server".to_owned();
    }
    match (names.get(who), who.as_str().strip_prefix("tautan:").and_then(|rest| rest.split_once(':'))) {
        (Some(name), _) => format!("{name} ({who})"),
        (None, Some((run, agency))) => format!("tautan PD {agency}, pelaksanaan {run}"),
        (None, None) => who.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_name() {
        let names = [("staf".into(), "Budi".to_owned())].into();
        let said = |who: &str| who_words(&who.into(), &names);
        assert_eq!(said("staf"), "Budi (staf)");
        assert_eq!(said(""), "tidak dikenal");
        assert_eq!(said("tautan:1:dinkes"), "tautan PD dinkes, pelaksanaan 1");
        assert_eq!(said("hapus"), "hapus");
        assert_eq!(said(OPERATOR), "operator server");
    }
}
