//! What the wall, a display that is being paired, and the administrator of displays ask.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use super::{DisplayView, WallSnapshot};
use crate::problem::Problem;

/// What the wall shows. For displays, for those who are signed in, and in practice for all.
#[server(prefix = "/api", endpoint = "wall", input = GetUrl)]
pub async fn get_wall() -> Result<WallSnapshot, Problem> {
    use super::Viewer;
    use crate::shell::request::{caller, ports};
    let name = match viewer() {
        Some(Viewer::Display { name }) => name,
        Some(Viewer::Revoked) => return Err(Problem::Forbidden { who: "papan yang terpasang".to_owned() }),
        Some(Viewer::Practice) => String::new(),
        None => caller().map(|_| String::new()).ok_or(Problem::SignedOut)?,
    };
    let desk = ports().desk;
    Ok(WallSnapshot { office: desk.office().for_wall(), now: desk.now(), name })
}

/// What a display that is being paired shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pairing {
    /// It waits for an administrator to enter the code.
    Waiting {
        /// The code.
        code: String,
        /// Where it is entered, on this very server.
        place: String,
        /// The same with the code, as an SVG path of a QR code, and the side of its square.
        qr: (String, u32),
    },
    /// It is paired: the wall is at `/papan`.
    Paired,
}

/// How far the pairing of this display is. Begins one if there is none.
#[server(prefix = "/api", endpoint = "pairing", input = GetUrl)]
pub async fn get_pairing() -> Result<Pairing, Problem> {
    use super::port::Claim;
    if matches!(viewer(), Some(super::Viewer::Display { .. })) {
        return Ok(Pairing::Paired);
    }
    match crate::shell::request::ports().displays.claim(secret().as_deref())? {
        Claim::Paired(cookie) => {
            set_cookie(&super::display_cookie(&cookie));
            set_cookie("alur_pasang=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
            Ok(Pairing::Paired)
        }
        Claim::Waiting { secret, code } => {
            set_cookie(&format!("alur_pasang={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600"));
            let place = format!("{}/kelola/papan", origin());
            let qr = super::qr::path(&format!("{place}?kode={code}"));
            Ok(Pairing::Waiting { code, place, qr })
        }
    }
}

/// The displays, and the time of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplayList {
    /// The displays, by name.
    pub displays: Vec<DisplayView>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Every display.
#[server(prefix = "/api", endpoint = "displays", input = GetUrl)]
pub async fn get_displays() -> Result<DisplayList, Problem> {
    use crate::shell::request::{ports, require_admin};
    require_admin()?;
    Ok(DisplayList { displays: ports().displays.list(), now: ports().desk.now() })
}

/// Pairs the display that shows this code.
#[server(prefix = "/api", endpoint = "pair-display")]
pub async fn pair_display(kode: String, nama: String) -> Result<(), Problem> {
    use crate::shell::request::{ports, remote, require_admin};
    let by = require_admin()?.actor.account;
    ports().displays.pair(by, remote(), kode, nama).await?;
    leptos_axum::redirect("/kelola/papan?sudah=ya");
    Ok(())
}

/// Calls a display by another name.
#[server(prefix = "/api", endpoint = "rename-display")]
pub async fn rename_display(papan: String, nama: String) -> Result<(), Problem> {
    crate::shell::request::require_admin()?;
    crate::shell::request::ports().displays.rename(papan, nama).await?;
    leptos_axum::redirect("/kelola/papan?sudah=ya");
    Ok(())
}

/// Lets a display show its name for some seconds.
#[server(prefix = "/api", endpoint = "identify-display")]
pub async fn identify_display(papan: String) -> Result<(), Problem> {
    crate::shell::request::require_admin()?;
    crate::shell::request::ports().displays.identify(&papan)?;
    leptos_axum::redirect("/kelola/papan?kenali=ya");
    Ok(())
}

/// Takes a display's right away, at once.
#[server(prefix = "/api", endpoint = "revoke-display")]
pub async fn revoke_display(papan: String) -> Result<(), Problem> {
    crate::shell::request::require_admin()?;
    crate::shell::request::ports().displays.revoke(papan).await?;
    leptos_axum::redirect("/kelola/papan?sudah=ya");
    Ok(())
}

#[cfg(feature = "ssr")]
fn parts() -> Option<http::request::Parts> {
    use_context()
}

#[cfg(feature = "ssr")]
fn viewer() -> Option<super::Viewer> {
    parts()?.extensions.get().cloned()
}

#[cfg(feature = "ssr")]
fn secret() -> Option<String> {
    parts()?.extensions.get().map(|super::ClaimSecret(secret)| secret.clone())
}

/// Where this server is reached, as the display reached it.
#[cfg(feature = "ssr")]
fn origin() -> String {
    let header = |name: &str| parts()?.headers.get(name)?.to_str().ok().map(str::to_owned);
    let scheme = header("x-forwarded-proto").filter(|scheme| scheme == "https");
    let host = header("host").unwrap_or_default();
    format!("{}://{host}", scheme.as_deref().unwrap_or("http"))
}

#[cfg(feature = "ssr")]
fn set_cookie(cookie: &str) {
    if let (Ok(cookie), Some(options)) =
        (http::HeaderValue::from_str(cookie), use_context::<leptos_axum::ResponseOptions>())
    {
        options.append_header(http::header::SET_COOKIE, cookie);
    }
}
