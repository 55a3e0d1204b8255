//! Names of things: small newtypes, so that an account is never taken for a lane.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id! {
    /// A lane of a procedure, which is also the role that works in it: `staf`, `kabag`.
    LaneId
}
text_id! {
    /// The name somebody signs in with. Never a person's name: the log keeps it for ever.
    AccountId
}
text_id! {
    /// The short lasting code of an agency (PD): `bappeda`.
    AgencyCode
}
text_id! {
    /// Made by the client for one intention. The same id twice has one effect.
    CommandId
}

impl CommandId {
    /// Longest accepted id, in bytes.
    pub const MAX_LEN: usize = 64;

    /// Whether the id has a form that is accepted: 1 to 64 ASCII letters, digits, `-` or `_`.
    pub fn is_well_formed(&self) -> bool {
        !self.0.is_empty()
            && self.0.len() <= Self::MAX_LEN
            && self.0.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    }
}

/// The number of a run, as in `/pelaksanaan/7`. Counted from 1 in each office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub u32);

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of a record in the log: 1, 2, 3 … without a gap. 0 is "nothing yet".
pub type Seq = u64;
