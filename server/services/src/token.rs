//! Secrets that open something: 256 random bits, of which only the hash is ever kept.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// A secret on its way to the person it is for. Never stored, never logged.
pub struct Token([u8; 32]);

/// What is kept of a secret: enough to recognise it, not to make it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenHash([u8; 32]);

impl Token {
    /// A fresh secret from the operating system.
    ///
    /// # Errors
    /// If the operating system has no randomness to give.
    pub fn fresh() -> Result<Self, getrandom::Error> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits)?;
        Ok(Self(bits))
    }

    /// The secret as text: 64 hex digits, safe in a cookie and in a link.
    pub fn reveal(&self) -> String {
        hex(&self.0)
    }

    /// What to keep of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.reveal())
    }
}

impl TokenHash {
    /// The hash of what somebody presents, be it a token or not.
    ///
    /// Comparing hashes tells nobody how much of a guess was right, so no constant-time
    /// comparison is needed.
    pub fn of(presented: &str) -> Self {
        Self(Sha256::digest(presented.as_bytes()).into())
    }

    /// The bytes themselves.
    pub(crate) fn bytes(self) -> [u8; 32] {
        self.0
    }

    /// As text: 64 hex digits.
    pub fn as_hex(&self) -> String {
        hex(&self.0)
    }

    /// Reads [`TokenHash::as_hex`].
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_recognised_by_its_hash_alone() {
        let token = Token::fresh().unwrap();
        let kept = token.hash();
        assert_eq!(kept, TokenHash::of(&token.reveal()));
        assert_eq!(Some(kept), TokenHash::from_hex(&kept.as_hex()));
        assert_ne!(kept, Token::fresh().unwrap().hash());
        for wrong in ["", "ab", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(TokenHash::from_hex(wrong), None, "{wrong}");
        }
    }
}
