//! The rules about reports. Called by [`crate::office::decide`].

use chrono::{DateTime, Utc};

use super::may::{collecting, may_write};
use crate::id::{AgencyCode, LaneId, RunId};
use crate::log::{Acting, Event, ReportEvent};
use crate::office::{Actor, Office, Refusal, Rights};
use crate::report::review::{Review, ReviewList};
use crate::report::{Digest, Finding, Judgement, Report, ReportState, parts};
use crate::run::Run;
use crate::sop::Sop;
use crate::sop::ask::free_text;

/// An agency sends its report.
pub(in crate::office) fn submit(
    office: &Office,
    actor: &Actor,
    id: RunId,
    agency: AgencyCode,
    received: DateTime<Utc>,
    code: String,
    digest: Digest,
) -> Result<Vec<Event>, Refusal> {
    let name = office.agencies.get(&agency).map(|agency| agency.name.clone());
    let name = name.ok_or(Refusal::NoSuchAgency)?;
    if actor.agency.as_ref() != Some(&agency) {
        return Err(Refusal::NotAllowed { who: name });
    }
    let run = may_write(office, id, &agency)?;
    let report = run.reports.get(&agency);
    if digest.files.is_empty() {
        return Err(Refusal::Incomplete { message: "Berkas LKj (PDF) belum diunggah.".to_owned() });
    }
    if digest.rows == 0 {
        return Err(Refusal::Incomplete { message: "Tabel capaian masih kosong.".to_owned() });
    }
    let reason = free_text("Alasan", &digest.reason).map_err(|message| Refusal::Reason { message })?;
    if !digest.missing.is_empty() && reason.is_empty() {
        return Err(Refusal::Incomplete {
            message: format!(
                "{} bagian belum ada. Isi alasannya bila tetap dikirim sekarang.",
                digest.missing.len()
            ),
        });
    }
    let round = report.map_or(1, |report| u16::try_from(report.rounds.len() + 1).unwrap_or(u16::MAX));
    let newest = run.reports.values().flat_map(|report| &report.rounds).map(|round| round.number).max();
    let number = newest.unwrap_or(0).saturating_add(1);
    let digest = Box::new(Digest { reason, ..digest });
    Ok(vec![Event::Report(ReportEvent::ReportSubmitted {
        run: id,
        agency,
        round,
        number,
        code,
        received,
        digest,
    })])
}

/// The office says whether all is there.
pub(in crate::office) fn judge(
    office: &Office,
    rights: &Rights<'_>,
    id: RunId,
    agency: AgencyCode,
    round: u16,
    judgement: Judgement,
) -> Result<Vec<Event>, Refusal> {
    let (.., acting) = sent(office, rights, id, &agency, round, Sop::judges)?;
    if judgement.missing.iter().any(|key| parts::find(key).is_none()) {
        return Err(Refusal::BadList { message: "Ada bagian yang tidak dikenal.".to_owned() });
    }
    let note = free_text("Catatan", &judgement.note).map_err(|message| Refusal::Reason { message })?;
    let judgement = Judgement { note, ..judgement };
    Ok(vec![Event::Report(ReportEvent::ReportJudged { run: id, agency, round, judgement, acting })])
}

/// The office fills in the review list, as far as it has come.
pub(in crate::office) fn review(
    office: &Office,
    rights: &Rights<'_>,
    id: RunId,
    agency: AgencyCode,
    round: u16,
    mut review: Review,
) -> Result<Vec<Event>, Refusal> {
    let (.., acting) = sent(office, rights, id, &agency, round, Sop::reviewers)?;
    let unknown = || Refusal::BadList { message: "Daftar reviu ini tidak dikenal.".to_owned() };
    let list = ReviewList::version(review.list).ok_or_else(unknown)?;
    if review.answers.keys().any(|key| list.items().all(|item| item.key != key)) {
        return Err(unknown());
    }
    let answers = review.answers.clone();
    review.answers.retain(|key, _| list.items().any(|item| item.key == key && item.applies(&answers)));
    review.note = free_text("Catatan", &review.note).map_err(|message| Refusal::Reason { message })?;
    Ok(vec![Event::Report(ReportEvent::ReportReviewed { run: id, agency, round, review, acting })])
}

/// The office sends a report back with what has to be improved.
pub(in crate::office) fn give_back(
    office: &Office,
    rights: &Rights<'_>,
    id: RunId,
    agency: AgencyCode,
    round: u16,
    findings: Vec<Finding>,
) -> Result<Vec<Event>, Refusal> {
    let (run, report, acting) = sent(office, rights, id, &agency, round, Sop::judges)?;
    let rows = report.last().map_or(0, |last| last.digest.rows);
    let bad = |message: String| Err(Refusal::BadList { message });
    let mut read = Vec::new();
    for finding in findings {
        let text = free_text("Temuan", &finding.text).map_err(|message| Refusal::Reason { message })?;
        if text.is_empty() {
            continue;
        }
        if parts::place(&finding.place, rows).is_none() {
            return bad("Ada temuan di tempat yang tidak dikenal.".to_owned());
        }
        read.push(Finding { text, ..finding });
    }
    if read.is_empty() {
        return bad("Tulis paling sedikit satu temuan, supaya PD tahu apa yang diperbaiki.".to_owned());
    }
    if read.len() > Report::MAX_FINDINGS {
        return bad(format!("Paling banyak {} temuan sekali kirim.", Report::MAX_FINDINGS));
    }
    Ok(vec![Event::Report(ReportEvent::ReportReturned {
        run: run.id,
        agency,
        round,
        findings: read,
        acting,
    })])
}

/// The office accepts a report.
pub(in crate::office) fn accept(
    office: &Office,
    rights: &Rights<'_>,
    id: RunId,
    agency: AgencyCode,
    round: u16,
) -> Result<Vec<Event>, Refusal> {
    let (_, report, acting) = sent(office, rights, id, &agency, round, Sop::reviewers)?;
    if report.state() == Some(ReportState::Accepted) {
        return Err(Refusal::BadList { message: "LKj ini sudah diterima.".to_owned() });
    }
    Ok(vec![Event::Report(ReportEvent::ReportAccepted { run: id, agency, round, acting })])
}

/// The office says who reviews a report.
pub(in crate::office) fn assign(
    office: &Office,
    rights: &Rights<'_>,
    id: RunId,
    agency: AgencyCode,
    to: Option<crate::id::AccountId>,
) -> Result<Vec<Event>, Refusal> {
    let (run, sop) = collecting(office, id)?;
    let acting = right(rights, sop, &sop.judges())?;
    let report = run.reports.get(&agency).ok_or(Refusal::NotSent)?;
    if report.reviewer == to {
        return Err(Refusal::BadList { message: "Penelaahnya sudah itu.".to_owned() });
    }
    Ok(vec![Event::Report(ReportEvent::ReviewAssigned { run: id, agency, to, acting })])
}

/// A report in the round that the person saw, which is still the last.
fn sent<'a>(
    office: &'a Office,
    rights: &Rights<'_>,
    id: RunId,
    agency: &AgencyCode,
    round: u16,
    lanes: impl Fn(&'a Sop) -> Vec<&'a LaneId>,
) -> Result<(&'a Run, &'a Report, Option<Acting>), Refusal> {
    let (run, sop) = collecting(office, id)?;
    let acting = right(rights, sop, &lanes(sop))?;
    let report = run.reports.get(agency).ok_or(Refusal::NotSent)?;
    let now = report.last().map_or(0, |last| last.round);
    if now == round { Ok((run, report, acting)) } else { Err(Refusal::Stale { now }) }
}

/// In whose place the actor works in one of these lanes, if in none of its own.
fn right(rights: &Rights<'_>, sop: &Sop, lanes: &[&LaneId]) -> Result<Option<Acting>, Refusal> {
    if let Some(right) = rights.any(lanes.iter().copied()) {
        return Ok(right.acting());
    }
    let names: Vec<_> = lanes.iter().map(|lane| sop.lane_name(lane)).collect();
    let who = if names.is_empty() { "tidak seorang pun".to_owned() } else { names.join(", ") };
    Err(Refusal::NotAllowed { who })
}
