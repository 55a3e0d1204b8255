//! Sending a report: its document is durable before the log says that it was sent.

use std::collections::BTreeSet;

use app::problem::Problem;
use app::run::Accepted;
use app::shell::port::Answer;
use app::submission::port::Submissions;
use app::submission::{AgencyCaller, Content, Draft, DraftBrief, FreshLink, LinkView, Saved, Seen, Sizes};
use domain::achievement::Row;
use domain::id::{AccountId, AgencyCode, CommandId, RunId};
use domain::office::{Actor, Command};

use super::{Reports, unwell};
use crate::token::Token;

/// What a document is called in the list of files.
const DOCUMENT: &str = "lkj.json";
/// Its type.
pub(super) const DOCUMENT_TYPE: &str = "application/json";
/// How many hex digits of a secret stand in a public receipt's address: 128 bits.
const CODE: usize = 32;

impl Reports {
    /// The document with this hash; `None` if there is none.
    pub(super) async fn read_content(&self, sha256: &str) -> Result<Option<Content>, Problem> {
        let Some(path) = self.shelf.path(sha256) else { return Ok(None) };
        match tokio::fs::read(path).await {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(unwell),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unwell(error)),
        }
    }

    async fn send_draft(
        &self,
        caller: AgencyCaller,
        id: CommandId,
        run: RunId,
        reason: String,
    ) -> Result<Accepted, Problem> {
        let received = self.desk.now();
        let office = self.desk.office();
        let agency = office.agencies.get(&caller.agency).cloned();
        let agency = agency.ok_or_else(|| Problem::not_found("PD ini"))?;
        let (state, _) = office.run(run).ok_or_else(|| Problem::not_found("Pengumpulan LKj ini"))?;
        let report = state.reports.get(&caller.agency);
        let round = report.map_or(0, |report| report.rounds.len()) + 1;
        let Draft { rows, have, report, annexes, .. } = self.read_draft(run, &caller.agency).await?.draft;
        if report.is_none() {
            return Err(Problem::invalid("Berkas LKj (PDF) belum diunggah."));
        }
        let round = u16::try_from(round).unwrap_or(u16::MAX);
        let content = Content { agency, data_year: state.data_year, round, rows, have, report, annexes };
        let bytes = serde_json::to_vec(&content).map_err(unwell)?;
        let document = self.shelf.keep_bytes(&bytes, DOCUMENT, DOCUMENT_TYPE, &caller.account);
        let hash = document.await.map_err(unwell)?.sha256;
        let digest = Box::new(content.digest(hash, reason));
        let code = Token::fresh().map_err(unwell)?.reveal().get(..CODE).unwrap_or_default().to_owned();
        let actor = Actor::of_agency(caller.account, caller.agency.clone());
        let command = Command::SubmitReport { run, agency: caller.agency.clone(), received, code, digest };
        let accepted = self.desk.submit(actor, id, command).await?;
        // It is sent; a draft that stays behind would only be shown if it came back.
        if let Err(error) = self.store.forget_draft(run, &caller.agency).await {
            tracing::warn!(%error, "the draft of a report that was sent could not be removed");
        }
        Ok(accepted)
    }
}

impl Submissions for Reports {
    fn draft(&self, run: RunId, agency: AgencyCode) -> Answer<'_, Result<Draft, Problem>> {
        Box::pin(async move { Ok(self.read_draft(run, &agency).await?.draft) })
    }

    fn sizes(&self) -> Sizes {
        self.sizes
    }

    fn drafts(&self, run: RunId) -> Answer<'_, Result<Vec<DraftBrief>, Problem>> {
        Box::pin(async move {
            let kept = self.store.drafts(run).await.map_err(unwell)?;
            let brief = |(agency, kept): (AgencyCode, crate::store::draft::KeptDraft)| DraftBrief {
                agency,
                rows: kept.draft.rows.len(),
                have: kept.draft.have.len(),
                files: kept.draft.files().count(),
                saved: kept.draft.saved,
            };
            Ok(kept.into_iter().map(brief).collect())
        })
    }

    fn save_rows(
        &self,
        run: RunId,
        agency: AgencyCode,
        seen: Seen,
        rows: Vec<Row>,
    ) -> Answer<'_, Result<Saved, Problem>> {
        Box::pin(async move { self.change_rows(run, &agency, seen, rows).await })
    }

    fn save_parts(
        &self,
        run: RunId,
        agency: AgencyCode,
        seen: Seen,
        have: BTreeSet<String>,
    ) -> Answer<'_, Result<Saved, Problem>> {
        Box::pin(async move { self.change_parts(run, &agency, seen, have).await })
    }

    fn remove_file(&self, run: RunId, agency: AgencyCode, sha256: String) -> Answer<'_, Result<(), Problem>> {
        Box::pin(async move { self.take_out(run, &agency, sha256).await })
    }

    fn send(
        &self,
        caller: AgencyCaller,
        id: CommandId,
        run: RunId,
        reason: String,
    ) -> Answer<'_, Result<Accepted, Problem>> {
        Box::pin(self.send_draft(caller, id, run, reason))
    }

    fn content(&self, sha256: String) -> Answer<'_, Result<Option<Content>, Problem>> {
        Box::pin(async move { self.read_content(&sha256).await })
    }

    fn make_links(
        &self,
        run: RunId,
        agencies: Vec<AgencyCode>,
        by: AccountId,
    ) -> Answer<'_, Result<String, Problem>> {
        Box::pin(self.fresh_links(run, agencies, by))
    }

    fn link_sheet(&self, name: String, by: AccountId, site: String) -> Answer<'_, Option<Vec<FreshLink>>> {
        Box::pin(async move { self.take_sheet(&name, &by, &site) })
    }

    fn revoke_link(&self, run: RunId, agency: AgencyCode) -> Answer<'_, Result<(), Problem>> {
        Box::pin(async move { self.void_link(run, &agency).await })
    }

    fn links(&self, run: RunId) -> Answer<'_, Result<Vec<LinkView>, Problem>> {
        Box::pin(async move {
            let kept = self.store.links(run).await.map_err(unwell)?;
            Ok(kept.into_iter().map(|link| link.view).collect())
        })
    }
}
