//! Signing in and out, and the first administrator.

use desk::account::AccountView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

use super::server::{first_link, practice_accounts};
use super::{FirstAdmin, SignIn, SignOut};
use crate::ui::{Flashed, Loaded, Post};

/// `/masuk`
#[component]
pub fn SignInPage() -> impl IntoView {
    let examples = Resource::new_blocking(|| (), |()| practice_accounts());
    view! {
        <Title text="Masuk"/>
        <section class="door">
            <Loaded data=examples children=|examples, flash| view! { <SignInForm flash examples/> }/>
        </section>
    }
    .into_any()
}

#[component]
fn SignInForm(flash: Flashed, examples: Vec<(AccountView, String)>) -> impl IntoView {
    let wanted = use_query_map().with_untracked(|query| query.get("ke").unwrap_or_default());
    let typed = flash.typed("/api/sign-in", "akun").unwrap_or_default();
    let next = wanted.clone();
    view! {
        <h1>"Masuk ke Alur"</h1>
        <p class="lead">"Lembar SOP Biro Organisasi, langsung di layar."</p>
        <Post<SignIn> flash>
            <input type="hidden" name="ke" value=wanted/>
            <label>
                "Akun"
                <input
                    name="akun"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    maxlength="40"
                    value=typed
                />
            </label>
            <label>
                "Sandi"
                <input
                    name="sandi"
                    type="password"
                    autocomplete="current-password"
                    required
                    maxlength="500"
                />
            </label>
            <button class="primary">"Masuk"</button>
        </Post<SignIn>>
        {(!examples.is_empty()).then(|| view! { <Examples examples next/> })}
    }
    .into_any()
}

/// The accounts of a practice office; a click signs in.
#[component]
fn Examples(mut examples: Vec<(AccountView, String)>, next: String) -> impl IntoView {
    examples.sort_by_key(|(account, _)| (account.agency.is_some(), account.admin));
    let password = examples.first().map(|(_, password)| password.clone()).unwrap_or_default();
    view! {
        <section class="examples" aria-labelledby="akun-latihan">
            <h2 id="akun-latihan">"Akun latihan"</h2>
            <p>"Tekan salah satu untuk masuk. Sandi semuanya: "<code>{password}</code></p>
            <ul>
                {examples
                    .into_iter()
                    .map(|(account, password)| {
                        let roles = account.role_words();
                        let id = account.id.0;
                        let name = id.clone();
                        view! {
                            <li>
                                <form method="post" action=SignIn::url()>
                                    <input type="hidden" name="ke" value=next.clone()/>
                                    <input type="hidden" name="akun" value=id/>
                                    <input type="hidden" name="sandi" value=password/>
                                    <button class="ghost"><b>{name}</b><span>{roles}</span></button>
                                </form>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

/// `/keluar`: asks once, because signing out changes something.
#[component]
pub fn SignOutPage() -> impl IntoView {
    view! {
        <Title text="Keluar"/>
        <section class="door">
            <h1>"Keluar dari Alur?"</h1>
            <p class="lead">"Halaman lain yang terbuka dengan akun ini ikut keluar."</p>
            <Post<SignOut> flash=Flashed::default()>
                <button class="primary">"Keluar"</button>
                <a class="ghost" href="/">"Batal"</a>
            </Post<SignOut>>
        </section>
    }
    .into_any()
}

/// `/pertama?kunci=…`: makes the first administrator.
#[component]
pub fn FirstAdminPage() -> impl IntoView {
    let key = use_query_map().with_untracked(|query| query.get("kunci").unwrap_or_default());
    let asked = key.clone();
    let good = Resource::new_blocking(|| (), move |()| first_link(asked.clone()));
    view! {
        <Title text="Administrator pertama"/>
        <Loaded data=good children=move |good, flash| match good {
            true => leptos::either::Either::Left(view! { <FirstAdminForm key=key.clone() flash/> }),
            false => leptos::either::Either::Right(view! { <UsedLink/> }),
        }/>
    }
    .into_any()
}

#[component]
fn FirstAdminForm(key: String, flash: Flashed) -> impl IntoView {
    let typed = |field| flash.typed("/api/first-admin", field).unwrap_or_default();
    let (account, name, title) = (typed("akun"), typed("nama"), typed("jabatan"));
    view! {
        <section class="door">
            <h1>"Administrator pertama"</h1>
            <p class="lead">"Tautan ini hanya berlaku sekali. Sesudah ini Anda menambah akun lain di Kelola."</p>
            <Post<FirstAdmin> flash=flash.clone()>
                <input type="hidden" name="kunci" value=key/>
                <label>"Akun" <input name="akun" value=account required maxlength="40" autocomplete="username"/></label>
                <label>"Nama" <input name="nama" value=name required maxlength="120" autocomplete="name"/></label>
                <label>"Jabatan" <input name="jabatan" value=title maxlength="120"/></label>
                <label>
                    "Sandi, paling sedikit 10 huruf"
                    <input name="sandi" type="password" required minlength="10" maxlength="500" autocomplete="new-password"/>
                </label>
                <button class="primary">"Buat akun"</button>
            </Post<FirstAdmin>>
        </section>
    }
    .into_any()
}

#[component]
fn UsedLink() -> impl IntoView {
    view! {
        <section class="door">
            <h1>"Tautan ini sudah tidak berlaku"</h1>
            <p class="lead">
                "Tautan untuk administrator pertama hanya dapat dipakai sekali. Jalankan ulang server untuk mendapat yang baru, atau masuk dengan akun yang ada."
            </p>
            <p><a class="primary" href="/masuk">"Masuk"</a></p>
        </section>
    }
    .into_any()
}
