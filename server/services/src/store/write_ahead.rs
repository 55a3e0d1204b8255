//! Putting away the write-ahead log that a killed server left behind.
//!
//! A kill, or a power cut, can leave half a record at the end of the log. surrealkv 0.21 reads
//! up to there, and then appends what comes next behind the half record. At the start after
//! that it takes the place for damage and cuts off everything that follows, although it had
//! been durable and acknowledged. So the log is never appended to after such an end: its
//! records go into tables first, as at an orderly stop, and a new log begins. See decision 0014.

use std::io;
use std::path::{Path, PathBuf};

use surrealkv::TreeBuilder;
use tokio::runtime;
use tokio::task::spawn_blocking;

/// Takes what the write-ahead log of a folder holds into its tables. Does nothing if the
/// database was stopped in order, or is new.
///
/// # Errors
/// What the engine said, as text: its own errors are of no use to us.
pub(super) async fn put_away(folder: PathBuf) -> Result<(), String> {
    let work = move || match has_records(&folder.join("wal")) {
        Ok(false) => Ok(()),
        Ok(true) => take_in(folder),
        Err(error) => Err(error.to_string()),
    };
    spawn_blocking(work).await.unwrap_or_else(|error| Err(error.to_string()))
}

fn has_records(folder: &Path) -> io::Result<bool> {
    let files = match folder.read_dir() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        files => files?,
    };
    for file in files {
        match file?.metadata() {
            Ok(file) if file.len() > 0 => return Ok(true),
            Ok(_) => {}
            // Who had the database open before is just closing it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// Opens and closes the tree.
fn take_in(folder: PathBuf) -> Result<(), String> {
    let begin = std::time::Instant::now();
    let opening_and_closing = move || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let open = async {
            let tree = TreeBuilder::new().with_path(folder).with_enable_vlog(true).build()?;
            tree.close().await?;
            Ok::<_, surrealkv::Error>(tree)
        };
        // A tree that is dropped inside a runtime is closed once more, some time later, when
        // the folder belongs to the database already.
        let tree = runtime.block_on(open).map_err(|error| error.to_string())?;
        drop(runtime);
        drop(tree);
        Ok(())
    };
    let thread = std::thread::spawn(opening_and_closing);
    thread.join().unwrap_or_else(|_| Err("mesin basis data berhenti".to_owned()))?;
    tracing::info!(took = ?begin.elapsed(), "the write-ahead log of a server that was killed is put away");
    Ok(())
}
