//! How often somebody may try a secret, such as a link or the code of a display: few times each, and
//! generously per address, because a whole office may sit behind one. Passwords: [`super::tries`].

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::id::AccountId;

/// Counts tries by account and by address.
pub struct Limits {
    accounts: Mutex<Tally<AccountId>>,
    addresses: Mutex<Tally<IpAddr>>,
}

/// What is allowed to one key.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    /// Tries without a wait.
    pub(super) free: u32,
    /// The wait after the last free try; it doubles with every further one.
    pub(super) wait: Duration,
    /// The longest wait.
    pub(super) longest: Duration,
    /// After how long without a try everything is forgotten.
    pub(super) forget: Duration,
}

const PER_ACCOUNT: Rule =
    Rule { free: 5, wait: seconds(10), longest: seconds(15 * 60), forget: seconds(60 * 60) };
pub(super) const PER_ADDRESS: Rule =
    Rule { free: 100, wait: seconds(5), longest: seconds(60), forget: seconds(15 * 60) };

/// How many keys are remembered; beyond it the one longest without a try is forgotten.
const KEYS: usize = 10_000;

pub(super) const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

impl Default for Limits {
    fn default() -> Self {
        Self { accounts: Mutex::new(Tally::new(PER_ACCOUNT)), addresses: Mutex::new(Tally::new(PER_ADDRESS)) }
    }
}

impl Limits {
    /// Counts a try before it is made, so that many tries at once do not slip through.
    ///
    /// # Errors
    /// How long to wait.
    pub fn attempt(&self, account: &AccountId, from: IpAddr, now: Instant) -> Result<(), Duration> {
        lock(&self.addresses).attempt(network(from), now)?;
        lock(&self.accounts).attempt(account.clone(), now)
    }

    /// The try was right: the account starts anew, and the address is given its try back.
    pub fn succeeded(&self, account: &AccountId, from: IpAddr) {
        lock(&self.accounts).forget(account);
        lock(&self.addresses).give_back(&network(from));
    }
}

/// The part of an address that one subscriber holds: a whole /64 of IPv6.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            v6.to_ipv4_mapped().map_or(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into(), IpAddr::V4)
        }
    }
}

pub(super) fn lock<K>(tally: &Mutex<Tally<K>>) -> std::sync::MutexGuard<'_, Tally<K>> {
    // A count is whole after every statement, so a panic elsewhere leaves nothing half done.
    tally.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) struct Tally<K> {
    rule: Rule,
    tries: HashMap<K, Tries>,
}

struct Tries {
    count: u32,
    last: Instant,
    not_before: Instant,
}

impl<K: Eq + Hash + Clone> Tally<K> {
    pub(super) fn new(rule: Rule) -> Self {
        Self { rule, tries: HashMap::new() }
    }

    /// Counts a try, unless it has to wait.
    pub(super) fn attempt(&mut self, key: K, now: Instant) -> Result<(), Duration> {
        let wait = self.wait(&key, now);
        if !wait.is_zero() {
            return Err(wait);
        }
        self.count(key, now);
        Ok(())
    }

    /// How long the next try has to wait.
    pub(super) fn wait(&self, key: &K, now: Instant) -> Duration {
        let until = self.tries.get(key).map(|tries| tries.not_before);
        until.map(|until| until.saturating_duration_since(now)).unwrap_or_default()
    }

    /// Counts a try that need not wait.
    pub(super) fn count(&mut self, key: K, now: Instant) {
        let Rule { free, wait, longest, forget } = self.rule;
        self.make_room(&key, now);
        let tries = self.tries.entry(key).or_insert(Tries { count: 0, last: now, not_before: now });
        if now.saturating_duration_since(tries.last) > forget {
            tries.count = 0;
        }
        tries.count = tries.count.saturating_add(1);
        tries.last = now;
        if let Some(beyond) = tries.count.checked_sub(free) {
            tries.not_before = now + wait.saturating_mul(1 << beyond.min(16)).min(longest);
        }
    }

    /// This key starts anew.
    pub(super) fn forget(&mut self, key: &K) {
        self.tries.remove(key);
    }

    /// A try of this key was right after all.
    pub(super) fn give_back(&mut self, key: &K) {
        if let Some(tries) = self.tries.get_mut(key) {
            tries.count = tries.count.saturating_sub(1);
        }
    }

    fn make_room(&mut self, key: &K, now: Instant) {
        if self.tries.len() < KEYS || self.tries.contains_key(key) {
            return;
        }
        let forget = self.rule.forget;
        self.tries.retain(|_, tries| now.saturating_duration_since(tries.last) <= forget);
        if self.tries.len() >= KEYS
            && let Some(oldest) =
                self.tries.iter().min_by_key(|(_, tries)| tries.last).map(|(key, _)| key.clone())
        {
            self.tries.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn who(n: u32) -> AccountId {
        AccountId(format!("a{n}"))
    }

    #[test]
    fn five_tries_are_free_and_then_waits_double() {
        let (limits, start) = (Limits::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(limits.attempt(&who(1), HERE, start), Ok(()));
        }
        let mut now = start;
        for wait in [10, 20, 40, 80, 160, 320, 640, 900, 900] {
            assert_eq!(limits.attempt(&who(1), HERE, now), Err(seconds(wait)));
            assert_eq!(limits.attempt(&who(2), HERE, now), Ok(()), "others are not held up");
            limits.succeeded(&who(2), HERE);
            now += seconds(wait);
            assert_eq!(limits.attempt(&who(1), HERE, now), Ok(()));
        }
    }

    #[test]
    fn a_right_password_clears_the_account() {
        let (limits, now) = (Limits::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(limits.attempt(&who(1), HERE, now), Ok(()));
        }
        limits.succeeded(&who(1), HERE);
        assert_eq!(limits.attempt(&who(1), HERE, now), Ok(()));
    }

    #[test]
    fn an_hour_without_tries_is_forgotten() {
        let (limits, now) = (Limits::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(limits.attempt(&who(1), HERE, now), Ok(()));
        }
        let later = now + seconds(3601);
        for _ in 0..5 {
            assert_eq!(limits.attempt(&who(1), HERE, later), Ok(()));
        }
        assert!(limits.attempt(&who(1), HERE, later).is_err());
    }

    #[test]
    fn an_address_that_tries_many_accounts_waits() {
        let (limits, now) = (Limits::default(), Instant::now());
        for n in 0..100 {
            assert_eq!(limits.attempt(&who(n), HERE, now), Ok(()));
        }
        assert_eq!(limits.attempt(&who(100), HERE, now), Err(seconds(5)));
        let elsewhere = IpAddr::V6("2001:db8::1".parse().unwrap());
        assert_eq!(limits.attempt(&who(100), elsewhere, now), Ok(()));
    }

    #[test]
    fn neighbours_in_one_ipv6_network_count_as_one() {
        let same = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2"].map(|a| network(a.parse().unwrap()));
        assert_eq!(same[0], same[1]);
        assert_ne!(same[0], network("2001:db8:0:2::1".parse().unwrap()));
        assert_eq!(network("::ffff:10.0.0.1".parse().unwrap()), network("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn memory_stays_bounded() {
        let (mut tally, now) = (Tally::new(PER_ACCOUNT), Instant::now());
        for n in 0..KEYS as u32 + 500 {
            assert_eq!(tally.attempt(n, now + Duration::from_millis(n.into())), Ok(()));
        }
        assert_eq!(tally.tries.len(), KEYS);
    }
}
