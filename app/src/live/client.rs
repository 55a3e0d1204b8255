//! The browser's end of the line: a socket that is reopened for ever, and a long poll
//! where sockets do not get through.

use chrono::{DateTime, TimeDelta, Utc};
use desk::live::Message;
use domain::office::{Office, evolve};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use gloo_net::http::Request;
use gloo_net::websocket::Message as Frame;
use gloo_net::websocket::futures::WebSocket;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use server_fn::ServerFn;
use web_sys::AbortSignal;
use web_sys::js_sys::Date;

use super::line::{Line, LineState, LiveOffice, Scope};
use crate::office::server::{GetOverview, GetSheet};
use crate::office::wall::GetWall;
use crate::ui::send::get;

/// A line on which nothing is heard for this long is dead; the server beats every 15 s.
const SILENCE_MS: u32 = 35_000;
/// How often a page in the background asks where sockets do not get through. It does not
/// wait at the server then: a browser has only six connections for all its tabs.
const HIDDEN_POLL_MS: u32 = 8_000;
/// How often the page's clock moves on.
const TICK_MS: u32 = 5_000;

/// Keeps an office current for as long as the page is open.
pub(super) fn follow(live: LiveOffice, line: Line, scope: Scope) {
    let haste = if scope == Scope::Wall { Haste::WALL } else { Haste::PAGE };
    let client = Client { live, line, scope, haste };
    line.state.set(LineState::Reaching);
    spawn_local(client.tick());
    spawn_local(client.keep_connected());
}

#[derive(Clone, Copy)]
struct Client {
    live: LiveOffice,
    line: Line,
    scope: Scope,
    haste: Haste,
}

/// How long a page waits for what, in milliseconds.
#[derive(Clone, Copy)]
struct Haste {
    /// For the first word of a new connection, and for an answer that needs no waiting.
    answer: u32,
    /// For a word on a line that works, before it asks whether the line still does.
    quiet: u32,
    /// For something to happen, at the server, where sockets do not get through; in seconds.
    poll: u32,
    /// At most, before the next try.
    pause: f64,
}

impl Haste {
    /// People notice that nothing moves, and a phone's line is slow.
    const PAGE: Self = Self { answer: 10_000, quiet: SILENCE_MS, poll: 20, pause: 2_400.0 };
    /// Nobody is there to notice: that packets are lost has to be found out within seconds,
    /// and that they arrive again too. A display has a good line and asks for little.
    const WALL: Self = Self { answer: 2_500, quiet: 5_000, poll: 2, pause: 1_000.0 };
}

/// What is needed of any snapshot.
#[derive(Deserialize)]
struct Taken {
    office: Office,
    now: DateTime<Utc>,
}

/// Why a connection came to its end.
enum End {
    /// It worked, then broke.
    Broken,
    /// It never worked.
    NeverUp,
    /// The page asked for a new snapshot.
    Resync,
    /// The session is over.
    SignedOut,
}

impl Client {
    async fn keep_connected(self) {
        let mut failures = 0_u32;
        loop {
            let end = self.socket().await;
            failures = if matches!(end, End::NeverUp) { failures.saturating_add(1) } else { 0 };
            // A poll tells what a closed socket does not: whether the session is over. And it
            // is the line itself where sockets do not get through.
            let end = match end {
                End::Resync | End::SignedOut => end,
                End::Broken | End::NeverUp => self.poll(failures > 1).await,
            };
            match end {
                End::SignedOut => return self.line.state.set(LineState::SignedOut),
                End::Resync => self.resync().await,
                End::Broken | End::NeverUp => self.pause(failures).await,
            }
        }
    }

    /// Follows the log over a socket until it ends.
    async fn socket(&self) -> End {
        let after = self.live.office.with_untracked(|office| office.seq);
        let location = window().location();
        let secure = location.protocol().is_ok_and(|protocol| protocol == "https:");
        let scheme = if secure { "wss" } else { "ws" };
        let host = location.host().unwrap_or_default();
        let wall = self.wall();
        let Ok(mut socket) = WebSocket::open(&format!("{scheme}://{host}/live?after={after}{wall}")) else {
            return End::NeverUp;
        };
        let (mut heard, mut silence) = (false, 0);
        loop {
            let wait = if heard { self.haste.quiet } else { self.haste.answer };
            match select(socket.next(), TimeoutFuture::new(wait)).await {
                Either::Left((Some(Ok(frame)), _)) => {
                    (heard, silence) = (true, 0);
                    if matches!(frame, Frame::Text(text) if self.take(&text).is_none()) {
                        return End::Resync;
                    }
                }
                // A socket does not say that its packets are lost.
                Either::Right(_) if heard && silence + wait < SILENCE_MS => {
                    silence += wait;
                    match self.poll(false).await {
                        End::Broken => {}
                        end => return end,
                    }
                }
                _ => return if heard { End::Broken } else { End::NeverUp },
            }
        }
    }

    /// Asks for what came since; goes on asking while `stay` is wanted and it works.
    async fn poll(&self, stay: bool) -> End {
        // The first answer comes at once, and says that there is a line.
        let mut wait = 0;
        loop {
            let after = self.live.office.with_untracked(|office| office.seq);
            let address = format!("/api/events?after={after}&wait={wait}{}", self.wall());
            let patience = AbortSignal::timeout_with_u32(wait * 1_000 + self.haste.answer);
            let asked = Request::get(&address).abort_signal(Some(&patience)).send().await;
            let Ok(response) = asked else { return self.lost() };
            if response.status() == 401 {
                return End::SignedOut;
            }
            let Ok(text) = response.text().await else { return self.lost() };
            // A captive portal answers 200 with a page of its own.
            if !response.ok() || serde_json::from_str::<Message>(&text).is_err() {
                return self.lost();
            }
            if self.take(&text).is_none() {
                return End::Resync;
            }
            if !stay {
                return End::Broken;
            }
            wait = self.haste.poll;
            if document().hidden() {
                TimeoutFuture::new(HIDDEN_POLL_MS).await;
                wait = 0;
            }
        }
    }

    /// What a page that shows the wall adds to its addresses.
    fn wall(&self) -> &'static str {
        if self.scope == Scope::Wall { "&papan=1" } else { "" }
    }

    fn lost(&self) -> End {
        self.line.state.set(LineState::Reaching);
        End::NeverUp
    }

    /// Folds a message. `None` if the page must take a new snapshot.
    fn take(&self, text: &str) -> Option<()> {
        let Ok(message) = serde_json::from_str::<Message>(text) else { return Some(()) };
        let Self { live, line, .. } = self;
        line.state.set(LineState::On);
        match message {
            Message::Resync { .. } => return None,
            Message::Call { name } => line.call.set(name),
            Message::Beat { now, seq, build } => {
                // Also backwards: the server's clock may have been set right.
                self.live.now.set(now);
                self.line.heard.set(Some(now));
                let first = line.build.get_value().unwrap_or_else(|| build.clone());
                line.outdated.set(first != build);
                line.build.set_value(Some(first));
                if seq > live.office.with_untracked(|office| office.seq) {
                    return None;
                }
            }
            Message::Events { records } => {
                let known = live.office.with_untracked(|office| office.seq);
                let new: Vec<_> = records.into_iter().filter(|record| record.seq > known).collect();
                let gapless = (known + 1..).zip(&new).all(|(seq, record)| record.seq == seq);
                if !gapless {
                    return None;
                }
                if let Some(last) = new.last() {
                    self.heard(last.at);
                    live.office.update(|office| {
                        new.iter().for_each(|record| evolve(office, record));
                        if self.scope == Scope::Wall {
                            office.forget_histories();
                        }
                    });
                }
            }
        }
        Some(())
    }

    fn heard(&self, now: DateTime<Utc>) {
        let now = now.max(self.live.now.get_untracked());
        self.live.now.set(now);
        self.line.heard.set(Some(now));
    }

    /// Takes a new snapshot; what was typed on the page stays.
    async fn resync(&self) {
        let address = match self.scope {
            Scope::Run(run) => format!("{}?run={run}", GetSheet::url()),
            Scope::Overview => GetOverview::url().to_owned(),
            Scope::Wall => GetWall::url().to_owned(),
        };
        match get::<Taken>(&address).await {
            Ok(Taken { office, now }) => {
                self.live.office.set(office);
                self.heard(now);
            }
            Err(_) => self.pause(3).await,
        }
    }

    /// A pause that grows with each failure, never the same for all pages.
    async fn pause(&self, failures: u32) {
        self.line.state.set(LineState::Reaching);
        let longest = (150.0 * f64::from(1_u32 << failures.min(5))).min(self.haste.pause);
        let pause = longest * (0.5 + web_sys::js_sys::Math::random() / 2.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 2,400")]
        TimeoutFuture::new(pause as u32).await;
    }

    /// Moves the page's clock on between two messages, by as much as the browser's own clock
    /// has moved: the machine may have slept.
    async fn tick(self) {
        loop {
            let before = Date::now();
            TimeoutFuture::new(TICK_MS).await;
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a pause")]
            let step = TimeDelta::milliseconds((Date::now() - before).max(0.0) as i64);
            self.live.now.update(|now| *now += step);
        }
    }
}
