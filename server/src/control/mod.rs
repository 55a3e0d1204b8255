//! The running server, spoken to by the other commands of the program: a unix socket in the
//! data folder, because the database lets in one program at a time.
//!
//! One request per connection, as a line of JSON; one line of JSON comes back, and after
//! [`Reply::Archive`] the bytes of the archive.

mod bench;
mod words;

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncSeekExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

pub use self::bench::Bench;
pub use self::words::{Reply, Request};
use crate::cli::{verify, work};
use services::backup;
use services::clock::Clock;
use services::files;

/// Name of the socket in the data folder.
pub const SOCKET: &str = "control.sock";
/// Longest request, in bytes.
const LONGEST: u64 = 64 * 1024;
/// How long a client may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// The socket, removed when it is dropped.
pub struct Control {
    path: PathBuf,
    task: JoinHandle<()>,
}

impl Drop for Control {
    fn drop(&mut self) {
        self.task.abort();
        // If it is gone already, all the better.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Opens the socket. Only to be called by who holds the database: a socket that is there
/// was left by a crash.
///
/// # Errors
/// If it cannot be made, for instance because the path is longer than a socket's may be.
pub fn listen(data: &Path, bench: Bench) -> io::Result<Control> {
    let path = data.join(SOCKET);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let bench = bench.clone();
            tokio::spawn(async move {
                if let Err(error) = serve(stream, &bench).await {
                    tracing::warn!(%error, "a command over the control socket was cut short");
                }
            });
        }
    });
    Ok(Control { path, task })
}

/// Connects to the server that runs on this data folder; `None` if none does.
pub async fn connect(data: &Path) -> Option<UnixStream> {
    UnixStream::connect(data.join(SOCKET)).await.ok()
}

/// Asks the running server. For an archive its bytes are written to `archive`.
///
/// # Errors
/// If the connection breaks, or the server was killed meanwhile.
pub async fn ask(stream: UnixStream, request: &Request, archive: Option<&mut File>) -> io::Result<Reply> {
    let mut stream = BufReader::new(stream);
    say(stream.get_mut(), request).await?;
    let reply = hear(&mut stream).await?;
    if let (Reply::Archive { length }, Some(file)) = (&reply, archive) {
        let copied = tokio::io::copy(&mut (&mut stream).take(*length), file).await?;
        if copied != *length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(reply)
}

async fn serve(stream: UnixStream, bench: &Bench) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let request = tokio::time::timeout(PATIENCE, hear(&mut stream)).await??;
    let outcome = match request {
        Request::Backup => return send_archive(stream.get_mut(), bench).await,
        Request::AddAccount { draft } => work::add_account(&bench.accounts, &bench.journal, draft).await,
        Request::Verify => verify::verify(&bench.store, &bench.data, true).await,
        Request::SetPassword { account, password } => {
            work::set_password(&bench.accounts, &bench.journal, &account, password).await
        }
    };
    let reply = match outcome {
        Ok(text) => Reply::Done { text },
        Err(failure) => Reply::Failed { text: failure.to_string() },
    };
    say(stream.get_mut(), &reply).await
}

async fn send_archive(stream: &mut UnixStream, bench: &Bench) -> io::Result<()> {
    let spooled = backup::spool(&bench.data.join(files::FOLDER))?;
    let copy = spooled.try_clone()?;
    match backup::write(&bench.store, &bench.data, copy, Clock::system().now()).await {
        Ok(manifest) => {
            tracing::info!(archive = manifest.words(), "a backup was made");
            work::backed_up(&bench.journal, &manifest).await;
        }
        Err(error) => {
            tracing::error!(%error, "a backup failed");
            return say(stream, &Reply::Failed { text: error.to_string() }).await;
        }
    }
    let mut archive = File::from_std(spooled);
    let length = archive.seek(io::SeekFrom::End(0)).await?;
    archive.rewind().await?;
    say(stream, &Reply::Archive { length }).await?;
    tokio::io::copy(&mut archive, stream).await?;
    stream.shutdown().await
}

async fn say(stream: &mut UnixStream, message: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    stream.write_all(&line).await
}

async fn hear<T: for<'de> Deserialize<'de>>(stream: &mut BufReader<UnixStream>) -> io::Result<T> {
    let mut line = Vec::new();
    stream.take(LONGEST).read_until(b'\n', &mut line).await?;
    if line.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_slice(&line)?)
}
