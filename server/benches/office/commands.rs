//! Durable commands over HTTP, as many as go: one writer, then one in each of many runs.

use std::time::{Duration, Instant};

use domain::id::RunId;
use tokio::task::JoinSet;

use crate::acts::Acts;
use crate::http::Connection;
use crate::program::Program;
use crate::report::{Figure, Report};
use crate::times::{Times, count};
use crate::{Outcome, RUNS};

const LONG: Duration = Duration::from_secs(5);
const ONE_WRITER: f64 = 1000.0;
const MANY_WRITERS: f64 = 3500.0;

/// Measures one writer with `acts`, then one for each run of `apart`.
pub(crate) async fn measure(
    program: &Program,
    staff: &str,
    acts: Acts,
    apart: Vec<RunId>,
    report: &mut Report,
) -> Outcome {
    report.step("commands of one writer");
    let one = work(program, staff, vec![acts]).await?;
    one.tell("1 writer", ONE_WRITER, report);
    report.step(&format!("commands of {RUNS} writers"));
    let each = |(number, run)| Acts::new(format!("w{number}"), vec![run]);
    let many = work(program, staff, apart.into_iter().enumerate().map(each).collect()).await?;
    many.tell(&format!("{RUNS} writers"), MANY_WRITERS, report);
    Ok(())
}

struct Worked {
    took: Duration,
    times: Times,
}

impl Worked {
    fn tell(&self, who: &str, goal: f64, report: &mut Report) {
        let rate = count(self.times.count()) / self.took.as_secs_f64();
        report.add(Figure::new(format!("{who}, durable commands"), rate, "/s").at_least(goal));
        report.add(Figure::new(format!("{who}, a command, p50"), self.times.at(50), "ms"));
        report.add(Figure::new(format!("{who}, a command, p99"), self.times.at(99), "ms"));
    }
}

/// Everybody works at once, each waiting for the answer before the next command.
async fn work(program: &Program, staff: &str, everybody: Vec<Acts>) -> Outcome<Worked> {
    let mut writers = JoinSet::new();
    let mut connections = Vec::new();
    for _ in &everybody {
        connections.push(Connection::open(program.address, Some(staff)).await?);
    }
    let begin = Instant::now();
    for (acts, connection) in everybody.into_iter().zip(connections) {
        writers.spawn(write(acts, connection, begin));
    }
    let mut times = Times::default();
    while let Some(written) = writers.join_next().await {
        times.append(written??);
    }
    Ok(Worked { took: begin.elapsed(), times })
}

async fn write(mut acts: Acts, mut connection: Connection, begin: Instant) -> Outcome<Times> {
    let mut times = Times::default();
    while begin.elapsed() < LONG {
        let sent = Instant::now();
        acts.act(&mut connection).await?;
        times.add(sent.elapsed());
    }
    Ok(times)
}
