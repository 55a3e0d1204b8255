//! Reading and changing drafts.

use std::collections::BTreeSet;
use std::time::Instant;

use desk::problem::Problem;
use desk::report::{Content, Draft, Saved, Seen};
use domain::achievement::{MAX_ROWS, Row};
use domain::id::{AgencyCode, RunId};
use domain::office::{Refusal, may_write};
use domain::report::FileRef;
use domain::report::parts;

use super::slot::Slot;
use super::{DraftFault, Reports};
use crate::refuse::problem;
use crate::store::draft::KeptDraft;

/// How often a change is tried where another server writes the same draft.
const TRIES: usize = 5;

impl Reports {
    /// What an agency has written; after its report was sent back, what it had sent.
    pub(super) async fn read_draft(&self, run: RunId, agency: &AgencyCode) -> Result<KeptDraft, Problem> {
        let kept = self.store.draft(run, agency).await.map_err(|error| problem(error, "Draf LKj ini"))?;
        if kept.version > 0 {
            return Ok(kept);
        }
        let office = self.desk.office();
        let report = office.runs.get(&run).and_then(|run| run.reports.get(agency));
        let Some(last) = report.and_then(|report| report.last()) else { return Ok(kept) };
        let Content { rows, have, report, annexes, .. } = self.read_sent(&last.digest.content).await?;
        Ok(KeptDraft { draft: Draft { rows, have, report, annexes, ..Draft::default() }, version: 0 })
    }

    /// Changes a draft, again if another server was first. `change` says what it leads to;
    /// an error leaves everything as it is.
    pub(super) async fn change<T>(
        &self,
        run: RunId,
        agency: &AgencyCode,
        change: impl Fn(&mut Draft) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let _held = self.writing.of(agency.as_str().as_bytes()).await;
        self.may_write(run, agency)?;
        self.shelf.may_write()?;
        for _ in 0..TRIES {
            let mut kept = self.read_draft(run, agency).await?;
            let before = kept.draft.clone();
            let outcome = change(&mut kept.draft)?;
            if kept.draft == before {
                return Ok(outcome);
            }
            let size = serde_json::to_vec(&kept.draft).map_err(super::unwell)?.len();
            let wait = self.pace.spend(run, agency, size, Instant::now());
            wait.map_err(Problem::too_many)?;
            kept.draft.saved = Some(self.desk.now());
            let written = self.store.write_draft(run, agency, &kept).await;
            if written.map_err(|error| DraftFault::from(error).0)? {
                return Ok(outcome);
            }
        }
        Err(Problem::Unwell)
    }

    /// An agency writes only while the run goes on, and not while its report is with the office.
    pub(super) fn may_write(&self, run: RunId, agency: &AgencyCode) -> Result<(), Problem> {
        may_write(&self.desk.office(), run, agency).map(drop).map_err(|refusal| match refusal {
            Refusal::Over => Problem::invalid("Pengumpulan LKj tahun ini sudah ditutup."),
            Refusal::AlreadySent { .. } => {
                Problem::invalid("LKj sudah terkirim, jadi tidak dapat diubah lagi.")
            }
            _ => Problem::not_found("Pengumpulan LKj ini"),
        })
    }

    pub(super) async fn change_rows(
        &self,
        run: RunId,
        agency: &AgencyCode,
        seen: Seen,
        rows: Vec<Row>,
    ) -> Result<Saved, Problem> {
        let rows: Vec<Row> = rows.into_iter().map(Row::cleaned).collect();
        if rows.len() > MAX_ROWS {
            return Err(Problem::invalid(format!("Tabel capaian paling banyak {MAX_ROWS} baris.")));
        }
        let longest = |row: &Row| domain::achievement::Field::ALL.iter().any(|field| too_long(row, *field));
        if let Some(at) = rows.iter().position(longest) {
            let sentence =
                format!("Baris {}: ada isian yang terlalu panjang. Ringkas, lalu simpan lagi.", at + 1);
            return Err(Problem::invalid(sentence));
        }
        self.change(run, agency, move |draft| {
            if draft.rows == rows {
                return Ok(Saved::Kept(draft.rows_version));
            }
            if !draft.rows_by.admits(draft.rows_version, &seen) {
                return Ok(Saved::Changed(Box::new(draft.clone())));
            }
            draft.rows.clone_from(&rows);
            draft.rows_by = draft.rows_by.after(&seen);
            draft.rows_version += 1;
            Ok(Saved::Kept(draft.rows_version))
        })
        .await
    }

    pub(super) async fn change_parts(
        &self,
        run: RunId,
        agency: &AgencyCode,
        seen: Seen,
        have: BTreeSet<String>,
    ) -> Result<Saved, Problem> {
        let have: BTreeSet<_> = have.into_iter().filter(|key| parts::find(key).is_some()).collect();
        self.change(run, agency, move |draft| {
            if draft.have == have {
                return Ok(Saved::Kept(draft.have_version));
            }
            if !draft.have_by.admits(draft.have_version, &seen) {
                return Ok(Saved::Changed(Box::new(draft.clone())));
            }
            draft.have.clone_from(&have);
            draft.have_by = draft.have_by.after(&seen);
            draft.have_version += 1;
            Ok(Saved::Kept(draft.have_version))
        })
        .await
    }

    /// Puts a file into a draft: as the report itself, in the place of the one before, or as
    /// an annex.
    pub(super) async fn add_file(
        &self,
        run: RunId,
        agency: &AgencyCode,
        file: FileRef,
        slot: Slot,
    ) -> Result<(), Problem> {
        self.change(run, agency, move |draft| {
            draft.annexes.retain(|other| other.sha256 != file.sha256);
            match slot {
                Slot::Report => draft.report = Some(file.clone()),
                Slot::Annex if draft.annexes.len() < Draft::MAX_ANNEXES => draft.annexes.push(file.clone()),
                Slot::Annex => {
                    return Err(Problem::invalid(format!("Lampiran paling banyak {}.", Draft::MAX_ANNEXES)));
                }
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn take_out(
        &self,
        run: RunId,
        agency: &AgencyCode,
        sha256: String,
    ) -> Result<(), Problem> {
        self.change(run, agency, move |draft| {
            draft.report.take_if(|file| file.sha256 == sha256);
            draft.annexes.retain(|file| file.sha256 != sha256);
            Ok(())
        })
        .await
    }
}

fn too_long(row: &Row, field: domain::achievement::Field) -> bool {
    row.text(field).chars().count() > field.max()
}
