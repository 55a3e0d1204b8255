//! `/akun`: one's own account.

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{Caller, ChangePassword};
use crate::problem::Problem;
use crate::shell::{ErrorPage, Flashed, Loaded, Post, use_frame};

/// Who I am here, and my password.
#[component]
pub fn AccountPage() -> impl IntoView {
    let frame = use_frame();
    view! {
        <Title text="Akun saya"/>
        <Loaded data=frame children=|frame, flash| match frame.caller {
            Some(caller) => Either::Left(view! { <Mine caller flash/> }),
            None => Either::Right(view! { <ErrorPage problem=Problem::SignedOut/> }),
        }/>
    }
    .into_any()
}

#[component]
fn Mine(caller: Caller, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let roles = caller.role_words();
    view! {
        <section class="door">
            <h1>{caller.person.name}</h1>
            <p class="lead">{caller.person.title}" · akun "<b>{caller.actor.account.0}</b>" · "{roles}</p>
            <h2>"Ganti sandi"</h2>
            <p class="good" role="status" hidden=!done>
                "Sandi sudah diganti. Sesi lain akun ini sudah diakhiri."
            </p>
            <Post<ChangePassword> flash>
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
        </section>
    }
    .into_any()
}
