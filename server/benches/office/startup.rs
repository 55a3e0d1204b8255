//! How long a start takes with a long past: the whole chain is checked, the whole log folded.

use std::time::Instant;

use tempfile::TempDir;
use tokio::process::Command;

use crate::Outcome;
use crate::history::{ARGUMENT, RECORDS};
use crate::http::Connection;
use crate::program::Program;
use crate::report::{Figure, Report};
use crate::times::{Times, count};

const STARTS: usize = 5;
const GOAL_SECONDS: f64 = 2.0;

/// Writes a long past, and starts on it.
pub(crate) async fn measure(report: &mut Report) -> Outcome {
    let folder = TempDir::new()?;
    report.step("an empty office starts");
    let empty = start(&folder).await?;
    report.step(&format!("{RECORDS} events are written"));
    let writer = Command::new(std::env::current_exe()?).arg(ARGUMENT).arg(folder.path()).status().await?;
    if !writer.success() {
        return Err("the events could not be written".into());
    }
    report.step("the office starts with them");
    let (mut times, mut memory) = (Times::default(), 0.0);
    for _ in 0..STARTS {
        let started = start(&folder).await?;
        if started.records != RECORDS {
            return Err(format!("{} of {RECORDS} events were loaded", started.records).into());
        }
        times.append(started.time);
        memory = started.mib;
    }
    report.add(Figure::new("first start of a practice office", empty.time.at(50) / 1000.0, "s"));
    let what = format!("start with {RECORDS} events, median of {STARTS}");
    report.add(Figure::new(what, times.at(50) / 1000.0, "s").at_most(GOAL_SECONDS));
    report.add(Figure::new("start with these events, the longest", times.at(100) / 1000.0, "s"));
    report.add(Figure::new("memory of the server with these events", memory, "MiB"));
    Ok(())
}

struct Started {
    time: Times,
    records: u64,
    mib: f64,
}

async fn start(folder: &TempDir) -> Outcome<Started> {
    let begin = Instant::now();
    let program = Program::start(folder.path()).await?;
    let mut time = Times::default();
    time.add(begin.elapsed());
    let metrics = Connection::open(program.address, None).await?.get("/metrics", "").await?;
    let metrics = String::from_utf8_lossy(&metrics.body).into_owned();
    let seq = metrics.lines().find_map(|line| line.strip_prefix("alur_log_seq ")).ok_or("no alur_log_seq")?;
    let records = seq.trim().parse()?;
    let mib = count(usize::try_from(program.usage()?.memory)?) / 1024.0;
    program.stop().await?;
    Ok(Started { time, records, mib })
}
