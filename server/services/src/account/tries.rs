//! How often somebody may try to sign in. Wrong tries slow down whoever makes them and nobody else:
//! they are counted by address and name together, generously by address, because a whole office may sit
//! behind one, and for each name over all addresses, so that many addresses cannot guess it quickly. A
//! browser that has signed in to the account before is held up by none of that: it counts by itself.

use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use domain::id::AccountId;

use super::rate::{PER_ADDRESS, Rule, Tally, lock, network, seconds};
use crate::token::TokenHash;

/// By address and name: five at once, as anybody mistypes, then ever slower.
const PER_PAIR: Rule =
    Rule { free: 5, wait: seconds(10), longest: seconds(15 * 60), forget: seconds(60 * 60) };
/// By name, over all addresses of strangers: fifty, then one a minute at most.
const PER_NAME: Rule = Rule { free: 50, wait: seconds(5), longest: seconds(60), forget: seconds(60 * 60) };
/// By browser that is known.
const PER_BROWSER: Rule =
    Rule { free: 10, wait: seconds(5), longest: seconds(5 * 60), forget: seconds(60 * 60) };
/// By account, for its old password, and for new ones that are refused: both take time to judge.
const PER_CHANGE: Rule =
    Rule { free: 10, wait: seconds(10), longest: seconds(15 * 60), forget: seconds(60 * 60) };

/// The longest name that is remembered, in characters: longer ones belong to nobody.
const LONGEST_NAME: usize = 40;

/// Whoever tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trier {
    /// Somebody at an address.
    Stranger(IpAddr),
    /// A browser that has signed in to the account before, by its hash.
    Known(TokenHash),
}

/// Counts tries to sign in, and tries of old passwords.
pub struct Tries {
    pairs: Mutex<Tally<(IpAddr, String)>>,
    addresses: Mutex<Tally<IpAddr>>,
    names: Mutex<Tally<String>>,
    browsers: Mutex<Tally<(TokenHash, String)>>,
    changes: Mutex<Tally<AccountId>>,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            pairs: Mutex::new(Tally::new(PER_PAIR)),
            addresses: Mutex::new(Tally::new(PER_ADDRESS)),
            names: Mutex::new(Tally::new(PER_NAME)),
            browsers: Mutex::new(Tally::new(PER_BROWSER)),
            changes: Mutex::new(Tally::new(PER_CHANGE)),
        }
    }
}

impl Tries {
    /// Counts a try to sign in before it is made, so that many at once do not slip through. One that
    /// has to wait is not counted anywhere.
    ///
    /// # Errors
    /// How long to wait.
    pub fn attempt(&self, account: &AccountId, trier: Trier, now: Instant) -> Result<(), Duration> {
        let name = name_of(account);
        match trier {
            Trier::Known(browser) => lock(&self.browsers).attempt((browser, name), now),
            Trier::Stranger(from) => {
                let from = network(from);
                let (mut pairs, mut addresses, mut names) =
                    (lock(&self.pairs), lock(&self.addresses), lock(&self.names));
                let pair = (from, name.clone());
                let waits = [pairs.wait(&pair, now), addresses.wait(&from, now), names.wait(&name, now)];
                let wait = waits.into_iter().max().unwrap_or_default();
                if !wait.is_zero() {
                    return Err(wait);
                }
                pairs.count(pair, now);
                addresses.count(from, now);
                names.count(name, now);
                Ok(())
            }
        }
    }

    /// The try was right: who tried starts anew, and what others share is given the try back.
    pub fn succeeded(&self, account: &AccountId, trier: Trier) {
        let name = name_of(account);
        match trier {
            Trier::Known(browser) => lock(&self.browsers).forget(&(browser, name)),
            Trier::Stranger(from) => {
                let from = network(from);
                lock(&self.addresses).give_back(&from);
                lock(&self.names).give_back(&name);
                lock(&self.pairs).forget(&(from, name));
            }
        }
    }

    /// The same for a try of the old password of an account that is signed in.
    ///
    /// # Errors
    /// How long to wait.
    pub fn attempt_change(&self, account: &AccountId, now: Instant) -> Result<(), Duration> {
        lock(&self.changes).attempt(account.clone(), now)
    }

    /// The password was changed.
    pub fn changed(&self, account: &AccountId) {
        lock(&self.changes).forget(account);
    }
}

fn name_of(account: &AccountId) -> String {
    account.as_str().chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stranger(n: u32) -> Trier {
        Trier::Stranger(IpAddr::from(std::net::Ipv4Addr::from(0x0a00_0000 + n)))
    }

    fn known(n: u32) -> Trier {
        Trier::Known(TokenHash::of(&n.to_string()))
    }

    fn who(n: u32) -> AccountId {
        AccountId(format!("a{n}"))
    }

    #[test]
    fn wrong_tries_hold_up_the_address_that_makes_them_and_no_other() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(tries.attempt(&who(1), stranger(1), now), Ok(()));
        }
        assert_eq!(tries.attempt(&who(1), stranger(1), now), Err(seconds(10)));
        assert_eq!(tries.attempt(&who(1), stranger(2), now), Ok(()), "the same name from elsewhere");
        assert_eq!(tries.attempt(&who(2), stranger(1), now), Ok(()), "another name from there");
        assert_eq!(tries.attempt(&who(1), known(1), now), Ok(()), "a browser that is known");
    }

    #[test]
    fn many_addresses_do_not_guess_one_name_quickly_and_known_browsers_pass() {
        let (tries, now) = (Tries::default(), Instant::now());
        for n in 0..50 {
            assert_eq!(tries.attempt(&who(1), stranger(n), now), Ok(()));
        }
        assert_eq!(tries.attempt(&who(1), stranger(1000), now), Err(seconds(5)));
        assert_eq!(tries.attempt(&who(1), known(1), now), Ok(()));
        assert_eq!(tries.attempt(&who(2), stranger(1000), now), Ok(()), "other names are not held up");
        // However many addresses: never more than one a minute in the long run.
        let (mut at, mut made) = (now, 0);
        for n in 2000..2000 + 24 * 360 {
            at += seconds(10);
            made += u32::from(tries.attempt(&who(1), stranger(n), at).is_ok());
        }
        assert!(made <= 24 * 60 + 10, "{made} tries in a day");
    }

    #[test]
    fn a_try_that_has_to_wait_is_counted_nowhere() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(tries.attempt(&who(1), stranger(1), now), Ok(()));
        }
        for _ in 0..1000 {
            assert_eq!(tries.attempt(&who(1), stranger(1), now), Err(seconds(10)));
        }
        assert_eq!(tries.attempt(&who(1), stranger(2), now), Ok(()));
        assert_eq!(tries.attempt(&who(2), stranger(1), now), Ok(()), "the address has tries left");
    }

    #[test]
    fn a_known_browser_counts_by_itself() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..10 {
            assert_eq!(tries.attempt(&who(1), known(1), now), Ok(()));
        }
        assert_eq!(tries.attempt(&who(1), known(1), now), Err(seconds(5)), "a stolen one guesses slowly too");
        assert_eq!(tries.attempt(&who(1), known(2), now), Ok(()));
        tries.succeeded(&who(1), known(1));
        assert_eq!(tries.attempt(&who(1), known(1), now), Ok(()));
    }

    #[test]
    fn old_passwords_are_counted_for_each_account() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..10 {
            assert_eq!(tries.attempt_change(&who(1), now), Ok(()));
        }
        assert_eq!(tries.attempt_change(&who(1), now), Err(seconds(10)));
        assert_eq!(tries.attempt_change(&who(2), now), Ok(()));
        assert_eq!(tries.attempt(&who(1), stranger(1), now), Ok(()), "signing in is another matter");
        tries.changed(&who(1));
        assert_eq!(tries.attempt_change(&who(1), now), Ok(()));
    }

    #[test]
    fn a_long_name_takes_no_memory() {
        let (tries, now) = (Tries::default(), Instant::now());
        let long = AccountId("x".repeat(200_000));
        assert_eq!(tries.attempt(&long, stranger(1), now), Ok(()));
        assert_eq!(name_of(&long).len(), LONGEST_NAME);
    }
}
