//! How the list of agencies came to be as it is, and what it was before.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Office;
use crate::agency::Agency;
use crate::agency::list::ListChange;
use crate::id::{AccountId, AgencyCode};
use crate::log::{AgencyEvent, Event};

/// The list of agencies before it was last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerList {
    /// When it was changed.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: AccountId,
    /// What that changed.
    pub change: ListChange,
    /// The agencies as they were.
    pub agencies: BTreeMap<AgencyCode, Agency>,
}

impl Office {
    /// The list of agencies before the last command that changed it; `None` if it is the first one,
    /// or this is only a part of the office.
    pub fn former_agencies(&self) -> Option<FormerList> {
        let last = self.agency_history.last()?;
        let mut agencies = BTreeMap::new();
        for record in self.agency_history.iter().filter(|record| record.command_id != last.command_id) {
            if let Event::Agency(event) = &record.event {
                apply(&mut agencies, event);
            }
        }
        let now: Vec<_> = self.agencies.values().cloned().collect();
        let change = ListChange::between(&agencies, &now);
        let known = !agencies.is_empty();
        known.then(|| FormerList { at: last.at, by: last.actor.clone(), change, agencies })
    }
}

/// Changes a list as an event says.
pub(super) fn apply(agencies: &mut BTreeMap<AgencyCode, Agency>, event: &AgencyEvent) {
    match event {
        AgencyEvent::AgencyListed { agency } => {
            agencies.insert(agency.code.clone(), agency.clone());
        }
        AgencyEvent::AgencyClosed { code } => {
            agencies.remove(code);
        }
    }
}
