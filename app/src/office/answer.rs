//! Answers of a cell in words.

use std::collections::BTreeMap;

use domain::agency::Agency;
use domain::calendar::words;
use domain::id::AgencyCode;
use domain::log::Acting;
use domain::report::Stage;
use domain::run::Run;
use domain::sop::{Answer, Answers, Ask, AskKind, Cell, Sop};

/// In whose name a substitute acts: "a.n. KABAG (Plh.)".
pub fn on_behalf(acting: &Acting, sop: &Sop) -> String {
    format!("a.n. {} ({})", sop.lane_name(&acting.lane), acting.kind)
}

/// How far the reports are that a cell waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Agencies whose reports have come so far.
    pub reached: usize,
    /// Agencies that it waits for.
    pub expected: usize,
    /// The short names of those that are missing.
    pub missing: String,
    /// The number of the run.
    pub run: u32,
}

impl Progress {
    /// The progress that a question is about; `None` if it is not about reports.
    pub fn of(ask: &Ask, run: &Run, agencies: &BTreeMap<AgencyCode, Agency>) -> Option<Self> {
        let (reached, missing) = Stage::of(ask.kind)?.split(run, agencies);
        let names: Vec<_> =
            missing.iter().filter_map(|code| agencies.get(code)).map(|it| &*it.short).collect();
        Some(Self {
            reached: reached.len(),
            expected: reached.len() + missing.len(),
            missing: names.join(", "),
            run: run.id.0,
        })
    }
}

/// An answer in a few words.
pub fn brief(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Date(day) => words::date(*day),
        Answer::File(_) => "berkas terlampir".to_owned(),
        Answer::Agencies { named, missing, .. } if missing.is_empty() => format!("{} PD", named.len()),
        Answer::Agencies { named, missing, .. } => {
            format!("{} dari {} PD", named.len(), named.len() + missing.len())
        }
    }
}

/// What a finished cell says under its row: numbers, dates and counts, not long notes.
pub fn row_note(cell: &Cell, answers: &Answers) -> Option<String> {
    let long = |kind| matches!(kind, AskKind::Note | AskKind::Date | AskKind::File);
    let asks = cell.asks.iter().filter(|ask| !long(ask.kind));
    let notes: Vec<_> = asks.filter_map(|ask| answers.get(&ask.key)).map(brief).collect();
    (!notes.is_empty()).then(|| notes.join(" · "))
}
