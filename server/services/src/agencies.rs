//! The list of agencies as a file: handed out, and brought in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Extension, Json, Router, middleware};
use desk::account::Caller;
use desk::office::Desk;
use desk::problem::Problem;
use desk::reminder::Mailing;
use desk::trail::Kind;
use domain::agency::Agency;
use domain::id::{AgencyCode, CommandId};
use domain::office::{Command, Office};
use domain::reminder::To;

use crate::account::alike::as_seen;
use crate::audit::Trace;
use crate::callers::Admin;
use crate::forms;
use crate::forms::flash::FlashBox;
use crate::mail::{Mailroom, read_address};
use crate::refuse::Refusal;
use crate::report::{Reports, unwell};
use crate::token::Token;
use domain::csv::{Csv, MEDIA_TYPE, Style};
use paper::sheet_in::{Limits, read_table};

/// The columns, in order.
const COLUMNS: [&str; 3] = ["kode", "nama", "singkatan"];
/// A column that may be there: the address for mail.
const MAIL: &str = "surel";
/// Where one is led after the list was brought in.
const DONE: &str = "/kelola/pd?sudah=ya";

/// Largest form with the list in it.
const LARGEST: usize = 2 * 1024 * 1024;

/// `/kelola/pd.csv` and `/kelola/pd/impor`. A list that is brought in waits its turn among the workbooks
/// that the reports' service reads.
pub fn routes<S: Clone + Send + Sync + 'static>(
    desk: Arc<dyn Desk>,
    reports: Arc<Reports>,
    mailroom: Arc<Mailroom>,
    flashes: Arc<FlashBox>,
) -> Router<S> {
    let bring_in = post(bring_in)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn_with_state(flashes, forms::upload));
    Router::new()
        .route("/kelola/pd.csv", get(hand_out))
        .route("/kelola/pd/impor", bring_in)
        .layer(Extension(desk))
        .layer(Extension(reports))
        .layer(Extension(mailroom))
}

async fn hand_out(
    Extension(desk): Extension<Arc<dyn Desk>>,
    Extension(mailroom): Extension<Arc<Mailroom>>,
    Admin(caller): Admin,
    trace: Trace,
) -> impl IntoResponse {
    trace.note(&caller.actor.account, Kind::Exported, "daftar PD", "").await;
    let (office, addresses) = (desk.office(), mailroom.addresses());
    let [code, name, short] = COLUMNS;
    let mut csv = Csv::of(Style::FILE, &[code, name, short, MAIL]);
    for agency in office.agencies.values() {
        let mail = addresses.get(&To::Agency(agency.code.clone())).map_or("", String::as_str);
        csv.line([agency.code.as_str(), &agency.name, &agency.short, mail]);
    }
    let headers = [
        (header::CONTENT_TYPE, MEDIA_TYPE),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"perangkat-daerah.csv\""),
    ];
    (headers, csv.into_text())
}

/// Takes the whole list, as CSV or workbook; whoever is not in it is closed.
async fn bring_in(
    Extension(desk): Extension<Arc<dyn Desk>>,
    Extension(reports): Extension<Arc<Reports>>,
    Extension(mailroom): Extension<Arc<Mailroom>>,
    Admin(caller): Admin,
    trace: Trace,
    body: Result<Multipart, MultipartRejection>,
) -> Result<impl IntoResponse, Refusal> {
    let accepted = list_from(&*desk, &reports, &mailroom, caller, &trace, body).await?;
    Ok(([(header::LOCATION, DONE)], Json(accepted)))
}

async fn list_from(
    desk: &dyn Desk,
    reports: &Reports,
    mailroom: &Mailroom,
    caller: Caller,
    trace: &Trace,
    body: Result<Multipart, MultipartRejection>,
) -> Result<desk::office::Accepted, Problem> {
    let broken = || Problem::invalid("Berkas tidak terkirim utuh; unggah lagi.");
    let (mut body, mut sure) = (body.map_err(|_| broken())?, false);
    let place = reports.books().enter(caller.actor.account.as_str())?;
    while let Some(field) = body.next_field().await.map_err(|_| broken())? {
        if field.name() == Some("tetap") {
            sure = true;
        }
        if field.name() != Some("berkas") {
            continue;
        }
        let bytes = field.bytes().await.map_err(|_| broken())?;
        let limits = Limits { data_rows: 500, ..Limits::default() };
        let table = reports.books().work(place, move || read_table(&bytes, &limits)).await;
        let table = table.map_err(unwell)?.map_err(|fault| Problem::invalid(fault.to_string()))?;
        let id = CommandId(Token::fresh().map_err(unwell)?.reveal().chars().take(32).collect());
        let (by, mails, agencies) = (caller.actor.account.clone(), mails(&table)?, agencies(&table)?);
        if !sure {
            unmistakable(&desk.office(), &agencies)?;
        }
        trace.ready().await?;
        let whom = format!("{} PD", agencies.len());
        let command = Command::ListAgencies { agencies };
        let accepted = desk.submit(caller.actor, id, command).await?;
        let facts = format!("impor; riwayat kantor, catatan {}", accepted.first);
        trace.note(&by, Kind::AgenciesChanged, whom, facts).await;
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

/// Refuses a list in which a new agency, or one of another name, is easily taken for another.
fn unmistakable(office: &Office, agencies: &[Agency]) -> Result<(), Problem> {
    let mut seen: BTreeMap<(usize, String), Vec<&Agency>> = BTreeMap::new();
    for agency in agencies {
        for (part, text) in [agency.code.as_str(), &agency.name, &agency.short].into_iter().enumerate() {
            seen.entry((part, as_seen(text))).or_default().push(agency);
        }
    }
    let changed = |agency: &&&Agency| office.agencies.get(&agency.code) != Some(**agency);
    let alike = seen.into_iter().filter(|((_, seen), all)| !seen.is_empty() && all.len() > 1);
    let alike = alike.filter(|(_, all)| all.iter().any(|agency| changed(&agency)));
    let one = |agency: &&Agency| format!("PD {} ({})", agency.name, agency.code);
    let group = |all: Vec<&Agency>| all.iter().map(one).collect::<Vec<_>>().join(" dan ");
    let groups: BTreeSet<_> = alike.map(|(_, all)| group(all)).collect();
    if groups.is_empty() {
        return Ok(());
    }
    Err(Problem::Alike { others: groups.into_iter().collect::<Vec<_>>().join("; ") })
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
