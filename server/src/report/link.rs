//! Links that open an agency's page: made, opened, made void.

use std::net::IpAddr;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use app::problem::Problem;
use app::submission::{FreshLink, LinkView};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{AccountId, AgencyCode, RunId};

use super::{Reports, link_account, unwell};
use crate::clock::Clock;
use crate::paper::qr::qr_svg;
use crate::store::link::KeptLink;
use crate::token::{Token, TokenHash};

/// How long after the last moment for reports a link still opens the page: long enough for
/// what has to be improved [assumed].
const AFTERWARDS: TimeDelta = TimeDelta::days(120);

/// How long a sheet of fresh links waits to be looked at.
const SHEET_LASTS: Duration = Duration::from_secs(15 * 60);

/// Links that were just made, on their way to the one who made them. Kept in memory only.
pub(super) struct Sheet {
    made: Instant,
    by: AccountId,
    links: Vec<(AgencyCode, String)>,
    expires: DateTime<Utc>,
}

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

    /// Opens an agency's page with the secret of a link: begins a session, whose cookie this
    /// answers with, and the data year that it is for.
    ///
    /// # Errors
    /// [`Problem`] if there is no such link any more, or too many were tried.
    pub(super) async fn open_link(&self, secret: &str, from: IpAddr) -> Result<(String, i32), Problem> {
        let key = TokenHash::of(secret);
        let tried = AccountId(key.as_hex().chars().take(16).collect());
        if let Err(wait) = self.limits.attempt(&tried, from, Instant::now()) {
            let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
            return Err(Problem::TooMany { seconds });
        }
        let office = self.desk.office();
        let link = self.store.link(key).await.map_err(unwell)?;
        let link = link.filter(|link| link.view.expires > self.desk.now());
        let link = link.filter(|link| office.agencies.contains_key(&link.view.agency));
        let void = || {
            Problem::invalid(
                "Tautan pengiriman ini tidak berlaku lagi. Mintalah tautan baru ke Biro Organisasi.",
            )
        };
        let link = link.ok_or_else(void)?;
        let (run, _) = office.run(link.run).ok_or_else(void)?;
        self.limits.succeeded(&tried, from);
        let account = link_account(link.run, &link.view.agency);
        let session = self.sessions.begin(&account, Clock::system().now()).await.map_err(unwell)?;
        self.store.touch_link(key, self.desk.now()).await.map_err(unwell)?;
        tracing::info!(%account, %from, "an agency's link was opened");
        Ok((session.reveal(), run.data_year))
    }

    async fn end_sessions(&self, run: RunId, agency: &AgencyCode) -> Result<(), Problem> {
        self.sessions.end_of(&link_account(run, agency), None).await.map_err(unwell)
    }
}
