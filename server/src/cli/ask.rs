//! The running server does it, or else this program.

use services::account::Accounts;
use services::clock::Clock;
use services::session::Sessions;
use services::store::Store;

use super::failure::Failure;
use super::folder::existing;
use crate::config::Options;
use crate::control::{self, Reply, Request};

/// Asks the server that runs on this data folder, or does it here if none does.
pub(super) async fn ask_or(
    options: &Options,
    request: &Request,
    here: impl AsyncFnOnce(Store) -> Result<String, Failure>,
) -> Result<String, Failure> {
    let data = existing(options)?;
    let Some(server) = control::connect(&data).await else {
        return here(Store::open_in(&options.database(&data), Some(&data)).await?).await;
    };
    match control::ask(server, request, None).await.map_err(Failure::io("server yang sedang berjalan"))? {
        Reply::Done { text } => Ok(text),
        Reply::Failed { text } => Err(Failure::Said(text)),
        Reply::Archive { .. } => Err(Failure::Said("server menjawab yang tidak ditanyakan".to_owned())),
    }
}

/// The accounts of an office that no server runs on.
pub(super) async fn accounts(store: Store) -> Result<Accounts, Failure> {
    let sessions = Sessions::open(store.clone(), Clock::system().now()).await?;
    Ok(Accounts::open(store, sessions.into()).await?)
}
