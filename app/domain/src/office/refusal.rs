//! Why a command was refused: facts, and a sentence for the person.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calendar::words;
use crate::id::RunId;
use crate::sop::{AskProblem, CellRef, SopKey};

/// Why the office said no. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The actor's roles do not allow it.
    #[error("Ini bukan wewenang Anda; yang berwenang: {who}.")]
    NotAllowed {
        /// Who may, in words.
        who: String,
    },
    /// There is no such run.
    #[error("Pelaksanaan nomor {run} tidak ada.")]
    NoSuchRun {
        /// The number asked for.
        run: RunId,
    },
    /// There is no such cell in the run's procedure.
    #[error("Tidak ada kotak di baris {} pada lajur itu.", cell.activity)]
    NoSuchCell {
        /// The cell asked for.
        cell: CellRef,
    },
    /// The cell is not the one whose turn it is: not yet, or no longer.
    #[error("{}", moved_on(row, lane, *done_at))]
    NotItsTurn {
        /// The cell asked for.
        cell: CellRef,
        /// The printed number of its row.
        row: String,
        /// The name of its lane.
        lane: String,
        /// When it was finished or returned, if it was in that round.
        done_at: Option<DateTime<Utc>>,
    },
    /// The page that the command came from is older than the last return.
    #[error("Lembar sudah berubah sejak halaman Anda dimuat (sekarang putaran {now}). Periksa lalu ulangi.")]
    Stale {
        /// The round that the row is in now.
        now: u16,
    },
    /// The decision has no Tidak exit.
    #[error("Kotak ini tidak punya jalur Tidak, jadi tidak dapat dikembalikan dari sini.")]
    NoWayBack,
    /// The cell has no such act: not done yet, or taken back already.
    #[error("Tidak ada pekerjaan di kotak ini yang dapat ditarik kembali.")]
    NothingToTakeBack,
    /// Only the one who did the last act may take it back.
    #[error("Hanya yang mengerjakan kotak ini yang dapat menariknya kembali.")]
    NotYours,
    /// Somebody has already gone on.
    #[error("Tidak dapat ditarik kembali: langkah berikutnya sudah dikerjakan.")]
    TooLateToTakeBack,
    /// The act was done in another's place, and the time for that is over.
    #[error(
        "Masa penugasan Anda sebagai {title} sudah berakhir, jadi pekerjaan itu tidak dapat ditarik kembali."
    )]
    SubstitutionOver {
        /// As what it was done: "Plh. KABAG".
        title: String,
    },
    /// The decision is on the actor's own work, and one of the two is done in another's place.
    #[error(
        "Baris {row} tidak dapat Anda putuskan sebagai {as_who}: Anda sendiri yang mengerjakan baris {own_row} \
         sebagai {own_as}. Pekerjaan sendiri tidak diperiksa sendiri; serahkan kepada pejabat lain."
    )]
    OwnWork {
        /// The printed number of the row that is to be decided on.
        row: String,
        /// As what: "KASUBBAG" or "Plh. KABAG".
        as_who: String,
        /// The printed number of the row in which the actor did something.
        own_row: String,
        /// As what.
        own_as: String,
    },
    /// Answers are missing or cannot be read.
    #[error("{}", problems.first().map_or("Ada isian yang perlu diperbaiki.", |p| p.message.as_str()))]
    Answers {
        /// Each question with its problem.
        problems: Vec<AskProblem>,
    },
    /// A reason is missing or too long.
    #[error("{message}")]
    Reason {
        /// What to change.
        message: String,
    },
    /// The run stands still.
    #[error("Pelaksanaan sedang dijeda. Lanjutkan dahulu.")]
    Paused,
    /// The run does not stand still.
    #[error("Pelaksanaan tidak sedang dijeda.")]
    NotPaused,
    /// The run is finished or cancelled.
    #[error("Pelaksanaan ini sudah berakhir.")]
    Over,
    /// A run for this procedure and year is there already.
    #[error("Pelaksanaan untuk data tahun {data_year} sudah ada (nomor {run}).")]
    AlreadyStarted {
        /// The year.
        data_year: i32,
        /// The run that is there.
        run: RunId,
    },
    /// The data year is too far from today.
    #[error("Tahun data {data_year} tidak dapat dimulai; yang dapat: {from} atau {to}.")]
    YearOutOfReach {
        /// The year asked for.
        data_year: i32,
        /// First possible year.
        from: i32,
        /// Last possible year.
        to: i32,
    },
    /// There is no such procedure, or a newer version of it is in force.
    #[error("SOP {sop} tidak berlaku.")]
    SopNotInForce {
        /// What was asked for.
        sop: SopKey,
    },
    /// The procedure cannot be carried out.
    #[error("SOP ini belum dapat diberlakukan: {}.", faults.join("; "))]
    SopFaulty {
        /// Its faults, in words.
        faults: Vec<String>,
    },
    /// The version is not the one that follows the newest.
    #[error("Versi berikutnya dari SOP ini harus {next}.")]
    SopVersion {
        /// The version it must have.
        next: u16,
    },
    /// The procedure does not collect reports.
    #[error("SOP ini tidak mengumpulkan LKj.")]
    NoReports,
    /// There is no such agency, or it is closed.
    #[error("PD ini tidak ada dalam daftar.")]
    NoSuchAgency,
    /// The agency has not sent a report.
    #[error("PD ini belum mengirim LKj.")]
    NotSent,
    /// The report is with the office already.
    #[error("LKj sudah terkirim dengan tanda terima {number}; tidak perlu dikirim lagi.")]
    AlreadySent {
        /// The number of its receipt.
        number: String,
    },
    /// Something that must be there is not.
    #[error("{message}")]
    Incomplete {
        /// What to do.
        message: String,
    },
    /// A list was given that cannot be taken as it is.
    #[error("{message}")]
    BadList {
        /// What to change.
        message: String,
    },
}

fn moved_on(row: &str, lane: &str, done_at: Option<DateTime<Utc>>) -> String {
    let row = row.trim_end_matches('.');
    match done_at {
        Some(at) => format!("Baris {row} ({lane}) sudah dikerjakan pada {}.", words::short(at)),
        None => format!("Baris {row} ({lane}) belum mendapat giliran."),
    }
}
