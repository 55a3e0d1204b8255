//! `/sandi?kunci=…`: a new password by a one-time link. The page only asks; the form sets it.

use desk::account::PasswordLink;
use domain::calendar::words;
use leptos::either::EitherOf4;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::UsePasswordLink;
use super::server::get_password_link;
use crate::ui::{Flashed, Loaded, Post};

/// Asks for a new password, or says why the link does not hold.
#[component]
pub fn PasswordLinkPage() -> impl IntoView {
    let key = use_query_map().with_untracked(|query| query.get("kunci").unwrap_or_default());
    let asked = key.clone();
    let state = Resource::new_blocking(|| (), move |()| get_password_link(asked.clone()));
    view! {
        <Title text="Sandi baru"/>
        <section class="door">
            <Loaded data=state children=move |state, flash| match state {
                PasswordLink::Good { account, name, expires, has_feed } => {
                    let who = format!("{name} · akun {account}");
                    let until = format!("Tautan ini hanya berlaku sekali, sampai {} WIB.", words::full(expires));
                    let key = key.clone();
                    EitherOf4::A(view! { <NewPassword key account=account.0 who until has_feed flash/> })
                }
                PasswordLink::Used => EitherOf4::B(view! {
                    <Void
                        what="Tautan ini sudah dipakai"
                        next="Sandi sudah dibuat dengan tautan ini. Masuklah dengan sandi itu. Bila bukan Anda yang memakainya, segera hubungi administrator."
                    />
                }),
                PasswordLink::Expired => EitherOf4::C(view! {
                    <Void
                        what="Tautan ini sudah lewat waktunya"
                        next="Mintalah tautan sandi yang baru kepada administrator."
                    />
                }),
                PasswordLink::Unknown => EitherOf4::D(view! {
                    <Void
                        what="Tautan ini tidak dikenal"
                        next="Barangkali tersalin tidak lengkap, atau sudah diganti dengan tautan yang lebih baru. Periksa lagi, atau mintalah yang baru kepada administrator."
                    />
                }),
            }/>
        </section>
    }
    .into_any()
}

#[component]
fn NewPassword(
    key: String,
    account: String,
    who: String,
    until: String,
    has_feed: bool,
    flash: Flashed,
) -> impl IntoView {
    let first = use_query_map().with_untracked(|query| query.get("dahulu").is_some());
    let why = first.then(|| {
        view! { <p class="notice">"Sandi Anda diberikan oleh orang lain. Buat sandi Anda sendiri dahulu, lalu Anda langsung masuk."</p> }
    });
    view! {
        <h1>"Buat sandi baru"</h1>
        <p class="lead">{who}</p>
        {why}
        <Post<UsePasswordLink> flash>
            <input type="hidden" name="kunci" value=key/>
            <input type="text" name="akun" value=account autocomplete="username" readonly hidden/>
            <label>
                "Sandi baru, paling sedikit 10 huruf"
                <input name="sandi_baru" type="password" required minlength="10" maxlength="500" autocomplete="new-password"/>
            </label>
            <label>
                "Ulangi sandi baru"
                <input name="sandi_ulang" type="password" required maxlength="500" autocomplete="new-password"/>
            </label>
            <p class="hint">"Pakai misalnya empat kata yang tidak berhubungan. Nama, kata kantor, tanggal dan sandi yang umum ditolak."</p>
            {has_feed.then(|| view! { <EndFeed/> })}
            <p class="hint">{until}" Semua perangkat yang sekarang masuk dengan akun ini akan keluar."</p>
            <button class="primary">"Simpan sandi dan masuk"</button>
        </Post<UsePasswordLink>>
    }
    .into_any()
}

/// Whether the calendar's address ends with the old password: it does unless one says otherwise,
/// because a password is mostly changed where somebody else may know it.
#[component]
pub(super) fn EndFeed() -> impl IntoView {
    view! {
        <label class="tick">
            <input type="checkbox" name="kalender" value="ya" checked/>
            "Cabut juga alamat kalender jatuh tempo saya"
        </label>
        <p class="hint">"Kosongkan hanya bila Anda yakin tidak ada orang lain yang tahu alamat itu. Alamat baru dapat dibuat kapan saja di halaman Akun saya."</p>
    }
}

#[component]
fn Void(what: &'static str, next: &'static str) -> impl IntoView {
    view! {
        <h1>{what}</h1>
        <p class="lead">{next}</p>
        <p><a class="primary" href="/masuk">"Ke halaman masuk"</a></p>
    }
}
