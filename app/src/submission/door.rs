//! `/pd/t/{rahasia}`: what an agency's link shows before it opens anything.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use desk::report::OFFICE;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use crate::ui::{AgencyHere, Frame, Loaded, use_frame};

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkDoor {
    /// To an agency's page.
    Open,
    /// To the page that this browser has open already.
    Here,
    /// To nothing: it was replaced, made void, or its time is over.
    Void,
}

/// What a link leads to. Nothing changes by asking, and nothing is said of whose it is.
#[server(prefix = "/api", endpoint = "look-at-link", input = GetUrl)]
pub async fn look_at_link(kunci: String) -> Result<LinkDoor, Problem> {
    use crate::ui::request::{agency, ports, remote};
    let account = ports().submissions.look_at_link(kunci, remote()).await?;
    let here = agency().map(|agency| agency.account);
    Ok(match account {
        None => LinkDoor::Void,
        account if account == here => LinkDoor::Here,
        Some(_) => LinkDoor::Open,
    })
}

/// The page: what the link is for, and the button that opens it. Messengers show what stands in the
/// head of this page to everybody in a conversation, so that is the name of the office and no more.
#[component]
pub fn LinkPage() -> impl IntoView {
    let secret = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let data = Resource::new_blocking(|| (), move |()| look_at_link(secret.clone()));
    keep_secret();
    view! {
        <Title text=OFFICE/>
        <Meta property="og:title" content=OFFICE/>
        <Meta property="og:site_name" content=OFFICE/>
        <Meta name="robots" content="noindex"/>
        <Loaded data children=|door, _| view! { <Door door/> }/>
    }
    .into_any()
}

/// Where one goes on from here, only the site is told, never the address of this page. Not
/// `no-referrer`: browsers then call the origin of a form `null`, and ours would be a stranger's.
fn keep_secret() {
    #[cfg(feature = "ssr")]
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
        let policy = http::HeaderValue::from_static("strict-origin");
        options.insert_header(http::header::REFERRER_POLICY, policy);
    }
}

#[component]
fn Door(door: LinkDoor) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if door == LinkDoor::Void {
        leptos_axum::redirect("/pd/tautan-tidak-berlaku");
    }
    let frame = use_frame();
    let present = move || frame.get().and_then(Result::ok).and_then(|frame| who(&frame));
    let warning = move || present().filter(|_| door == LinkDoor::Open);
    let button = if door == LinkDoor::Here { "Lanjutkan" } else { "Buka halaman LKj" };
    view! {
        <section class="door">
            <p class="eyebrow">{OFFICE}</p>
            <h1>"Pengiriman LKj"</h1>
            <p class="lead">
                "Tautan ini membuka halaman Perangkat Daerah Anda, tempat Laporan Kinerja (LKj) ditulis dan dikirim kepada kami."
            </p>
            <Suspense fallback=|| ()>
                {move || warning().map(|words| view! { <p class="notice">{words}</p> })}
            </Suspense>
            <form method="post">
                <button class="primary">{button}</button>
            </form>
            <p class="hint">
                "Siapa yang memegang tautan ini dapat mengirim LKj atas nama PD Anda. Jangan diteruskan."
            </p>
        </section>
    }
    .into_any()
}

/// Who is signed in here, and what becomes of it.
fn who(frame: &Frame) -> Option<String> {
    if let Some(caller) = &frame.caller {
        let name = &caller.person.name;
        return Some(format!(
            "Di peramban ini {name} sedang masuk. Membuka tautan mengeluarkan akun itu dari peramban ini."
        ));
    }
    frame.agency.as_ref().map(|AgencyHere { short, .. }| {
        format!(
            "Di peramban ini sedang terbuka halaman {short}. Membuka tautan menutupnya; yang sudah ditulis di sana tetap tersimpan."
        )
    })
}
