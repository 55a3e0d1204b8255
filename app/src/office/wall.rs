//! The part of the office that a display may see.

use chrono::{DateTime, Utc};
use desk::problem::Problem;
use domain::office::Office;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

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

/// What the wall shows. For displays, for those who are signed in, and in practice for all.
#[server(prefix = "/api", endpoint = "wall", input = GetUrl)]
pub async fn get_wall() -> Result<WallSnapshot, Problem> {
    use crate::ui::request::{caller, ports, viewer};
    use desk::display::Viewer;
    let name = match viewer() {
        Some(Viewer::Display { name }) => name,
        Some(Viewer::Revoked) => return Err(Problem::Forbidden { who: "papan yang terpasang".to_owned() }),
        Some(Viewer::Practice) => String::new(),
        None => caller().map(|_| String::new()).ok_or(Problem::SignedOut)?,
    };
    let desk = ports().desk;
    Ok(WallSnapshot { office: desk.office().for_wall(), now: desk.now(), name })
}
