//! Displays that wait to be paired: a short code for people, a long secret for the display.

use std::collections::HashMap;
use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};

use crate::account::rate::network;
use crate::token::{Token, TokenHash};

/// How long a code can be entered.
const LASTS: TimeDelta = TimeDelta::minutes(10);
/// How many displays may wait at once; beyond it the oldest has to begin anew,
const MOST: usize = 1000;
/// as it has to beyond so many of one address: who opens the page again and again takes nobody
/// else's place.
const MOST_OF_ONE: usize = 10;
/// Letters that cannot be taken for one another, nor make words.
const LETTERS: &[u8; 16] = b"BCDFGHJKMNPRTWXZ";

/// Every display that waits.
#[derive(Default)]
pub(super) struct Pairings(HashMap<TokenHash, Waiting>);

struct Waiting {
    code: String,
    from: IpAddr,
    until: DateTime<Utc>,
    /// The display's cookie, once an administrator has entered the code.
    cookie: Option<Token>,
}

impl Pairings {
    /// The code of the display with this secret, or its cookie, which is handed out once.
    pub(super) fn ask(&mut self, secret: &str, now: DateTime<Utc>) -> Option<Result<Token, String>> {
        let key = TokenHash::of(secret);
        let waiting = self.0.get(&key).filter(|waiting| waiting.until > now)?;
        let code = waiting.code.clone();
        if waiting.cookie.is_some() {
            return self.0.remove(&key)?.cookie.map(Ok);
        }
        Some(Err(code))
    }

    /// A new code for a display at this address, and the secret to ask for it with.
    pub(super) fn begin(
        &mut self,
        from: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<(String, String), getrandom::Error> {
        self.0.retain(|_, waiting| waiting.until > now);
        let from = network(from);
        if self.0.values().filter(|waiting| waiting.from == from).count() >= MOST_OF_ONE {
            self.drop_oldest(|waiting| waiting.from == from);
        } else if self.0.len() >= MOST {
            self.drop_oldest(|_| true);
        }
        let (secret, code) = (Token::fresh()?, fresh_code()?);
        let waiting = Waiting { code: code.clone(), from, until: now + LASTS, cookie: None };
        self.0.insert(secret.hash(), waiting);
        Ok((secret.reveal(), code))
    }

    fn drop_oldest(&mut self, among: impl Fn(&Waiting) -> bool) {
        let waiting = self.0.iter().filter(|(_, waiting)| among(waiting));
        if let Some(oldest) = waiting.min_by_key(|(_, waiting)| waiting.until).map(|(key, _)| *key) {
            self.0.remove(&oldest);
        }
    }

    /// The cookie for the display that shows this code; `None` if none does. It is handed out
    /// when the display asks next.
    pub(super) fn grant(&mut self, code: &str, cookie: Token, now: DateTime<Utc>) -> Option<()> {
        let code = plain(code);
        let shows = |waiting: &&mut Waiting| {
            waiting.until > now && waiting.cookie.is_none() && plain(&waiting.code) == code
        };
        let waiting = self.0.values_mut().find(shows)?;
        waiting.cookie = Some(cookie);
        // It has been entered in time; the display may take as long to come back for it.
        waiting.until = now + LASTS;
        Some(())
    }
}

/// As it is typed: in any case, with or without the dash.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase()).collect()
}

fn fresh_code() -> Result<String, getrandom::Error> {
    let mut bits = [0; 8];
    getrandom::fill(&mut bits)?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 16)).map(|letter| char::from(*letter));
    let mut code: String = bits.iter().filter_map(letter).collect();
    code.insert(4, '-');
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn a_code_is_entered_once_and_the_cookie_handed_out_once() {
        let mut pairings = Pairings::default();
        let (secret, code) = pairings.begin(HERE, NOW).unwrap();
        assert_eq!(code.len(), 9);
        assert!(matches!(pairings.ask(&secret, NOW), Some(Err(same)) if same == code));
        let typed = code.to_lowercase().replace('-', " ");
        assert!(pairings.grant("XXXX-YYYY", Token::fresh().unwrap(), NOW).is_none());
        assert!(pairings.grant(&typed, Token::fresh().unwrap(), NOW).is_some());
        assert!(pairings.grant(&typed, Token::fresh().unwrap(), NOW).is_none());
        assert!(matches!(pairings.ask(&secret, NOW), Some(Ok(_))));
        assert!(pairings.ask(&secret, NOW).is_none());
    }

    #[test]
    fn a_code_is_good_for_ten_minutes() {
        let mut pairings = Pairings::default();
        let (secret, code) = pairings.begin(HERE, NOW).unwrap();
        let over = NOW + LASTS;
        assert!(pairings.ask(&secret, over).is_none());
        assert!(pairings.grant(&code, Token::fresh().unwrap(), over).is_none());
    }

    #[test]
    fn memory_stays_bounded() {
        let mut pairings = Pairings::default();
        let (first, _) = pairings.begin(HERE, NOW).unwrap();
        for n in 1..=1500_u32 {
            let later = NOW + TimeDelta::milliseconds(n.into());
            pairings.begin(std::net::Ipv4Addr::from(n).into(), later).unwrap();
        }
        assert_eq!(pairings.0.len(), MOST);
        assert!(pairings.ask(&first, NOW).is_none());
    }

    #[test]
    fn who_begins_again_and_again_takes_nobody_elses_place() {
        let mut pairings = Pairings::default();
        let (display, _) = pairings.begin(HERE, NOW).unwrap();
        for n in 1..=200 {
            let host = format!("2001:db8:0:1::{n:x}").parse().unwrap();
            pairings.begin(host, NOW + TimeDelta::milliseconds(n)).unwrap();
        }
        assert_eq!(pairings.0.len(), 1 + MOST_OF_ONE);
        assert!(pairings.ask(&display, NOW).is_some());
    }
}
