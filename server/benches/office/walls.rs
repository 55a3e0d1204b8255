//! An office on a working day: walls and sheets at once. Each audience gets bytes of its own, so
//! an act is serialised twice.

use std::time::{Duration, Instant};

use domain::id::Seq;

use crate::Outcome;
use crate::acts::Acts;
use crate::clients::Crowd;
use crate::http::Connection;
use crate::program::Program;
use crate::report::{Figure, Report};
use crate::times::{Times, count, millis};

const WALLS: usize = 20;
const SHEETS: usize = 200;
const WARM_UP: usize = 10;
const ACTS: usize = 200;
/// It is not measured for longer, however slow the machine is.
const LONGEST: Duration = Duration::from_secs(30);
const PAGE: &str = "/papan";
const PAGES: usize = 100;

/// Measures from an act to the last wall and to the last sheet, and the wall's page.
pub(crate) async fn measure(program: &Program, staff: &str, acts: &mut Acts, report: &mut Report) -> Outcome {
    report.step(&format!("{WALLS} walls and {SHEETS} sheets at once"));
    let mut day = Day {
        walls: Crowd::of_walls(program.address),
        sheets: Crowd::new(program.address, staff),
        actor: Connection::open(program.address, Some(staff)).await?,
        seq: 0,
    };
    day.seq = acts.act(&mut day.actor).await?.last;
    day.walls.grow(WALLS, day.seq).await?;
    day.sheets.grow(SHEETS, day.seq).await?;
    day.act(acts, WARM_UP).await?;
    let before = program.usage()?;
    let measured = day.act(acts, ACTS).await?;
    let cpu = millis(program.usage()?.cpu - before.cpu) / count(measured.durable.count()).max(1.0);
    measured.tell(report);
    report.add(Figure::new("walls and sheets, server's CPU for an act", cpu, "ms"));
    page(program, report).await
}

/// What a wall loads, at the least once a night.
async fn page(program: &Program, report: &mut Report) -> Outcome {
    let mut connection = Connection::open(program.address, None).await?;
    let (mut times, mut bytes, begin) = (Times::default(), 0, Instant::now());
    while times.count() < PAGES && begin.elapsed() < LONGEST {
        let asked = Instant::now();
        let answer = connection.get(PAGE, "").await?;
        if answer.status != 200 {
            return Err(format!("{PAGE}: {}", answer.status).into());
        }
        times.add(asked.elapsed());
        bytes = answer.body.len();
    }
    report.add(Figure::new("wall page, p50", times.at(50), "ms"));
    report.add(Figure::new("wall page, p99", times.at(99), "ms"));
    report.add(Figure::new("wall page", count(bytes) / 1024.0, "KiB"));
    Ok(())
}

struct Day {
    walls: Crowd,
    sheets: Crowd,
    actor: Connection,
    /// The last record of the office.
    seq: Seq,
}

#[derive(Default)]
struct Measured {
    /// Until the act was acknowledged, and so durable.
    durable: Times,
    walls: Times,
    sheets: Times,
    lost: usize,
}

impl Day {
    async fn act(&mut self, acts: &mut Acts, times: usize) -> Outcome<Measured> {
        let (mut measured, start) = (Measured::default(), Instant::now());
        while measured.durable.count() < times && start.elapsed() < LONGEST {
            let (walls, sheets) = (self.walls.expect(self.seq + 1), self.sheets.expect(self.seq + 1));
            let begin = Instant::now();
            self.seq = acts.act(&mut self.actor).await?.last;
            measured.durable.add(begin.elapsed());
            let (walls, sheets) = tokio::join!(walls.by_all(), sheets.by_all());
            for (received, times) in [(walls, &mut measured.walls), (sheets, &mut measured.sheets)] {
                match received {
                    Ok((_, at)) => times.add(at - begin),
                    Err(missing) => measured.lost += missing,
                }
            }
        }
        Ok(measured)
    }
}

impl Measured {
    fn tell(&self, report: &mut Report) {
        report.add(Figure::new("walls and sheets, act to durable, p50", self.durable.at(50), "ms"));
        let walls = (format!("{WALLS} walls"), &self.walls);
        for (who, times) in [walls, (format!("{SHEETS} sheets"), &self.sheets)] {
            report.add(Figure::new(format!("act to the last of {who}, p50"), times.at(50), "ms"));
            report.add(Figure::new(format!("act to the last of {who}, p99"), times.at(99), "ms"));
        }
        let what =
            format!("walls and sheets, lost of {} deliveries", (WALLS + SHEETS) * self.durable.count());
        report.add(Figure::new(what, count(self.lost), "").at_most(0.0));
    }
}
