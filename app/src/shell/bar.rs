//! The bar at the top of every page.

use desk::account::Caller;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::live::chip::LiveChip;
use crate::ui::{AgencyHere, Icon, use_frame};

/// Brand, places to go, connection, and who is signed in.
#[component]
pub fn Bar() -> impl IntoView {
    let frame = use_frame();
    let caller = move || {
        let frame = frame.get().and_then(Result::ok)?;
        Some((frame.caller?, frame.acting))
    };
    let agency = move || frame.get().and_then(Result::ok).and_then(|frame| frame.agency);
    view! {
        <a class="skip" href="#isi">"Langsung ke isi"</a>
        <header class="bar">
            <A href="/" attr:class="brand"><Icon name="alur"/>"Alur"</A>
            <Suspense fallback=|| ()>
                {move || caller().map(|(caller, acting)| view! { <Places caller acting/> })}
                {move || agency().map(|agency| view! { <AgencyPlaces agency/> })}
            </Suspense>
        </header>
    }
    .into_any()
}

#[component]
fn Places(caller: Caller, acting: Vec<String>) -> impl IntoView {
    let own = std::iter::once(caller.role_words()).filter(|_| acting.is_empty() || caller.has_role());
    let roles = own.chain(acting.iter().cloned()).collect::<Vec<_>>().join(", ");
    view! {
        <nav aria-label="Utama">
            <A href="/" exact=true>"Beranda"</A>
            <A href="/pelaksanaan">"Pelaksanaan"</A>
            <A href="/sop">"SOP"</A>
            {caller.actor.admin.then(|| view! { <A href="/kelola">"Kelola"</A> })}
        </nav>
        <LiveChip/>
        <A href="/akun" attr:class="who" attr:title="Akun saya">
            <span>{caller.person.name}</span>
            <b>{roles}</b>
        </A>
        <form method="post" action="/api/sign-out" class="leave">
            <button class="quiet">"Keluar"</button>
        </form>
    }
    .into_any()
}

/// What an agency sees there: its own pages, and the way out.
#[component]
fn AgencyPlaces(agency: AgencyHere) -> impl IntoView {
    let AgencyHere { short, account, person } = agency;
    let name = if account.is_some() { person.name } else { "lewat tautan".to_owned() };
    let who = view! {
        <span>{name}</span>
        <b>{short}</b>
    };
    let who = match account {
        Some(_) => Either::Left(view! { <A href="/akun" attr:class="who" attr:title="Akun saya">{who}</A> }),
        None => Either::Right(view! { <p class="who">{who}</p> }),
    };
    view! {
        <nav aria-label="Utama">
            <A href="/pd">"LKj"</A>
        </nav>
        {who}
        <form method="post" action="/api/sign-out" class="leave">
            <button class="quiet">"Keluar"</button>
        </form>
    }
    .into_any()
}
