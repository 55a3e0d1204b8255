//! `/akun`: one's own account.

use desk::account::{Caller, Person};
use desk::problem::Problem;
use domain::id::AccountId;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::ChangePassword;
use super::feed::{Channels, ChannelsPart, get_feed};
use super::link::EndFeed;
use crate::ui::{AgencyHere, ErrorPage, Flashed, Frame, Loaded, Post, get_frame};

/// Who I am here, my password, and what I am told.
#[component]
pub fn AccountPage() -> impl IntoView {
    let slip = use_query_map().with_untracked(|query| query.get("lembar").unwrap_or_default());
    // An agency's account is told nothing here: its mail is the office's affair.
    let data = Resource::new_blocking(
        move || slip.clone(),
        |slip| async move {
            let frame = get_frame().await?;
            let channels = if frame.caller.is_some() { Some(get_feed(slip).await?) } else { None };
            Ok::<_, Problem>((frame, channels))
        },
    );
    view! {
        <Title text="Akun saya"/>
        <Loaded data children=|(frame, channels), flash| match Mine::of(frame) {
            Some(mine) => Either::Left(view! { <MyAccount mine channels flash/> }),
            None => Either::Right(view! { <ErrorPage problem=Problem::SignedOut/> }),
        }/>
    }
    .into_any()
}

/// One's own account, of the office or of an agency.
#[derive(Clone)]
struct Mine {
    account: AccountId,
    person: Person,
    roles: String,
}

impl Mine {
    fn of(frame: Frame) -> Option<Self> {
        if let Some(caller) = frame.caller {
            let roles = caller.role_words();
            let Caller { actor, person } = caller;
            return Some(Self { account: actor.account, person, roles });
        }
        let AgencyHere { short, account, person } = frame.agency?;
        Some(Self { account: account?, person, roles: format!("PD {short}") })
    }
}

#[component]
fn MyAccount(mine: Mine, channels: Option<Channels>, flash: Flashed) -> impl IntoView {
    let Mine { account, person, roles } = mine;
    let has_feed = channels.as_ref().is_some_and(|channels| channels.feed.is_some());
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    view! {
        <section class="door">
            <h1>{person.name}</h1>
            <p class="lead">{person.title}" · akun "<b>{account.0}</b>" · "{roles}</p>
            <h2>"Ganti sandi"</h2>
            <p class="good" role="status" hidden=!done>
                "Sandi sudah diganti. Sesi lain akun ini sudah diakhiri."
            </p>
            <Post<ChangePassword> flash=flash.clone()>
                <label>
                    "Sandi lama"
                    <input name="sandi_lama" type="password" required maxlength="500" autocomplete="current-password"/>
                </label>
                <label>
                    "Sandi baru, paling sedikit 10 huruf"
                    <input
                        name="sandi_baru"
                        type="password"
                        required
                        minlength="10"
                        maxlength="500"
                        autocomplete="new-password"
                    />
                </label>
                <label>
                    "Ulangi sandi baru"
                    <input name="sandi_ulang" type="password" required maxlength="500" autocomplete="new-password"/>
                </label>
                {has_feed.then(|| view! { <EndFeed/> })}
                <button class="primary">"Ganti sandi"</button>
            </Post<ChangePassword>>
            {channels.map(|channels| view! { <ChannelsPart channels flash/> })}
        </section>
    }
    .into_any()
}
