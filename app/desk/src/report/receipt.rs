//! What a receipt (tanda terima) of a report says.

use chrono::{DateTime, Utc};
use domain::calendar::words;
use domain::id::{AgencyCode, RunId};
use domain::office::Office;
use domain::report::FileRef;
use serde::{Deserialize, Serialize};

/// What a receipt says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its number.
    pub number: String,
    /// The agency's name.
    pub agency: String,
    /// The run.
    pub run: RunId,
    /// The year that the report is about.
    pub data_year: i32,
    /// Which sending it was.
    pub round: u16,
    /// When its last byte had arrived.
    pub received: DateTime<Utc>,
    /// The same in words, in WIB.
    pub received_wib: String,
    /// The same in UTC, as ISO 8601.
    pub received_utc: String,
    /// On time, or late by how much.
    pub timing: String,
    /// Whether it was in time.
    pub on_time: bool,
    /// The files.
    pub files: Vec<FileRef>,
    /// The hash of the report as a document.
    pub content: String,
    /// What it is looked up by in public.
    pub code: String,
}

impl Receipt {
    /// The receipt of a round; `None` if that was not sent.
    pub fn of(office: &Office, id: RunId, agency: &AgencyCode, round: u16) -> Option<Self> {
        let (run, sop) = office.run(id)?;
        let report = run.reports.get(agency)?;
        let sent = report.rounds.iter().find(|sent| sent.round == round)?;
        let deadline = sop.report_deadline(run.data_year);
        let late = deadline.filter(|deadline| sent.received > *deadline);
        let timing = match late {
            None => "tepat waktu".to_owned(),
            Some(deadline) => format!("terlambat {}", words::elapsed(sent.received - deadline)),
        };
        let name = office.agencies.get(agency).map_or_else(|| agency.0.clone(), |agency| agency.name.clone());
        Some(Self {
            number: sent.receipt(run.data_year),
            agency: name,
            run: id,
            data_year: run.data_year,
            round,
            received: sent.received,
            received_wib: format!("{} WIB", words::full(sent.received)),
            received_utc: sent.received.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            timing,
            on_time: late.is_none(),
            files: sent.digest.files.clone(),
            content: sent.digest.content.clone(),
            code: sent.code.clone(),
        })
    }
}
