//! Looking at damaged folders in a process of its own, which may hang or fall over.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use server::cli::verify::verify;

use super::office::{Kept, dump, open_office};
use crate::harness::run;

/// In the environment of the process: where it finds what has to be there.
const EXPECTED: &str = "ALUR_UJI_DUMP";
/// In front of each answer, among the other lines of a test.
const ANSWER: &str = "probe: ";
/// After so long it hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// What became of a damaged folder.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// Everything that was acknowledged is there.
    Whole,
    /// A sentence says what is not.
    Told(String),
    /// Something is missing, and nobody says so; or no sentence came at all.
    Wrong(String),
}

/// An outcome, and how long it took.
pub(crate) struct Seen {
    pub(crate) outcome: Outcome,
    pub(crate) took: Duration,
}

/// The process.
pub(crate) struct Probes {
    expected: tempfile::NamedTempFile,
    running: Option<Running>,
}

struct Running {
    child: Child,
    ask: ChildStdin,
    answers: Receiver<String>,
}

impl Probes {
    pub(crate) fn start(kept: &Kept) -> Self {
        let mut expected = tempfile::NamedTempFile::new().unwrap();
        serde_json::to_writer(&mut expected, &kept.dump).unwrap();
        Self { expected, running: None }
    }

    /// Looks at a folder.
    pub(crate) fn outcome(&mut self, folder: &Path) -> Seen {
        let expected = self.expected.path();
        let running = self.running.get_or_insert_with(|| Running::start(expected));
        let begin = Instant::now();
        writeln!(running.ask, "{}", folder.display()).unwrap();
        let heard = running.answers.recv_timeout(PATIENCE);
        let took = begin.elapsed();
        let outcome = match heard {
            Ok(answer) => serde_json::from_str(&answer).unwrap(),
            Err(why) => {
                // The next folder gets a process that is well.
                self.running = None;
                Outcome::Wrong(format!("no answer: {why}"))
            }
        };
        Seen { outcome, took }
    }
}

impl Running {
    fn start(expected: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["bad_disk::probe::probe", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .env(EXPECTED, expected)
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (lines, (sender, answers)) = (BufReader::new(child.stdout.take().unwrap()).lines(), channel());
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let answer = line.split_once(ANSWER).map(|(_, answer)| answer.to_owned());
                if answer.is_some_and(|answer| sender.send(answer).is_err()) {
                    return;
                }
            }
        });
        Self { ask: child.stdin.take().unwrap(), child, answers }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The process itself: a folder on each line of its input, an outcome on a line of its output.
#[test]
#[ignore = "started by the others"]
fn probe() {
    let Ok(expected) = std::env::var(EXPECTED) else { return };
    run(async move || {
        let expected: Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
        for folder in std::io::stdin().lines() {
            let outcome = look(Path::new(&folder.unwrap()), &expected).await;
            println!("\n{ANSWER}{}", serde_json::to_string(&outcome).unwrap());
        }
    });
}

async fn look(folder: &Path, expected: &Value) -> Outcome {
    let opened = match open_office(folder).await {
        Ok(opened) => opened,
        Err(said) => return told(said),
    };
    let found = match dump(&opened).await {
        Ok(found) => found,
        // It started, and only somebody who asks for what is damaged hears of it.
        Err(said) => return Outcome::Wrong(format!("it starts, and then: {said}")),
    };
    let verified = verify(&opened.deps.store, folder, false).await;
    opened.office.stop().await;
    match verified {
        _ if found != *expected => Outcome::Wrong("it starts with less".to_owned()),
        Ok(said) if said.starts_with("Utuh: ") => Outcome::Whole,
        Ok(said) => Outcome::Wrong(said),
        Err(failure) => told(failure.to_string()),
    }
}

/// A sentence that says what is missing and, if the database is not opened, what to do.
fn told(said: String) -> Outcome {
    let what = ["kehilangan", "rusak", "hilang", "kosong", "tidak terbaca"];
    if what.iter().any(|word| said.contains(word)) && !said.contains('\n') {
        Outcome::Told(said)
    } else {
        Outcome::Wrong(format!("that says nothing: {said}"))
    }
}
