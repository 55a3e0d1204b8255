//! The released program: started in practice on a folder, signed in to, and stopped.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::http::Connection;
use crate::machine::Usage;
use crate::{Failure, Outcome};

/// The password of every practice account.
const PASSWORD: &str = "latihan-alur";
/// Longer than any start or stop takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it is killed when this is dropped.
pub(crate) struct Program {
    child: Child,
    id: u32,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

/// Looks at the memory of a server.
pub(crate) struct Watch {
    over: Arc<AtomicBool>,
    looking: JoinHandle<Outcome<u64>>,
}

impl Watch {
    /// Ends it. The most that was seen, in kB.
    pub(crate) async fn most(self) -> Outcome<u64> {
        self.over.store(true, Ordering::SeqCst);
        self.looking.await?
    }
}

impl Program {
    /// Starts the practice office in a data folder and waits until it is ready.
    pub(crate) async fn start(data: &Path) -> Outcome<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_alur"));
        command.arg("practice").env_clear().env("ALUR_DATA", data).env("ALUR_ADDR", "127.0.0.1:0");
        // All pages of the measurement are one session's on one machine, which in an office nobody is.
        command.env("ALUR_PER_SESSION", "5000").env("ALUR_PER_ADDRESS", "10000");
        // Where `target/site` is, if it was built.
        command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
        Self::spawn(command, "Alur siap: http://").await
    }

    /// Starts a server that says in a line beginning with `ready` where it listens.
    pub(crate) async fn spawn(mut command: Command, ready: &str) -> Outcome<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let id = child.id().ok_or("the program ended at once")?;
        let output = child.stdout.take().ok_or("no standard output")?;
        let mut lines = BufReader::new(output).lines();
        let reading = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(address) = line.strip_prefix(ready) {
                    return Ok(address.split(' ').next().unwrap_or_default().parse()?);
                }
            }
            Err(Failure::from("the program ended before it was ready"))
        };
        let address = timeout(PATIENCE, reading).await??;
        Ok(Self { child, id, address })
    }

    /// The session cookie of a practice account.
    pub(crate) async fn sign_in(&self, account: &str) -> Outcome<String> {
        let mut connection = Connection::open(self.address, None).await?;
        let answer = connection.post("/api/sign-in", &format!("akun={account}&sandi={PASSWORD}")).await?;
        answer.cookie.ok_or_else(|| format!("{account} could not sign in: {}", answer.status).into())
    }

    /// What it has used so far.
    pub(crate) fn usage(&self) -> Outcome<Usage> {
        Usage::of(self.id)
    }

    /// Looks at its memory again and again.
    pub(crate) fn watch(&self, every: Duration) -> Watch {
        let (id, over) = (self.id, Arc::new(AtomicBool::new(false)));
        let ended = Arc::clone(&over);
        let looking = tokio::spawn(async move {
            let mut most = 0;
            while !ended.load(Ordering::SeqCst) {
                most = most.max(Usage::of(id)?.memory);
                tokio::time::sleep(every).await;
            }
            Ok(most)
        });
        Watch { over, looking }
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) async fn stop(mut self) -> Outcome {
        Command::new("kill").args(["-TERM", &self.id.to_string()]).status().await?;
        timeout(PATIENCE, self.child.wait()).await??;
        Ok(())
    }
}
