//! What the pages need to know and to do about reports, beside the log.

use std::collections::BTreeSet;

use domain::achievement::Row;
use domain::id::{AccountId, AgencyCode, RunId};

use super::{AgencyCaller, Content, Draft, DraftBrief, FreshLink, LinkView, Saved, Seen, Sizes};
use crate::problem::Problem;
use crate::run::Accepted;
use crate::shell::port::Answer;
use domain::id::CommandId;

/// Drafts, documents and links, as the pages see them.
pub trait Submissions: Send + Sync {
    /// What an agency has written so far.
    fn draft(&self, run: RunId, agency: AgencyCode) -> Answer<'_, Result<Draft, Problem>>;

    /// How large files may be.
    fn sizes(&self) -> Sizes;

    /// How far everybody's drafts are.
    fn drafts(&self, run: RunId) -> Answer<'_, Result<Vec<DraftBrief>, Problem>>;

    /// Keeps the table, if nothing is lost that the page has not seen.
    fn save_rows(
        &self,
        run: RunId,
        agency: AgencyCode,
        seen: Seen,
        rows: Vec<Row>,
    ) -> Answer<'_, Result<Saved, Problem>>;

    /// Keeps the list of parts, if nothing is lost that the page has not seen.
    fn save_parts(
        &self,
        run: RunId,
        agency: AgencyCode,
        seen: Seen,
        have: BTreeSet<String>,
    ) -> Answer<'_, Result<Saved, Problem>>;

    /// Takes a file out of a draft.
    fn remove_file(&self, run: RunId, agency: AgencyCode, sha256: String) -> Answer<'_, Result<(), Problem>>;

    /// Sends a draft. The time of this call is the one that the receipt bears.
    fn send(
        &self,
        caller: AgencyCaller,
        id: CommandId,
        run: RunId,
        reason: String,
    ) -> Answer<'_, Result<Accepted, Problem>>;

    /// The document with this hash.
    fn content(&self, sha256: String) -> Answer<'_, Result<Option<Content>, Problem>>;

    /// Makes links for agencies; their earlier ones are void. Answers with the name of a
    /// sheet on which they stand, which can be looked at once.
    fn make_links(
        &self,
        run: RunId,
        agencies: Vec<AgencyCode>,
        by: AccountId,
    ) -> Answer<'_, Result<String, Problem>>;

    /// The sheet of this name, for the one who made it, and only once. `site` is how this
    /// server is reached.
    fn link_sheet(&self, name: String, by: AccountId, site: String) -> Answer<'_, Option<Vec<FreshLink>>>;

    /// Makes an agency's link void, and ends what was opened with it.
    fn revoke_link(&self, run: RunId, agency: AgencyCode) -> Answer<'_, Result<(), Problem>>;

    /// The links of a run.
    fn links(&self, run: RunId) -> Answer<'_, Result<Vec<LinkView>, Problem>>;
}
