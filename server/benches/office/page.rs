//! The sheet of the practice run, as somebody who is signed in gets it.

use std::time::{Duration, Instant};

use crate::Outcome;
use crate::http::Connection;
use crate::program::Program;
use crate::report::{Figure, Report};
use crate::times::{Times, count, millis};

const PAGE: &str = "/pelaksanaan/1";
const WARM_UP: usize = 30;
const ASKED: usize = 300;
/// Neither kind is measured for longer, however slow the machine is.
const LONGEST: Duration = Duration::from_secs(10);

/// Asks for the page again and again, plain and compressed as browsers ask for it.
pub(crate) async fn measure(program: &Program, staff: &str, report: &mut Report) -> Outcome {
    report.step("the sheet page");
    let plain = ask(program, staff, "").await?;
    let packed = ask(program, staff, "gzip, deflate, br").await?;
    report.add(Figure::new("sheet page, p50", plain.times.at(50), "ms").at_most(2.0));
    report.add(Figure::new("sheet page, p99", plain.times.at(99), "ms"));
    report.add(Figure::new("sheet page, server's CPU", plain.cpu, "ms"));
    report.add(Figure::new("sheet page", plain.kib, "KiB"));
    report.add(Figure::new("sheet page compressed, p50", packed.times.at(50), "ms"));
    report.add(Figure::new("sheet page compressed, server's CPU", packed.cpu, "ms"));
    report.add(Figure::new("sheet page compressed", packed.kib, "KiB"));
    Ok(())
}

struct Asked {
    times: Times,
    /// For each, in milliseconds.
    cpu: f64,
    kib: f64,
}

async fn ask(program: &Program, staff: &str, encodings: &str) -> Outcome<Asked> {
    let mut connection = Connection::open(program.address, Some(staff)).await?;
    let mut bytes = 0;
    let begin = Instant::now();
    for _ in 0..WARM_UP {
        if bytes > 0 && begin.elapsed() > LONGEST {
            break;
        }
        let answer = connection.get(PAGE, encodings).await?;
        if answer.status != 200 {
            return Err(format!("{PAGE}: {}", answer.status).into());
        }
        bytes = answer.body.len();
    }
    let mut times = Times::default();
    let (before, begin) = (program.usage()?, Instant::now());
    while times.count() < ASKED && begin.elapsed() < LONGEST {
        let asked = Instant::now();
        connection.get(PAGE, encodings).await?;
        times.add(asked.elapsed());
    }
    let cpu = millis(program.usage()?.cpu - before.cpu) / count(times.count());
    Ok(Asked { times, cpu, kib: count(bytes) / 1024.0 })
}
