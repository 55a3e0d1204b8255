//! Passwords: judged, hashed with Argon2id and checked off the async threads, bounded in number.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use thiserror::Error;

use crate::queue::{Full, Queue, Room};

use super::strength::{LONGEST, fault};

/// How many passwords are hashed at once, and how many may wait. Each takes 19 MiB and a core, and
/// whose it is nobody knows yet.
const ROOM: Room = Room { at_once: 2, waiting: 64, each: 66 };

/// Checked for accounts that are not there, so that they take as long as the others.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password could not be hashed or checked.
#[derive(Debug, Error)]
pub enum HashProblem {
    /// Too many are waiting already.
    #[error("too many passwords to check at once")]
    Busy,
    /// The library, the operating system, or a stored hash is faulty.
    #[error("password hashing failed: {0}")]
    Failed(String),
}

/// Hashes and checks passwords with Argon2id (19 MiB, 2 passes, 1 lane, as OWASP advises).
pub struct Hasher(Queue);

impl Default for Hasher {
    fn default() -> Self {
        Self(Queue::new(ROOM))
    }
}

impl Hasher {
    /// The hash of a password, in the PHC format.
    ///
    /// # Errors
    /// [`HashProblem`].
    pub async fn hash(&self, password: String) -> Result<String, HashProblem> {
        self.work(move || hash(&password)).await
    }

    /// What is wrong with a new password; `own` is what everybody knows of its account. Among the
    /// others, because it takes a while as well.
    ///
    /// # Errors
    /// [`HashProblem`].
    pub async fn judge(
        &self,
        password: String,
        own: Vec<String>,
    ) -> Result<Option<&'static str>, HashProblem> {
        self.work(move || Ok(fault(&password, &own))).await
    }

    /// Whether a password belongs to a hash. Without a hash it takes as long and is wrong.
    ///
    /// # Errors
    /// [`HashProblem`].
    pub async fn verify(&self, password: String, known: Option<String>) -> Result<bool, HashProblem> {
        let there = known.is_some();
        let right = self.work(move || verify(&password, known.as_deref().unwrap_or(NOBODY))).await?;
        Ok(right && there)
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, HashProblem> + Send + 'static,
    ) -> Result<T, HashProblem> {
        let place = self.0.enter("").map_err(|Full| HashProblem::Busy)?;
        self.0.work(place, job).await.map_err(failed)?
    }
}

fn failed(why: impl std::fmt::Display) -> HashProblem {
    HashProblem::Failed(why.to_string())
}

fn argon() -> Result<Argon2<'static>, HashProblem> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<String, HashProblem> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(failed)?;
    let salt = SaltString::encode_b64(&bits).map_err(failed)?;
    Ok(argon()?.hash_password(password.as_bytes(), &salt).map_err(failed)?.to_string())
}

fn verify(password: &str, known: &str) -> Result<bool, HashProblem> {
    let known = PasswordHash::new(known).map_err(failed)?;
    Ok(password.len() <= LONGEST && argon()?.verify_password(password.as_bytes(), &known).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash() {
        let hasher = Hasher::default();
        let hash = hasher.hash("kuda jambu 7".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.verify("kuda jambu 7".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify("kuda jambu 8".to_owned(), Some(hash)).await.unwrap());
        assert!(!hasher.verify("nobody".to_owned(), None).await.unwrap());
        assert!(hasher.verify("x".to_owned(), Some("bukan hash".to_owned())).await.is_err());
    }

    #[tokio::test]
    async fn a_long_queue_is_refused_at_once() {
        let hasher = Hasher::default();
        let _all: Vec<_> = (0..ROOM.each).map(|_| hasher.0.enter("").unwrap()).collect();
        assert!(matches!(hasher.hash("kuda jambu 7".to_owned()).await, Err(HashProblem::Busy)));
    }
}
