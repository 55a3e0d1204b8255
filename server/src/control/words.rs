//! What is said over the control socket.

use desk::account::AccountDraft;
use domain::id::AccountId;
use serde::{Deserialize, Serialize};

/// What can be asked of a running server.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Request {
    /// A whole archive.
    Backup,
    /// Look through everything.
    Verify,
    /// Add an account.
    AddAccount {
        /// As typed.
        draft: AccountDraft,
    },
    /// Give an account a new password.
    SetPassword {
        /// Whose.
        account: AccountId,
        /// The new password.
        password: String,
    },
}

/// What the server answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// It is done; a line for the person.
    Done {
        /// The line.
        text: String,
    },
    /// It was not done; a line for the person.
    Failed {
        /// The line.
        text: String,
    },
    /// So many bytes follow.
    Archive {
        /// How many.
        length: u64,
    },
}
