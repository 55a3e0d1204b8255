//! `alur account`: adding an account and giving a new password from the command line.

use std::io::{BufRead, IsTerminal};

use desk::account::AccountDraft;
use domain::id::LaneId;

use super::action::Change;
use super::ask::{accounts, ask_or};
use super::failure::Failure;
use super::tell::tell;
use super::work;
use crate::config::Options;
use crate::control::Request;
use services::account::account_id;
use services::audit::Journal;

/// Letters and digits that are not mistaken for one another.
const PLAIN: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";

pub(super) async fn run(options: &Options, change: Change) -> Result<(), Failure> {
    let (password, made_up) = match piped()? {
        Some(password) => (password, false),
        None => (made_up()?, true),
    };
    let request = match change {
        Change::Add { account, name, title, lanes, admin } => {
            let name = name.unwrap_or_else(|| account.clone());
            let lanes = lanes.into_iter().map(LaneId).collect();
            let password = password.clone();
            let draft = AccountDraft { id: account, name, title, lanes, admin, password, agency: None };
            Request::AddAccount { draft }
        }
        Change::Password { account } => {
            Request::SetPassword { account: account_id(&account), password: password.clone() }
        }
    };
    let done = ask_or(options, &request, async |store| {
        let (journal, accounts) = (Journal::new(store.clone()), accounts(store).await?);
        match &request {
            Request::SetPassword { account, password } => {
                work::set_password(&accounts, &journal, account, password.clone()).await
            }
            Request::AddAccount { draft } => work::add_account(&accounts, &journal, draft.clone()).await,
            Request::Backup | Request::Verify => Ok(String::new()),
        }
    })
    .await?;
    let (first, more) =
        done.split_once('\n').map_or((done.as_str(), None), |(first, more)| (first, Some(more)));
    tell(first)?;
    if made_up {
        tell(format!("Sandi: {password}"))?;
    }
    more.map_or(Ok(()), tell)
}

/// The first line of standard input, unless a person sits there.
fn piped() -> Result<Option<String>, Failure> {
    let input = std::io::stdin();
    if input.is_terminal() {
        return Ok(None);
    }
    let mut line = String::new();
    input.lock().read_line(&mut line).map_err(Failure::io("masukan standar"))?;
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()).filter(|line| !line.is_empty()))
}

/// Four groups of five, 100 random bits.
fn made_up() -> Result<String, Failure> {
    let mut bits = [0; 20];
    getrandom::fill(&mut bits).map_err(|error| Failure::Said(error.to_string()))?;
    let letters = bits.map(|bits| char::from(PLAIN[usize::from(bits) % PLAIN.len()]));
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}
