//! Sample reports: most agencies have handed one in, some are late with it as ever.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use desk::office::Desk;
use desk::report::Content;
use domain::achievement::Row;
use domain::agency::Agency;
use domain::calendar::instant;
use domain::id::{CommandId, RunId};
use domain::office::{Actor, Command};
use domain::report::parts::PARTS;
use domain::report::{FileRef, Finding, Judgement};
use sha2::{Digest as _, Sha256};

use super::days::working_day_before;
use crate::files::Shelf;
use crate::files::keep::By;
use crate::founding::FoundingError;
use crate::office::OfficeService;
use crate::store::holding::Holder;
use crate::token::hex;

const ROWS: &str = include_str!("../../practice/lkj.json");
const PDF: &[u8] = include_bytes!("../../practice/lkj-contoh.pdf");
/// Every so many agencies one has not sent anything yet.
const NOT_YET: usize = 3;
/// Over how many working days before today the reports came in.
const DAYS: usize = 7;

/// Hands in the sample reports of a run. What is there already stays as it is.
pub(super) async fn hand_in(office: &OfficeService, shelf: &Shelf, run: RunId) -> Result<(), FoundingError> {
    let rows: Vec<Row> = serde_json::from_str(ROWS)
        .map_err(|source| FoundingError::Shipped { name: "practice/lkj.json".to_owned(), source })?;
    let state = office.office();
    let Some((begun, sop)) = state.run(run) else { return Ok(()) };
    if !sop.collects_reports() || !begun.reports.is_empty() {
        return Ok(());
    }
    let mut senders: Vec<_> = state
        .agencies
        .values()
        .enumerate()
        .filter(|(n, _)| n % NOT_YET != 1)
        .map(|(_, agency)| agency)
        .collect();
    // In an order that is not that of the list.
    senders.sort_by_key(|agency| Sha256::digest(agency.code.as_str()));
    let count = senders.len().max(1);
    for (n, agency) in senders.into_iter().enumerate() {
        let days_ago = u32::try_from(DAYS - n * DAYS / count).unwrap_or(1);
        let day = working_day_before(&state, domain::calendar::date_of(office.now()), days_ago);
        let minute = TimeDelta::minutes(i64::try_from(n * 37 % 420).unwrap_or(0));
        let at = instant(day.and_time(NaiveTime::default())) + TimeDelta::hours(8) + minute;
        let sample = Sample { n, agency, data_year: begun.data_year, run, at };
        sample.send(office, shelf, &rows).await?;
        sample.answer(office).await?;
    }
    Ok(())
}

/// The report of one agency.
struct Sample<'a> {
    n: usize,
    agency: &'a Agency,
    data_year: i32,
    run: RunId,
    at: DateTime<Utc>,
}

impl Sample<'_> {
    async fn send(&self, office: &OfficeService, shelf: &Shelf, rows: &[Row]) -> Result<(), FoundingError> {
        let Self { n, agency, data_year, run, at } = *self;
        let actor =
            Actor::of_agency(format!("tautan:{run}:{}", agency.code).as_str().into(), agency.code.clone());
        let by = By { account: actor.account.clone(), holder: Holder::agency(&agency.code) };
        let kept = |fault: crate::files::keep::KeepFault| FoundingError::Refused {
            what: "lkj".to_owned(),
            problem: desk::problem::Problem::invalid(fault.to_string()),
        };
        let name = format!("LKj {} {data_year}.pdf", agency.short.replace(['/', '\\'], "-"));
        let file = shelf.keep_bytes(PDF, &name, "application/pdf", &by).await.map_err(kept)?;
        let report = FileRef { sha256: file.sha256, name, size: file.size, media_type: file.media_type };
        let lacking = if n % 7 == 3 { &["a4", "lampiran"][..] } else { &[] };
        let have = PARTS.iter().map(|part| part.key).filter(|key| !lacking.contains(key)).map(str::to_owned);
        let content = Content {
            agency: agency.clone(),
            data_year,
            round: 1,
            rows: rows.iter().map(|row| self.varied(row)).collect(),
            have: have.collect(),
            report: Some(report),
            annexes: Vec::new(),
        };
        let bytes = serde_json::to_vec(&content)
            .map_err(|source| FoundingError::Shipped { name: "practice/lkj.json".to_owned(), source })?;
        let kept_content = shelf.keep_bytes(&bytes, "lkj.json", "application/json", &by).await;
        let hash = kept_content.map_err(kept)?.sha256;
        let reason =
            if lacking.is_empty() { String::new() } else { "Menyusul setelah pengesahan.".to_owned() };
        let digest = Box::new(content.digest(hash, reason));
        // Sample receipts are looked up by sample codes; real ones are random.
        let code = hex(&Sha256::digest(format!("latihan-{run}-{n}")))[..32].to_owned();
        let command = Command::SubmitReport { run, agency: agency.code.clone(), received: at, code, digest };
        self.submit(office, "lkj", actor, command).await
    }

    /// What the office has said to it so far: the first ones are judged, one went back.
    async fn answer(&self, office: &OfficeService) -> Result<(), FoundingError> {
        let (agency, run, round) = (self.agency.code.clone(), self.run, 1);
        let clerk = Actor {
            lanes: ["staf".into()].into(),
            agency: None,
            ..Actor::of_agency("staf".into(), agency.clone())
        };
        if self.n == 4 {
            let finding =
                |place: &str, text: &str| Finding { place: place.to_owned(), text: text.to_owned() };
            let findings = vec![
                finding(
                    "baris.8",
                    "Realisasi jauh di bawah target dan belum disertai penjelasan penyebabnya.",
                ),
                finding("a5", "Solusi atas kegagalan belum diuraikan."),
            ];
            let command = Command::ReturnReport { run, agency, round, findings };
            return self.submit(office, "kembali", clerk, command).await;
        }
        if self.n < 6 {
            let command = Command::JudgeReport { run, agency, round, judgement: Judgement::default() };
            return self.submit(office, "nilai", clerk, command).await;
        }
        Ok(())
    }

    async fn submit(
        &self,
        office: &OfficeService,
        what: &str,
        actor: Actor,
        command: Command,
    ) -> Result<(), FoundingError> {
        let id = CommandId(format!("practice-{what}-{}", self.n));
        match office.submit_at(actor, id, command, self.at).await {
            Ok(_) => Ok(()),
            // Another procedure, other lanes: the practice office does without.
            Err(problem @ desk::problem::Problem::Refused { .. }) => {
                tracing::info!(%problem, "a sample report was not taken");
                Ok(())
            }
            Err(problem) => Err(FoundingError::refused("reports")(problem)),
        }
    }

    /// The sample table with figures of this agency's own.
    fn varied(&self, row: &Row) -> Row {
        let shift = i64::try_from(self.n * 13 % 23).unwrap_or(0) - 11;
        let varied = |text: &str| {
            let (whole, rest) =
                text.split_once(',').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
            match whole.parse::<i64>() {
                Ok(number) => {
                    let number = (number + number * shift / 100).max(1);
                    rest.map_or_else(|| number.to_string(), |rest| format!("{number},{rest}"))
                }
                Err(_) => text.to_owned(),
            }
        };
        Row { realisasi: varied(&row.realisasi), ..row.clone() }
    }
}
