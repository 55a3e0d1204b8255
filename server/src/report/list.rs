//! The list of agencies as a file: handed out, and brought in.

use std::sync::Arc;

use app::account::Caller;
use app::problem::Problem;
use app::reminder::port::Mailing;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::achievement::export::neutral;
use domain::agency::Agency;
use domain::id::{AgencyCode, CommandId};
use domain::office::Command;
use domain::reminder::To;

use super::{Reports, unwell};
use crate::mail::{Mailroom, read_address};
use crate::paper::sheet_in::{Limits, read_table};
use crate::refuse::refuse;
use crate::token::Token;

/// The columns, in order.
const COLUMNS: [&str; 3] = ["kode", "nama", "singkatan"];
/// A column that may be there: the address for mail.
const MAIL: &str = "surel";
/// Where one is led after the list was brought in.
const DONE: &str = "/kelola/pd?sudah=ya";

/// `GET /kelola/pd.csv`.
pub(super) async fn hand_out(
    Extension(reports): Extension<Arc<Reports>>,
    Extension(mailroom): Extension<Arc<Mailroom>>,
    caller: Option<Extension<Caller>>,
) -> Response {
    if let Err(problem) = admin(caller) {
        return refuse(&problem);
    }
    let (office, addresses) = (reports.desk.office(), mailroom.addresses());
    // With a byte order mark, without which Excel takes the text for another encoding.
    let mut csv = format!("\u{feff}{};{MAIL}\r\n", COLUMNS.join(";"));
    for agency in office.agencies.values() {
        let mail = addresses.get(&To::Agency(agency.code.clone())).map_or("", String::as_str);
        let cells = [agency.code.as_str(), &agency.name, &agency.short, mail].map(quoted);
        csv.push_str(&cells.join(";"));
        csv.push_str("\r\n");
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"perangkat-daerah.csv\""),
    ];
    (headers, csv).into_response()
}

/// `POST /kelola/pd/impor`: the whole list, as CSV or workbook; whoever is not in it is closed.
pub(super) async fn bring_in(
    Extension(reports): Extension<Arc<Reports>>,
    Extension(mailroom): Extension<Arc<Mailroom>>,
    caller: Option<Extension<Caller>>,
    body: Result<Multipart, MultipartRejection>,
) -> Response {
    let caller = match admin(caller) {
        Ok(caller) => caller,
        Err(problem) => return refuse(&problem),
    };
    match reports.list_from(&mailroom, caller, body).await {
        Ok(accepted) => ([(header::LOCATION, DONE)], Json(accepted)).into_response(),
        Err(problem) => refuse(&problem),
    }
}

fn admin(caller: Option<Extension<Caller>>) -> Result<Caller, Problem> {
    let Some(Extension(caller)) = caller else { return Err(Problem::SignedOut) };
    let who = "administrator".to_owned();
    if caller.actor.admin { Ok(caller) } else { Err(Problem::Forbidden { who }) }
}

fn quoted(text: &str) -> String {
    let cell = neutral(text);
    if cell.contains([';', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.into_owned()
    }
}

impl Reports {
    async fn list_from(
        &self,
        mailroom: &Mailroom,
        caller: Caller,
        body: Result<Multipart, MultipartRejection>,
    ) -> Result<app::run::Accepted, Problem> {
        let broken = || Problem::invalid("Berkas tidak terkirim utuh; unggah lagi.");
        let mut body = body.map_err(|_| broken())?;
        while let Some(field) = body.next_field().await.map_err(|_| broken())? {
            if field.name() != Some("berkas") {
                continue;
            }
            let bytes = field.bytes().await.map_err(|_| broken())?;
            let limits = Limits { data_rows: 500, ..Limits::default() };
            let table = tokio::task::spawn_blocking(move || read_table(&bytes, &limits)).await;
            let table = table.map_err(unwell)?.map_err(|fault| Problem::invalid(fault.to_string()))?;
            let id = CommandId(Token::fresh().map_err(unwell)?.reveal().chars().take(32).collect());
            let (by, mails) = (caller.actor.account.clone(), mails(&table)?);
            let command = Command::ListAgencies { agencies: agencies(&table)? };
            let accepted = self.desk.submit(caller.actor, id, command).await?;
            let known = mailroom.addresses();
            for (to, mail) in mails {
                if known.get(&to).map_or("", String::as_str) != mail {
                    mailroom.set_address(to, mail, by.clone()).await?;
                }
            }
            return Ok(accepted);
        }
        Err(Problem::invalid("Belum ada berkas yang dipilih."))
    }
}

/// The agencies of a table with the three columns, in any order.
fn agencies(table: &[Vec<String>]) -> Result<Vec<Agency>, Problem> {
    let (head, rows) = parts(table);
    let [Some(code), Some(name), Some(short)] = COLUMNS.map(|word| column(head, word)) else {
        return Err(Problem::invalid("Baris pertama harus memuat kolom kode, nama dan singkatan."));
    };
    let agency = |row: &Vec<String>| Agency {
        code: AgencyCode(cell(row, code)),
        name: cell(row, name),
        short: cell(row, short),
    };
    Ok(rows.map(agency).collect())
}

/// The addresses of a table that has a column for them; where it is empty, there shall be none.
fn mails(table: &[Vec<String>]) -> Result<Vec<(To, String)>, Problem> {
    let (head, rows) = parts(table);
    let (Some(code), Some(mail)) = (column(head, COLUMNS[0]), column(head, MAIL)) else {
        return Ok(Vec::new());
    };
    let one = |row: &Vec<String>| {
        let (code, typed) = (cell(row, code), cell(row, mail));
        let wrong = |_| Problem::invalid(format!("Alamat surel PD {code} tidak dikenal: {typed}"));
        let mail = read_address(&typed).map_err(wrong)?.unwrap_or_default();
        Ok((To::Agency(AgencyCode(code)), mail))
    };
    rows.map(one).collect()
}

/// The heading and the rows that are not empty.
fn parts(table: &[Vec<String>]) -> (&[String], impl Iterator<Item = &Vec<String>>) {
    let mut rows = table.iter().filter(|row| row.iter().any(|cell| !cell.is_empty()));
    (rows.next().map(Vec::as_slice).unwrap_or_default(), rows)
}

fn column(head: &[String], word: &str) -> Option<usize> {
    head.iter().position(|cell| cell.to_lowercase() == word)
}

fn cell(row: &[String], at: usize) -> String {
    row.get(at).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_may_stand_in_any_order_but_must_be_there() {
        let table = |rows: &[&[&str]]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
        };
        let read = agencies(&table(&[&["Nama", "Kode", "Singkatan"], &[], &["Dinas A", "a", "DA"]])).unwrap();
        let expected = Agency { code: "a".into(), name: "Dinas A".to_owned(), short: "DA".to_owned() };
        assert_eq!(read, [expected]);
        assert!(agencies(&table(&[&["a", "Dinas A", "DA"]])).is_err());
        let with = |mail| table(&[&["kode", "surel"], &["a", mail]]);
        assert_eq!(mails(&with("a@x.id")), Ok(vec![(To::Agency("a".into()), "a@x.id".to_owned())]));
        assert!(mails(&with("bukan alamat")).is_err() && mails(&table(&[&["kode"], &["a"]])) == Ok(vec![]));
        assert!(agencies(&[]).is_err());
    }
}
