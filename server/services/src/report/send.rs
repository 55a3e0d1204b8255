//! Sending a report: its document is durable before the log says that it was sent.

use std::collections::BTreeSet;
use std::net::IpAddr;

use async_trait::async_trait;
use desk::office::Accepted;
use desk::problem::Problem;
use desk::report::import::{Answers, Brought, Imported};
use desk::report::{
    AgencyCaller, Content, Draft, DraftBrief, FreshLink, LinkView, Saved, Seen, Sizes, Submissions,
};
use domain::achievement::Row;
use domain::id::{AccountId, AgencyCode, CommandId, RunId};
use domain::office::{Actor, Command};
use sha2::{Digest, Sha256};

use super::take::by;
use super::{Reports, unwell};
use crate::refuse::problem;
use crate::store::Unreadable;
use crate::store::draft::KeptDraft;
use crate::token::{Token, hex};

/// What a document is called in the list of files.
const DOCUMENT: &str = "lkj.json";
/// Its type.
pub(super) const DOCUMENT_TYPE: &str = "application/json";
/// How many hex digits of a secret stand in a public receipt's address: 128 bits.
const CODE: usize = 32;

impl Reports {
    /// The document with this hash; `None` if there is none.
    ///
    /// # Errors
    /// If the document that is there is not the one that was sent: its bytes must have the hash that
    /// it is called by.
    pub(super) async fn read_content(&self, sha256: &str) -> Result<Option<Content>, Problem> {
        let Some(path) = self.shelf.path(sha256) else { return Ok(None) };
        let unreadable = |why: String| {
            tracing::error!(sha256, why, "the document of a report that was sent cannot be read");
            Problem::Unreadable { what: format!("Dokumen LKj yang terkirim (berkas {sha256})") }
        };
        match tokio::fs::read(path).await {
            Ok(bytes) if hex(&Sha256::digest(&bytes)) != sha256 => Err(unreadable("damaged".to_owned())),
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map(Some).map_err(|error| unreadable(error.to_string()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(error.to_string())),
        }
    }

    /// The document of a report that was sent: it has to be there.
    pub(super) async fn read_sent(&self, sha256: &str) -> Result<Content, Problem> {
        let missing = || {
            tracing::error!(sha256, "the document of a report that was sent is missing");
            Problem::Unreadable { what: format!("Dokumen LKj yang terkirim (berkas {sha256})") }
        };
        self.read_content(sha256).await?.ok_or_else(missing)
    }

    /// Sends what is written. Nothing of this draft is saved meanwhile: whoever saves at this moment
    /// waits, and hears then that the report is sent; what they typed stays on their page.
    async fn send_draft(
        &self,
        caller: AgencyCaller,
        id: CommandId,
        run: RunId,
        reason: String,
    ) -> Result<Accepted, Problem> {
        let received = self.desk.now();
        let _held = self.writing.of(caller.agency.as_str().as_bytes()).await;
        let office = self.desk.office();
        let agency = office.agencies.get(&caller.agency).cloned();
        let agency = agency.ok_or_else(|| Problem::not_found("PD ini"))?;
        let (state, _) = office.run(run).ok_or_else(|| Problem::not_found("Pengumpulan LKj ini"))?;
        let report = state.reports.get(&caller.agency);
        let round = report.map_or(0, |report| report.rounds.len()) + 1;
        let kept = self.read_draft(run, &caller.agency).await?;
        let Draft { rows, have, report, annexes, .. } = kept.draft;
        if report.is_none() {
            return Err(Problem::invalid("Berkas LKj (PDF) belum diunggah."));
        }
        let round = u16::try_from(round).unwrap_or(u16::MAX);
        let content = Content { agency, data_year: state.data_year, round, rows, have, report, annexes };
        let bytes = serde_json::to_vec(&content).map_err(unwell)?;
        let document = self.shelf.keep_bytes(&bytes, DOCUMENT, DOCUMENT_TYPE, &by(&caller)).await;
        let hash = document.map_err(|fault| fault.told(&self.shelf))?.sha256;
        let digest = Box::new(content.digest(hash.clone(), reason));
        let code = Token::fresh().map_err(unwell)?.reveal().get(..CODE).unwrap_or_default().to_owned();
        let actor = Actor::of_agency(caller.account, caller.agency.clone());
        let command = Command::SubmitReport { run, agency: caller.agency.clone(), received, code, digest };
        let accepted = self.desk.submit(actor, id, command).await?;
        // A command that is repeated is answered as before; what was written since is not sent.
        if self.last_sent(run, &caller.agency).as_ref() == Some(&hash) {
            self.forget(run, &caller.agency, kept.version).await;
        }
        Ok(accepted)
    }

    /// The hash of the document that an agency sent last.
    fn last_sent(&self, run: RunId, agency: &AgencyCode) -> Option<String> {
        let office = self.desk.office();
        let last = office.runs.get(&run)?.reports.get(agency)?.last()?;
        Some(last.digest.content.clone())
    }

    /// Forgets the draft that was sent. One that stays behind is only shown if the report comes back.
    async fn forget(&self, run: RunId, agency: &AgencyCode, version: i64) {
        match self.store.forget_draft(run, agency, version).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!(%run, %agency, "another server saved a draft while it was sent; it stays");
            }
            Err(error) => tracing::warn!(%error, "the draft of a report that was sent could not be removed"),
        }
    }
}

#[async_trait]
impl Submissions for Reports {
    async fn draft(&self, run: RunId, agency: AgencyCode) -> Result<Draft, Problem> {
        Ok(self.read_draft(run, &agency).await?.draft)
    }

    fn sizes(&self) -> Sizes {
        self.sizes
    }

    async fn drafts(&self, run: RunId) -> Result<Vec<DraftBrief>, Problem> {
        let kept = self.store.drafts(run).await.map_err(unwell)?;
        let brief = |(agency, kept): (AgencyCode, KeptDraft)| DraftBrief {
            agency,
            rows: kept.draft.rows.len(),
            have: Some(kept.draft.have.len()),
            files: kept.draft.files().count(),
            saved: kept.draft.saved,
        };
        // It is there, and nobody can say how far it is.
        let unread = |row: &Unreadable| {
            tracing::error!(%row, "a draft cannot be shown");
            let (_, agency) = row.key.split_once(':')?;
            let agency = AgencyCode::from(agency);
            Some(DraftBrief { agency, rows: 0, have: None, files: 0, saved: None })
        };
        let unread: Vec<_> = kept.unreadable.iter().filter_map(unread).collect();
        Ok(kept.read.into_iter().map(brief).chain(unread).collect())
    }

    async fn save_rows(
        &self,
        run: RunId,
        agency: AgencyCode,
        seen: Seen,
        rows: Vec<Row>,
    ) -> Result<Saved, Problem> {
        self.change_rows(run, &agency, seen, rows).await
    }

    async fn save_parts(
        &self,
        run: RunId,
        agency: AgencyCode,
        seen: Seen,
        have: BTreeSet<String>,
    ) -> Result<Saved, Problem> {
        self.change_parts(run, &agency, seen, have).await
    }

    async fn brought(
        &self,
        caller: AgencyCaller,
        session: String,
        run: RunId,
    ) -> Result<Option<Brought>, Problem> {
        self.show_brought(&caller, &session, run).await
    }

    async fn import(
        &self,
        caller: AgencyCaller,
        session: String,
        run: RunId,
        answers: Answers,
    ) -> Result<Imported, Problem> {
        self.import_brought(&caller, &session, run, answers).await
    }

    async fn remove_file(&self, run: RunId, agency: AgencyCode, sha256: String) -> Result<(), Problem> {
        self.take_out(run, &agency, sha256).await
    }

    async fn send(
        &self,
        caller: AgencyCaller,
        id: CommandId,
        run: RunId,
        reason: String,
    ) -> Result<Accepted, Problem> {
        self.send_draft(caller, id, run, reason).await
    }

    async fn content(&self, sha256: String) -> Result<Option<Content>, Problem> {
        self.read_content(&sha256).await
    }

    async fn make_links(
        &self,
        run: RunId,
        agencies: Vec<AgencyCode>,
        by: AccountId,
    ) -> Result<String, Problem> {
        self.fresh_links(run, agencies, by).await
    }

    async fn link_sheet(&self, name: String, by: AccountId, site: String) -> Option<Vec<FreshLink>> {
        self.take_sheet(&name, &by, &site)
    }

    async fn look_at_link(&self, secret: String, from: IpAddr) -> Result<Option<AccountId>, Problem> {
        match self.find_link(&secret, from).await {
            Ok((account, _)) => Ok(Some(account)),
            Err(Problem::Invalid { .. }) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    async fn revoke_link(&self, run: RunId, agency: AgencyCode) -> Result<(), Problem> {
        self.void_link(run, &agency).await
    }

    async fn links(&self, run: RunId) -> Result<Vec<LinkView>, Problem> {
        let kept = self.store.links(run).await.map_err(|error| problem(error, "Tautan PD"))?;
        Ok(kept.into_iter().map(|link| link.view).collect())
    }
}
