//! The capaian table as a workbook, handed out to be filled in.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use desk::problem::Problem;
use desk::report::AgencyCaller;
use domain::achievement::{Field, Row};
use domain::csv::neutral;
use domain::id::RunId;

use super::{Reports, unwell};
use crate::callers::Agency;
use crate::refuse::Refusal;
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
