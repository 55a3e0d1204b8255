//! What went wrong, as it travels from a server function to the person.

use domain::id::Seq;
use domain::office::Refusal;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use thiserror::Error;

/// Why a request was not carried out. Its text is a sentence for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nobody is signed in, or no longer.
    #[error("Anda belum masuk, atau sesi Anda sudah berakhir. Masuk lagi, lalu ulangi.")]
    SignedOut,
    /// Signed in, but this page is for others.
    #[error("Halaman ini hanya untuk {who}.")]
    Forbidden {
        /// For whom.
        who: String,
    },
    /// The rules of the office said no.
    #[error("{refusal}")]
    Refused {
        /// Why.
        refusal: Refusal,
        /// The last event that the decision was based on.
        seq: Seq,
    },
    /// Nothing of that name is here.
    #[error("{what} tidak ditemukan.")]
    NotFound {
        /// What was looked for.
        what: String,
    },
    /// What was sent cannot be read or is not acceptable.
    #[error("{message}")]
    Invalid {
        /// What to change.
        message: String,
    },
    /// What was sent is good, but there is no room for it.
    #[error("{message}")]
    NoRoom {
        /// Whose room is full, and what to do.
        message: String,
    },
    /// Nothing is wrong, and nothing is done yet: it has to be looked at and confirmed.
    #[error("Belum ada yang disimpan. Periksa dahulu apa yang berubah, lalu terapkan.")]
    Confirm,
    /// Nothing is wrong, but it would easily be taken for something that is there: it has to be
    /// confirmed.
    #[error(
        "Mirip dengan {others}. Periksa dahulu; bila memang berbeda, centang “Tetap tambahkan atau ganti” lalu kirim lagi."
    )]
    Alike {
        /// What it looks like, in words.
        others: String,
    },
    /// Too many tries.
    #[error("Terlalu banyak percobaan. Tunggu {seconds} detik, lalu coba lagi.")]
    TooMany {
        /// How long to wait, in seconds.
        seconds: u32,
    },
    /// The line to the server is down, or it did not answer.
    #[error("Server belum dapat dihubungi. Yang Anda ketik masih ada di sini; coba lagi sebentar lagi.")]
    Offline,
    /// Something that was kept cannot be read. It stays as it is.
    #[error("{what} tidak dapat dibaca. Tidak ada yang dihapus atau ditimpa; hubungi administrator Alur.")]
    Unreadable {
        /// What, with the name of its row or file.
        what: String,
    },
    /// A fault of ours, which is in the server's log.
    #[error("Terjadi gangguan di server. Tidak ada yang berubah; coba lagi sebentar lagi.")]
    Unwell,
}

impl Problem {
    /// A request that cannot be accepted as it is.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid { message: message.into() }
    }

    /// More tries than are allowed; the next one after so long.
    pub fn too_many(wait: std::time::Duration) -> Self {
        Self::TooMany { seconds: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1) }
    }

    /// Something that is not here.
    pub fn not_found(what: impl Into<String>) -> Self {
        Self::NotFound { what: what.into() }
    }

    /// The HTTP status that says the same to a machine.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden { .. } => 403,
            Self::Refused { refusal, .. } => refused_status(refusal),
            Self::NotFound { .. } => 404,
            Self::Invalid { .. } => 400,
            Self::Confirm | Self::Alike { .. } => 428,
            Self::NoRoom { .. } => 413,
            Self::TooMany { .. } => 429,
            Self::Unreadable { .. } => 500,
            Self::Offline | Self::Unwell => 503,
        }
    }
}

fn refused_status(refusal: &Refusal) -> u16 {
    match refusal {
        Refusal::NotAllowed { .. }
        | Refusal::NotYours
        | Refusal::OwnWork { .. }
        | Refusal::SubstitutionOver { .. } => 403,
        Refusal::NoSuchRun { .. } | Refusal::NoSuchCell { .. } | Refusal::NoSuchAgency => 404,
        Refusal::Answers { .. }
        | Refusal::Reason { .. }
        | Refusal::BadList { .. }
        | Refusal::Incomplete { .. }
        | Refusal::SopFaulty { .. }
        | Refusal::YearOutOfReach { .. } => 422,
        Refusal::NotItsTurn { .. }
        | Refusal::Stale { .. }
        | Refusal::NoWayBack
        | Refusal::NothingToTakeBack
        | Refusal::TooLateToTakeBack
        | Refusal::Paused
        | Refusal::NotPaused
        | Refusal::Over
        | Refusal::NoReports
        | Refusal::NotSent
        | Refusal::AlreadySent { .. }
        | Refusal::AlreadyStarted { .. }
        | Refusal::SopNotInForce { .. }
        | Refusal::SopVersion { .. } => 409,
    }
}

impl FromServerFnError for Problem {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Offline,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                Self::invalid("Permintaan tidak dapat dibaca. Muat ulang halaman, lalu coba lagi.")
            }
            _ => Self::Unwell,
        }
    }
}
