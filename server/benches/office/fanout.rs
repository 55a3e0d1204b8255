//! From a click to the last of N pages, each act followed by a bare broadcast of the very same
//! bytes to as many, so that whatever else the machine does hits both alike.

use std::time::{Duration, Instant};

use domain::id::Seq;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::acts::Acts;
use crate::clients::Crowd;
use crate::http::Connection;
use crate::machine::Usage;
use crate::program::Program;
use crate::report::{Figure, Report};
use crate::times::{Times, count, millis};
use crate::{Outcome, bare};

const CROWDS: [usize; 3] = [100, 1000, 4000];
const WARM_UP: usize = 10;
const ACTS: usize = 200;
/// No crowd is measured for longer, however slow the machine is.
const LONGEST: Duration = Duration::from_secs(30);
/// Of the p99 of the bare broadcast.
const TIMES_BARE: f64 = 1.5;
/// For each connection.
const MEMORY_KIB: f64 = 7.0;

/// Open files beside the sockets of both crowds.
const SPARE_FILES: u64 = 200;

/// Measures one crowd after the other; each grows out of the one before.
pub(crate) async fn measure(program: &Program, staff: &str, acts: &mut Acts, report: &mut Report) -> Outcome {
    let most = rlimit::increase_nofile_limit(u64::MAX)?;
    let floor = bare::start().await?;
    let mut both = Both {
        office: Crowd::new(program.address, staff),
        bare: Crowd::new(floor.address, ""),
        actor: Connection::open(program.address, Some(staff)).await?,
        sender: Connection::open(floor.address, None).await?,
        seq: 0,
    };
    both.seq = acts.act(&mut both.actor).await?.last;
    for pages in CROWDS {
        if most < 2 * pages as u64 + SPARE_FILES {
            report.step(&format!("{pages} pages left out: only {most} files may be open (ulimit -n)"));
            continue;
        }
        report.step(&format!("a click to the last of {pages} pages"));
        let newcomers = pages - both.office.count();
        let empty = (program.usage()?, floor.usage()?);
        both.office.grow(pages, both.seq).await?;
        both.bare.grow(pages, both.seq).await?;
        both.act(acts, WARM_UP).await?;
        let begin = (program.usage()?, floor.usage()?);
        let measured = both.act(acts, ACTS).await?;
        let end = (program.usage()?, floor.usage()?);
        measured.tell(pages, report);
        let cpu = |from: Usage, to: Usage| {
            millis(to.cpu - from.cpu) * 1000.0 / (count(pages) * count(measured.acts())).max(1.0)
        };
        let what = format!("{pages} pages, server's CPU for 1,000 deliveries");
        report.add(Figure::new(what, cpu(begin.0, end.0), "ms").floor(cpu(begin.1, end.1)));
        if pages == CROWDS[CROWDS.len() - 1] {
            let memory =
                |from: Usage, to: Usage| kib(to.memory - from.memory.min(to.memory)) / count(newcomers);
            let line = Figure::new("server memory for each connection", memory(empty.0, begin.0), "KiB");
            report.add(line.at_most(MEMORY_KIB).floor(memory(empty.1, begin.1)));
        }
    }
    Ok(())
}

/// The office and the bare broadcast, each with its crowd.
struct Both {
    office: Crowd,
    bare: Crowd,
    actor: Connection,
    sender: Connection,
    /// The last record of the office.
    seq: Seq,
}

#[derive(Default)]
struct Measured {
    /// Until the act was acknowledged, and so durable.
    durable: Times,
    /// Until the last page had it.
    received: Times,
    /// The same with the bare broadcast.
    bare: Times,
    lost: usize,
    bare_lost: usize,
}

impl Both {
    async fn act(&mut self, acts: &mut Acts, times: usize) -> Outcome<Measured> {
        let begin = Instant::now();
        let mut measured = Measured::default();
        for _ in 0..times {
            if begin.elapsed() > LONGEST {
                break;
            }
            if let Some(text) = self.act_once(acts, &mut measured).await? {
                self.broadcast(&text, &mut measured).await?;
            }
        }
        Ok(measured)
    }

    /// Acts, and waits until every page knows; the text that they got.
    async fn act_once(&mut self, acts: &mut Acts, measured: &mut Measured) -> Outcome<Option<Utf8Bytes>> {
        let awaited = self.office.expect(self.seq + 1);
        let begin = Instant::now();
        self.seq = acts.act(&mut self.actor).await?.last;
        measured.durable.add(begin.elapsed());
        match awaited.by_all().await {
            Ok((text, at)) => {
                measured.received.add(at - begin);
                Ok(Some(text))
            }
            Err(missing) => {
                measured.lost += missing;
                Ok(None)
            }
        }
    }

    async fn broadcast(&mut self, text: &str, measured: &mut Measured) -> Outcome {
        let awaited = self.bare.expect(self.seq);
        let begin = Instant::now();
        self.sender.post("/send", text).await?;
        match awaited.by_all().await {
            Ok((_, at)) => measured.bare.add(at - begin),
            Err(missing) => measured.bare_lost += missing,
        }
        Ok(())
    }
}

impl Measured {
    fn acts(&self) -> usize {
        self.durable.count()
    }

    fn tell(&self, pages: usize, report: &mut Report) {
        let of = |percent| (self.received.at(percent), self.bare.at(percent));
        let (p50, p99) = (of(50), of(99));
        report.add(Figure::new(format!("{pages} pages, act to durable, p50"), self.durable.at(50), "ms"));
        report.add(Figure::new(format!("{pages} pages, act to the last, p50"), p50.0, "ms").floor(p50.1));
        let line = Figure::new(format!("{pages} pages, act to the last, p99"), p99.0, "ms").floor(p99.1);
        let goal = pages == CROWDS[CROWDS.len() - 1];
        report.add(if goal { line.at_most(TIMES_BARE * p99.1) } else { line });
        let what = format!("{pages} pages, lost of {} deliveries", pages * self.acts());
        report.add(Figure::new(what, count(self.lost), "").at_most(0.0).floor(count(self.bare_lost)));
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn kib(kib: u64) -> f64 {
    kib as f64
}
