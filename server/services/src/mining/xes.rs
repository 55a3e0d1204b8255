//! XES (IEEE 1849): a trace for each run, an event for each turn that came to something.

use std::io;

use domain::calendar::Calendar;
use domain::run::{OutcomeKind, Run, Status};
use domain::sop::Sop;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::MiningFault;
use super::acts::{Act, acts, stamp};

type Xml = Writer<Vec<u8>>;

const EXTENSIONS: [(&str, &str); 4] =
    [("Concept", "concept"), ("Time", "time"), ("Lifecycle", "lifecycle"), ("Organizational", "org")];

/// The runs as an event log. When a cell got its turn stands in `start_timestamp`, when it
/// was finished in `time:timestamp`; working time in minutes in `alur:menunggu` and
/// `alur:dikerjakan`.
///
/// # Errors
/// None but those of a fault of ours.
pub fn xes(sop: &Sop, runs: &[&Run], calendar: &Calendar) -> Result<Vec<u8>, MiningFault> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let log = [("xes.version", "1849-2016"), ("xes.features", ""), ("xmlns", "http://www.xes-standard.org/")];
    xml.create_element("log").with_attributes(log).write_inner_content(|xml| {
        for (name, prefix) in EXTENSIONS {
            let uri = format!(
                "http://www.xes-standard.org/{}.xesext",
                name.to_lowercase().replace("organizational", "org")
            );
            let extension = [("name", name), ("prefix", prefix), ("uri", uri.as_str())];
            xml.create_element("extension").with_attributes(extension).write_empty()?;
        }
        let classifier = [("name", "Kotak"), ("keys", "concept:name")];
        xml.create_element("classifier").with_attributes(classifier).write_empty()?;
        attribute(xml, "string", "concept:name", &format!("SOP {} {}", sop.key, sop.name))?;
        runs.iter().try_for_each(|run| trace(xml, sop, run, calendar))
    })?;
    Ok(xml.into_inner())
}

fn trace(xml: &mut Xml, sop: &Sop, run: &Run, calendar: &Calendar) -> io::Result<()> {
    let state = match run.status {
        Status::Going => "berjalan",
        Status::Finished(_) => "selesai",
        Status::Cancelled(..) => "dibatalkan",
    };
    xml.create_element("trace").write_inner_content(|xml| {
        attribute(xml, "string", "concept:name", &format!("pelaksanaan-{}", run.id))?;
        attribute(xml, "int", "alur:data_tahun", &run.data_year.to_string())?;
        attribute(xml, "string", "alur:keadaan", state)?;
        acts(sop, run, calendar).iter().try_for_each(|act| event(xml, sop, act))
    })?;
    Ok(())
}

fn event(xml: &mut Xml, sop: &Sop, act: &Act<'_>) -> io::Result<()> {
    let Act { visit, outcome, name, time } = act;
    let answer = match outcome.kind {
        OutcomeKind::Finished(_) => "selesai",
        OutcomeKind::Returned { .. } => "dikembalikan",
    };
    xml.create_element("event").write_inner_content(|xml| {
        attribute(xml, "string", "concept:name", name)?;
        attribute(xml, "string", "lifecycle:transition", "complete")?;
        attribute(xml, "date", "start_timestamp", &stamp(visit.since))?;
        attribute(xml, "date", "time:timestamp", &stamp(outcome.stamp.at))?;
        attribute(xml, "string", "org:role", sop.lane_name(&visit.cell.lane))?;
        attribute(xml, "string", "alur:kotak", &visit.cell.to_string())?;
        attribute(xml, "int", "alur:putaran", &visit.round.to_string())?;
        attribute(xml, "string", "alur:hasil", answer)?;
        if let Some(lane) = &outcome.recorded_by {
            attribute(xml, "string", "alur:dicatat_oleh", sop.lane_name(lane))?;
        }
        if let Some(time) = time {
            attribute(xml, "int", "alur:menunggu", &time.waiting.0.to_string())?;
            attribute(xml, "int", "alur:dikerjakan", &time.doing.0.to_string())?;
        }
        Ok(())
    })?;
    Ok(())
}

fn attribute(xml: &mut Xml, kind: &str, key: &str, value: &str) -> io::Result<()> {
    xml.create_element(kind).with_attributes([("key", key), ("value", value)]).write_empty()?;
    Ok(())
}
