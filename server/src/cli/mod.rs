//! The commands of the program.

mod account;
mod archive;
mod serve;
pub mod work;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use thiserror::Error;

use crate::account::Accounts;
use crate::backup::{BackupError, UNFINISHED};
use crate::clock::{Clock, NoTime};
use crate::config::{Cli, Options};
use crate::control::{self, Reply, Request};
use crate::opening::OpeningError;
use crate::session::Sessions;
use crate::store::{Store, StoreError};

/// A command.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Menjalankan kantor
    Serve,
    /// Menjalankan kantor latihan dengan akun dan pelaksanaan contoh
    Practice,
    /// Mencadangkan seluruh kantor ke satu berkas, juga selagi server berjalan
    Backup {
        /// Berkas arsip yang dibuat; belum boleh ada
        file: PathBuf,
    },
    /// Memulihkan arsip ke folder data yang kosong
    Restore {
        /// Berkas arsip
        file: PathBuf,
    },
    /// Memeriksa bahwa riwayat tidak pernah diubah
    Verify,
    /// Akun
    #[command(subcommand)]
    Account(account::Change),
    /// Menampilkan versi program
    Version,
}

/// Why a command did not do what it should. One line for the person.
#[derive(Debug, Error)]
pub enum Failure {
    /// It was said in words already.
    #[error("{0}")]
    Said(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A backup failed.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The office could not be opened.
    #[error(transparent)]
    Opening(#[from] OpeningError),
    /// The practice clock was not told as it should.
    #[error("ALUR_NOW {0}")]
    Clock(#[from] NoTime),
    /// A file, a folder or a connection failed.
    #[error("{what}: {source}")]
    Io {
        /// Which.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Failure {
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}

/// Does what the command line says.
///
/// # Errors
/// [`Failure`], in one line.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    let Cli { options, action } = cli;
    match action {
        Action::Serve => serve::run(&options, false).await,
        Action::Practice => serve::run(&options, true).await,
        Action::Backup { file } => archive::backup(&options, &file).await,
        Action::Restore { file } => archive::restore(&options, &file).await,
        Action::Verify => {
            tell(ask_or(&options, &Request::Verify, async |store| work::verify(&store).await).await?)
        }
        Action::Account(change) => account::run(&options, change).await,
        Action::Version => tell(format!("alur {}", env!("CARGO_PKG_VERSION"))),
    }
}

/// Prints a line. A reader that has gone away is no reason to fail.
fn tell(text: impl std::fmt::Display) -> Result<(), Failure> {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(())
}

/// Asks the server that runs on this data folder, or does it here if none does.
async fn ask_or(
    options: &Options,
    request: &Request,
    here: impl AsyncFnOnce(Store) -> Result<String, Failure>,
) -> Result<String, Failure> {
    let data = existing(options)?;
    let Some(server) = control::connect(&data).await else {
        return here(Store::open(&options.database(&data)).await?).await;
    };
    match control::ask(server, request, None).await.map_err(Failure::io("server yang sedang berjalan"))? {
        Reply::Done { text } => Ok(text),
        Reply::Failed { text } => Err(Failure::Said(text)),
        Reply::Archive { .. } => Err(Failure::Said("server menjawab yang tidak ditanyakan".to_owned())),
    }
}

/// The data folder, which must be there: a command on a mistyped folder must not make one.
fn existing(options: &Options) -> Result<PathBuf, Failure> {
    let data = options.data(false);
    if !data.is_dir() {
        return Err(Failure::Said(format!(
            "folder data {} tidak ada; sebutkan dengan --data",
            data.display()
        )));
    }
    finished(&data)?;
    Ok(data)
}

/// Refuses a folder into which an archive was not restored to the end.
fn finished(data: &Path) -> Result<(), Failure> {
    if data.join(UNFINISHED).exists() {
        let data = data.display();
        return Err(Failure::Said(format!(
            "pemulihan ke {data} belum selesai; hapus folder itu lalu pulihkan lagi"
        )));
    }
    Ok(())
}

/// The accounts of an office that no server runs on.
async fn accounts(store: Store) -> Result<Accounts, Failure> {
    let sessions = Sessions::open(store.clone(), Clock::system().now()).await?;
    Ok(Accounts::open(store, sessions.into()).await?)
}
