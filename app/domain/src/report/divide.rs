//! Dividing the reports that nobody reviews yet among people.

use std::collections::BTreeMap;

use super::{Report, ReportState};
use crate::id::{AccountId, AgencyCode};
use crate::run::Run;

/// Reports that were sent, are not accepted, and have no reviewer.
pub fn waiting(run: &Run) -> Vec<AgencyCode> {
    let waits = |report: &Report| report.reviewer.is_none() && is_open(report);
    run.reports.iter().filter(|(_, report)| waits(report)).map(|(code, _)| code.clone()).collect()
}

/// How many reports that are not accepted yet everybody has.
pub fn load(run: &Run) -> BTreeMap<AccountId, usize> {
    let mut load = BTreeMap::new();
    let open = run.reports.values().filter(|report| is_open(report));
    for reviewer in open.filter_map(|report| report.reviewer.clone()) {
        *load.entry(reviewer).or_insert(0) += 1;
    }
    load
}

/// Gives each report to the one who has the fewest then; of several, the first.
pub fn divide(
    waiting: Vec<AgencyCode>,
    among: &[AccountId],
    mut load: BTreeMap<AccountId, usize>,
) -> Vec<(AgencyCode, AccountId)> {
    let mut given = Vec::new();
    for code in waiting {
        let fewest = among.iter().min_by_key(|account| load.get(*account).copied().unwrap_or(0));
        let Some(account) = fewest else { break };
        *load.entry(account.clone()).or_insert(0) += 1;
        given.push((code, account.clone()));
    }
    given
}

fn is_open(report: &Report) -> bool {
    report.state() != Some(ReportState::Accepted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_the_fewest_is_given_the_next() {
        let codes = |names: &[&str]| names.iter().map(|name| AgencyCode::from(*name)).collect::<Vec<_>>();
        let accounts = ["budi".into(), "siti".into()];
        let load = BTreeMap::from([(AccountId::from("budi"), 2), (AccountId::from("lain"), 9)]);
        let given = divide(codes(&["a", "b", "c", "d", "e"]), &accounts, load);
        let of = |name: &str| given.iter().filter(|(_, account)| account.as_str() == name).count();
        assert_eq!((of("siti"), of("budi")), (3, 2));
        let all: Vec<_> = given.iter().map(|(code, _)| code.clone()).collect();
        assert_eq!(all, codes(&["a", "b", "c", "d", "e"]));
        assert!(divide(codes(&["a"]), &[], BTreeMap::new()).is_empty());
    }
}
