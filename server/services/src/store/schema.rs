//! The tables: small numbered files, run in order, each once and never changed afterwards.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use surrealdb::engine::any::Any;
use surrealdb::types::SurrealValue;
use surrealdb::{IndexedResults, Surreal};
use thiserror::Error;

/// Every file of `server/schema/`, in order. Add a line for a new file; never change or
/// remove one that was released.
const STEPS: &[Step] = &[
    Step::new(1, "log", include_str!("../../schema/0001_log.surql")),
    Step::new(2, "account", include_str!("../../schema/0002_account.surql")),
    Step::new(3, "session", include_str!("../../schema/0003_session.surql")),
    Step::new(4, "file", include_str!("../../schema/0004_file.surql")),
    Step::new(5, "draft", include_str!("../../schema/0005_draft.surql")),
    Step::new(6, "link", include_str!("../../schema/0006_link.surql")),
    Step::new(7, "display", include_str!("../../schema/0007_display.surql")),
    Step::new(8, "account_agency", include_str!("../../schema/0008_account_agency.surql")),
    Step::new(9, "address", include_str!("../../schema/0009_address.surql")),
    Step::new(10, "outbox", include_str!("../../schema/0010_outbox.surql")),
    Step::new(11, "automatic", include_str!("../../schema/0011_automatic.surql")),
    Step::new(12, "ladder", include_str!("../../schema/0012_ladder.surql")),
    Step::new(13, "feed", include_str!("../../schema/0013_feed.surql")),
    Step::new(14, "password_link", include_str!("../../schema/0014_password_link.surql")),
    Step::new(15, "browser", include_str!("../../schema/0015_browser.surql")),
    Step::new(16, "trail", include_str!("../../schema/0016_trail.surql")),
    Step::new(17, "holding", include_str!("../../schema/0017_holding.surql")),
    Step::new(18, "kept", include_str!("../../schema/0018_kept.surql")),
];

/// The newest step of this build.
pub fn version() -> u32 {
    STEPS.last().map_or(0, |step| step.number)
}

/// Why the tables cannot be used.
#[derive(Debug, Error)]
pub enum SchemaError {
    /// The database was used by a newer program.
    #[error(
        "basis data ini dibuat oleh versi Alur yang lebih baru (skema {found}, program ini mengenal sampai {known}); \
         pakai program yang lebih baru"
    )]
    Newer {
        /// The newest step in the database.
        found: u32,
        /// The newest step of this build.
        known: u32,
    },
    /// A step was run with another text than this build has.
    #[error(
        "skema {number} ({name}) di basis data berbeda dari yang ada di program ini; program ini tidak cocok"
    )]
    Changed {
        /// The step.
        number: u32,
        /// Its name.
        name: &'static str,
    },
    /// A step is missing although a later one was run.
    #[error("skema {number} ({name}) terlewat di basis data; program ini tidak cocok")]
    Skipped {
        /// The step.
        number: u32,
        /// Its name.
        name: &'static str,
    },
    /// A step failed. Nothing of it remains.
    #[error("skema {number} ({name}) tidak dapat dijalankan: {source}")]
    Failed {
        /// The step.
        number: u32,
        /// Its name.
        name: &'static str,
        /// What the database said.
        source: Box<surrealdb::Error>,
    },
    /// The list of steps cannot be read.
    #[error("daftar skema tidak dapat dibaca: {0}")]
    Unreadable(Box<surrealdb::Error>),
}

struct Step {
    number: u32,
    name: &'static str,
    text: &'static str,
}

impl Step {
    const fn new(number: u32, name: &'static str, text: &'static str) -> Self {
        Self { number, name, text }
    }

    fn fingerprint(&self) -> String {
        format!("{:x}", Sha256::digest(self.text))
    }
}

#[derive(SurrealValue)]
struct StepRow {
    number: u32,
    sha256: String,
}

/// Runs the steps up to a number that the database has not seen yet. One that is further stays so.
pub(super) async fn apply(db: &Surreal<Any>, until: u32) -> Result<(), SchemaError> {
    let done = applied(db).await.map_err(|error| SchemaError::Unreadable(Box::new(error)))?;
    let further = done.keys().next_back().copied().filter(|found| *found <= version()).unwrap_or(0);
    let count = STEPS.iter().filter(|step| step.number <= until.max(further)).count();
    apply_steps(db, &STEPS[..count]).await
}

async fn apply_steps(db: &Surreal<Any>, steps: &[Step]) -> Result<(), SchemaError> {
    let done = applied(db).await.map_err(|error| SchemaError::Unreadable(Box::new(error)))?;
    check(steps, &done)?;
    for step in steps.iter().filter(|step| !done.contains_key(&step.number)) {
        let Err(source) = run(db, step).await else { continue };
        // Another server may have run it at the same moment; then it is there.
        let done = applied(db).await.unwrap_or_default();
        if done.get(&step.number) != Some(&step.fingerprint()) {
            return Err(SchemaError::Failed {
                number: step.number,
                name: step.name,
                source: Box::new(source),
            });
        }
    }
    Ok(())
}

fn check(steps: &[Step], done: &BTreeMap<u32, String>) -> Result<(), SchemaError> {
    let found = done.keys().next_back().copied().unwrap_or(0);
    let known = steps.last().map_or(0, |step| step.number);
    if found > known {
        return Err(SchemaError::Newer { found, known });
    }
    for step in steps.iter().filter(|step| step.number <= found) {
        let (number, name) = (step.number, step.name);
        match done.get(&number) {
            None => return Err(SchemaError::Skipped { number, name }),
            Some(sha256) if *sha256 != step.fingerprint() => {
                return Err(SchemaError::Changed { number, name });
            }
            Some(_) => {}
        }
    }
    Ok(())
}

async fn applied(db: &Surreal<Any>) -> surrealdb::Result<BTreeMap<u32, String>> {
    db.query(
        "DEFINE TABLE IF NOT EXISTS schema_step SCHEMAFULL PERMISSIONS NONE;
         DEFINE FIELD IF NOT EXISTS name ON schema_step TYPE string;
         DEFINE FIELD IF NOT EXISTS sha256 ON schema_step TYPE string;",
    )
    .await?
    .check()?;
    let mut answer = db.query("SELECT record::id(id) AS number, sha256 FROM schema_step").await?;
    let rows: Vec<StepRow> = answer.take(0)?;
    Ok(rows.into_iter().map(|row| (row.number, row.sha256)).collect())
}

/// Runs one step and notes it, both or neither.
async fn run(db: &Surreal<Any>, step: &Step) -> surrealdb::Result<()> {
    let Step { number, name, text } = step;
    let statements = format!(
        "BEGIN;\n{text}\nCREATE schema_step:{number} SET name = $name, sha256 = $sha256 RETURN NONE;\nCOMMIT;"
    );
    let name = (*name).to_owned();
    let answer = db.query(statements).bind(("name", name)).bind(("sha256", step.fingerprint())).await?;
    first_cause(answer)
}

/// The error that made a transaction fail: the first one, in the order of the statements,
/// that does not just say that its statement was not executed because of another.
fn first_cause(mut answer: IndexedResults) -> surrealdb::Result<()> {
    let errors: BTreeMap<_, _> = answer.take_errors().into_iter().collect();
    let is_echo = |error: &&surrealdb::Error| error.to_string().contains("not executed");
    let cause = errors.values().find(|error| !is_echo(error)).or(errors.values().next());
    cause.map_or(Ok(()), |cause| Err(cause.clone()))
}

#[cfg(test)]
mod tests {
    use surrealdb::engine::any::connect;

    use super::*;

    const ONE: Step = Step::new(1, "one", "DEFINE TABLE one SCHEMALESS;");
    const TWO: Step = Step::new(2, "two", "DEFINE TABLE two SCHEMALESS; CREATE two:1;");

    async fn fresh() -> Surreal<Any> {
        let db = connect("mem://").await.unwrap();
        db.use_ns("test").use_db("test").await.unwrap();
        db
    }

    #[tokio::test]
    async fn steps_run_once_and_later_ones_follow() {
        let db = fresh().await;
        apply_steps(&db, &[ONE]).await.unwrap();
        apply_steps(&db, &[ONE, TWO]).await.unwrap();
        // A second run of TWO would fail: the record is there.
        apply_steps(&db, &[ONE, TWO]).await.unwrap();
        assert_eq!(applied(&db).await.unwrap().len(), 2);
    }

    #[tokio::test]
    async fn a_newer_or_changed_schema_is_refused_in_one_line() {
        let db = fresh().await;
        apply_steps(&db, &[ONE, TWO]).await.unwrap();
        let newer = apply_steps(&db, &[ONE]).await.unwrap_err();
        assert!(matches!(newer, SchemaError::Newer { found: 2, known: 1 }));
        assert!(!newer.to_string().contains('\n'));
        let other = Step::new(1, "one", "DEFINE TABLE other SCHEMALESS;");
        let changed = apply_steps(&db, &[other, TWO]).await.unwrap_err();
        assert!(matches!(changed, SchemaError::Changed { number: 1, .. }));
    }

    #[tokio::test]
    async fn a_step_that_fails_leaves_nothing_and_says_why() {
        let db = fresh().await;
        let broken = Step::new(1, "broken", "CREATE half:1; CREATE half:1;");
        let error = apply_steps(&db, &[broken]).await.unwrap_err();
        assert!(error.to_string().contains("half:1"), "{error}");
        let left: Vec<surrealdb::types::Value> =
            db.query("SELECT * FROM half").await.unwrap().take(0).unwrap_or_default();
        assert!(left.is_empty());
        assert!(applied(&db).await.unwrap().is_empty());
    }

    #[test]
    fn the_shipped_steps_count_from_one() {
        let numbers: Vec<_> = STEPS.iter().map(|step| step.number).collect();
        assert_eq!(numbers, (1..=version()).collect::<Vec<_>>());
    }
}
