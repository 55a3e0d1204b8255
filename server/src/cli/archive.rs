//! `alur backup` and `alur restore`.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::{Failure, existing, tell};
use crate::backup;
use crate::clock::Clock;
use crate::config::Options;
use crate::control::{self, Reply, Request};
use crate::files;
use crate::store::Store;

/// Makes a backup through the running server, or of the database itself if none runs, and
/// checks it before it gets its name.
pub(super) async fn backup(options: &Options, file: &Path) -> Result<(), Failure> {
    let data = existing(options)?;
    let shown = file.display().to_string();
    if file.exists() {
        return Err(Failure::Said(format!("{shown} sudah ada; pilih nama lain")));
    }
    let partial = file.with_added_extension("part");
    let archive = create(&partial)?;
    let written = match control::connect(&data).await {
        Some(server) => {
            let mut archive = tokio::fs::File::from_std(archive);
            let reply = control::ask(server, &Request::Backup, Some(&mut archive)).await;
            let synced = archive.sync_all().await;
            match reply.map_err(Failure::io("server yang sedang berjalan"))? {
                Reply::Archive { .. } => synced.map_err(Failure::io(&shown)),
                Reply::Failed { text } | Reply::Done { text } => Err(Failure::Said(text)),
            }
        }
        None => {
            let store = Store::open(&options.database(&data)).await?;
            let folder = data.join(files::FOLDER);
            std::fs::create_dir_all(&folder).map_err(Failure::io(folder.display().to_string()))?;
            let made = backup::write(&store, &folder, archive, Clock::system().now()).await;
            made.map(drop).map_err(Failure::from)
        }
    };
    let checked = match written {
        Ok(()) => check(&partial).await,
        Err(failure) => Err(failure),
    };
    match checked {
        Ok(words) => {
            std::fs::rename(&partial, file).map_err(Failure::io(&shown))?;
            tell(format!("Cadangan {shown}: {words}"))
        }
        Err(failure) => {
            // It is of no use to anybody; the failure says more than a second one would.
            let _ = std::fs::remove_file(&partial);
            Err(failure)
        }
    }
}

/// Restores an archive into an empty data folder.
pub(super) async fn restore(options: &Options, file: &Path) -> Result<(), Failure> {
    let data = options.data(false);
    let database = options.database(&data);
    if database.starts_with("mem:") {
        return Err(Failure::Said("basis data mem:// hilang begitu program ini selesai".to_owned()));
    }
    let manifest = backup::restore(file, &data, &database).await?;
    tell(format!("Dipulihkan ke {}: {}", data.display(), manifest.words()))
}

/// For the owner's eyes only: it holds the hashes of passwords.
fn create(path: &Path) -> Result<File, Failure> {
    let open = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    open.map_err(Failure::io(path.display().to_string()))
}

async fn check(path: &Path) -> Result<String, Failure> {
    let path = path.to_owned();
    let checking = tokio::task::spawn_blocking(move || backup::check(&path)).await;
    let checked = checking.map_err(|error| Failure::Said(error.to_string()))??;
    Ok(checked.manifest.words())
}
