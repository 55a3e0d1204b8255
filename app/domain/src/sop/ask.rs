//! What a cell asks for before it can be finished, and how an answer is read.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::agency::Agency;
use crate::id::AgencyCode;
use crate::text::{cleaned, is_control};

/// One question of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Lasting name of the question; the form field is called so.
    pub key: String,
    /// The question in the user's words.
    pub label: String,
    /// What kind of answer it takes.
    pub kind: AskKind,
    /// Whether the cell cannot be finished without it.
    #[serde(default)]
    pub required: bool,
    /// Whether all agencies are ticked at first. Only for [`AskKind::Agencies`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preset: bool,
    /// A line of help under the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// Kinds of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskKind {
    /// One line.
    Text,
    /// Several lines.
    Note,
    /// A day, not after today.
    Date,
    /// A letter number: one line that no other letter of the office bears.
    LetterNumber,
    /// A file that was sent before.
    File,
    /// Some of the agencies. A required one must name all, or say why not.
    Agencies,
    /// The agencies whose reports have been received. Answered by the office itself; what a
    /// person types is why others are missing.
    ReportsReceived,
    /// Those of the received reports that are judged; answered in the same way.
    ReportsJudged,
    /// Those of the received reports that are accepted; answered in the same way.
    ReportsReviewed,
}

/// A checked answer, as it is kept in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A line, several lines or a letter number.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A file, by the SHA-256 of its bytes in lower-case hex.
    File(String),
    /// Agencies, and why others are missing.
    Agencies {
        /// Those named.
        named: Vec<AgencyCode>,
        /// Those not named.
        missing: Vec<AgencyCode>,
        /// Why some are missing; empty if none is.
        reason: String,
    },
}

/// Checked answers by the key of their question.
pub type Answers = BTreeMap<String, Answer>;

/// Answers as typed, by form field. A question of kind [`AskKind::Agencies`] with key `k`
/// has the fields `k.<code>` (any text: ticked) and `k.alasan`; one about reports has only
/// `k.alasan`.
pub type RawAnswers = BTreeMap<String, String>;

/// What is wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskProblem {
    /// The question.
    pub key: String,
    /// A sentence for the person who typed.
    pub message: String,
}

impl Ask {
    /// Longest accepted line, in characters.
    pub const MAX_LINE: usize = 200;
    /// Longest accepted note or reason, in characters.
    pub const MAX_NOTE: usize = 4000;

    /// Reads what was typed for this question. `Ok(None)` is "left empty, and may be".
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn read(
        &self,
        typed: &RawAnswers,
        agencies: &[&Agency],
        today: NaiveDate,
    ) -> Result<Option<Answer>, String> {
        if self.kind == AskKind::Agencies {
            return self.read_agencies(typed, agencies);
        }
        let text = typed.get(&self.key).map_or("", |text| text.trim());
        if text.is_empty() {
            return if self.required { Err(format!("{} wajib diisi.", self.label)) } else { Ok(None) };
        }
        match self.kind {
            AskKind::Text | AskKind::LetterNumber => line(&self.label, text).map(Answer::Text),
            AskKind::Note => note(&self.label, text).map(Answer::Text),
            AskKind::Date => day(&self.label, text, today).map(Answer::Date),
            AskKind::File => file(text).map(Answer::File),
            AskKind::Agencies
            | AskKind::ReportsReceived
            | AskKind::ReportsJudged
            | AskKind::ReportsReviewed => return Ok(None),
        }
        .map(Some)
    }

    fn read_agencies(&self, typed: &RawAnswers, agencies: &[&Agency]) -> Result<Option<Answer>, String> {
        let ticked = |agency: &&&Agency| typed.contains_key(&format!("{}.{}", self.key, agency.code));
        let (named, missing): (Vec<_>, Vec<_>) = agencies.iter().partition(ticked);
        let codes = |list: Vec<&&Agency>| list.into_iter().map(|a| a.code.clone()).collect();
        self.with_reason(
            typed,
            codes(named),
            codes(missing),
            "PD belum ditandai. Tandai, atau isi alasannya.",
        )
        .map(Some)
    }

    /// The answer to a question about reports: which agencies have come so far, and why the
    /// others have not.
    ///
    /// # Errors
    /// A sentence if a reason is needed and missing, or cannot be read.
    pub(crate) fn read_reports(
        &self,
        typed: &RawAnswers,
        named: Vec<AgencyCode>,
        missing: Vec<AgencyCode>,
    ) -> Result<Answer, String> {
        self.with_reason(
            typed,
            named,
            missing,
            "PD belum. Tunggu, atau isi alasan menyelesaikannya sekarang.",
        )
    }

    fn with_reason(
        &self,
        typed: &RawAnswers,
        named: Vec<AgencyCode>,
        missing: Vec<AgencyCode>,
        lacking: &str,
    ) -> Result<Answer, String> {
        let reason = typed.get(&format!("{}.alasan", self.key)).map_or("", |text| text.trim());
        if self.required && !missing.is_empty() && reason.is_empty() {
            return Err(format!("{}: {} {lacking}", self.label, missing.len()));
        }
        let reason = if missing.is_empty() { String::new() } else { note("Alasan", reason)? };
        Ok(Answer::Agencies { named, missing, reason })
    }
}

/// A reason that a person must give.
///
/// # Errors
/// A sentence if it is empty or too long.
pub(crate) fn reason(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("Alasan wajib diisi.".to_owned());
    }
    note("Alasan", text)
}

/// A text that may be left empty.
///
/// # Errors
/// A sentence if it is too long or cannot be printed.
pub(crate) fn free_text(label: &str, text: &str) -> Result<String, String> {
    note(label, text)
}

/// One line of text, without what cannot be seen.
pub(crate) fn line(label: &str, text: &str) -> Result<String, String> {
    let text = cleaned(text);
    if text.chars().any(is_control) {
        return Err(format!("{label} memuat huruf yang tidak dapat dicetak."));
    }
    within(label, text.trim(), Ask::MAX_LINE)
}

fn note(label: &str, text: &str) -> Result<String, String> {
    let text = cleaned(&text.replace("\r\n", "\n"));
    if text.chars().any(|c| is_control(c) && c != '\n' && c != '\t') {
        return Err(format!("{label} memuat huruf yang tidak dapat dicetak."));
    }
    within(label, text.trim(), Ask::MAX_NOTE)
}

fn within(label: &str, text: &str, limit: usize) -> Result<String, String> {
    let length = text.chars().count();
    if length > limit {
        return Err(format!("{label} terlalu panjang: {length} huruf, paling banyak {limit}."));
    }
    Ok(text.to_owned())
}

fn day(label: &str, text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let day: NaiveDate = text.parse().map_err(|_| format!("{label}: tulis tanggal seperti 2026-12-31."))?;
    if day > today {
        return Err(format!("{label} belum tiba; tanggal paling akhir adalah hari ini."));
    }
    if day < today - chrono::Days::new(3660) {
        return Err(format!("{label} terlalu lama lewat; periksa tahunnya."));
    }
    Ok(day)
}

fn file(text: &str) -> Result<String, String> {
    if text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        Ok(text.to_owned())
    } else {
        Err("Berkas tidak dikenal; unggah sekali lagi.".to_owned())
    }
}
