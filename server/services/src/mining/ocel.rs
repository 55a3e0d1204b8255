//! OCEL 2.0 (JSON): runs and agencies (PD) as objects, cells and reports as events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::calendar::Calendar;
use domain::id::AgencyCode;
use domain::office::Office;
use domain::report::Verdict;
use domain::run::{OutcomeKind, Run};
use domain::sop::{Answer, Sop};
use serde::Serialize;

use super::MiningFault;
use super::acts::{Act, acts, stamp};

const RUN: &str = "Pelaksanaan";
const AGENCY: &str = "PD";
/// Before everything: attributes of objects that never change hold from here.
const EVER: &str = "1970-01-01T00:00:00Z";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ocel {
    object_types: Vec<Kind>,
    event_types: Vec<Kind>,
    objects: Vec<Thing>,
    events: Vec<Happening>,
}

#[derive(Serialize)]
struct Kind {
    name: String,
    attributes: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Thing {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    attributes: Vec<Value>,
}

#[derive(Serialize)]
struct Value {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<&'static str>,
    value: String,
}

#[derive(Serialize)]
struct Happening {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    time: String,
    attributes: Vec<Value>,
    relationships: Vec<Tie>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tie {
    object_id: String,
    qualifier: String,
}

/// The runs as an object-centric event log.
///
/// # Errors
/// None but those of a fault of ours.
pub fn ocel(office: &Office, sop: &Sop, runs: &[&Run]) -> Result<Vec<u8>, MiningFault> {
    let mut events: Vec<(DateTime<Utc>, Happening)> = Vec::new();
    for run in runs {
        events.extend(of_cells(sop, run, &office.calendar));
        events.extend(of_reports(run));
    }
    events.sort_by_key(|(at, _)| *at);
    let events: Vec<_> = events.into_iter().map(|(_, event)| event).collect();
    let objects = objects(office, runs, &events);
    let kinds: BTreeSet<_> = events.iter().map(|event| event.kind.clone()).collect();
    let text = |name| Field { name, kind: "string" };
    let event_kind = |name| Kind { name, attributes: ["peran", "hasil", "putaran"].map(text).into() };
    let ocel = Ocel {
        object_types: vec![
            Kind { name: RUN.to_owned(), attributes: vec![text("data_tahun")] },
            Kind { name: AGENCY.to_owned(), attributes: vec![text("nama")] },
        ],
        event_types: kinds.into_iter().map(event_kind).collect(),
        objects,
        events,
    };
    Ok(serde_json::to_vec(&ocel)?)
}

/// The runs, and the agencies that an event is about.
fn objects(office: &Office, runs: &[&Run], events: &[Happening]) -> Vec<Thing> {
    let ties = events.iter().flat_map(|event| &event.relationships);
    let named: BTreeSet<_> = ties.map(|tie| tie.object_id.as_str()).collect();
    let codes = runs.iter().flat_map(|run| run.reports.keys()).chain(office.agencies.keys());
    let mut agencies: BTreeMap<String, String> = BTreeMap::new();
    for event_code in named.iter().filter_map(|id| id.strip_prefix("pd-")) {
        agencies.insert(event_code.to_owned(), event_code.to_owned());
    }
    for code in codes {
        let name = office.agencies.get(code).map_or(code.as_str(), |agency| &agency.short);
        agencies.entry(code.0.clone()).and_modify(|known| name.clone_into(known));
    }
    let value = |name, value: String| Value { name, time: Some(EVER), value };
    let run = |run: &&Run| Thing {
        id: run_id(run),
        kind: RUN,
        attributes: vec![value("data_tahun", run.data_year.to_string())],
    };
    let agency = |(code, name): (String, String)| Thing {
        id: format!("pd-{code}"),
        kind: AGENCY,
        attributes: vec![value("nama", name)],
    };
    runs.iter().map(run).chain(agencies.into_iter().map(agency)).collect()
}

fn of_cells<'a>(
    sop: &'a Sop,
    run: &'a Run,
    calendar: &Calendar,
) -> impl Iterator<Item = (DateTime<Utc>, Happening)> + use<'a> {
    acts(sop, run, calendar).into_iter().map(move |act| {
        let Act { visit, outcome, name, .. } = act;
        let (answer, agencies) = match &outcome.kind {
            OutcomeKind::Finished(answers) => ("selesai", answers.values().flat_map(agencies_of).collect()),
            OutcomeKind::Returned { .. } => ("dikembalikan", Vec::new()),
        };
        let role = sop.lane_name(&visit.cell.lane).to_owned();
        let attributes =
            values([("peran", role), ("hasil", answer.to_owned()), ("putaran", visit.round.to_string())]);
        let ties = agencies.into_iter().map(|code| tie(code, "memuat"));
        let event = Happening {
            id: format!("{}-{}", run_id(run), outcome.stamp.seq),
            kind: name,
            time: stamp(outcome.stamp.at),
            attributes,
            relationships: std::iter::once(of_run(run)).chain(ties).collect(),
        };
        (outcome.stamp.at, event)
    })
}

fn agencies_of(answer: &Answer) -> &[AgencyCode] {
    match answer {
        Answer::Agencies { named, .. } => named,
        _ => &[],
    }
}

/// What became of the agencies' reports. Of a judgement or review that was given again, the
/// last time stands for it.
fn of_reports(run: &Run) -> Vec<(DateTime<Utc>, Happening)> {
    let mut events = Vec::new();
    for (code, report) in &run.reports {
        for round in &report.rounds {
            let answer = round.verdict.as_ref().map(|(stamp, verdict)| match verdict {
                Verdict::Returned(_) => ("LKj dikembalikan", stamp.at),
                Verdict::Accepted => ("LKj diterima", stamp.at),
            });
            let acts = [
                Some(("LKj dikirim", round.received)),
                round.judgement.as_ref().map(|(stamp, _)| ("LKj dinilai", stamp.at)),
                round.review.as_ref().map(|(stamp, _)| ("LKj direviu", stamp.at)),
                answer,
            ];
            for (kind, at) in acts.into_iter().flatten() {
                let short = kind.trim_start_matches("LKj ");
                events.push((
                    at,
                    Happening {
                        id: format!("{}-{code}-{}-{short}", run_id(run), round.round),
                        kind: kind.to_owned(),
                        time: stamp(at),
                        attributes: values([
                            ("peran", String::new()),
                            ("hasil", short.to_owned()),
                            ("putaran", round.round.to_string()),
                        ]),
                        relationships: vec![of_run(run), tie(code, "LKj")],
                    },
                ));
            }
        }
    }
    events
}

fn values(pairs: [(&'static str, String); 3]) -> Vec<Value> {
    pairs.map(|(name, value)| Value { name, time: None, value }).into()
}

fn run_id(run: &Run) -> String {
    format!("pelaksanaan-{}", run.id)
}

fn of_run(run: &Run) -> Tie {
    Tie { object_id: run_id(run), qualifier: "pelaksanaan".to_owned() }
}

fn tie(code: &AgencyCode, qualifier: &str) -> Tie {
    Tie { object_id: format!("pd-{code}"), qualifier: qualifier.to_owned() }
}
