//! Links that open an agency's page: made, opened, made void.

use std::net::IpAddr;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use desk::problem::Problem;
use desk::report::{FreshLink, LinkView};
use desk::trail::Kind;
use domain::id::{AccountId, AgencyCode, RunId};

use super::by_link::{caller_of, link_account};
use super::sheet::Sheet;
use super::{Reports, unwell};
use crate::audit::Trace;
use crate::clock::Clock;
use crate::refuse::problem;
use crate::store::link::KeptLink;
use crate::token::{Token, TokenHash};
use paper::qr::qr_svg;

/// How long after the last moment for reports a link still opens the page: long enough for
/// what has to be improved [assumed].
const AFTERWARDS: TimeDelta = TimeDelta::days(120);

/// How long a sheet of fresh links waits to be looked at.
const SHEET_LASTS: Duration = Duration::from_secs(15 * 60);

impl Reports {
    pub(super) async fn fresh_links(
        &self,
        run: RunId,
        agencies: Vec<AgencyCode>,
        by: AccountId,
    ) -> Result<String, Problem> {
        let office = self.desk.office();
        let (state, sop) = office.run(run).ok_or_else(|| Problem::not_found("Pelaksanaan ini"))?;
        let now = self.desk.now();
        let deadline = sop.report_deadline(state.data_year).unwrap_or(now);
        let expires: DateTime<Utc> = deadline.max(now) + AFTERWARDS;
        let mut links = Vec::new();
        for agency in agencies.into_iter().filter(|code| office.agencies.contains_key(code)) {
            let token = Token::fresh().map_err(unwell)?;
            let view = LinkView {
                agency: agency.clone(),
                made_by: by.clone(),
                made_at: now,
                expires,
                used_at: None,
            };
            self.store.put_link(&KeptLink { key: token.hash(), run, view }).await.map_err(unwell)?;
            self.end_sessions(run, &agency).await?;
            links.push((agency, token.reveal()));
        }
        tracing::info!(account = %by, %run, links = links.len(), "links for agencies were made");
        let name = Token::fresh().map_err(unwell)?.reveal();
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        sheets.retain(|_, sheet| sheet.made.elapsed() < SHEET_LASTS);
        sheets.insert(name.clone(), Sheet { made: Instant::now(), by, links, expires });
        Ok(name)
    }

    /// The sheet of this name; it is gone afterwards.
    pub(super) fn take_sheet(&self, name: &str, by: &AccountId, site: &str) -> Option<Vec<FreshLink>> {
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        let own = sheets.get(name).is_some_and(|sheet| sheet.by == *by && sheet.made.elapsed() < SHEET_LASTS);
        let sheet = own.then(|| sheets.remove(name)).flatten()?;
        let expires = sheet.expires;
        let fresh = |(agency, secret): (AgencyCode, String)| {
            let url = format!("{site}/pd/t/{secret}");
            let qr = qr_svg(&url, &format!("Kode QR tautan {agency}")).unwrap_or_default();
            FreshLink { agency, url, qr, expires }
        };
        Some(sheet.links.into_iter().map(fresh).collect())
    }

    pub(super) async fn void_link(&self, run: RunId, agency: &AgencyCode) -> Result<(), Problem> {
        self.store.revoke_link(run, agency).await.map_err(unwell)?;
        self.end_sessions(run, agency).await
    }

    /// The account that a link with this secret opens a page for, and the data year; nothing changes.
    ///
    /// # Errors
    /// [`Problem`] if there is no such link any more, or too many were tried.
    pub(super) async fn find_link(&self, secret: &str, from: IpAddr) -> Result<(AccountId, i32), Problem> {
        let key = TokenHash::of(secret);
        let office = self.desk.office();
        let link = self.store.link(key).await.map_err(|error| problem(error, "Tautan ini"))?;
        let link = link.filter(|link| link.view.expires > self.desk.now());
        let link = link.filter(|link| office.agencies.contains_key(&link.view.agency));
        let void = || {
            Problem::invalid(
                "Tautan pengiriman ini tidak berlaku lagi. Mintalah tautan baru ke Biro Organisasi.",
            )
        };
        let Some((link, (run, _))) = link.and_then(|link| Some((link.clone(), office.run(link.run)?))) else {
            // Only what opens nothing is counted, so that guesses hold up nobody who has a link.
            let tried = AccountId(key.as_hex().chars().take(16).collect());
            let wait = self.limits.attempt(&tried, from, Instant::now());
            wait.map_err(Problem::too_many)?;
            return Err(void());
        };
        Ok((link_account(link.run, &link.view.agency), run.data_year))
    }

    /// Opens an agency's page with the secret of a link: begins a session, whose cookie this
    /// answers with, and the data year that it is for.
    ///
    /// # Errors
    /// As [`Reports::find_link`].
    pub(super) async fn open_link(&self, secret: &str, trace: &Trace) -> Result<(String, i32), Problem> {
        let found = self.find_link(secret, trace.origin).await;
        if matches!(found, Err(Problem::Invalid { .. } | Problem::TooMany { .. })) {
            trace.note(&AccountId(String::new()), Kind::LinkRefused, "", "").await;
        }
        let (account, data_year) = found?;
        let session = self.sessions.begin(&account, Clock::system().now()).await.map_err(unwell)?;
        self.store.touch_link(TokenHash::of(secret), self.desk.now()).await.map_err(unwell)?;
        let agency = caller_of(&account).map_or_else(String::new, |caller| format!("PD {}", caller.agency));
        tracing::info!(%account, from = %trace.origin, "an agency's link was opened");
        trace.note(&account, Kind::LinkOpened, agency, "").await;
        Ok((session.reveal(), data_year))
    }

    async fn end_sessions(&self, run: RunId, agency: &AgencyCode) -> Result<(), Problem> {
        self.sessions.end_of(&link_account(run, agency), None).await.map_err(unwell)
    }
}
