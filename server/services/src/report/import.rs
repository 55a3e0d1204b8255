//! The table of achievement as a workbook: brought in, and handed out as a template.

use std::sync::Arc;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::http::header;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use desk::problem::Problem;
use desk::report::AgencyCaller;
use domain::achievement::{Field, Row, paste};
use domain::csv::neutral;
use domain::id::RunId;

use super::take::by;
use super::{Reports, unwell};
use crate::callers::Agency;
use crate::refuse::Refusal;
use paper::sheet_in::{Limits, read_table};
use paper::sheet_out::{CellOut, SheetOut, workbook};

/// The columns of the template and their widths.
const COLUMNS: [(Field, f64); 7] = [
    (Field::Sasaran, 40.0),
    (Field::Indikator, 40.0),
    (Field::Satuan, 12.0),
    (Field::Target, 14.0),
    (Field::Realisasi, 14.0),
    (Field::Polarity, 10.0),
    (Field::Last, 14.0),
];

/// `POST /pd/impor/{run}`: rows of a workbook or CSV file, appended to the table.
pub(super) async fn import(
    Extension(reports): Extension<Arc<Reports>>,
    agency: Agency,
    Path(run): Path<RunId>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(reports.import(&agency.in_run(run)?, run, body).await?))
}

/// `GET /pd/templat/{run}`: an empty table, with the indicators that are there already or
/// were reported the year before.
pub(super) async fn template(
    Extension(reports): Extension<Arc<Reports>>,
    agency: Agency,
    Path(run): Path<RunId>,
) -> Result<impl IntoResponse, Refusal> {
    let bytes = reports.template(&agency.in_run(run)?, run).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let name = "attachment; filename=\"Templat capaian.xlsx\"";
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes))
}

impl Reports {
    async fn import(
        &self,
        caller: &AgencyCaller,
        run: RunId,
        body: Result<Multipart, MultipartRejection>,
    ) -> Result<usize, Problem> {
        let broken = || Problem::invalid("Berkas tidak terkirim utuh; unggah lagi.");
        let mut body = body.map_err(|_| broken())?;
        let limits = Limits::default();
        let place = self.books.enter(caller.agency.as_str())?;
        while let Some(mut field) = body.next_field().await.map_err(|_| broken())? {
            if field.name() != Some("berkas") {
                continue;
            }
            let mut bytes = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
                // What is beyond the limit is read and thrown away: a browser hears no answer
                // while it is still sending.
                if bytes.len() as u64 <= limits.bytes as u64 {
                    bytes.extend_from_slice(&chunk);
                }
            }
            self.shelf.ledger().fits(&by(caller).holder, bytes.len() as u64)?;
            let table = self.books.work(place, move || read_table(&bytes, &limits)).await;
            let table = table.map_err(unwell)?.map_err(|fault| Problem::invalid(fault.to_string()))?;
            let rows = paste::parse(&tsv(&table)).map_err(|fault| Problem::invalid(fault.to_string()))?;
            return self.append(caller, run, rows).await;
        }
        Err(Problem::invalid("Belum ada berkas yang dipilih."))
    }

    async fn append(&self, caller: &AgencyCaller, run: RunId, more: Vec<Row>) -> Result<usize, Problem> {
        let draft = self.read_draft(run, &caller.agency).await?.draft;
        let (seen, count) = (draft.rows_version.into(), more.len());
        let rows = draft.rows.into_iter().chain(more).collect();
        match self.change_rows(run, &caller.agency, seen, rows).await? {
            desk::report::Saved::Kept(_) => Ok(count),
            desk::report::Saved::Changed(_) => {
                Err(Problem::invalid("Tabel baru saja diubah di perangkat lain. Impor sekali lagi."))
            }
        }
    }

    async fn template(&self, caller: &AgencyCaller, run: RunId) -> Result<Vec<u8>, Problem> {
        self.year_of(run)?;
        let mut rows = self.read_draft(run, &caller.agency).await?.draft.rows;
        if rows.is_empty() {
            rows = self.last_year(caller, run).await?;
        }
        let cells =
            |row: &Row| COLUMNS.map(|(field, _)| CellOut::Text(neutral(row.text(field)).into_owned()));
        let sheet = SheetOut {
            name: "Capaian".to_owned(),
            columns: COLUMNS.map(|(field, width)| (field.word().to_owned(), width)).into(),
            rows: rows.iter().map(|row| cells(row).into()).collect(),
        };
        workbook("Templat capaian kinerja", self.desk.now(), &[sheet]).map_err(unwell)
    }

    /// The indicators that were reported the year before, with what was reached then.
    async fn last_year(&self, caller: &AgencyCaller, run: RunId) -> Result<Vec<Row>, Problem> {
        let office = self.desk.office();
        let year = office.runs.get(&run).map_or(0, |run| run.data_year) - 1;
        let before = office.runs.values().filter(|run| run.data_year == year);
        let report = before.filter_map(|run| run.reports.get(&caller.agency)).next_back();
        let Some(last) = report.and_then(|report| report.last()) else { return Ok(Vec::new()) };
        let rows = self.read_sent(&last.digest.content).await?.rows;
        let afresh = |row: Row| {
            let last = row.achievement().to_string();
            Row { last, target: String::new(), realisasi: String::new(), note: String::new(), ..row }
        };
        Ok(rows.into_iter().map(afresh).collect())
    }
}

/// A table as it would be pasted.
fn tsv(table: &[Vec<String>]) -> String {
    let cell = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    table.iter().map(line).collect::<Vec<_>>().join("\n")
}
