//! The floor of the commands: the store's own durable appends, one after the other, without an
//! office, HTTP or anybody who waits.

use std::time::{Duration, Instant};

use domain::id::{AccountId, CommandId, RunId};
use domain::log::{Event, Recorded, RunEvent};
use services::clock::Clock;
use services::store::Store;
use services::store::chain::ChainEnd;
use tempfile::TempDir;

use crate::report::{Figure, Report};
use crate::times::count;
use crate::{Outcome, RUNS};

const LONG: Duration = Duration::from_secs(3);

/// Appends single rows, then as many at a time as there would be writers.
pub(crate) async fn measure(report: &mut Report) -> Outcome {
    report.step("bare appends");
    let folder = TempDir::new()?;
    let store =
        Store::open(&format!("surrealkv://{}?sync=every", folder.path().join("db").display())).await?;
    let mut end = ChainEnd::default();
    for rows in [1, RUNS] {
        let begin = Instant::now();
        let mut written = 0;
        while begin.elapsed() < LONG {
            let entries: Result<Vec<_>, _> = (0..rows).map(|_| end.link(&after(end), true)).collect();
            store.append(&entries?).await?;
            written += rows;
        }
        let rate = count(written) / begin.elapsed().as_secs_f64();
        let what = format!("floor: bare durable appends of {rows}, rows");
        report.add(Figure::new(what, rate, "/s"));
    }
    Ok(())
}

/// A record like those of the measured commands.
fn after(end: ChainEnd) -> Recorded {
    let seq = end.seq + 1;
    let cell = domain::sop::CellRef { activity: 1, lane: "staf".into() };
    Recorded {
        seq,
        at: Clock::system().now(),
        actor: AccountId::from("staf"),
        command_id: CommandId(format!("ukur-{seq}")),
        event: Event::Run(RunEvent::ActTakenBack { run: RunId(1), cell, round: 1 }),
    }
}
