//! `alur account`: adding an account and giving a new password from the command line.

use std::io::{BufRead, IsTerminal};

use app::account::AccountDraft;
use clap::Subcommand;
use domain::id::LaneId;

use super::{Failure, accounts, ask_or, tell, work};
use crate::account::account_id;
use crate::config::Options;
use crate::control::Request;

/// What to do with an account. The password is read from standard input if something is
/// piped there; else one is made up and printed.
#[derive(Debug, Subcommand)]
pub enum Change {
    /// Menambah akun; sandi dari masukan standar, atau dibuatkan
    Add {
        /// Nama akun
        account: String,
        /// Nama orangnya
        #[arg(long)]
        name: Option<String>,
        /// Jabatan
        #[arg(long, default_value = "")]
        title: String,
        /// Peran (lajur), dipisahkan koma
        #[arg(long, value_delimiter = ',')]
        lanes: Vec<String>,
        /// Administrator
        #[arg(long)]
        admin: bool,
    },
    /// Mengganti sandi; dari masukan standar, atau dibuatkan
    Password {
        /// Nama akun
        account: String,
    },
}

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
        let accounts = accounts(store).await?;
        match &request {
            Request::SetPassword { account, password } => {
                work::set_password(&accounts, account, password.clone()).await
            }
            Request::AddAccount { draft } => work::add_account(&accounts, draft.clone()).await,
            Request::Backup | Request::Verify => Ok(String::new()),
        }
    })
    .await?;
    tell(done)?;
    if made_up { tell(format!("Sandi: {password}")) } else { Ok(()) }
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
