//! The last hour before the deadline, five times over: so many agencies upload and send at the
//! same moment while sheets are open and clicked. Afterwards every byte is looked at.

pub(crate) mod senders;

use std::path::Path;
use std::time::{Duration, Instant};

use domain::id::RunId;
use serde_json::Value;
use services::clock::Clock;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use self::senders::{Crush, Sender, Sent, pdf};
use crate::acts::{self, Acts};
use crate::clients::Crowd;
use crate::http::Connection;
use crate::program::Program;
use crate::report::{Figure, Report};
use crate::times::{Times, count};
use crate::{Outcome, RUNS};

/// Tells this program to measure nothing else.
pub(crate) const ARGUMENT: &str = "burst";

/// How many agencies a province has, and how many times that many send at once.
const AGENCIES: usize = 45;
const TIMES: usize = 5;
/// Sheets that are open meanwhile.
const OPEN: usize = 200;
/// Length of a report, in bytes.
const LENGTH: usize = 10 * 1000 * 1000;
/// Somebody clicks so often, and so many times while nothing else goes on.
const CLICK_EVERY: Duration = Duration::from_millis(25);
const CLICKS: usize = 200;
/// How often the memory is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// A click during the burst may take so many times as long as one without.
const TIMES_ALONE: f64 = 2.0;
/// What the server may need beside what it needs anyway.
const MEMORY_MIB: f64 = 256.0;

/// Measures the burst in an office of its own.
pub(crate) async fn measure(report: &mut Report) -> Outcome {
    measure_with(AGENCIES * TIMES, report).await
}

/// The same with so many agencies.
pub(crate) async fn measure_with(agencies: usize, report: &mut Report) -> Outcome {
    let folder = TempDir::new()?;
    let program = Program::start(folder.path()).await?;
    let (staff, admin) = (program.sign_in("staf").await?, program.sign_in("admin").await?);
    report.step(&format!("{agencies} agencies are invited"));
    let mut acts = Acts::new("s", acts::open_runs(&program, &admin, &staff, RUNS).await?);
    let run = open_collection(&program, &staff).await?;
    let senders = invite(&program, &staff, &admin, run, agencies).await?;
    let mut clicker = Connection::open(program.address, Some(&staff)).await?;
    let mut crowd = Crowd::new(program.address, &staff);
    crowd.grow(OPEN, acts.act(&mut clicker).await?.last).await?;

    report.step(&format!("a click with {OPEN} sheets open"));
    let alone = click(&mut acts, &mut clicker, |done| done < CLICKS).await?;
    report.step(&format!("{agencies} agencies send 10 MB and a workbook each, all at once"));
    let before = program.usage()?.memory;
    let begin = Instant::now();
    let watched = program.watch(LOOK);
    let sending = tokio::spawn(senders::send(Crush { address: program.address, run, senders }));
    let during = click(&mut acts, &mut clicker, |_| !sending.is_finished()).await?;
    let all = sending.await??;
    let took = begin.elapsed();
    let peak = watched.most().await?;

    report.step("every byte is compared");
    let (base, mut lost) = (senders::base(), 0);
    let (mut times, mut differ) = (Times::default(), 0);
    for sent in all {
        match sent {
            Ok(sent) => {
                times.add(Duration::from_secs_f64(sent.seconds));
                differ += usize::from(!sent.is_whole(&program, &staff, run, folder.path(), &base).await?);
            }
            Err(failure) => {
                lost += 1;
                report.step(&format!("not sent: {failure}"));
            }
        }
    }
    let what = format!("burst of {agencies}");
    report.add(Figure::new(format!("{what}, reports lost"), count(lost), "").at_most(0.0));
    report.add(Figure::new(format!("{what}, reports that differ"), count(differ), "").at_most(0.0));
    report.add(Figure::new(format!("{what}, until the last receipt"), took.as_secs_f64(), "s"));
    report.add(Figure::new(format!("{what}, a report, p50"), times.at(50) / 1000.0, "s"));
    let rate = count(agencies) * count(LENGTH) / 1e6 / took.as_secs_f64();
    report.add(Figure::new(format!("{what}, received"), rate, "MB/s"));
    report.add(Figure::new(format!("a click with {OPEN} sheets open, p50"), alone.at(50), "ms"));
    report.add(Figure::new("the same during the burst, p50", during.at(50), "ms"));
    report.add(Figure::new(format!("a click with {OPEN} sheets open, p99"), alone.at(99), "ms"));
    let line = Figure::new("the same during the burst, p99", during.at(99), "ms");
    report.add(line.at_most(TIMES_ALONE * alone.at(99)));
    let more = count(usize::try_from(peak.saturating_sub(before))?) / 1024.0;
    report.add(
        Figure::new("server memory during the burst, more than before", more, "MiB").at_most(MEMORY_MIB),
    );
    drop(crowd);
    program.stop().await
}

/// Starts a run that nobody has sent anything to.
async fn open_collection(program: &Program, staff: &str) -> Outcome<RunId> {
    let mut staff = Connection::open(program.address, Some(staff)).await?;
    let sops: Value = staff.get("/api/sops", "").await?.json()?;
    let collects = |sop: &&Value| !sop["key"].as_str().unwrap_or_default().starts_with("UKUR");
    let sop = sops.as_array().and_then(|sops| sops.iter().find(collects)).ok_or("no procedure")?;
    let year = Clock::system().now().format("%Y").to_string().parse::<i32>()?;
    let mut failure = String::new();
    // The practice office has a run of one of these years.
    for year in [year + 1, year - 1, year] {
        let fields = form(&[
            ("sop", sop["key"].as_str().unwrap_or_default()),
            ("data_year", &year.to_string()),
            ("command_id", &format!("kumpul-{year}")),
        ]);
        let answer = staff.post("/api/start-run", &fields).await?;
        match answer.json() {
            Ok(run) => return Ok(run),
            Err(why) => failure = why.to_string(),
        }
    }
    Err(failure.into())
}

/// Lists so many agencies, makes a link for each, and follows it.
async fn invite(
    program: &Program,
    staff: &str,
    admin: &str,
    run: RunId,
    agencies: usize,
) -> Outcome<Vec<Sender>> {
    let mut admin = Connection::open(program.address, Some(admin)).await?;
    let mut staff = Connection::open(program.address, Some(staff)).await?;
    let list: Value = admin.get("/api/agencies", "").await?.json()?;
    let there = list["agencies"].as_array().map_or(0, Vec::len);
    for number in there..agencies {
        let (code, name) = (format!("uji-{number}"), format!("Dinas Uji {number}"));
        let id = format!("pd-{number}");
        let fields = form(&[("kode", &code), ("nama", &name), ("singkatan", &name), ("command_id", &id)]);
        admin.post("/api/add-agency", &fields).await?.json::<Value>()?;
    }
    let sheet: String = staff.post("/api/make-links", &format!("run={run}")).await?.json()?;
    let links: Value = staff.get(&format!("/api/links?run={run}&lembar={sheet}"), "").await?.json()?;
    let mut senders = Vec::new();
    for (number, link) in links["fresh"].as_array().into_iter().flatten().take(agencies).enumerate() {
        let url = link["url"].as_str().unwrap_or_default();
        let path = url.find("/pd/t/").and_then(|at| url.get(at..)).ok_or("no link")?;
        let mut browser = Connection::open(program.address, None).await?;
        let cookie = browser.post(path, "").await?.cookie.ok_or("the link opens nothing")?;
        let code = link["agency"].as_str().unwrap_or_default().to_owned();
        senders.push(Sender { number, code, cookie });
    }
    if senders.len() == agencies { Ok(senders) } else { Err("there are too few links".into()) }
}

/// Clicks at a steady pace for as long as `more` says so.
async fn click(acts: &mut Acts, connection: &mut Connection, more: impl Fn(usize) -> bool) -> Outcome<Times> {
    let mut times = Times::default();
    let mut pace = tokio::time::interval(CLICK_EVERY);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while more(times.count()) {
        pace.tick().await;
        let begin = Instant::now();
        acts.act(connection).await?;
        times.add(begin.elapsed());
    }
    Ok(times)
}

impl Sent {
    /// Whether what lies on the disk is what was sent, and the office knows it by its hash.
    async fn is_whole(
        &self,
        program: &Program,
        staff: &str,
        run: RunId,
        data: &Path,
        base: &[u8],
    ) -> Outcome<bool> {
        let sent = pdf(base, self.number, 0, base.len());
        let (hash, kept) = (hex(&sent), tokio::fs::read(data.join("files").join(&self.pdf.sha256)).await?);
        let annex = tokio::fs::read(data.join("files").join(&self.annex.sha256)).await?;
        let mut office = Connection::open(program.address, Some(staff)).await?;
        let path = format!("/api/report-of?run={run}&pd={}", self.code);
        let known: Value = office.get(&path, "").await?.json()?;
        let files = &known["report"]["rounds"][0]["digest"]["files"];
        Ok(hash == self.pdf.sha256
            && kept == sent
            && hex(&annex) == self.annex.sha256
            && files[0]["sha256"] == hash.as_str()
            && files[1]["sha256"] == self.annex.sha256.as_str())
    }
}

fn hex(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
