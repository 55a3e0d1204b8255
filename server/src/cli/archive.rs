//! `alur backup`, `alur restore` and `alur key`.

use std::fs::File;
use std::io::{self, Seek};
use std::path::Path;

use super::action::RestoreArgs;
use super::failure::Failure;
use super::folder::existing;
use super::partial::Partial;
use super::signals::Signals;
use super::tell::tell;
use super::work;
use crate::config::Options;
use crate::control::{self, Reply, Request};
use services::audit::Journal;
use services::backup::{self, Identity, KEY_FILE, OfficeKey, Recipient, Seal, Source, Trust};
use services::clock::Clock;
use services::files;
use services::store::Store;

/// Makes a backup through the running server, or of the database itself if none runs, and
/// checks it before it gets its name. Whatever ends it before leaves nothing behind.
pub(super) async fn backup(options: &Options, file: &Path, to: Option<Recipient>) -> Result<(), Failure> {
    let data = existing(options)?;
    let mut signals = Signals::listen()?;
    let partial = Partial::of(file)?;
    let words = tokio::select! {
        words = make(options, &data, &partial, to) => words?,
        () = signals.come() => return Err(Failure::Said("dihentikan; tidak ada cadangan yang dibuat".to_owned())),
    };
    partial.finish()?;
    tell(format!("Cadangan {}: {words}", file.display()))
}

/// Restores an archive into an empty data folder.
pub(super) async fn restore(options: &Options, told: RestoreArgs) -> Result<(), Failure> {
    let RestoreArgs { file, key, unsigned, identity } = told;
    let data = options.data(false);
    let database = options.database(&data);
    if database.starts_with("mem:") {
        return Err(Failure::Said("basis data mem:// hilang begitu program ini selesai".to_owned()));
    }
    let identity = identity
        .map(|path| Identity::read(&path).map_err(|why| Failure::Said(format!("{}: {why}", path.display()))));
    let source = Source::open(&file, identity.transpose()?)?;
    let trust = Trust { key, unsigned };
    let restored = backup::restore(source, &data, &database, &trust, Clock::system().now()).await?;
    tell(format!("Dipulihkan ke {}: {restored}", data.display()))
}

/// Shows what is public of the office's key, for printing.
pub(super) fn key(options: &Options) -> Result<(), Failure> {
    let data = existing(options)?;
    let key = OfficeKey::of(&data)?.public();
    tell(format!(
        "Kunci publik kantor: {key}\nSidik jari: {}\nCetak dan simpan lembar ini. Kunci rahasianya {} tidak termasuk \
         dalam cadangan; simpan salinannya terpisah dari cadangan.",
        key.fingerprint(),
        data.join(KEY_FILE).display()
    ))
}

/// What is to be encrypted is put together beside the data, where it is as safe as they are.
async fn make(
    options: &Options,
    data: &Path,
    partial: &Partial,
    to: Option<Recipient>,
) -> Result<String, Failure> {
    let folder = data.join(files::FOLDER);
    std::fs::create_dir_all(&folder).map_err(Failure::io(folder.display().to_string()))?;
    let archive = match to {
        None => partial.file()?,
        Some(_) => backup::spool(&folder).map_err(Failure::io(folder.display().to_string()))?,
    };
    let target = partial.file()?;
    let copy = || archive.try_clone().map_err(Failure::io("cadangan"));
    write(options, data, copy()?).await?;
    let (source, key) = (Source::of(copy()?), OfficeKey::of(data)?.public());
    let finishing = tokio::task::spawn_blocking(move || {
        let (whole, _) = backup::check(&source)?;
        if whole.seal != Seal::Of(key) {
            return Err(Failure::Said("cadangan tidak ditandatangani kunci kantor ini".to_owned()));
        }
        if let Some(recipient) = to {
            encrypt(archive, target, &recipient).map_err(Failure::io("cadangan"))?;
        }
        Ok(whole.manifest.words())
    });
    finishing.await.map_err(|error| Failure::Said(error.to_string()))?
}

/// Writes the archive, through the running server if there is one.
async fn write(options: &Options, data: &Path, archive: File) -> Result<(), Failure> {
    let Some(server) = control::connect(data).await else {
        let store = Store::open_in(&options.database(data), Some(data)).await?;
        let manifest = backup::write(&store, data, archive, Clock::system().now()).await?;
        work::backed_up(&Journal::new(store), &manifest).await;
        return Ok(());
    };
    let mut archive = tokio::fs::File::from_std(archive);
    let reply = control::ask(server, &Request::Backup, Some(&mut archive)).await;
    let synced = archive.sync_all().await;
    match reply.map_err(Failure::io("server yang sedang berjalan"))? {
        Reply::Archive { .. } => synced.map_err(Failure::io("cadangan")),
        Reply::Failed { text } | Reply::Done { text } => Err(Failure::Said(text)),
    }
}

fn encrypt(mut archive: File, target: File, recipient: &Recipient) -> io::Result<()> {
    archive.rewind()?;
    backup::encrypt(&archive, io::BufWriter::new(&target), recipient)
}
