//! Displays, as the pages see them.

use std::net::IpAddr;
use std::sync::PoisonError;
use std::time::Instant;

use app::problem::Problem;
use app::shell::port::Answer;
use app::wall::DisplayView;
use app::wall::port::{Claim, Displays as Port};
use domain::id::AccountId;

use super::{Displays, Known, now};
use crate::store::display::KeptDisplay;
use crate::token::Token;

/// Longest name of a display, in characters.
const LONGEST_NAME: usize = 60;

impl Port for Displays {
    fn claim(&self, secret: Option<&str>) -> Result<Claim, Problem> {
        let mut pairings = self.pairings.lock().unwrap_or_else(PoisonError::into_inner);
        match secret.and_then(|secret| Some((secret, pairings.ask(secret, now())?))) {
            Some((_, Ok(cookie))) => Ok(Claim::Paired(cookie.reveal())),
            Some((secret, Err(code))) => Ok(Claim::Waiting { secret: secret.to_owned(), code }),
            None => {
                let (secret, code) = pairings.begin(now()).map_err(unwell)?;
                Ok(Claim::Waiting { secret, code })
            }
        }
    }

    fn list(&self) -> Vec<DisplayView> {
        let mut list: Vec<_> = self.read().values().map(Known::view).collect();
        list.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        list
    }

    fn pair(
        &self,
        by: AccountId,
        from: IpAddr,
        code: String,
        name: String,
    ) -> Answer<'_, Result<(), Problem>> {
        Box::pin(async move {
            let name = read_name(&name)?;
            let wait = self.limits.attempt(&by, from, Instant::now());
            wait.map_err(|wait| Problem::TooMany {
                seconds: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1),
            })?;
            let (cookie, paired) = (Token::fresh().map_err(unwell)?, now());
            let kept = KeptDisplay { key: cookie.hash(), name, paired, seen: None };
            {
                let mut pairings = self.pairings.lock().unwrap_or_else(PoisonError::into_inner);
                pairings.grant(&code, cookie, paired).ok_or_else(|| {
                    Problem::invalid(
                        "Kode itu tidak sedang tampil di papan mana pun. Baca lagi dari layar TV.",
                    )
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
        })
    }

    fn rename(&self, id: String, name: String) -> Answer<'_, Result<(), Problem>> {
        Box::pin(async move {
            let name = read_name(&name)?;
            let key = self.find(&id).ok_or_else(no_such)?;
            self.store.rename_display(key, &name).await.map_err(unwell)?;
            if let Some(known) = self.write().get_mut(&key) {
                known.kept.name = name;
            }
            Ok(())
        })
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

    fn revoke(&self, id: String) -> Answer<'_, Result<(), Problem>> {
        Box::pin(async move {
            let key = self.find(&id).ok_or_else(no_such)?;
            self.store.revoke_display(key).await.map_err(unwell)?;
            self.write().remove(&key);
            tracing::info!(display = id, "a display was revoked");
            Ok(())
        })
    }
}

fn read_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Problem::invalid("Beri papan ini nama, misalnya nama ruangannya.")),
        1..=LONGEST_NAME if !name.chars().any(char::is_control) => Ok(name.to_owned()),
        _ => Err(Problem::invalid("Nama papan paling panjang 60 huruf.")),
    }
}

fn no_such() -> Problem {
    Problem::not_found("Papan itu")
}

fn unwell(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "displays: a change could not be kept");
    Problem::Unwell
}
