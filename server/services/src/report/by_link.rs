//! Who has come by a link: an account that says for which run and agency.

use desk::report::AgencyCaller;
use domain::id::{AccountId, AgencyCode, RunId};

/// The accounts of those who came by a link are called so, with the run and the agency
/// behind it. No account that a person is given can have a colon in its name.
const LINK_ACCOUNT: &str = "tautan:";

/// The account of somebody who came by a link.
pub(super) fn link_account(run: RunId, agency: &AgencyCode) -> AccountId {
    AccountId(format!("{LINK_ACCOUNT}{run}:{agency}"))
}

/// Who a session's account sends reports for; `None` if it is no link's.
pub fn caller_of(account: &AccountId) -> Option<AgencyCaller> {
    let (run, agency) = account.as_str().strip_prefix(LINK_ACCOUNT)?.split_once(':')?;
    Some(AgencyCaller {
        account: account.clone(),
        agency: AgencyCode::from(agency),
        run: Some(RunId(run.parse().ok()?)),
    })
}
