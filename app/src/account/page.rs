//! `/akun`: one's own account.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::ChangePassword;
use crate::reminder::{Told, ToldPart, get_feed};
use crate::shell::{Flashed, Loaded, Post};

/// Who I am here, my password, and what I am told.
#[component]
pub fn AccountPage() -> impl IntoView {
    let slip = use_query_map().with_untracked(|query| query.get("lembar").unwrap_or_default());
    let data = Resource::new_blocking(move || slip.clone(), get_feed);
    view! {
        <Title text="Akun saya"/>
        <Loaded data children=|told, flash| view! { <Mine told flash/> }/>
    }
    .into_any()
}

#[component]
fn Mine(told: Told, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let caller = told.caller.clone();
    let roles = caller.role_words();
    view! {
        <section class="door">
            <h1>{caller.person.name}</h1>
            <p class="lead">{caller.person.title}" · akun "<b>{caller.actor.account.0}</b>" · "{roles}</p>
            <h2>"Ganti sandi"</h2>
            <p class="good" role="status" hidden=!done>
                "Sandi sudah diganti. Sesi lain akun ini sudah diakhiri."
            </p>
            <Post<ChangePassword> flash=flash.clone()>
                <label>
                    "Sandi lama"
                    <input name="sandi_lama" type="password" required maxlength="200" autocomplete="current-password"/>
                </label>
                <label>
                    "Sandi baru, paling sedikit 10 huruf"
                    <input
                        name="sandi_baru"
                        type="password"
                        required
                        minlength="10"
                        maxlength="200"
                        autocomplete="new-password"
                    />
                </label>
                <label>
                    "Ulangi sandi baru"
                    <input name="sandi_ulang" type="password" required maxlength="200" autocomplete="new-password"/>
                </label>
                <button class="primary">"Ganti sandi"</button>
            </Post<ChangePassword>>
            <ToldPart told flash/>
        </section>
    }
    .into_any()
}
