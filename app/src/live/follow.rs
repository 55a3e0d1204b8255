//! Following the log.

use chrono::{DateTime, Utc};
use domain::office::Office;
use leptos::prelude::*;

use super::line::{LineState, LiveOffice, Scope, page_line};
use crate::ui::IN_BROWSER;

impl LiveOffice {
    /// Follows the log from a snapshot that was taken at `now`. When the page falls too far
    /// behind, it takes a new snapshot of its scope.
    pub fn follow(snapshot: Office, now: DateTime<Utc>, scope: Scope) -> Self {
        let live = Self { office: RwSignal::new(snapshot), now: RwSignal::new(now) };
        if IN_BROWSER {
            super::client::follow(live, page_line(), scope);
        }
        live
    }

    /// `on` or `off`, as the page's root says it.
    pub fn data_live() -> Signal<&'static str> {
        let line = page_line();
        Signal::derive(move || if line.state.get() == LineState::On { "on" } else { "off" })
    }
}
