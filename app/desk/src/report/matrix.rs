//! The reports of all agencies: one line for each.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::calendar::words;
use domain::id::{AccountId, AgencyCode, RunId};
use domain::office::Office;
use domain::report::parts::PARTS;
use domain::report::{Report, ReportState};
use serde::{Deserialize, Serialize};

use super::DraftBrief;
use crate::account::Person;

/// How far an agency's report is; unlike [`ReportState`] also before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Nothing is written yet.
    Nothing,
    /// Something is written.
    Draft,
    /// It was sent.
    Sent,
    /// It has to be improved.
    Returned,
    /// It is accepted.
    Accepted,
}

impl Standing {
    /// All of them, in the order of the work.
    pub const ALL: [Self; 5] = [Self::Nothing, Self::Draft, Self::Sent, Self::Returned, Self::Accepted];

    /// In the office's words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing => "belum",
            Self::Draft => "draf",
            Self::Sent => ReportState::Sent.word(),
            Self::Returned => ReportState::Returned.word(),
            Self::Accepted => ReportState::Accepted.word(),
        }
    }

    /// As it stands in an address and in markup.
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "belum",
            Self::Draft => "draf",
            Self::Sent => "terkirim",
            Self::Returned => "perbaikan",
            Self::Accepted => "diterima",
        }
    }

    /// The icon beside the word.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Nothing => "clock",
            Self::Draft => "file",
            Self::Sent => "hand",
            Self::Returned => "back",
            Self::Accepted => "check",
        }
    }

    /// How far what was sent is.
    pub fn of(state: ReportState) -> Self {
        match state {
            ReportState::Sent => Self::Sent,
            ReportState::Returned => Self::Returned,
            ReportState::Accepted => Self::Accepted,
        }
    }
}

/// One agency in the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MatrixLine {
    /// Which one.
    pub code: AgencyCode,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: String,
    /// How far it is.
    pub standing: Standing,
    /// When the last round was received.
    pub received: Option<DateTime<Utc>>,
    /// By how much that was late, in words.
    pub late: Option<String>,
    /// How many of the parts are in it, as the agency says.
    pub have: Option<usize>,
    /// Average achievement, in hundredths of a percent.
    pub average: Option<i64>,
    /// How many parts the office misses; `None`: not judged.
    pub lacking: Option<usize>,
    /// Who reviews it.
    pub reviewer: String,
    /// The account of that person.
    pub account: String,
    /// The round that was sent last; 0: none.
    pub round: u16,
}

impl MatrixLine {
    /// What the judgement says, in words.
    pub fn judgement(&self) -> String {
        match self.lacking {
            None => String::new(),
            Some(0) => "lengkap".to_owned(),
            Some(lacking) => format!("kurang {lacking} bagian"),
        }
    }

    /// How many parts are in it: "12/13"; empty if that is not known.
    pub fn completeness(&self) -> String {
        self.have.map(|have| format!("{have}/{}", PARTS.len())).unwrap_or_default()
    }

    fn fill(&mut self, report: &Report, deadline: Option<DateTime<Utc>>) {
        let Some(last) = report.last() else { return };
        self.standing = Standing::of(last.state());
        self.received = Some(last.received);
        let late = deadline.filter(|deadline| last.received > *deadline);
        self.late = late.map(|deadline| format!("terlambat {}", words::elapsed(last.received - deadline)));
        self.have = Some(PARTS.len().saturating_sub(last.digest.missing.len()));
        self.average = last.digest.average;
        self.lacking = last.judgement.as_ref().map(|(_, judgement)| judgement.missing.len());
        self.round = last.round;
    }
}

/// Every agency of a run: those of the list, and closed ones that have sent something.
pub fn lines(
    office: &Office,
    id: RunId,
    drafts: &[DraftBrief],
    names: &BTreeMap<AccountId, Person>,
) -> Vec<MatrixLine> {
    let Some((run, sop)) = office.run(id) else { return Vec::new() };
    let deadline = sop.report_deadline(run.data_year);
    let closed = run.reports.keys().filter(|code| !office.agencies.contains_key(*code));
    let line = |code: &AgencyCode| {
        let report = run.reports.get(code);
        let draft = drafts.iter().find(|draft| draft.agency == *code);
        let (name, short) = match office.agencies.get(code) {
            Some(agency) => (agency.name.clone(), agency.short.clone()),
            None => ("PD ini sudah ditutup".to_owned(), code.0.clone()),
        };
        let who = report.and_then(|report| report.reviewer.as_ref());
        let account = who.map(|id| id.0.clone()).unwrap_or_default();
        let who = who.map(|id| names.get(id).map_or_else(|| id.0.clone(), |person| person.name.clone()));
        let mut line = MatrixLine {
            code: code.clone(),
            name,
            short,
            standing: if draft.is_some() { Standing::Draft } else { Standing::Nothing },
            received: None,
            late: None,
            have: draft.and_then(|draft| draft.have),
            average: None,
            lacking: None,
            reviewer: who.unwrap_or_default(),
            account,
            round: 0,
        };
        if let Some(report) = report {
            line.fill(report, deadline);
        }
        line
    };
    office.agencies.keys().chain(closed).map(line).collect()
}
