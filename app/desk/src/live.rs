//! What travels over `GET /live` and `GET /api/events`: the same JSON on both.

use chrono::{DateTime, Utc};
use domain::id::Seq;
use domain::log::Recorded;
use serde::{Deserialize, Serialize};

/// A message from the server to a page. Pages send nothing back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// What happened, in order and without a gap: the first record follows the last one
    /// that was sent, or the `after` that the page asked for.
    Events {
        /// The records, as the page's audience may see them.
        records: Vec<Recorded>,
    },
    /// A sign of life, and how things stand. Comes after what was missed has been sent,
    /// then every 15 s; over the long poll when nothing happened while it waited.
    Beat {
        /// The server's time.
        now: DateTime<Utc>,
        /// The last event of the office.
        seq: Seq,
        /// The server's build; another one than the page's means that it should reload.
        build: String,
    },
    /// The page is too far behind, or ahead of the log: it must load the state anew and
    /// connect again with `after` from that state. A socket is closed after this.
    Resync {
        /// The last event of the office.
        seq: Seq,
    },
    /// To a display only: somebody looks for it, so it should show its name for some seconds.
    Call {
        /// What the office calls it.
        name: String,
    },
}

/// How often a socket gets a [`Message::Beat`], in seconds. A page that has heard nothing
/// for twice as long should consider the connection dead.
pub const BEAT_SECONDS: u32 = 15;

/// The longest that `GET /api/events` waits for something to happen, in seconds.
pub const LONGEST_WAIT_SECONDS: u32 = 25;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_on_the_wire() {
        let now = DateTime::from_timestamp(1_799_207_220, 0).unwrap();
        let json = |message: &Message| serde_json::to_string(message).unwrap();
        assert_eq!(json(&Message::Events { records: Vec::new() }), r#"{"events":{"records":[]}}"#);
        let beat = Message::Beat { now, seq: 7, build: "ab12".to_owned() };
        assert_eq!(json(&beat), r#"{"beat":{"now":"2027-01-06T03:47:00Z","seq":7,"build":"ab12"}}"#);
        assert_eq!(json(&Message::Resync { seq: 9 }), r#"{"resync":{"seq":9}}"#);
        let call = Message::Call { name: "Ruang Karo".to_owned() };
        assert_eq!(json(&call), r#"{"call":{"name":"Ruang Karo"}}"#);
    }
}
