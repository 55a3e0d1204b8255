//! On `/akun`: where mail for this account goes, and its due dates as a calendar.

use desk::problem::Problem;
use desk::reminder::{FeedView, PostState};
use domain::calendar::words;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use crate::ui::notify::NotifyIsland;
use crate::ui::{Area, Flashed, Post};

/// By what an account is told things: mail and calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channels {
    /// Its address for mail; empty if it has none.
    pub mail: String,
    /// How mail stands.
    pub post: PostState,
    /// Its calendar, if it has one.
    pub feed: Option<FeedView>,
    /// The calendar's address, if it was made just before; shown this once.
    pub fresh: Option<String>,
}

/// By what this account is told things.
#[server(prefix = "/api", endpoint = "told", input = GetUrl)]
pub async fn get_feed(#[server(default)] lembar: String) -> Result<Channels, Problem> {
    use crate::ui::request::{ports, require_caller, site_address};
    let (account, ports) = (require_caller()?.actor.account, ports());
    let fresh = ports.feeds.slip(&lembar, &account, &site_address());
    let to = domain::reminder::To::Account(account.clone());
    let mail = ports.post.addresses().get(&to).cloned().unwrap_or_default();
    Ok(Channels { mail, post: ports.post.state(), feed: ports.feeds.feed(account).await?, fresh })
}

/// Sets where mail for this account goes; empty: nowhere.
#[server(prefix = "/api", endpoint = "set-mail")]
pub async fn set_mail(#[server(default)] surel: String) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_caller};
    use desk::trail::Kind;
    let account = require_caller()?.actor.account;
    let (post, to) = (ports().post, domain::reminder::To::Account(account.clone()));
    let told = |(): &()| (account.to_string(), crate::office::words::mail_words(&surel));
    act(Kind::MailChanged, told, post.set_address(to, surel.clone(), account.clone())).await?;
    leptos_axum::redirect("/akun?surel=ya#surel");
    Ok(())
}

/// Makes this account's calendar address; an earlier one is void.
#[server(prefix = "/api", endpoint = "make-feed")]
pub async fn make_feed() -> Result<String, Problem> {
    use crate::ui::request::{note, ports, require_caller};
    use desk::trail::Kind;
    let account = require_caller()?.actor.account;
    let slip = ports().feeds.make(account).await?;
    ports().trail.note(note(Kind::FeedMade)).await;
    leptos_axum::redirect(&format!("/akun?lembar={slip}#kalender"));
    Ok(slip)
}

/// Makes this account's calendar address void.
#[server(prefix = "/api", endpoint = "revoke-feed")]
pub async fn revoke_feed() -> Result<(), Problem> {
    use crate::ui::request::{note, ports, require_caller};
    use desk::trail::Kind;
    ports().feeds.revoke(require_caller()?.actor.account).await?;
    ports().trail.note(note(Kind::FeedRevoked)).await;
    leptos_axum::redirect("/akun?kalender=dicabut#kalender");
    Ok(())
}

/// Mail, browser and calendar of this account.
#[component]
pub fn ChannelsPart(
    /// What is set.
    channels: Channels,
    /// What was refused just before.
    flash: Flashed,
) -> impl IntoView {
    let query = use_query_map();
    let saved = query.with_untracked(|query| query.get("surel").is_some());
    let revoked = query.with_untracked(|query| query.get("kalender").is_some());
    let Channels { mail, post, feed, fresh } = channels;
    let typed = flash.typed("/api/set-mail", "surel").unwrap_or(mail);
    let hint = match post {
        PostState::Off => {
            "Alur di kantor ini belum diatur untuk mengirim surel; alamat tetap disimpan untuk nanti."
        }
        _ => {
            "Ke alamat ini dikirim surel saat giliran Anda tiba, hanya pada jam kerja. Kosongkan bila tidak ingin."
        }
    };
    view! {
        <h2 id="surel">"Surel"</h2>
        <p class="good" role="status" hidden=!saved>"Alamat surel tersimpan."</p>
        <Post<SetMail> flash=flash.clone()>
            <label>
                "Alamat surel (boleh kosong)"
                <input name="surel" type="email" maxlength="254" value=typed autocomplete="email"/>
            </label>
            <p class="hint">{hint}</p>
            <button class="primary">"Simpan alamat"</button>
        </Post<SetMail>>
        <div class="script">
            <h2>"Pemberitahuan di peramban ini"</h2>
            <NotifyIsland/>
        </div>
        <h2 id="kalender">"Kalender jatuh tempo"</h2>
        <p class="good" role="status" hidden=!revoked>"Alamat kalender dicabut; siapa pun yang memakainya tidak lagi mendapat isinya."</p>
        <Calendar feed fresh flash/>
    }
    .into_any()
}

#[component]
fn Calendar(feed: Option<FeedView>, fresh: Option<String>, flash: Flashed) -> impl IntoView {
    let has = feed.is_some();
    let state = feed.map(|feed| {
        let used = match feed.used_at {
            Some(at) => format!("terakhir diambil {}", words::short(at)),
            None => "belum pernah diambil".to_owned(),
        };
        format!("Alamat dibuat {}, {used}.", words::short(feed.made_at))
    });
    let shown = fresh.map(|url| {
        view! {
            <label>
                "Alamat kalender Anda"
                <Area text=url attr:rows="3" attr:readonly=""/>
                <small>"Alamat hanya tampil kali ini. Salin sekarang ke aplikasi kalender (langganan dari URL), dan jangan dibagikan."</small>
            </label>
        }
    });
    let make = if has { "Ganti alamat" } else { "Buat alamat kalender" };
    let revoke = has.then(|| {
        view! {
            <form method="post" action="/api/revoke-feed">
                <button class="danger">"Cabut alamat"</button>
            </form>
        }
    });
    view! {
        <div class="part">
            {shown}
            <p>{state}</p>
            <p class="hint">"Aplikasi kalender (Google, Outlook, telepon) dapat berlangganan jatuh tempo pelaksanaan yang Anda ikuti. Isinya nama kegiatan dan peran, tanpa nama orang. Mengganti alamat membatalkan yang lama."</p>
            <div class="row">
                <Post<MakeFeed> flash><button class="primary">{make}</button></Post<MakeFeed>>
                {revoke}
            </div>
        </div>
    }
    .into_any()
}
