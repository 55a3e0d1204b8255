//! The last hour before the deadline, five times over: so many agencies upload and send at the
//! same moment while sheets are open and clicked. Afterwards every byte is looked at.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::id::RunId;
use domain::report::FileRef;
use domain::report::parts::PARTS;
use serde_json::Value;
use server::clock::Clock;
use server::paper::sheet_out::{CellOut, SheetOut, workbook};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::acts::{self, Acts};
use crate::clients::Crowd;
use crate::http::Connection;
use crate::program::Program;
use crate::report::{Line, Report};
use crate::times::{Times, count};
use crate::{Outcome, RUNS};

/// Tells this program to measure nothing else.
pub(crate) const ARGUMENT: &str = "burst";

/// How many agencies a province has, and how many times that many send at once.
const AGENCIES: usize = 45;
const TIMES: usize = 5;
/// Sheets that are open meanwhile.
const OPEN: usize = 200;
/// Length of a report in bytes, and of the pieces in which a browser sends it.
const LENGTH: usize = 10 * 1000 * 1000;
const PIECE: usize = 128 * 1024;
/// Rows of the annex.
const ROWS: usize = 1000;
/// Somebody clicks so often, and so many times while nothing else goes on.
const CLICK_EVERY: Duration = Duration::from_millis(25);
const CLICKS: usize = 200;
/// How often the memory is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// A click during the burst may take so many times as long as one without.
const TIMES_ALONE: f64 = 2.0;
/// What the server may need beside what it needs anyway.
const MEMORY_MIB: f64 = 256.0;

/// An agency at its browser.
struct Sender {
    number: usize,
    code: String,
    cookie: String,
}

/// What it was told.
struct Sent {
    number: usize,
    code: String,
    pdf: FileRef,
    annex: FileRef,
    took: Duration,
}

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
    let base = Arc::new(vec![b'x'; LENGTH]);
    let before = program.usage()?.memory;
    let over = Arc::new(AtomicBool::new(false));
    let begin = Instant::now();
    let mut sending = JoinSet::new();
    for sender in senders {
        sending.spawn(sender.send(program.address, run, Arc::clone(&base)));
    }
    let (ended, watched) = (Arc::clone(&over), program.watch(LOOK));
    let collected = tokio::spawn(async move {
        let mut all = Vec::new();
        while let Some(sent) = sending.join_next().await {
            all.push(sent.map_err(crate::Failure::from).flatten());
        }
        ended.store(true, Ordering::SeqCst);
        all
    });
    let during = click(&mut acts, &mut clicker, |_| !over.load(Ordering::SeqCst)).await?;
    let all = collected.await?;
    let took = begin.elapsed();
    let peak = watched.most().await?;

    report.step("every byte is compared");
    let mut lost = 0;
    let (mut times, mut differ) = (Times::default(), 0);
    for sent in all {
        match sent {
            Ok(sent) => {
                times.add(sent.took);
                differ += usize::from(!sent.is_whole(&program, &staff, run, folder.path(), &base).await?);
            }
            Err(failure) => {
                lost += 1;
                report.step(&format!("not sent: {failure}"));
            }
        }
    }
    let what = format!("burst of {agencies}");
    report.add(Line::new(format!("{what}, reports lost"), count(lost), "").at_most(0.0));
    report.add(Line::new(format!("{what}, reports that differ"), count(differ), "").at_most(0.0));
    report.add(Line::new(format!("{what}, until the last receipt"), took.as_secs_f64(), "s"));
    report.add(Line::new(format!("{what}, a report, p50"), times.at(50) / 1000.0, "s"));
    let rate = count(agencies) * count(LENGTH) / 1e6 / took.as_secs_f64();
    report.add(Line::new(format!("{what}, received"), rate, "MB/s"));
    report.add(Line::new(format!("a click with {OPEN} sheets open, p99"), alone.at(99), "ms"));
    let line = Line::new("the same during the burst, p99", during.at(99), "ms");
    report.add(line.at_most(TIMES_ALONE * alone.at(99)));
    let more = count(usize::try_from(peak.saturating_sub(before))?) / 1024.0;
    report
        .add(Line::new("server memory during the burst, more than before", more, "MiB").at_most(MEMORY_MIB));
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
        let cookie = browser.get(path, "").await?.cookie.ok_or("the link opens nothing")?;
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

impl Sender {
    async fn send(self, address: SocketAddr, run: RunId, base: Arc<Vec<u8>>) -> Outcome<Sent> {
        let begin = Instant::now();
        let Self { number, code, cookie } = self;
        let mut browser = Connection::open(address, Some(&cookie)).await?;
        let rows = format!("Sasaran\tIndikator {number}\t%\t100\t9{}", number % 10);
        let rows = form(&[("run", &run.to_string()), ("tempelan", &rows)]);
        browser.post("/api/paste-rows", &rows).await?.json::<Value>()?;
        let mut parts = format!("run={run}&base=0");
        for part in PARTS {
            write!(parts, "&ada[]={}", part.key)?;
        }
        browser.post("/api/save-parts", &parts).await?.json::<Value>()?;
        let pdf =
            upload(&mut browser, run, "lkj", "LKj.pdf", LENGTH, |from, to| pdf(&base, number, from, to));
        let pdf = pdf.await?;
        let book = annex(number)?;
        let length = book.len();
        let annex =
            upload(&mut browser, run, "lampiran", "Data.xlsx", length, |from, to| book[from..to].to_vec());
        let annex = annex.await?;
        let send = format!("run={run}&command_id=kirim-{number}");
        browser.post("/api/send-report", &send).await?.json::<Value>()?;
        Ok(Sent { number, code, pdf, annex, took: begin.elapsed() })
    }
}

/// Uploads a file piece by piece, as our page does.
async fn upload(
    browser: &mut Connection,
    run: RunId,
    kind: &str,
    name: &str,
    length: usize,
    bytes: impl Fn(usize, usize) -> Vec<u8>,
) -> Outcome<FileRef> {
    let mut from = 0;
    loop {
        let to = (from + PIECE).min(length);
        let path = format!("/pd/unggah/{run}/{kind}/berkas-{kind}?dari={from}&ukuran={length}&nama={name}");
        let taken: Value = browser.put(&path, &bytes(from, to)).await?.json()?;
        match taken.get("all") {
            Some(file) => return Ok(serde_json::from_value(file.clone())?),
            None => from = usize::try_from(taken["so"].as_u64().ok_or("neither so far nor all")?)?,
        }
    }
}

/// A part of a report that no other agency has.
fn pdf(base: &[u8], number: usize, from: usize, to: usize) -> Vec<u8> {
    let head = format!("%PDF-1.7\n% {number:08}\n");
    let tail = "\nstartxref\n0\n%%EOF\n";
    let mut piece = base[from..to].to_vec();
    for (place, text) in [(0, head.as_str()), (base.len() - tail.len(), tail)] {
        for (at, byte) in (place..).zip(text.bytes()) {
            if let Some(slot) = at.checked_sub(from).and_then(|at| piece.get_mut(at)) {
                *slot = byte;
            }
        }
    }
    piece
}

fn annex(number: usize) -> Outcome<Vec<u8>> {
    let rows =
        (0..ROWS).map(|row| vec![CellOut::Text(format!("{number}-{row}")), CellOut::Number(count(row))]);
    let columns = [("Indikator".to_owned(), 30.0), ("Nilai".to_owned(), 12.0)].into();
    let sheet = SheetOut { name: "Data".to_owned(), columns, rows: rows.collect() };
    Ok(workbook("Data pendukung", Clock::system().now(), &[sheet])?)
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
