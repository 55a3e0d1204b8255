//! The capaian table as a file: brought in, shown, and imported.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::http::header;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use desk::problem::Problem;
use desk::report::AgencyCaller;
use desk::report::import::{Answers, Brought, Imported, Manner};
use desk::request::SessionValue;
use domain::achievement::Row;
use domain::achievement::import::{ImportFault, Understood, Wish, understand};
use domain::id::RunId;
use domain::text::one_line;

use super::brought::{Owner, Table};
use super::take::by;
use super::{Reports, unwell};
use crate::callers::Agency;
use crate::refuse::Refusal;
use crate::token::TokenHash;
use paper::sheet_in::{Limits, read_sheets};

/// Longest name of a file that is shown, in characters.
const NAME: usize = 120;
/// What is said when the answers have changed what would be imported.
const CHANGED: &str = "Pilihan berubah. Periksa hasilnya di bawah, lalu impor.";

/// `POST /pd/impor/{run}`: a workbook or CSV file; leads to the page that shows what would be
/// imported.
pub(super) async fn import(
    Extension(reports): Extension<Arc<Reports>>,
    agency: Agency,
    session: Option<Extension<SessionValue>>,
    Path(run): Path<RunId>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<impl IntoResponse, Refusal> {
    let Extension(SessionValue(session)) = session.ok_or(Problem::SignedOut)?;
    let page = reports.bring(&agency.in_run(run)?, &session, run, body).await?;
    Ok(([(header::LOCATION, page.clone())], Json(page)))
}

impl Reports {
    /// Reads a file and keeps it for the page that shows what would be imported. The answer is that
    /// page.
    async fn bring(
        &self,
        caller: &AgencyCaller,
        session: &str,
        run: RunId,
        body: Result<Multipart, MultipartRejection>,
    ) -> Result<String, Problem> {
        let broken = || Problem::invalid("Berkas tidak terkirim utuh; unggah lagi.");
        let mut body = body.map_err(|_| broken())?;
        let limits = Limits::default();
        let place = self.books.enter(caller.agency.as_str())?;
        while let Some(mut field) = body.next_field().await.map_err(|_| broken())? {
            if field.name() != Some("berkas") {
                continue;
            }
            let name: String = one_line(field.file_name().unwrap_or_default()).chars().take(NAME).collect();
            let mut bytes = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
                // What is beyond the limit is read and thrown away: a browser hears no answer
                // while it is still sending.
                if bytes.len() as u64 <= limits.bytes as u64 {
                    bytes.extend_from_slice(&chunk);
                }
            }
            self.shelf.ledger().fits(&by(caller).holder, bytes.len() as u64)?;
            self.may_write(run, &caller.agency)?;
            let year = self.data_year(run)?;
            let read = move || {
                let sheets = read_sheets(&bytes, &limits).map_err(|fault| fault.to_string())?;
                let shown = understand(&sheets, year, &Wish::default()).map_err(|fault| sentence(&fault))?;
                Ok::<_, String>((sheets, shown))
            };
            let (sheets, shown) =
                self.books.work(place, read).await.map_err(unwell)?.map_err(Problem::invalid)?;
            let (wish, note) = Default::default();
            let table = Table { name, sheets: Arc::new(sheets), wish, shown: Arc::new(shown), note };
            self.brought.keep(owner(caller, session, run), table, Instant::now());
            return Ok(format!("/pd/lkj/{year}/impor"));
        }
        Err(Problem::invalid("Belum ada berkas yang dipilih."))
    }

    fn data_year(&self, run: RunId) -> Result<i32, Problem> {
        let office = self.desk.office();
        let found = office.runs.get(&run).map(|run| run.data_year);
        found.ok_or_else(|| Problem::not_found("Pengumpulan LKj ini"))
    }

    /// What the page shows of the table that waits.
    pub(super) async fn show_brought(
        &self,
        caller: &AgencyCaller,
        session: &str,
        run: RunId,
    ) -> Result<Option<Brought>, Problem> {
        let Some(table) = self.brought.of(&owner(caller, session, run), Instant::now()) else {
            return Ok(None);
        };
        let draft = self.read_draft(run, &caller.agency).await?.draft;
        let rows = table.shown.rows.iter().map(|taken| &taken.row);
        Ok(Some(Brought {
            name: table.name,
            there: rows.map(|row| is_there(&draft.rows, row)).collect(),
            understood: (*table.shown).clone(),
            filled: draft.rows.len(),
            base: draft.rows_version,
            note: table.note,
        }))
    }

    /// Imports the table that waits, as it is shown; with other answers about its sheet or columns it
    /// is only shown again.
    pub(super) async fn import_brought(
        &self,
        caller: &AgencyCaller,
        session: &str,
        run: RunId,
        answers: Answers,
    ) -> Result<Imported, Problem> {
        let of = owner(caller, session, run);
        let gone =
            || Problem::invalid("Berkasnya tidak tersimpan lagi di server. Pilih berkasnya sekali lagi.");
        let table = self.brought.of(&of, Instant::now()).ok_or_else(gone)?;
        let (shown, year) = (Arc::clone(&table.shown), self.data_year(run)?);
        let (wish, changed) = wish(&shown, &table.wish, &answers);
        let sheets = Arc::clone(&table.sheets);
        let place = self.books.enter(caller.agency.as_str())?;
        let again = wish.clone();
        let found =
            self.books.work(place, move || understand(&sheets, year, &again)).await.map_err(unwell)?;
        let found = found.map_err(|fault| Problem::invalid(sentence(&fault)))?;
        if answers.look || changed {
            let note = if answers.look { "" } else { CHANGED };
            let table = Table { wish, shown: Arc::new(found), note: note.to_owned(), ..table };
            self.brought.keep(of, table, Instant::now());
            return Ok(Imported::Shown);
        }
        if let Some(open) = found.choices.iter().find(|choice| choice.must) {
            let column = open.field.word().to_lowercase();
            return Err(Problem::invalid(format!(
                "Pilih dulu kolom yang berisi {column}, atau \"tidak diambil\"."
            )));
        }
        if shown.asks() && !answers.sure {
            return Err(Problem::invalid(
                "Periksa dulu isian yang ditanyakan, lalu centang \"Sudah saya periksa\".",
            ));
        }
        let count = self.put_in(caller, run, &answers, found.into_rows()).await?;
        self.brought.forget(&of, Instant::now());
        Ok(Imported::Rows(count))
    }

    async fn put_in(
        &self,
        caller: &AgencyCaller,
        run: RunId,
        answers: &Answers,
        more: Vec<Row>,
    ) -> Result<usize, Problem> {
        let before = self.read_draft(run, &caller.agency).await?.draft.rows;
        let (rows, count) = match answers.manner {
            Manner::Replace => (more.clone(), more.len()),
            Manner::Append => {
                let new: Vec<Row> = more.into_iter().filter(|row| !is_there(&before, row)).collect();
                let count = new.len();
                (before.into_iter().chain(new).collect(), count)
            }
        };
        match self.change_rows(run, &caller.agency, answers.base.into(), rows).await? {
            desk::report::Saved::Kept(_) => Ok(count),
            desk::report::Saved::Changed(_) => Err(Problem::invalid(
                "Tabel baru saja diubah di perangkat lain. Periksa, lalu impor sekali lagi.",
            )),
        }
    }
}

/// Whose a table is that comes now.
fn owner(caller: &AgencyCaller, session: &str, run: RunId) -> Owner {
    Owner { session: TokenHash::of(session), agency: caller.agency.clone(), run }
}

/// Whether a table has a row of the same sasaran and indikator.
fn is_there(rows: &[Row], row: &Row) -> bool {
    let same = |one: &str, two: &str| one_line(one).to_lowercase() == one_line(two).to_lowercase();
    rows.iter().any(|other| same(&other.sasaran, &row.sasaran) && same(&other.indikator, &row.indikator))
}

fn sentence(fault: &ImportFault) -> String {
    let text = fault.to_string();
    let first: String = text.chars().take(1).flat_map(char::to_uppercase).collect();
    format!("{first}{}.", text.chars().skip(1).collect::<String>())
}

/// What is wanted of a table after these answers, and whether it is another sheet or other columns
/// than the page showed. Cells of another sheet say nothing.
fn wish(shown: &Understood, before: &Wish, answers: &Answers) -> (Wish, bool) {
    let sheet = answers.sheet.filter(|sheet| *sheet != shown.sheet.at);
    if sheet.is_some() {
        return (Wish { sheet, ..Wish::default() }, true);
    }
    let shown_as =
        |field| shown.choices.iter().find(|choice| choice.field == field).map(|choice| choice.chosen);
    let changed =
        answers.columns.iter().any(|(field, column)| shown_as(*field).is_some_and(|was| was != *column));
    let open = |field| shown.choices.iter().any(|choice| choice.field == field && choice.must);
    // A question that nobody has answered stays one: "no column" is an answer only where it is given.
    let answered = answers.columns.iter().filter(|(field, column)| column.is_some() || !open(*field));
    let mut columns = before.columns.clone();
    columns.extend(answered.copied());
    let is_new = |(cell, text): &&(String, String)| {
        !shown.doubts.iter().any(|doubt| doubt.cell == *cell && doubt.text == *text)
    };
    let mut mended = before.mended.clone();
    if answers.look || changed {
        mended.extend(answers.mended.iter().filter(is_new).cloned());
    } else {
        mended.extend(answers.mended.iter().cloned());
    }
    (Wish { sheet: before.sheet, columns, mended }, changed)
}
