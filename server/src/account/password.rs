//! Passwords: what is good enough, and Argon2id off the async threads, bounded in number.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use thiserror::Error;
use tokio::sync::Semaphore;

/// Shortest accepted password, in characters.
pub const SHORTEST: usize = 10;
/// Longest accepted password, in bytes: hashing must not become a way to keep us busy.
pub const LONGEST: usize = 500;

/// How many passwords are hashed at once. Each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// How many may wait for it.
const WAITING: usize = 64;

/// Checked for accounts that are not there, so that they take as long as the others.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Long enough and still the first that anybody tries.
const COMMON: [&str; 24] = [
    "1234567890",
    "0123456789",
    "12345678910",
    "0987654321",
    "1234512345",
    "1122334455",
    "1q2w3e4r5t",
    "qwertyuiop",
    "qwerty12345",
    "abcdefghij",
    "abcd123456",
    "password123",
    "password1234",
    "passwordku",
    "rahasia123",
    "rahasia1234",
    "bismillah123",
    "indonesia123",
    "administrator",
    "admin12345",
    "biroorganisasi",
    "provinsijambi",
    "jambi12345",
    "latihan-alur",
];

/// What is wrong with a new password, in words; `None` if nothing.
pub fn fault(password: &str, account: &str) -> Option<&'static str> {
    let lower = password.to_lowercase();
    let mut letters: Vec<_> = lower.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if password.chars().count() < SHORTEST {
        Some("Sandi terlalu pendek; paling sedikit 10 huruf atau angka.")
    } else if password.len() > LONGEST {
        Some("Sandi terlalu panjang; paling banyak 500 huruf.")
    } else if password.chars().any(char::is_control) {
        Some("Sandi memuat huruf yang tidak dapat diketik.")
    } else if !account.is_empty() && lower.trim().trim_end_matches(|c: char| c.is_ascii_digit()) == account {
        Some("Sandi tidak boleh sama dengan nama akun.")
    } else if letters.len() < 4 || COMMON.contains(&lower.trim()) {
        Some("Sandi ini terlalu mudah ditebak; pilih yang lain.")
    } else {
        None
    }
}

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
pub struct Hasher {
    working: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            working: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
        }
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
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| HashProblem::Busy)?;
        let turn = Arc::clone(&self.working).acquire_owned().await.map_err(failed)?;
        tokio::task::spawn_blocking(move || {
            // Held by the job, not by the request: a client that goes away frees no place early.
            let _held = (place, turn);
            job()
        })
        .await
        .map_err(failed)?
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

    #[test]
    fn weak_passwords_are_named_as_such() {
        let weak = [
            "",
            "pendek",
            "sembilan9",
            "1234567890",
            "Password123",
            "aaaaaaaaaaaa",
            "abababababab",
            "budi.santoso",
            "Budi.Santoso1",
            "baris\nbaru123",
        ];
        for password in weak {
            assert!(fault(password, "budi.santoso").is_some(), "{password}");
        }
        assert!(fault(&"ab1!".repeat(126), "x").is_some());
        for good in ["kuda jambu 7 pagi", "Xk4-92mmQ1", "sandi yang panjang"] {
            assert_eq!(fault(good, "budi.santoso"), None, "{good}");
        }
    }

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
        let _all = hasher.queue.acquire_many((AT_ONCE + WAITING) as u32).await.unwrap();
        assert!(matches!(hasher.hash("kuda jambu 7".to_owned()).await, Err(HashProblem::Busy)));
    }
}
