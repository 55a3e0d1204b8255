//! What the page of the trail asks of the server.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use desk::problem::Problem;
use desk::trail::Sheet;
use domain::id::AccountId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// A page of the trail, and the names of those in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailView {
    /// The lines.
    pub sheet: Sheet,
    /// Names of people by account.
    pub names: BTreeMap<AccountId, String>,
    /// What was asked for, as typed: who, kind, day.
    pub asked: [String; 3],
    /// Whether this is not the first page.
    pub later: bool,
}

/// A page of the trail. Only for administrators.
#[server(prefix = "/api", endpoint = "trail", input = GetUrl)]
pub async fn get_trail(
    #[server(default)] siapa: String,
    #[server(default)] jenis: String,
    #[server(default)] hari: String,
    #[server(default)] sebelum: String,
) -> Result<TrailView, Problem> {
    use crate::ui::request::{ports, require_admin};
    require_admin()?;
    let ports = ports();
    let (wanted, before) = (desk::trail::Wanted::read(&siapa, &jenis, &hari), sebelum.parse().ok());
    let sheet = ports.trail.sheet(wanted, before).await?;
    let of = |deed: &desk::trail::Deed| [deed.note.who.clone(), AccountId(deed.note.whom.clone())];
    let people = ports.people.names();
    let name = |id: AccountId| people.get(&id).map(|person| (id.clone(), person.name.clone()));
    let names = sheet.deeds.iter().flat_map(of).filter_map(name).collect();
    Ok(TrailView { sheet, names, asked: [siapa, jenis, hari], later: before.is_some() })
}
