//! A real mail server, aiosmtpd, which can fail in the middle of a mail.

use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde::Deserialize;
use tempfile::TempDir;

/// A mail server and everything that it ever took.
pub(crate) struct Mailbox {
    folder: TempDir,
    /// Where it listens, also after it was started again.
    pub(crate) port: u16,
    running: Option<(Child, Lines<BufReader<ChildStdout>>)>,
}

/// A mail that was taken.
#[derive(Debug, Deserialize)]
pub(crate) struct Taken {
    pub(crate) to: Vec<String>,
    pub(crate) from: String,
    pub(crate) subject: String,
    pub(crate) id: String,
    pub(crate) auto: String,
    pub(crate) text: String,
}

/// Python with the packages of `end2end/python/requirements.txt`, as `make test` puts it there.
pub(crate) fn python(script: &str) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let python = root.join("target/tools/python/bin/python");
    assert!(python.exists(), "{} is missing: make target/tools/python/.ready", python.display());
    let mut command = Command::new(python);
    command.arg(root.join("end2end/python").join(script));
    command
}

impl Mailbox {
    /// A server that behaves as told at the n-th mail; see `mailbox.py`.
    pub(crate) fn start(behaviour: &str, at: u32) -> Self {
        let mut mailbox = Self { folder: TempDir::new().unwrap(), port: 0, running: None };
        mailbox.restart(behaviour, at);
        mailbox
    }

    /// Ends it on the spot, and starts it again on the same port.
    pub(crate) fn restart(&mut self, behaviour: &str, at: u32) {
        self.kill();
        let mut command = python("mailbox.py");
        command.arg(self.port.to_string()).arg(self.file()).arg(behaviour).arg(at.to_string());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        self.port = lines.next().expect("the mail server starts").unwrap().parse().unwrap();
        self.running = Some((child, lines));
    }

    /// Waits until it has ended by itself.
    pub(crate) fn wait_until_dead(&mut self) {
        let (mut child, _) = self.running.take().unwrap();
        child.wait().unwrap();
    }

    /// Waits until it has stopped answering.
    pub(crate) fn wait_until_stalled(&mut self) {
        let (_, lines) = self.running.as_mut().unwrap();
        assert_eq!(lines.next().unwrap().unwrap(), "stalled");
    }

    /// Every mail that it took, in order.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        let text = std::fs::read_to_string(self.file()).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("surat.jsonl")
    }

    fn kill(&mut self) {
        if let Some((mut child, _)) = self.running.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.kill();
    }
}
