//! The practice office: accounts that everybody may use, sample agencies, and a run that has
//! come some way, brought there by the commands that people would give.

mod days;
mod reports;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveTime};
use desk::account::AccountDraft;
use desk::office::Desk;
use desk::problem::Problem;
use domain::agency::Agency;
use domain::calendar::{date_of, instant};
use domain::id::{AgencyCode, CommandId, LaneId, RunId};
use domain::office::{Command, Office};
use domain::sop::{CellRef, RawAnswers};
use serde::Deserialize;

use self::days::{weekdays_before, working_day_before};
use crate::account::Accounts;
use crate::files::Shelf;
use crate::founding::{FoundingError, found, shipped_sops, submit};
use crate::office::OfficeService;

const SCRIPT: &str = include_str!("../../practice/office.json");
const AGENCIES: &str = include_str!("../../../../app/domain/data/perangkat-daerah-contoh.csv");
const AGENCIES_NAME: &str = "perangkat-daerah-contoh.csv";

/// The accounts, and what was done in the run.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    password: String,
    accounts: Vec<Person>,
    acts: Vec<Act>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    id: String,
    name: String,
    title: String,
    lanes: BTreeSet<LaneId>,
    #[serde(default)]
    admin: bool,
    #[serde(default)]
    agency: Option<AgencyCode>,
}

/// One act, so many working days before today.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    days_ago: u32,
    /// In WIB.
    at: NaiveTime,
    by: String,
    #[serde(rename = "do")]
    kind: Kind,
    cell: Option<CellRef>,
    /// `{tanggal}`, `{bulan}` (Roman) and `{tahun}` stand for the day of the act.
    #[serde(default)]
    answers: RawAnswers,
    /// The question to which every agency is the answer.
    all_agencies: Option<String>,
    #[serde(default)]
    reason: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Start,
    Finish,
    Return,
}

/// Makes, or completes, the practice office. What was done before is not done again.
///
/// # Errors
/// [`FoundingError`].
pub async fn open(office: &OfficeService, accounts: &Accounts, shelf: &Shelf) -> Result<(), FoundingError> {
    let script: Script = serde_json::from_str(SCRIPT)
        .map_err(|source| FoundingError::Shipped { name: "practice/office.json".to_owned(), source })?;
    let today = date_of(office.now());
    // Time does not run backwards in a log, so the office has to be older than its first act.
    let oldest = script.acts.iter().map(|act| act.days_ago).max().unwrap_or(0);
    let founded = instant(weekdays_before(today, oldest + 15).and_time(NaiveTime::MIN));
    found(office, founded).await?;
    if office.office().agencies.is_empty() {
        submit(office, "agencies", Command::ListAgencies { agencies: sample_agencies()? }, founded).await?;
    }
    for Person { id, name, title, lanes, admin, agency } in script.accounts {
        let password = script.password.clone();
        let draft = AccountDraft { id, name, title, lanes, admin, agency, password };
        accounts.add_practice(draft).await.map_err(FoundingError::refused("accounts"))?;
    }
    match act_out(office, accounts, &script.acts, today).await? {
        Some(run) => reports::hand_in(office, shelf, run).await,
        None => Ok(()),
    }
}

/// Carries out the acts in the first shipped procedure. The run that they were done in.
async fn act_out(
    office: &OfficeService,
    accounts: &Accounts,
    acts: &[Act],
    today: NaiveDate,
) -> Result<Option<RunId>, FoundingError> {
    let Some(number) = shipped_sops()?.into_iter().next().map(|sop| sop.key.number) else { return Ok(None) };
    let mut run = None;
    for (act, place) in acts.iter().zip(1u32..) {
        let state = office.office();
        let day = working_day_before(&state, today, act.days_ago);
        let Some(command) = act.command(&state, &number, run, day, today) else { break };
        let Some(actor) = accounts.caller(&act.by.as_str().into()).map(|caller| caller.actor) else { break };
        let done = office.submit_at(actor, id_of(place), command, instant(day.and_time(act.at))).await;
        match done {
            Ok(accepted) => {
                let state = office.office();
                let begun = state.runs.values().find(|run| run.started.seq == accepted.first);
                run = run.or(begun.map(|run| run.id));
            }
            // Somebody has gone on in it, or the procedure is another one than the script is for.
            Err(problem @ (Problem::Refused { .. } | Problem::Invalid { .. })) => {
                tracing::info!(place, %problem, "the practice run stays as it is");
                break;
            }
            Err(problem) => return Err(FoundingError::refused("practice")(problem)),
        }
    }
    Ok(run)
}

impl Act {
    /// The command for this act; `None` if there is no such cell to act on.
    fn command(
        &self,
        office: &Office,
        number: &str,
        run: Option<RunId>,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Option<Command> {
        if matches!(self.kind, Kind::Start) {
            let sop = office.current_sops().find(|sop| sop.key.number == number)?.key.clone();
            return Some(Command::StartRun { sop, data_year: data_year(today) });
        }
        let (run, cell) = (run?, self.cell.clone()?);
        let round = office.run(run)?.0.round(cell.activity);
        Some(match self.kind {
            Kind::Return => Command::ReturnCell { run, cell, round, reason: self.reason.clone() },
            Kind::Start | Kind::Finish => {
                Command::FinishCell { run, cell, round, answers: self.answers(office, day) }
            }
        })
    }

    fn answers(&self, office: &Office, day: NaiveDate) -> RawAnswers {
        let fill = |text: &String| {
            text.replace("{tanggal}", &day.to_string())
                .replace("{bulan}", roman(day.month()))
                .replace("{tahun}", &day.year().to_string())
        };
        let mut answers: BTreeMap<_, _> =
            self.answers.iter().map(|(key, text)| (key.clone(), fill(text))).collect();
        if let Some(key) = &self.all_agencies {
            answers.extend(office.agencies.keys().map(|code| (format!("{key}.{code}"), "ya".to_owned())));
        }
        answers
    }
}

fn id_of(place: u32) -> CommandId {
    CommandId(format!("practice-{place}"))
}

/// The year that a run begun about now is about: reports of a year are collected around its
/// end, and reviewed well into the next one.
fn data_year(today: NaiveDate) -> i32 {
    if today.month() < 7 { today.year() - 1 } else { today.year() }
}

fn sample_agencies() -> Result<Vec<Agency>, FoundingError> {
    let lines = AGENCIES.lines().zip(1..).skip(1).filter(|(text, _)| !text.trim().is_empty());
    let read = |(text, line): (&str, usize)| match *text.split(',').collect::<Vec<_>>() {
        [code, name, short] => Ok(Agency {
            code: AgencyCode::from(code.trim()),
            name: name.trim().to_owned(),
            short: short.trim().to_owned(),
        }),
        _ => Err(FoundingError::Line { name: AGENCIES_NAME, line }),
    };
    lines.map(read).collect()
}

fn roman(month: u32) -> &'static str {
    const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?).copied())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_and_the_agencies_can_be_read() {
        let script: Script = serde_json::from_str(SCRIPT).unwrap();
        assert!(script.acts.iter().all(|act| script.accounts.iter().any(|person| person.id == act.by)));
        assert!(sample_agencies().unwrap().len() > 40);
    }

    #[test]
    fn winter_belongs_to_the_year_before() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(data_year(day("2027-01-07")), 2026);
        assert_eq!(data_year(day("2026-12-07")), 2026);
    }
}
