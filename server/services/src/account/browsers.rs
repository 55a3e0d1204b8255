//! Browsers that have signed in before: known by a long secret in a cookie, so that wrong tries of
//! others do not hold them up. It opens nothing by itself.

use std::collections::{BTreeSet, HashMap};
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::AccountId;

use crate::session::BeginProblem;
use crate::store::browser::KeptBrowser;
use crate::store::{Store, StoreError};
use crate::token::{Token, TokenHash};

/// How many browsers an account is known by; a further one takes the place of the one that was
/// used longest ago.
const PER_ACCOUNT: usize = 20;
/// How many accounts one browser is known for, as on a shared machine.
const PER_BROWSER: usize = 8;
/// How long a browser is known without signing in: as long as its cookie lasts.
const LASTS: TimeDelta = TimeDelta::days(400);

/// The browsers of all accounts, in memory and written through.
pub(super) struct Browsers {
    store: Store,
    known: RwLock<HashMap<TokenHash, KeptBrowser>>,
    /// One change at a time, so that memory and database do the same.
    changing: tokio::sync::Mutex<()>,
}

impl Browsers {
    pub(super) async fn open(store: Store) -> Result<Self, StoreError> {
        let browsers = Self { store, known: RwLock::default(), changing: tokio::sync::Mutex::default() };
        browsers.reload().await?;
        Ok(browsers)
    }

    /// Takes over what other servers on the same database know.
    pub(super) async fn reload(&self) -> Result<(), StoreError> {
        let _held = self.changing.lock().await;
        let known = self.store.browsers().await?.into_iter().map(|browser| (browser.key, browser)).collect();
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// Whether a browser with this cookie has signed in to an account before.
    pub(super) fn knows(
        &self,
        cookie: Option<&str>,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Option<TokenHash> {
        let key = TokenHash::of(cookie?);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let browser = known.get(&key).filter(|browser| now - browser.seen < LASTS)?;
        browser.accounts.contains(account).then_some(key)
    }

    /// A browser has signed in: it is known from now on by the secret that this answers with. The one
    /// that it came with is void, so that one that somebody else planted is of no use to them.
    pub(super) async fn welcome(
        &self,
        cookie: Option<&str>,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<String, BeginProblem> {
        let _held = self.changing.lock().await;
        let token = Token::fresh()?;
        let before = cookie.map(TokenHash::of).and_then(|key| self.all().remove(&key));
        let mut accounts = before.as_ref().map(|before| before.accounts.clone()).unwrap_or_default();
        accounts.remove(account);
        while accounts.len() >= PER_BROWSER {
            accounts.pop_first();
        }
        accounts.insert(account.clone());
        let fresh = KeptBrowser { key: token.hash(), accounts, seen: now };
        let mut gone: Vec<_> = before.iter().map(|before| before.key).collect();
        let mut of_account: Vec<_> = self.all().into_values().collect();
        of_account.retain(|it| it.accounts.contains(account) && !gone.contains(&it.key));
        of_account.sort_unstable_by_key(|it| std::cmp::Reverse(it.seen));
        let surplus = of_account.into_iter().skip(PER_ACCOUNT - 1);
        let mut kept = vec![fresh];
        forgotten(surplus, account, &mut gone, &mut kept);
        self.change(gone, kept).await?;
        Ok(token.reveal())
    }

    /// All browsers but one are strangers to an account again.
    pub(super) async fn forget(&self, account: &AccountId, keep: Option<&str>) -> Result<(), StoreError> {
        let _held = self.changing.lock().await;
        let keep = keep.map(TokenHash::of);
        let of_account = |it: &KeptBrowser| it.accounts.contains(account) && Some(it.key) != keep;
        let others = self.all().into_values().filter(of_account);
        let (mut gone, mut kept) = (Vec::new(), Vec::new());
        forgotten(others, account, &mut gone, &mut kept);
        self.change(gone, kept).await
    }

    /// Forgets those that have not signed in for long.
    pub(super) async fn sweep(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let _held = self.changing.lock().await;
        let old = self.all().into_values().filter(|it| now - it.seen >= LASTS).map(|it| it.key);
        self.change(old.collect(), Vec::new()).await
    }

    fn all(&self) -> HashMap<TokenHash, KeptBrowser> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn change(&self, gone: Vec<TokenHash>, kept: Vec<KeptBrowser>) -> Result<(), StoreError> {
        if gone.is_empty() && kept.is_empty() {
            return Ok(());
        }
        self.store.change_browsers(&gone, &kept).await?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for key in &gone {
            known.remove(key);
        }
        known.extend(kept.into_iter().map(|browser| (browser.key, browser)));
        Ok(())
    }
}

/// Takes an account away from browsers; one that has no other is gone.
fn forgotten(
    browsers: impl Iterator<Item = KeptBrowser>,
    account: &AccountId,
    gone: &mut Vec<TokenHash>,
    kept: &mut Vec<KeptBrowser>,
) {
    for mut browser in browsers {
        let only: BTreeSet<_> = [account.clone()].into();
        if browser.accounts == only {
            gone.push(browser.key);
        } else {
            browser.accounts.remove(account);
            kept.push(browser);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::days(n)
    }

    fn who(name: &str) -> AccountId {
        AccountId::from(name)
    }

    #[tokio::test]
    async fn a_browser_is_known_by_a_secret_that_changes_with_each_sign_in() {
        let store = Store::open("mem://").await.unwrap();
        let browsers = Browsers::open(store.clone()).await.unwrap();
        let first = browsers.welcome(Some("ditanam orang"), &who("staf"), day(0)).await.unwrap();
        assert!(browsers.knows(Some(&first), &who("staf"), day(1)).is_some());
        assert!(browsers.knows(Some("ditanam orang"), &who("staf"), day(1)).is_none());
        assert!(browsers.knows(Some(&first), &who("karo"), day(1)).is_none(), "for that account only");
        let second = browsers.welcome(Some(&first), &who("karo"), day(2)).await.unwrap();
        assert!(browsers.knows(Some(&first), &who("staf"), day(2)).is_none(), "the old secret is void");
        for account in ["staf", "karo"] {
            assert!(browsers.knows(Some(&second), &who(account), day(2)).is_some(), "{account}");
        }
        let kept = store.browsers().await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_ne!(kept[0].key.as_hex(), second, "only the hash is kept");
        let anew = Browsers::open(store).await.unwrap();
        assert!(anew.knows(Some(&second), &who("staf"), day(2)).is_some());
    }

    #[tokio::test]
    async fn they_are_bounded_and_forgotten() {
        let store = Store::open("mem://").await.unwrap();
        let browsers = Browsers::open(store.clone()).await.unwrap();
        let mut cookies = Vec::new();
        for n in 0..25 {
            cookies.push(browsers.welcome(None, &who("staf"), day(n)).await.unwrap());
        }
        let known = |cookie: &String, at| browsers.knows(Some(cookie), &who("staf"), at).is_some();
        assert_eq!(cookies.iter().filter(|cookie| known(cookie, day(25))).count(), PER_ACCOUNT);
        assert!(!known(&cookies[4], day(25)) && known(&cookies[5], day(25)), "the oldest go first");
        browsers.forget(&who("staf"), Some(&cookies[24])).await.unwrap();
        assert_eq!(cookies.iter().filter(|cookie| known(cookie, day(25))).count(), 1);
        assert!(!known(&cookies[24], day(24 + 400)), "after 400 days it is a stranger");
        browsers.sweep(day(24 + 400)).await.unwrap();
        assert_eq!(store.browsers().await.unwrap(), []);
        let mut shared = None;
        for n in 0..10 {
            shared =
                Some(browsers.welcome(shared.as_deref(), &who(&format!("a{n}")), day(500)).await.unwrap());
        }
        assert_eq!(store.browsers().await.unwrap()[0].accounts.len(), PER_BROWSER);
    }
}
