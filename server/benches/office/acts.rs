//! Commands without end: a cell is finished and taken back, over and over, in run after run.

use desk::office::Accepted;
use domain::id::RunId;
use services::clock::Clock;

use crate::Outcome;
use crate::http::Connection;
use crate::program::Program;

/// A small procedure; each run needs one of its own, because a procedure has one run a year.
const PROCEDURE: &str = include_str!("procedure.json");

/// What one person does, in turn, in some runs.
pub(crate) struct Acts {
    /// Makes the ids of the commands unlike anybody else's.
    who: String,
    runs: Vec<RunId>,
    done: usize,
}

impl Acts {
    /// In these runs, whose first cell has its turn.
    pub(crate) fn new(who: impl Into<String>, runs: Vec<RunId>) -> Self {
        Self { who: who.into(), runs, done: 0 }
    }

    /// Does the next one; returns when it is durable.
    pub(crate) async fn act(&mut self, connection: &mut Connection) -> Outcome<Accepted> {
        let (place, who) = (self.done, &self.who);
        self.done += 1;
        let Some(run) = self.runs.get(place % self.runs.len().max(1)) else {
            return Err("no run to act in".into());
        };
        // All runs are finished in turn, then all are taken back.
        let finish = (place / self.runs.len()).is_multiple_of(2);
        let path = if finish { "/api/finish-cell" } else { "/api/take-back" };
        let fields = format!("run={run}&cell=1.staf&round=1&command_id=ukur-{who}-{place}");
        connection.post(path, &fields).await?.json()
    }
}

/// Publishes so many procedures, and starts a run of each.
pub(crate) async fn open_runs(
    program: &Program,
    admin: &str,
    staff: &str,
    count: usize,
) -> Outcome<Vec<RunId>> {
    let mut admin = Connection::open(program.address, Some(admin)).await?;
    let mut staff = Connection::open(program.address, Some(staff)).await?;
    let year = Clock::system().now().format("%Y").to_string();
    let mut runs = Vec::new();
    for number in 1..=count {
        let (name, key) = (format!("UKUR.{number}"), format!("UKUR.{number}/1"));
        let procedure = PROCEDURE.replace("UKUR.0", &name);
        let id = format!("terbit-{number}");
        let publish = form(&[("berkas", &procedure), ("command_id", &id)]);
        admin.post("/api/publish-sop", &publish).await?.json::<Accepted>()?;
        let id = format!("mulai-{number}");
        let start = form(&[("sop", &key), ("data_year", &year), ("command_id", &id)]);
        runs.push(staff.post("/api/start-run", &start).await?.json()?);
    }
    Ok(runs)
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
