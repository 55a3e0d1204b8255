//! Calendars that other programs subscribe to, each under a secret address of one account.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use desk::office::Desk;
use desk::problem::Problem;
use desk::reminder::{FeedView, Feeds as Port};
use desk::request::RemoteAddress;
use domain::feed::{calendar, entries};
use domain::id::AccountId;

use crate::account::Accounts;
use crate::account::rate::Limits;
use crate::refuse::{Refusal, problem};
use crate::store::{Store, StoreError};
use crate::token::{Token, TokenHash};

/// How long a slip with a fresh address waits to be looked at.
const SLIP_LASTS: Duration = Duration::from_secs(15 * 60);
/// What a program calls the calendar.
const NAME: &str = "Alur: jatuh tempo";

/// The calendars of the office's accounts.
pub struct Feeds {
    store: Store,
    desk: Arc<dyn Desk>,
    accounts: Arc<Accounts>,
    site: Option<String>,
    limits: Limits,
    /// Addresses that were just made, by the name of their slip. In memory only.
    slips: Mutex<HashMap<String, Slip>>,
}

struct Slip {
    made: Instant,
    of: AccountId,
    secret: String,
}

impl Feeds {
    /// The service. `site` is how people reach Alur, if that was told.
    pub fn new(store: Store, desk: Arc<dyn Desk>, accounts: Arc<Accounts>, site: Option<String>) -> Self {
        Self { store, desk, accounts, site, limits: Limits::default(), slips: Mutex::default() }
    }

    /// The calendar with this secret, as text.
    async fn read(&self, secret: &str, from: IpAddr) -> Result<String, Problem> {
        let key = TokenHash::of(secret);
        let owner = self.store.feed_owner(key).await.map_err(unread)?;
        let Some(caller) = owner.and_then(|account| self.accounts.caller(&account)) else {
            // Only what is no calendar is counted, so that guesses hold up nobody who has one.
            let tried = AccountId(key.as_hex().chars().take(16).collect());
            let wait = self.limits.attempt(&tried, from, Instant::now());
            wait.map_err(Problem::too_many)?;
            return Err(Problem::not_found("Kalender ini"));
        };
        self.store.touch_feed(key, self.desk.now()).await.map_err(unwell)?;
        let office = self.desk.office();
        let lanes = office.rights(&caller.actor, self.desk.now()).lanes();
        Ok(calendar(NAME, &entries(&office, &lanes, self.site.as_deref())))
    }
}

#[async_trait]
impl Port for Feeds {
    async fn feed(&self, account: AccountId) -> Result<Option<FeedView>, Problem> {
        self.store.feed(&account).await.map_err(unread)
    }

    async fn make(&self, account: AccountId) -> Result<String, Problem> {
        let token = Token::fresh().map_err(unwell)?;
        self.store.put_feed(token.hash(), &account, self.desk.now()).await.map_err(unwell)?;
        tracing::info!(%account, "an address of a calendar was made");
        let name = Token::fresh().map_err(unwell)?.reveal();
        let mut slips = self.slips.lock().unwrap_or_else(PoisonError::into_inner);
        slips.retain(|_, slip| slip.made.elapsed() < SLIP_LASTS);
        slips.insert(name.clone(), Slip { made: Instant::now(), of: account, secret: token.reveal() });
        Ok(name)
    }

    fn slip(&self, name: &str, account: &AccountId, site: &str) -> Option<String> {
        let mut slips = self.slips.lock().unwrap_or_else(PoisonError::into_inner);
        let own = slips.get(name).is_some_and(|slip| slip.of == *account && slip.made.elapsed() < SLIP_LASTS);
        let slip = own.then(|| slips.remove(name)).flatten()?;
        Some(format!("{site}/kalender/{}.ics", slip.secret))
    }

    async fn revoke(&self, account: AccountId) -> Result<(), Problem> {
        self.store.revoke_feed(&account).await.map_err(unwell)?;
        tracing::info!(%account, "the address of a calendar was made void");
        Ok(())
    }
}

/// `/kalender/{secret}.ics`.
pub fn routes<S: Clone + Send + Sync + 'static>(feeds: Arc<Feeds>) -> Router<S> {
    Router::new().route("/kalender/{file}", get(send)).layer(Extension(feeds))
}

async fn send(
    Extension(feeds): Extension<Arc<Feeds>>,
    remote: Option<Extension<RemoteAddress>>,
    file: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    let from = remote.map_or([127, 0, 0, 1].into(), |Extension(remote)| remote.0);
    let secret = file.ok().and_then(|Path(file)| file.strip_suffix(".ics").map(str::to_owned));
    let read = match secret {
        Some(secret) => feeds.read(&secret, from).await,
        None => Err(Problem::not_found("Kalender ini")),
    };
    let no_index = (HeaderName::from_static("x-robots-tag"), "noindex");
    match read {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "inline; filename=\"alur.ics\""),
                (header::CACHE_CONTROL, "no-store"),
                no_index,
            ];
            Ok((headers, text).into_response())
        }
        // A program fetches it, and a person looks why it does not: in words, not as JSON.
        Err(Problem::NotFound { .. }) => {
            let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), no_index];
            let sentence =
                "Alamat kalender ini tidak berlaku lagi. Buat yang baru di Alur, halaman Akun saya.\n";
            Ok((StatusCode::NOT_FOUND, headers, sentence).into_response())
        }
        Err(problem) => Err(problem.into()),
    }
}

fn unread(error: StoreError) -> Problem {
    problem(error, "Alamat kalender ini")
}

fn unwell(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "calendars: the database failed");
    Problem::Unwell
}
