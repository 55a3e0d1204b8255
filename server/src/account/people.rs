//! The people of the office, as the pages see them.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use app::account::port::People;
use app::account::{AccountDraft, AccountView, Person};
use app::problem::Problem;
use app::shell::port::Answer;
use domain::id::AccountId;

use super::{Accounts, account_id, draft, hash_problem, password, unwell};
use crate::clock::Clock;
use crate::token::TokenHash;

impl People for Accounts {
    fn sign_in(
        &self,
        account: String,
        password: String,
        from: IpAddr,
    ) -> Answer<'_, Result<String, Problem>> {
        Box::pin(async move {
            let id = account_id(&account);
            self.check(&id, password, from).await?;
            self.begin(&id).await
        })
    }

    fn sign_out(&self, session: String) -> Answer<'_, ()> {
        Box::pin(async move {
            if let Err(error) = self.sessions.end(TokenHash::of(&session)).await {
                // In memory it has ended, so the person is signed out all the same.
                tracing::error!(%error, "a session could not be removed from the database");
            }
        })
    }

    fn change_password(
        &self,
        account: AccountId,
        session: String,
        old: String,
        new: String,
    ) -> Answer<'_, Result<(), Problem>> {
        Box::pin(async move {
            // By account only: whoever is signed in here has passed the address already.
            self.check(&account, old, IpAddr::from([0; 4])).await.map_err(|problem| match problem {
                Problem::Invalid { .. } => Problem::invalid("Sandi lama tidak cocok."),
                other => other,
            })?;
            let _held = self.changing.lock().await;
            let view = self.known(&account)?.view;
            self.replace(view, Some(new), Some(TokenHash::of(&session))).await
        })
    }

    fn first_link_is_good(&self, link: String) -> Answer<'_, bool> {
        Box::pin(async move { self.is_first_link(&link) })
    }

    fn first_admin(&self, link: String, mut draft: AccountDraft) -> Answer<'_, Result<String, Problem>> {
        Box::pin(async move {
            draft.admin = true;
            let id = account_id(&draft.id);
            // Taken away while it is used, so that it cannot be used twice at once.
            let link = self.take_first_link(&link)?;
            if let Err(problem) = self.add(draft).await {
                *self.first_link.write().unwrap_or_else(PoisonError::into_inner) = Some(link);
                return Err(problem);
            }
            self.begin(&id).await
        })
    }

    fn list(&self) -> Answer<'_, Result<Vec<AccountView>, Problem>> {
        Box::pin(
            async move { Ok(self.book().accounts.values().map(|account| account.view.clone()).collect()) },
        )
    }

    fn add(&self, draft: AccountDraft) -> Answer<'_, Result<(), Problem>> {
        Box::pin(async move {
            let view = draft::read(&draft, true)?;
            if let Some(fault) = password::fault(&draft.password, view.id.as_str()) {
                return Err(Problem::invalid(fault));
            }
            self.insert(view, draft.password).await
        })
    }

    fn change(&self, draft: AccountDraft, active: bool) -> Answer<'_, Result<(), Problem>> {
        Box::pin(async move {
            let _held = self.changing.lock().await;
            // An account stays the office's, or that agency's, as it was made.
            let agency = self.known(&account_id(&draft.id))?.view.agency;
            let draft = AccountDraft { agency, ..draft };
            let view = draft::read(&draft, active)?;
            let password = Some(draft.password).filter(|password| !password.is_empty());
            self.replace(view, password, None).await
        })
    }

    fn names(&self) -> Arc<BTreeMap<AccountId, Person>> {
        Arc::clone(&self.book().names)
    }

    fn practice_accounts(&self) -> Vec<(AccountView, String)> {
        let (book, practice) = (self.book(), self.practice.read().unwrap_or_else(PoisonError::into_inner));
        let shown = |(id, password): (&AccountId, &String)| {
            let account = book.accounts.get(id).filter(|account| account.view.active)?;
            Some((account.view.clone(), password.clone()))
        };
        practice.iter().filter_map(shown).collect()
    }
}

impl Accounts {
    /// Checks a password: as often as it may be tried, and as long for an account that is
    /// not there as for one that is.
    async fn check(&self, id: &AccountId, password: String, from: IpAddr) -> Result<(), Problem> {
        if let Err(wait) = self.limits.attempt(id, from, Instant::now()) {
            let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
            tracing::warn!(account = %id, %from, seconds, "too many tries to sign in");
            return Err(Problem::TooMany { seconds });
        }
        let known = self.book().accounts.get(id).filter(|it| it.view.active).map(|it| it.password.clone());
        if !self.hasher.verify(password, known).await.map_err(hash_problem)? {
            tracing::info!(account = %id, %from, "wrong account or password");
            return Err(Problem::invalid(
                "Akun atau sandi tidak cocok. Periksa lagi, lalu coba sekali lagi.",
            ));
        }
        self.limits.succeeded(id, from);
        Ok(())
    }

    async fn begin(&self, id: &AccountId) -> Result<String, Problem> {
        let token = self.sessions.begin(id, Clock::system().now()).await.map_err(unwell)?;
        tracing::info!(account = %id, "signed in");
        Ok(token.reveal())
    }

    fn is_first_link(&self, link: &str) -> bool {
        let kept = *self.first_link.read().unwrap_or_else(PoisonError::into_inner);
        kept == Some(TokenHash::of(link)) && !self.has_admin()
    }

    fn take_first_link(&self, link: &str) -> Result<TokenHash, Problem> {
        let good = self.is_first_link(link);
        let taken = || self.first_link.write().unwrap_or_else(PoisonError::into_inner).take();
        good.then(taken).flatten().ok_or_else(|| Problem::invalid("Tautan ini sudah tidak berlaku."))
    }
}
