//! The agencies at their browsers, in a process of its own. In truth they are other machines: so
//! this one gets only what the server and the rest of the measurement leave of the processor.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Instant;

use domain::id::RunId;
use domain::report::FileRef;
use domain::report::parts::PARTS;
use paper::sheet_out::{CellOut, SheetOut, workbook};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::clock::Clock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::task::JoinSet;

use super::{LENGTH, form};
use crate::http::Connection;
use crate::times::count;
use crate::{Failure, Outcome};

/// Tells this program to be them.
pub(crate) const ARGUMENT: &str = "--agencies";
/// Length of the pieces in which a browser sends a report, in bytes.
const PIECE: usize = 128 * 1024;
/// Rows of the annex.
const ROWS: usize = 1000;

/// All that happens at once.
#[derive(Serialize, Deserialize)]
pub(super) struct Crush {
    pub(super) address: SocketAddr,
    pub(super) run: RunId,
    pub(super) senders: Vec<Sender>,
}

/// An agency at its browser.
#[derive(Serialize, Deserialize)]
pub(super) struct Sender {
    pub(super) number: usize,
    pub(super) code: String,
    pub(super) cookie: String,
}

/// What it was told.
#[derive(Serialize, Deserialize)]
pub(super) struct Sent {
    pub(super) number: usize,
    pub(super) code: String,
    pub(super) pdf: FileRef,
    pub(super) annex: FileRef,
    pub(super) seconds: f64,
}

/// Lets them all send, and waits for the last. For each what it was told, or why it failed.
pub(super) async fn send(crush: Crush) -> Outcome<Vec<Result<Sent, String>>> {
    let mut command = Command::new("nice");
    command.args(["-n", "19"]).arg(std::env::current_exe()?).arg(ARGUMENT);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let mut input = child.stdin.take().ok_or("no standard input")?;
    input.write_all(&serde_json::to_vec(&crush)?).await?;
    drop(input);
    let output = child.wait_with_output().await?;
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Does what standard input says and tells standard output how it went.
pub(crate) async fn serve() -> Outcome {
    let mut input = Vec::new();
    tokio::io::stdin().read_to_end(&mut input).await?;
    let Crush { address, run, senders } = serde_json::from_slice(&input)?;
    let (base, mut sending) = (Arc::new(base()), JoinSet::new());
    for sender in senders {
        sending.spawn(sender.send(address, run, Arc::clone(&base)));
    }
    let mut all = Vec::new();
    while let Some(sent) = sending.join_next().await {
        all.push(sent.map_err(Failure::from).flatten().map_err(|failure| failure.to_string()));
    }
    println!("{}", serde_json::to_string(&all)?);
    Ok(())
}

/// What every report is made of.
pub(super) fn base() -> Vec<u8> {
    vec![b'x'; LENGTH]
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
        Ok(Sent { number, code, pdf, annex, seconds: begin.elapsed().as_secs_f64() })
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
pub(super) fn pdf(base: &[u8], number: usize, from: usize, to: usize) -> Vec<u8> {
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
