//! The same put to the real program: `verify`, `serve`, and `serve` once more.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::probe::{Outcome, Seen};
use crate::harness::alur;

/// After so long it hangs.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the program says to a damaged folder.
pub(crate) fn outcome(folder: &Path) -> Seen {
    let begin = Instant::now();
    let verified = said(folder, "verify");
    let served = said(folder, "serve");
    let took = begin.elapsed() / 2;
    let again = said(folder, "serve");
    let outcome = match (verified, served, again) {
        (Said::Fine, Said::Fine, Said::Fine) => Outcome::Whole,
        (Said::No(first), Said::No(second), Said::No(third)) if first == second && second == third => {
            Outcome::Told(first)
        }
        // A received file is no reason not to start; it is named all the same.
        (Said::No(first), Said::Fine, Said::Fine) if first.contains("berkas \"") => Outcome::Told(first),
        (verified, served, again) => Outcome::Wrong(format!("{verified:?}, then {served:?}, then {again:?}")),
    };
    Seen { outcome, took }
}

#[derive(Debug)]
enum Said {
    Fine,
    No(String),
    #[expect(dead_code, reason = "for the report of what went wrong")]
    Nothing(String),
}

fn said(folder: &Path, action: &str) -> Said {
    let mut child = alur(folder).arg(action).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = lines(&mut child);
    let begin = Instant::now();
    loop {
        match lines.recv_timeout(PATIENCE.saturating_sub(begin.elapsed())) {
            Ok(line) if line.starts_with("Utuh: ") || line.starts_with("Alur siap: ") => {
                end(child);
                return Said::Fine;
            }
            Ok(line) if line.contains("kunci=") => {
                end(child);
                return Said::Nothing(line);
            }
            Ok(_) => {}
            Err(_) if begin.elapsed() >= PATIENCE => {
                end(child);
                return Said::Nothing("it hangs".to_owned());
            }
            Err(_) => break,
        }
    }
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    end(child);
    let said = text.lines().find_map(|line| line.strip_prefix("alur: "));
    said.map_or_else(|| Said::Nothing(text.clone()), |said| Said::No(said.to_owned()))
}

fn lines(child: &mut Child) -> Receiver<String> {
    let (sender, lines) = channel();
    let output = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            // Nobody waits any more.
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

fn end(mut child: Child) {
    // It may have ended already.
    let _ = child.kill();
    child.wait().unwrap();
}
