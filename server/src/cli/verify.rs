//! `alur verify`: the log, every row of every other table, the database's files, and every received file.

use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;

use super::failure::Failure;
use services::files;
use services::store::file::KeptFile;
use services::store::{self, Store};

/// How often a person at a terminal hears how far it is.
const TELL_EVERY: Duration = Duration::from_secs(2);
/// How many faults are named.
const NAMED: usize = 20;

/// Looks through everything. `data` is the data folder; `polite`: others are at work meanwhile. The
/// answer is a text for the person, whose first line says that everything is whole.
///
/// # Errors
/// A line that names everything that is not.
pub async fn verify(store: &Store, data: &Path, polite: bool) -> Result<String, Failure> {
    store.inspect().await?;
    let verified = store::verify(store).await.map_err(|error| Failure::Said(error.to_string()))?;
    let found = store.look_through().await?;
    let mut faults: Vec<_> = found.unreadable.iter().map(ToString::to_string).collect();
    let list = store.file_rows().await?.read;
    let count = list.len();
    faults.extend(received(data, list, polite).await?);
    let records = verified.records;
    if !faults.is_empty() {
        let more = faults.len().saturating_sub(NAMED);
        faults.truncate(NAMED);
        let more = if more > 0 { format!("; dan {more} lagi") } else { String::new() };
        let said = format!("riwayat utuh ({records} catatan), tetapi {}{more}", faults.join("; "));
        return Err(Failure::Said(said));
    }
    let rows: usize = found.tables.iter().map(|(_, rows)| rows).sum();
    let mut text = format!(
        "Utuh: {records} catatan, SHA-256 terakhir {}\nTerbaca: {rows} baris di {} tabel lain, {count} berkas cocok",
        verified.last_hash,
        found.tables.len()
    );
    for notice in store.notices() {
        text.push_str("\nPerhatian: ");
        text.push_str(notice);
    }
    Ok(text)
}

/// What is wrong with received files.
async fn received(data: &Path, list: Vec<KeptFile>, polite: bool) -> Result<Vec<String>, Failure> {
    let folder = data.join(files::FOLDER);
    let (all, mut told) = (list.len(), Instant::now());
    let tells = !polite && std::io::stderr().is_terminal();
    let tell = move |done| {
        if tells && told.elapsed() >= TELL_EVERY {
            eprintln!("alur: {done} dari {all} berkas sudah dicocokkan …");
            told = Instant::now();
        }
    };
    let reading = spawn_blocking(move || files::inspect(&folder, &list, polite, tell)).await;
    reading.map_err(|error| Failure::Said(error.to_string()))
}
