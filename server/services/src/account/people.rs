//! The people of the office, as the pages see them.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use desk::account::{
    AccountDraft, AccountView, Entry, PasswordLink, PasswordSlip, PasswordState, People, Person, SignedIn,
    Visit,
};
use desk::problem::Problem;
use domain::id::AccountId;

use super::alike::alike;
use super::tries::Trier;
use super::{Account, Accounts, Changed, account_id, draft, hash_problem, unwell};
use crate::clock::Clock;
use crate::token::TokenHash;

#[async_trait]
impl People for Accounts {
    async fn sign_in(&self, account: String, password: String, visit: Visit) -> Result<Entry, Problem> {
        let id = account_id(&account);
        self.check(&id, password, &visit).await?;
        if self.known(&id)?.change_first {
            return Ok(Entry::ChangeFirst(self.link_at_once(&id).await?));
        }
        Ok(Entry::In(self.begin(&id, visit).await?))
    }

    async fn sign_out(&self, session: String) {
        if let Err(error) = self.sessions.end(TokenHash::of(&session)).await {
            // In memory it has ended, so the person is signed out all the same.
            tracing::error!(%error, "a session could not be removed from the database");
        }
    }

    async fn change_password(
        &self,
        account: AccountId,
        session: String,
        (old, new): (String, String),
        visit: Visit,
        ends_feed: bool,
    ) -> Result<(), Problem> {
        self.check_old(&account, old).await?;
        let _held = self.changing.lock().await;
        let view = self.known(&account)?.view;
        let hash = self.judged_and_hashed(&view, new).await?;
        let keep = Some((TokenHash::of(&session), visit.browser));
        self.replace(view, Changed { password: Some(hash), keep, ends_feed, ..Changed::default() }).await?;
        self.tries.changed(&account);
        Ok(())
    }

    async fn first_link_is_good(&self, link: String) -> bool {
        self.is_first_link(&link)
    }

    async fn first_admin(
        &self,
        link: String,
        mut draft: AccountDraft,
        visit: Visit,
    ) -> Result<SignedIn, Problem> {
        draft.admin = true;
        let id = account_id(&draft.id);
        // Taken away while it is used, so that it cannot be used twice at once.
        let link = self.take_first_link(&link)?;
        let made = match draft.password.is_empty() {
            true => Err(Problem::invalid("Sandi wajib diisi.")),
            false => self.add(draft).await,
        };
        if let Err(problem) = made {
            *self.first_link.write().unwrap_or_else(PoisonError::into_inner) = Some(link);
            return Err(problem);
        }
        self.begin(&id, visit).await
    }

    async fn list(&self) -> Result<Vec<AccountView>, Problem> {
        Ok(self.book().accounts.values().map(|account| account.view.clone()).collect())
    }

    async fn passwords(&self) -> Result<BTreeMap<AccountId, PasswordState>, Problem> {
        self.password_states().await
    }

    async fn add(&self, draft: AccountDraft) -> Result<(), Problem> {
        let view = draft::read(&draft, true)?;
        let password = match draft.password.as_str() {
            "" => String::new(),
            _ => self.judged_and_hashed(&view, draft.password).await?,
        };
        self.keep(Account { view, password, change_first: false }).await
    }

    async fn change(&self, draft: AccountDraft, active: bool) -> Result<String, Problem> {
        let _held = self.changing.lock().await;
        // An account stays the office's, or that agency's, as it was made.
        let before = self.known(&account_id(&draft.id))?.view;
        let draft = AccountDraft { agency: before.agency.clone(), ..draft };
        let view = draft::read(&draft, active)?;
        self.replace(view.clone(), Changed::default()).await?;
        Ok(difference(&before, &view))
    }

    fn alike(&self, id: &str, name: &str) -> Vec<AccountView> {
        let (id, book) = (account_id(id), self.book());
        let others = book.accounts.values().map(|account| &account.view).filter(|view| view.id != id);
        let taken =
            |view: &&AccountView| alike(&view.person.name, name) || alike(view.id.as_str(), id.as_str());
        others.filter(taken).cloned().collect()
    }

    async fn make_password_link(
        &self,
        account: AccountId,
        by: AccountId,
        at_once: bool,
    ) -> Result<String, Problem> {
        self.link_to_hand_over(account, by, at_once).await
    }

    fn password_slip(&self, name: &str, by: &AccountId, site: &str) -> Option<PasswordSlip> {
        self.take_slip(name, by, site)
    }

    async fn password_link(&self, link: String) -> Result<PasswordLink, Problem> {
        self.look_at_link(&link).await
    }

    async fn use_password_link(
        &self,
        link: String,
        password: String,
        visit: Visit,
        ends_feed: bool,
    ) -> Result<SignedIn, Problem> {
        self.use_link(&link, password, visit, ends_feed).await
    }

    fn names_alike(&self, name: &str, others: &[String]) -> Vec<usize> {
        others.iter().enumerate().filter(|(_, other)| alike(name, other)).map(|(at, _)| at).collect()
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
    async fn check(&self, id: &AccountId, password: String, visit: &Visit) -> Result<(), Problem> {
        // What is no account's name may be a password in the wrong field, or very long.
        let named = if self.book().accounts.contains_key(id) { id.as_str() } else { "-" };
        let known = self.browsers.knows(visit.browser.as_deref(), id, Clock::system().now());
        let trier = known.map_or(Trier::Stranger(visit.from), Trier::Known);
        if let Err(wait) = self.tries.attempt(id, trier, Instant::now()) {
            let problem = Problem::too_many(wait);
            tracing::warn!(account = named, from = %visit.from, %problem, "too many tries to sign in");
            return Err(problem);
        }
        if !self.is_password(id, password).await? {
            tracing::info!(account = named, from = %visit.from, "wrong account or password");
            return Err(Problem::invalid(
                "Akun atau sandi tidak cocok. Periksa lagi, lalu coba sekali lagi.",
            ));
        }
        self.tries.succeeded(id, trier);
        Ok(())
    }

    /// Checks the old password of somebody who is signed in. It is counted for this account alone.
    async fn check_old(&self, id: &AccountId, old: String) -> Result<(), Problem> {
        self.tries.attempt_change(id, Instant::now()).map_err(Problem::too_many)?;
        if !self.is_password(id, old).await? {
            return Err(desk::account::old_is_wrong());
        }
        Ok(())
    }

    async fn is_password(&self, id: &AccountId, password: String) -> Result<bool, Problem> {
        let book = self.book();
        let known = book.accounts.get(id).filter(|it| it.view.active).map(|it| it.password.clone());
        let known = known.filter(|password| !password.is_empty());
        self.hasher.verify(password, known).await.map_err(hash_problem)
    }

    /// Begins a session in a browser, which is known from now on.
    pub(super) async fn begin(&self, id: &AccountId, visit: Visit) -> Result<SignedIn, Problem> {
        let now = Clock::system().now();
        let token = self.sessions.begin(id, now).await.map_err(unwell)?;
        let browser = self.browsers.welcome(visit.browser.as_deref(), id, now).await;
        // Whoever is not known waits like everybody else, which is no reason not to let them in.
        let browser = browser.inspect_err(|error| tracing::error!(%error, "a browser will not be known"));
        tracing::info!(account = %id, "signed in");
        Ok(SignedIn { account: id.clone(), session: token.reveal(), browser: browser.ok() })
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

/// What is different about an account, in words.
fn difference(before: &AccountView, after: &AccountView) -> String {
    let changed = |what: &str, before: &str, after: &str| {
        (before != after).then(|| format!("{what}: {before} → {after}"))
    };
    let may = |active: bool| if active { "boleh masuk" } else { "tidak boleh masuk" };
    let parts = [
        changed("nama", &before.person.name, &after.person.name),
        changed("jabatan", &before.person.title, &after.person.title),
        changed("peran", &before.role_words(), &after.role_words()),
        (before.active != after.active).then(|| may(after.active).to_owned()),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "tanpa perubahan".to_owned() } else { parts.join("; ") }
}
