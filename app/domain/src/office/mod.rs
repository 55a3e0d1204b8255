//! The office: everything the log says, folded.

mod administer;
mod command;
mod decide;
mod fold;
mod moved;
mod possible;
mod refusal;
mod report;
mod rights;
mod substitute;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use command::{Actor, Command};
pub use decide::decide;
pub use fold::{CorruptLog, evolve, replay};
pub use moved::moved_by;
pub use possible::possible;
pub use refusal::Refusal;
pub use report::{may_make_links, may_write};
pub use rights::{Right, Rights, barred};
pub use substitute::{Phase, Substitution};

use crate::agency::Agency;
use crate::calendar::Calendar;
use crate::id::{AgencyCode, RunId, Seq};
use crate::log::{Recorded, SubstituteId};
use crate::run::Run;
use crate::sop::{Sop, SopKey};

/// The state of an office. Runs and procedures are shared, so a copy is cheap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Office {
    /// The last event folded.
    pub seq: Seq,
    /// Every published version of every procedure.
    pub sops: BTreeMap<SopKey, Arc<Sop>>,
    /// Working hours and days off.
    pub calendar: Calendar,
    /// The last record that changed the calendar, and when: what is due may have moved then.
    #[serde(default)]
    pub calendar_since: (Seq, DateTime<Utc>),
    /// The agencies that hand in reports, by code.
    pub agencies: BTreeMap<AgencyCode, Agency>,
    /// Every run that was ever started.
    pub runs: BTreeMap<RunId, Arc<Run>>,
    /// Who stands in for whom, whenever that was or will be.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub substitutes: BTreeMap<SubstituteId, Substitution>,
    /// How the calendar was changed, oldest first; left out of every part of the office.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendar_history: Vec<Arc<Recorded>>,
}

impl Office {
    /// A run and the version of the procedure it was started under.
    pub fn run(&self, id: RunId) -> Option<(&Run, &Sop)> {
        let run = self.runs.get(&id)?;
        Some((run, self.sops.get(&run.sop)?))
    }

    /// The newest version of each procedure.
    pub fn current_sops(&self) -> impl Iterator<Item = &Sop> {
        self.sops.values().map(AsRef::as_ref).filter(|sop| self.is_current(&sop.key))
    }

    /// Whether this is the newest version of its number.
    pub fn is_current(&self, key: &SopKey) -> bool {
        let newer = |other: &SopKey| other.number == key.number && other.version > key.version;
        !self.sops.keys().any(newer)
    }

    /// The part of the office that a page about one run needs: that run, its procedure,
    /// the calendar, the agencies and the substitutes.
    pub fn only_run(&self, id: RunId) -> Self {
        let brief = |run: &Arc<Run>| (id, Arc::new(run.with_brief_reports()));
        let runs: BTreeMap<_, _> = self.runs.get(&id).map(brief).into_iter().collect();
        let used = |key: &SopKey| runs.values().any(|run| run.sop == *key);
        let sops = self.sops.iter().filter(|(key, _)| used(key)).map(own).collect();
        Self { sops, runs, ..self.without_runs() }
    }

    /// The part of the office that an overview of all runs needs: no histories.
    pub fn overview(&self) -> Self {
        let brief = |(id, run): (&RunId, &Arc<Run>)| (*id, Arc::new(run.without_history()));
        Self { sops: self.sops.clone(), runs: self.runs.iter().map(brief).collect(), ..self.without_runs() }
    }

    fn without_runs(&self) -> Self {
        Self {
            seq: self.seq,
            sops: BTreeMap::new(),
            calendar: self.calendar.clone(),
            calendar_since: self.calendar_since,
            agencies: self.agencies.clone(),
            runs: BTreeMap::new(),
            substitutes: self.substitutes.clone(),
            calendar_history: Vec::new(),
        }
    }
}

fn own<K: Clone, V: Clone>((key, value): (&K, &V)) -> (K, V) {
    (key.clone(), value.clone())
}
