//! Links by which a person sets a password: made by an administrator, used once by whoever it is for.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use desk::account::{PasswordLink, PasswordSlip, PasswordState, SignedIn, Visit};
use desk::problem::Problem;
use domain::id::AccountId;

use super::slips::Slip;
use super::{Account, Accounts, Changed, unwell};
use crate::clock::Clock;
use crate::store::password_link::KeptPasswordLink;
use crate::token::{Token, TokenHash};

/// How long a link holds that somebody hands over.
const HANDED: TimeDelta = TimeDelta::days(7);
/// How long one holds that a person comes by at once, by signing in with a password that somebody
/// else gave.
const AT_ONCE: TimeDelta = TimeDelta::minutes(30);
/// How long after its time a link is remembered, to say what became of it.
const REMEMBERED: TimeDelta = TimeDelta::days(30);
impl Accounts {
    /// Makes a link; the account's earlier ones are void. The answer is its secret.
    pub(super) async fn fresh_link(
        &self,
        account: &AccountId,
        by: &AccountId,
        lasts: TimeDelta,
    ) -> Result<(Token, DateTime<Utc>), Problem> {
        let (token, now) = (Token::fresh().map_err(unwell)?, Clock::system().now());
        let expires = now + lasts;
        let kept = KeptPasswordLink {
            key: token.hash(),
            account: account.clone(),
            made_by: by.clone(),
            made_at: now,
            expires,
            used_at: None,
        };
        self.store.put_password_link(&kept).await.map_err(unwell)?;
        Ok((token, expires))
    }

    /// A link for somebody who has just signed in with a password that somebody else gave.
    pub(super) async fn link_at_once(&self, account: &AccountId) -> Result<String, Problem> {
        Ok(self.fresh_link(account, account, AT_ONCE).await?.0.reveal())
    }

    /// A link to be handed over, on a slip.
    pub(super) async fn link_to_hand_over(
        &self,
        account: AccountId,
        by: AccountId,
        at_once: bool,
    ) -> Result<String, Problem> {
        let _held = self.changing.lock().await;
        let known = self.known(&account)?;
        if !known.view.active {
            return Err(Problem::invalid(format!(
                "Akun {account} nonaktif. Centang “Boleh masuk” dan simpan dahulu, lalu buat tautannya."
            )));
        }
        let (token, expires) = self.fresh_link(&account, &by, HANDED).await?;
        if at_once && !known.password.is_empty() {
            let change = Changed { password: Some(String::new()), ..Changed::default() };
            self.replace(known.view, change).await?;
        }
        tracing::info!(%account, %by, at_once, "a link to set a password was made");
        let (name, made, secret) = (Token::fresh().map_err(unwell)?.reveal(), Instant::now(), token.reveal());
        self.slips.put(name.clone(), Slip { made, by, of: account, secret, expires });
        Ok(name)
    }

    /// The slip of this name; it is gone afterwards.
    pub(super) fn take_slip(&self, name: &str, by: &AccountId, site: &str) -> Option<PasswordSlip> {
        let Slip { of: account, secret, expires, .. } = self.slips.take(name, by)?;
        let name = self.known(&account).ok()?.view.person.name;
        Some(PasswordSlip { account, name, url: format!("{site}/sandi?kunci={secret}"), expires })
    }

    /// How each account stands with its password.
    pub(super) async fn password_states(
        &self,
    ) -> Result<std::collections::BTreeMap<AccountId, PasswordState>, Problem> {
        let now = Clock::system().now();
        let links = self.store.password_links().await.map_err(unwell)?;
        let open = |id: &AccountId| {
            let open = |it: &&KeptPasswordLink| it.account == *id && it.used_at.is_none() && it.expires > now;
            links.iter().find(open).map(|link| link.expires)
        };
        let state = |(id, account): (&AccountId, &Account)| {
            let (set, change_first) = (!account.password.is_empty(), account.change_first);
            (id.clone(), PasswordState { set, change_first, link: open(id) })
        };
        Ok(self.book().accounts.iter().map(state).collect())
    }

    /// How a link stands. Changes nothing.
    pub(super) async fn look_at_link(&self, link: &str) -> Result<PasswordLink, Problem> {
        let kept = self.store.password_link(TokenHash::of(link)).await.map_err(unwell)?;
        let Some(kept) = kept else { return Ok(PasswordLink::Unknown) };
        if kept.used_at.is_some() {
            return Ok(PasswordLink::Used);
        }
        if kept.expires <= Clock::system().now() {
            return Ok(PasswordLink::Expired);
        }
        let Some(view) = self.active(&kept.account) else { return Ok(PasswordLink::Unknown) };
        let has_feed = self.store.feed(&view.id).await.map_err(unwell)?.is_some();
        Ok(PasswordLink::Good { account: view.id, name: view.person.name, expires: kept.expires, has_feed })
    }

    /// Sets the password of a link's account, and signs in. Before anything is changed the
    /// password is judged, so that a refused one leaves the link as it is.
    pub(super) async fn use_link(
        &self,
        link: &str,
        password: String,
        visit: Visit,
        ends_feed: bool,
    ) -> Result<SignedIn, Problem> {
        let _held = self.changing.lock().await;
        let void = |words: &str| Problem::invalid(words.to_owned());
        let account = match self.look_at_link(link).await? {
            PasswordLink::Good { account, .. } => account,
            PasswordLink::Used => {
                return Err(void("Tautan ini sudah dipakai. Masuklah dengan sandi yang dibuat."));
            }
            PasswordLink::Expired => {
                return Err(void(
                    "Tautan ini sudah lewat waktunya. Mintalah yang baru kepada administrator.",
                ));
            }
            PasswordLink::Unknown => {
                return Err(void(
                    "Tautan ini tidak dikenal. Periksa lagi, atau mintalah yang baru kepada administrator.",
                ));
            }
        };
        let view = self.known(&account)?.view;
        self.tries.attempt_change(&account, Instant::now()).map_err(Problem::too_many)?;
        let hash = self.judged_and_hashed(&view, password).await?;
        let now = Clock::system().now();
        if !self.store.spend_password_link(TokenHash::of(link), now).await.map_err(unwell)? {
            return Err(void("Tautan ini sudah dipakai. Masuklah dengan sandi yang dibuat."));
        }
        self.replace(view, Changed { password: Some(hash), ends_feed, ..Changed::default() }).await?;
        self.tries.changed(&account);
        tracing::info!(%account, from = %visit.from, "a password was set by a link");
        self.begin(&account, visit).await
    }

    /// Removes links that nobody needs to be told of any more.
    pub(super) async fn sweep_links(&self, now: DateTime<Utc>) -> Result<(), crate::store::StoreError> {
        self.store.sweep_password_links(now - REMEMBERED).await
    }
}
