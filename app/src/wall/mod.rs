//! The wall display: what hangs in the office and is read from afar, and how it gets there.

mod board;
mod html;
mod manage;
mod page;
mod pair;
mod picture;
#[cfg(feature = "ssr")]
pub mod port;
#[cfg(feature = "ssr")]
mod qr;
pub(crate) mod server;
mod told;

use chrono::{DateTime, Utc};
use domain::office::Office;
use serde::{Deserialize, Serialize};

pub use board::Board;
pub use manage::DisplaysPage;
pub use page::WallPage;
pub use pair::PairPage;
pub use server::{
    DisplayList, GetDisplays, GetPairing, GetWall, IdentifyDisplay, PairDisplay, Pairing, RenameDisplay,
    RevokeDisplay,
};

/// How long a display's cookie lasts when it is not renewed, in seconds: 400 days, which is
/// the longest that browsers allow.
const COOKIE_SECONDS: u32 = 400 * 24 * 3600;

/// Who looks at the wall, as the server's middleware found out. Not a
/// [`Caller`](crate::account::Caller): a display may see the wall, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// A display that was paired.
    Display {
        /// What the office calls it.
        name: String,
    },
    /// A display that was revoked.
    Revoked,
    /// Anybody, in a practice office.
    Practice,
}

/// The secret of a display that waits to be paired, as the server's middleware found it.
#[derive(Clone, Debug)]
pub struct ClaimSecret(pub String);

/// What the wall may show, as of one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WallSnapshot {
    /// The office without people: see [`Office::for_wall`].
    pub office: Office,
    /// When.
    pub now: DateTime<Utc>,
    /// What the office calls this display; empty if it is none.
    pub name: String,
}

/// A display as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplayView {
    /// What it is called in forms.
    pub id: String,
    /// What the office calls it.
    pub name: String,
    /// When it was paired.
    pub paired: DateTime<Utc>,
    /// When it was last here; `None`: never yet.
    pub seen: Option<DateTime<Utc>>,
    /// Whether it holds a line at this moment.
    pub connected: bool,
}

/// The cookie that a display is known by.
pub fn display_cookie(value: &str) -> String {
    format!("alur_papan={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={COOKIE_SECONDS}")
}
