//! The last things that happened in a run, in words: roles and agencies, never people.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::agency::Agency;
use domain::calendar::{date_of, words};
use domain::id::AgencyCode;
use domain::report::Verdict;
use domain::run::{OutcomeKind, Run};
use domain::sop::{CellRef, Shape, Sop};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct News {
    /// When.
    pub(super) at: DateTime<Utc>,
    /// When, in words.
    pub(super) when: String,
    /// What.
    pub(super) what: String,
    /// `done`, `back` or `other`.
    pub(super) mark: &'static str,
}

/// The last things, newest first.
pub(super) fn news(
    run: &Run,
    sop: &Sop,
    agencies: &BTreeMap<AgencyCode, Agency>,
    now: DateTime<Utc>,
    most: usize,
) -> Vec<News> {
    let mut newest = Newest { most, now, news: Vec::new() };
    newest.add(run.started.at, "Pelaksanaan dibuka".to_owned(), "other");
    for visit in &run.visits {
        let Some(outcome) = &visit.outcome else { continue };
        let lane = sop.lane_name(&visit.cell.lane);
        let decision = sop.cell(&visit.cell).is_some_and(|cell| cell.shape == Shape::Decision);
        let what = match &outcome.kind {
            OutcomeKind::Finished(_) if decision => format!("{lane} menyetujui: {}", row(sop, &visit.cell)),
            OutcomeKind::Finished(_) => format!("{lane} menyelesaikan: {}", row(sop, &visit.cell)),
            OutcomeKind::Returned { to, .. } => {
                format!("{lane} mengembalikan ke {}: {}", sop.lane_name(&to.lane), row(sop, to))
            }
        };
        let back = matches!(outcome.kind, OutcomeKind::Returned { .. });
        newest.add(outcome.stamp.at, what, if back { "back" } else { "done" });
    }
    for halt in &run.halts {
        newest.add(halt.from, "Pelaksanaan dijeda".to_owned(), "other");
        if let Some(until) = halt.until {
            newest.add(until, "Pelaksanaan dilanjutkan".to_owned(), "other");
        }
    }
    let deadline = sop.report_deadline(run.data_year);
    for (code, report) in &run.reports {
        let name = agencies.get(code).map_or(code.as_str(), |agency| agency.name.as_str());
        for round in &report.rounds {
            let late = deadline.is_some_and(|deadline| round.round == 1 && round.received > deadline);
            let what = match (round.round, late) {
                (1, false) => "mengirim LKj",
                (1, true) => "mengirim LKj, terlambat",
                _ => "mengirim perbaikan LKj",
            };
            newest.add(round.received, format!("{name} {what}"), "done");
            match &round.verdict {
                Some((stamp, Verdict::Returned(_))) => {
                    newest.add(stamp.at, format!("{name}: LKj perlu perbaikan"), "back");
                }
                Some((stamp, Verdict::Accepted)) => {
                    newest.add(stamp.at, format!("{name}: LKj diterima"), "done");
                }
                None => {}
            }
        }
    }
    newest.news
}

/// The newest of what was added, newest first. Few, so no sorting is worth its code.
struct Newest {
    most: usize,
    now: DateTime<Utc>,
    news: Vec<News>,
}

impl Newest {
    fn add(&mut self, at: DateTime<Utc>, what: String, mark: &'static str) {
        // Of two at the same moment the later one in the run stands above.
        let place = self.news.iter().position(|other| other.at <= at).unwrap_or(self.news.len());
        if place < self.most {
            self.news.insert(place, News { at, when: when(at, self.now), what, mark });
            self.news.truncate(self.most);
        }
    }
}

fn row(sop: &Sop, cell: &CellRef) -> String {
    sop.activity(cell.activity).map_or_else(String::new, |row| row.short.clone())
}

fn when(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (day, today) = (date_of(at), date_of(now));
    if day == today {
        words::clock(at)
    } else if day + TimeDelta::days(1) == today {
        "Kemarin".to_owned()
    } else {
        words::short_date(day)
    }
}
