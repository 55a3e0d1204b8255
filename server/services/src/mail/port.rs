//! Mail, as the pages see it.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use async_trait::async_trait;
use desk::problem::Problem;
use desk::reminder::{Letter, Mailing, PostState};
use domain::id::{AccountId, RunId};
use domain::reminder::{Closed, Ladder, NotNow, Rules, Step, To, may_release, of_step, open_at};
use lettre::Address;

use super::{Mailroom, unwell};
use crate::refuse::problem;

/// Longest address, in characters (RFC 5321).
const LONGEST: usize = 254;

#[async_trait]
impl Mailing for Mailroom {
    fn state(&self) -> PostState {
        if self.sender.is_none() {
            return PostState::Off;
        }
        if let Some(closed) = self.closed() {
            return PostState::Closed(closed);
        }
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone();
        trouble.map_or(PostState::Open, |(since, why)| PostState::Unreachable { since, why })
    }

    fn site(&self) -> Option<String> {
        self.site.clone()
    }

    fn addresses(&self) -> Arc<BTreeMap<To, String>> {
        self.addresses_now()
    }

    async fn set_address(&self, of: To, typed: String, by: AccountId) -> Result<(), Problem> {
        let mail = read_address(&typed)?;
        let _held = self.changing.lock().await;
        let mut addresses = self.addresses_now().as_ref().clone();
        match mail {
            Some(mail) => {
                self.store.put_address(&of, &mail).await.map_err(unwell)?;
                addresses.insert(of.clone(), mail);
            }
            None => {
                self.store.forget_address(&of).await.map_err(unwell)?;
                addresses.remove(&of);
            }
        }
        *self.addresses.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(addresses);
        tracing::info!(account = %by, ?of, "an address for mail was changed");
        self.wake.notify_one();
        Ok(())
    }

    fn rules(&self) -> Result<Arc<Rules>, Problem> {
        self.rules_now().map_err(|error| problem(error, "Pengaturan pengingat"))
    }

    async fn set_automatic(&self, run: RunId, on: bool, by: AccountId) -> Result<(), Problem> {
        let _held = self.changing.lock().await;
        self.rules()?;
        self.store.set_automatic(run, on, &by, self.desk.now()).await.map_err(unwell)?;
        self.reload_rules().await.map_err(unwell)?;
        tracing::info!(account = %by, %run, on, "reminders going by themselves were turned");
        self.wake.notify_one();
        Ok(())
    }

    async fn set_ladder(&self, ladder: Ladder, by: AccountId) -> Result<(), Problem> {
        if let Some(fault) = ladder.fault() {
            return Err(Problem::invalid(format!("Tangga belum benar: {fault}.")));
        }
        let _held = self.changing.lock().await;
        // What cannot be read is not written over.
        self.rules()?;
        self.store.set_ladder(&ladder, &by, self.desk.now()).await.map_err(unwell)?;
        self.reload_rules().await.map_err(unwell)?;
        tracing::info!(account = %by, on = ladder.on, "the ladder was changed");
        self.wake.notify_one();
        Ok(())
    }

    async fn letters(&self, run: RunId) -> Result<Vec<Letter>, Problem> {
        let kept = self.store.letters(run).await;
        let kept = kept.map_err(|error| problem(error, "Surel pelaksanaan ini"))?;
        Ok(kept.into_iter().map(|kept| kept.letter).collect())
    }

    async fn release(&self, run: RunId, step: Step, by: AccountId) -> Result<u32, Problem> {
        self.may_release(run, step)?;
        let (office, addresses, now) = (self.desk.office(), self.addresses_now(), self.desk.now());
        let mut released = 0;
        for reminder in of_step(&office, run, step) {
            if addresses.contains_key(&reminder.to)
                && self.store.enqueue(&reminder, Some(&by), now).await.map_err(unwell)?
            {
                released += 1;
            }
        }
        tracing::info!(account = %by, %run, step = step.code(), released, "reminders were released");
        self.wake.notify_one();
        Ok(released)
    }
}

impl Mailroom {
    /// Why nothing goes at this moment, if nothing does.
    pub(super) fn closed(&self) -> Option<Closed> {
        open_at(&self.desk.office().calendar, self.desk.now()).err()
    }

    fn may_release(&self, run: RunId, step: Step) -> Result<(), Problem> {
        if self.sender.is_none() {
            return Err(Problem::invalid("Alur di kantor ini belum diatur untuk mengirim surel."));
        }
        may_release(&self.desk.office(), run, step, self.desk.now()).map_err(|why| match why {
            NotNow::NoSuchRun(run) => Problem::not_found(format!("Pelaksanaan nomor {run}")),
            why => Problem::invalid(why.to_string()),
        })
    }
}

/// An address as somebody types it; `None` if it is empty.
pub(crate) fn read_address(typed: &str) -> Result<Option<String>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let good = typed.is_ascii() && typed.len() <= LONGEST && typed.parse::<Address>().is_ok();
    let wrong = || Problem::invalid("Alamat surel tidak dikenal; tulis seperti nama@contoh.go.id.");
    if good { Ok(Some(typed.to_owned())) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::read_address;

    #[test]
    fn an_address_is_plain_or_none() {
        assert_eq!(read_address("  "), Ok(None));
        assert_eq!(read_address(" dinkes@contoh.go.id "), Ok(Some("dinkes@contoh.go.id".to_owned())));
        let long = format!("{}@contoh.go.id", "a".repeat(250));
        for bad in ["dinkes", "a@b@c", "a b@c.id", "dinas@cöntoh.id", "a@c.id\r\nBcc: x@y", &long, "<a@c.id>"]
        {
            assert!(read_address(bad).is_err(), "{bad}");
        }
    }
}
