//! What the pages need to know and to do about reports, beside the log.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::achievement::Row;
use domain::id::{AccountId, AgencyCode, RunId};

use std::net::IpAddr;

use super::import::{Answers, Brought, Imported};
use super::{AgencyCaller, Content, Draft, DraftBrief, FreshLink, LinkView, Saved, Seen, Sizes};
use crate::office::Accepted;
use crate::problem::Problem;
use domain::id::CommandId;

/// Drafts, documents and links, as the pages see them.
#[async_trait]
pub trait Submissions: Send + Sync {
    /// What an agency has written so far.
    async fn draft(&self, run: RunId, agency: AgencyCode) -> Result<Draft, Problem>;

    /// How large files may be.
    fn sizes(&self) -> Sizes;

    /// How far everybody's drafts are.
    async fn drafts(&self, run: RunId) -> Result<Vec<DraftBrief>, Problem>;

    /// Keeps the table, if nothing is lost that the page has not seen.
    async fn save_rows(
        &self,
        run: RunId,
        agency: AgencyCode,
        seen: Seen,
        rows: Vec<Row>,
    ) -> Result<Saved, Problem>;

    /// Keeps the list of parts, if nothing is lost that the page has not seen.
    async fn save_parts(
        &self,
        run: RunId,
        agency: AgencyCode,
        seen: Seen,
        have: BTreeSet<String>,
    ) -> Result<Saved, Problem>;

    /// The table that was brought in this session for a run, if it is still kept.
    async fn brought(
        &self,
        caller: AgencyCaller,
        session: String,
        run: RunId,
    ) -> Result<Option<Brought>, Problem>;

    /// Imports that table, or shows it again with other answers.
    async fn import(
        &self,
        caller: AgencyCaller,
        session: String,
        run: RunId,
        answers: Answers,
    ) -> Result<Imported, Problem>;

    /// Takes a file out of a draft.
    async fn remove_file(&self, run: RunId, agency: AgencyCode, sha256: String) -> Result<(), Problem>;

    /// Sends a draft. The time of this call is the one that the receipt bears.
    async fn send(
        &self,
        caller: AgencyCaller,
        id: CommandId,
        run: RunId,
        reason: String,
    ) -> Result<Accepted, Problem>;

    /// The document with this hash.
    async fn content(&self, sha256: String) -> Result<Option<Content>, Problem>;

    /// Makes links for agencies; their earlier ones are void. Answers with the name of a
    /// sheet on which they stand, which can be looked at once.
    async fn make_links(
        &self,
        run: RunId,
        agencies: Vec<AgencyCode>,
        by: AccountId,
    ) -> Result<String, Problem>;

    /// The sheet of this name, for the one who made it, and only once. `site` is how this
    /// server is reached.
    async fn link_sheet(&self, name: String, by: AccountId, site: String) -> Option<Vec<FreshLink>>;

    /// The account that a link with this secret opens a page for; `None` if it opens none. Nothing
    /// changes. Who tries too many is told to wait.
    async fn look_at_link(&self, secret: String, from: IpAddr) -> Result<Option<AccountId>, Problem>;

    /// Makes an agency's link void, and ends what was opened with it.
    async fn revoke_link(&self, run: RunId, agency: AgencyCode) -> Result<(), Problem>;

    /// The links of a run.
    async fn links(&self, run: RunId) -> Result<Vec<LinkView>, Problem>;
}
