//! What the office takes away of a run's reports: a workbook, and all files as one zip.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDateTime;
use desk::problem::Problem;
use desk::report::{MatrixLine, Submissions, lines, percent};
use desk::trail::Kind;
use domain::achievement::{Category, Field};
use domain::calendar::{wib, words};
use domain::csv::neutral;
use domain::id::{AccountId, AgencyCode, RunId};
use tokio::sync::mpsc;

use super::{Reports, unwell};
use crate::audit::Trace;
use crate::callers::Staff;
use crate::files::Shelf;
use crate::files::name::fitting;
use crate::refuse::Refusal;
use paper::bundle::Bundle;
use paper::content::kind_of;
use paper::sheet_out::{CellOut, SheetOut, workbook};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes that are sent at a time.
const CHUNK: usize = 64 * 1024;
/// Chunks that may wait for a slow reader: what a download needs of memory.
const WAITING: usize = 4;

/// `GET /pelaksanaan/{id}/lkj.xlsx`: the matrix, and every row of every table of achievement.
pub(super) async fn book(
    Extension(reports): Extension<Arc<Reports>>,
    Staff(caller): Staff,
    trace: Trace,
    Path(run): Path<RunId>,
) -> Result<impl IntoResponse, Refusal> {
    let account = &caller.actor.account;
    let (year, bytes) = reports.book(account, run).await?;
    tracing::info!(%account, %run, "the reports were exported as a workbook");
    trace.note(account, Kind::Exported, format!("LKj semua PD, pelaksanaan {run}"), "lkj.xlsx").await;
    Ok(download(XLSX, &format!("LKj PD {year}.xlsx"), bytes))
}

/// `GET /pelaksanaan/{id}/lkj.zip`: the files of every latest round, a folder for each agency.
pub(super) async fn files(
    Extension(reports): Extension<Arc<Reports>>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Staff(caller): Staff,
    trace: Trace,
    Path(run): Path<RunId>,
) -> Result<impl IntoResponse, Refusal> {
    let account = &caller.actor.account;
    let (year, files) = reports.sent_files(run, &shelf)?;
    tracing::info!(%account, %run, files = files.len(), "all files were exported");
    let (whom, facts) =
        (format!("LKj semua PD, pelaksanaan {run}"), format!("lkj.zip, {} berkas", files.len()));
    trace.note(account, Kind::Exported, whom, facts).await;
    let now = reports.desk.now().with_timezone(&wib()).naive_local();
    Ok(download("application/zip", &format!("LKj PD {year}.zip"), zipped(files, now)))
}

fn download(kind: &str, name: &str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, crate::files::name::disposition(name)),
    ];
    (headers, body.into()).into_response()
}

/// A file on its way into the zip.
struct SentFile {
    folder: String,
    name: String,
    path: PathBuf,
}

impl Reports {
    async fn book(&self, by: &AccountId, run: RunId) -> Result<(i32, Vec<u8>), Problem> {
        let year = self.year_of(run)?;
        let place = self.books.enter(by.as_str())?;
        let drafts = self.drafts(run).await?;
        // People are known by their account here; the log knows no other names.
        let lines = lines(&self.desk.office(), run, &drafts, &BTreeMap::new());
        let sheets = [matrix(&lines), self.all_rows(run, &lines).await?];
        let now = self.desk.now();
        let title = format!("LKj PD {year}");
        let made = self.books.work(place, move || workbook(&title, now, &sheets)).await;
        Ok((year, made.map_err(unwell)?.map_err(unwell)?))
    }

    /// The year of a run that collects reports.
    pub(super) fn year_of(&self, run: RunId) -> Result<i32, Problem> {
        let office = self.desk.office();
        let found = office.run(run).filter(|(_, sop)| sop.collects_reports());
        found.map(|(run, _)| run.data_year).ok_or_else(|| Problem::not_found("Pengumpulan LKj ini"))
    }

    async fn all_rows(&self, run: RunId, lines: &[MatrixLine]) -> Result<SheetOut, Problem> {
        let office = self.desk.office();
        let report = |code: &AgencyCode| office.runs.get(&run).and_then(|run| run.reports.get(code));
        let mut rows = Vec::new();
        for line in lines {
            let Some(last) = report(&line.code).and_then(|report| report.last()) else { continue };
            let Some(content) = self.read_content(&last.digest.content).await? else { continue };
            for (row, number) in content.rows.iter().zip(1_u32..) {
                let achievement = row.achievement();
                let category = achievement.category().map_or("", Category::word);
                let mut cells = vec![text(&line.short), text(&number.to_string())];
                cells.extend(Field::ALL.map(|field| text(row.text(field))));
                cells.extend([text(&achievement.to_string()), text(category)]);
                rows.push(cells);
            }
        }
        let mut columns = vec![("PD".to_owned(), 20.0), ("No".to_owned(), 6.0)];
        columns.extend(Field::ALL.map(|field| (field.word().to_owned(), 22.0)));
        columns.extend([("Capaian".to_owned(), 18.0), ("Kategori".to_owned(), 16.0)]);
        Ok(SheetOut { name: "Capaian".to_owned(), columns, rows })
    }

    fn sent_files(&self, run: RunId, shelf: &Shelf) -> Result<(i32, Vec<SentFile>), Problem> {
        let year = self.year_of(run)?;
        let office = self.desk.office();
        let reports = office.runs.get(&run).map(|run| &run.reports).into_iter().flatten();
        let mut files = Vec::new();
        for (code, report) in reports {
            let name = office.agencies.get(code).map_or(code.as_str(), |agency| &agency.short);
            for file in report.last().iter().flat_map(|last| &last.digest.files) {
                let path =
                    shelf.path(&file.sha256).ok_or_else(|| unwell("a file of a report has no hash"))?;
                files.push(SentFile { folder: name.to_owned(), name: file.name.clone(), path });
            }
        }
        Ok((year, files))
    }
}

fn matrix(lines: &[MatrixLine]) -> SheetOut {
    let heads: [(&str, f64); 9] = [
        ("Perangkat Daerah", 44.0),
        ("Singkatan", 20.0),
        ("Keadaan", 18.0),
        ("Diterima (WIB)", 30.0),
        ("Ketepatan waktu", 24.0),
        ("Lengkap", 10.0),
        ("Rata-rata capaian", 16.0),
        ("Penilaian", 20.0),
        ("Penelaah (akun)", 18.0),
    ];
    let row = |line: &MatrixLine| {
        let received = line.received.map(words::full).unwrap_or_default();
        let on_time = if line.received.is_some() { "tepat waktu" } else { "" };
        let timing = line.late.clone().unwrap_or_else(|| on_time.to_owned());
        let average = line.average.map(percent).unwrap_or_default();
        [
            line.name.as_str(),
            &line.short,
            line.standing.word(),
            &received,
            &timing,
            &line.completeness(),
            &average,
            &line.judgement(),
            &line.reviewer,
        ]
        .map(text)
        .into()
    };
    SheetOut {
        name: "LKj PD".to_owned(),
        columns: heads.map(|(head, width)| (head.to_owned(), width)).into(),
        rows: lines.iter().map(row).collect(),
    }
}

fn text(words: &str) -> CellOut {
    CellOut::Text(neutral(words).into_owned())
}

/// The zip, made while it is sent: never more of it in memory than a few chunks. If a file
/// cannot be read, the download breaks off instead of looking whole.
fn zipped(files: Vec<SentFile>, now: NaiveDateTime) -> Body {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = write_zip(&files, now, Pipe(sender.clone())) {
            // Nobody is there any more if this fails too.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let next = |mut receiver: mpsc::Receiver<io::Result<Bytes>>| async move {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    };
    Body::from_stream(futures::stream::unfold(receiver, next))
}

fn write_zip(files: &[SentFile], now: NaiveDateTime, pipe: Pipe) -> io::Result<()> {
    let mut bundle = Bundle::new(BufWriter::with_capacity(CHUNK, pipe), now);
    for file in files {
        let mut content = File::open(&file.path)?;
        // One that was kept before names had to fit.
        let name = fitting(&file.name, kind_of(&mut content).ok());
        content.rewind()?;
        bundle.add(&[&file.folder], &name, &mut content)?;
    }
    bundle.finish()?.flush()
}

/// Hands on what is written; waits while the reader is slow, and fails when it is gone.
struct Pipe(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let chunk = Bytes::copy_from_slice(bytes);
        self.0.blocking_send(Ok(chunk)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
