//! Displays, as the pages see them.

use std::net::IpAddr;
use std::sync::PoisonError;
use std::time::Instant;

use async_trait::async_trait;
use desk::display::{Claim, DisplayView, Displays as Port};
use desk::problem::Problem;
use domain::id::AccountId;
use domain::text;

use super::{Displays, Known, now};
use crate::store::display::KeptDisplay;
use crate::token::Token;

/// Longest name of a display, in characters.
const LONGEST_NAME: usize = 60;

#[async_trait]
impl Port for Displays {
    fn claim(&self, secret: Option<&str>, from: IpAddr) -> Result<Claim, Problem> {
        let mut pairings = self.pairings.lock().unwrap_or_else(PoisonError::into_inner);
        match secret.and_then(|secret| Some((secret, pairings.ask(secret, now())?))) {
            Some((_, Ok(cookie))) => Ok(Claim::Paired(cookie.reveal())),
            Some((secret, Err(code))) => Ok(Claim::Waiting { secret: secret.to_owned(), code }),
            None => {
                let (secret, code) = pairings.begin(from, now()).map_err(unwell)?;
                Ok(Claim::Waiting { secret, code })
            }
        }
    }

    fn list(&self) -> Vec<DisplayView> {
        let mut list: Vec<_> = self.read().values().map(Known::view).collect();
        list.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        list
    }

    async fn pair(&self, by: AccountId, from: IpAddr, code: String, name: String) -> Result<(), Problem> {
        let name = read_name(&name)?;
        let wait = self.limits.attempt(&by, from, Instant::now());
        wait.map_err(Problem::too_many)?;
        let (cookie, paired) = (Token::fresh().map_err(unwell)?, now());
        let kept = KeptDisplay { key: cookie.hash(), name, paired, seen: None };
        {
            let mut pairings = self.pairings.lock().unwrap_or_else(PoisonError::into_inner);
            pairings.grant(&code, cookie, paired).ok_or_else(|| {
                Problem::invalid("Kode itu tidak sedang tampil di papan mana pun. Baca lagi dari layar TV.")
            })?;
        }
        self.limits.succeeded(&by, from);
        tracing::info!(by = %by, display = kept.name, "a display was paired");
        self.write().insert(kept.key, Known::new(kept.clone()));
        let stored = self.store.add_display(&kept).await;
        if stored.is_err() {
            self.write().remove(&kept.key);
        }
        stored.map_err(unwell)
    }

    async fn rename(&self, id: String, name: String) -> Result<(), Problem> {
        let name = read_name(&name)?;
        let key = self.find(&id).ok_or_else(no_such)?;
        self.store.rename_display(key, &name).await.map_err(unwell)?;
        if let Some(known) = self.write().get_mut(&key) {
            known.kept.name = name;
        }
        Ok(())
    }

    fn identify(&self, id: &str) -> Result<(), Problem> {
        let key = self.find(id).ok_or_else(no_such)?;
        if let Some(known) = self.read().get(&key) {
            known.calls.send_modify(|(times, name)| {
                *times = times.wrapping_add(1);
                name.clone_from(&known.kept.name);
            });
        }
        Ok(())
    }

    async fn revoke(&self, id: String) -> Result<(), Problem> {
        let key = self.find(&id).ok_or_else(no_such)?;
        self.store.revoke_display(key).await.map_err(unwell)?;
        self.write().remove(&key);
        tracing::info!(display = id, "a display was revoked");
        Ok(())
    }
}

fn read_name(name: &str) -> Result<String, Problem> {
    let name = text::name("Nama papan", name, LONGEST_NAME).map_err(Problem::invalid)?;
    if name.is_empty() {
        return Err(Problem::invalid("Beri papan ini nama, misalnya nama ruangannya."));
    }
    Ok(name)
}

fn no_such() -> Problem {
    Problem::not_found("Papan itu")
}

fn unwell(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "displays: a change could not be kept");
    Problem::Unwell
}
