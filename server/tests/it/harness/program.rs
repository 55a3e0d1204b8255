//! The real program: started, spoken to, stopped and killed.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// A server that runs until it is dropped, and is then killed.
pub(crate) struct Program {
    child: Child,
    /// What it printed until it was ready, the ready line last.
    pub(crate) printed: Vec<String>,
    /// Its address: `http://127.0.0.1:port`.
    pub(crate) site: String,
}

/// The program with nothing in its environment that could change what it does.
pub(crate) fn alur(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alur"));
    command.env_clear().env("ALUR_DATA", data).env("ALUR_ADDR", "127.0.0.1:0").stdin(Stdio::null());
    command
}

/// Runs a command of the program to its end, with `input` on standard input.
pub(crate) fn run_alur(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = alur(data);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that ends without reading is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Copies a data folder, every byte of it.
pub(crate) fn copy_all(from: &Path, to: &Path) {
    for entry in from.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy_all(&path, &target);
        } else if path.is_file() {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

impl Program {
    /// Starts `serve` or `practice` and waits for its ready line.
    pub(crate) fn start(data: &Path, action: &str) -> Self {
        Self::start_with(data, action, &[])
    }

    /// The same with these in its environment.
    pub(crate) fn start_with(data: &Path, action: &str, environment: &[(&str, &str)]) -> Self {
        let mut program = alur(data);
        program.envs(environment.iter().copied());
        let mut child = program.arg(action).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut printed = Vec::new();
        let site = loop {
            let line = lines.next().expect("the program ended before it was ready").unwrap();
            let site =
                line.strip_prefix("Alur siap: ").map(|rest| rest.split(' ').next().unwrap().to_owned());
            printed.push(line);
            if let Some(site) = site {
                break site;
            }
        };
        Self { child, printed, site }
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, and waits until it has; whether it ended well.
    pub(crate) fn stop(mut self) -> bool {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
