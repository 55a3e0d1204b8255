//! The commands of the program.

mod account;
mod action;
mod announce;
mod archive;
mod ask;
mod background;
mod failure;
mod folder;
mod log;
mod partial;
mod serve;
mod signals;
mod tell;
pub mod verify;
pub mod work;

use std::time::Duration;

use services::store::Store;

pub use self::action::Action;
use self::ask::ask_or;
pub use self::failure::Failure;
use self::tell::tell;
use crate::config::Cli;
use crate::control::Request;

/// SurrealDB recurses deeply, and deeper still where it is not optimised.
const STACK: usize = 16 * 1024 * 1024;
/// How long what is still at work in the end may take.
const CLOSING: Duration = Duration::from_secs(2);

/// Does what the command line says, on a runtime of its own.
///
/// # Errors
/// [`Failure`], in one line.
pub fn block_on(cli: Cli) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build();
    let runtime = runtime.map_err(|no_runtime| Failure::Said(no_runtime.to_string()))?;
    // On a worker, not on the main thread: only workers have the deep stack.
    let done = runtime.block_on(async { tokio::spawn(run(cli)).await });
    // Everything is said and durable; the database may be closing, and may never come to an end.
    runtime.shutdown_timeout(CLOSING);
    done.unwrap_or_else(|panic| Err(Failure::Said(panic.to_string())))
}

/// Does what the command line says.
///
/// # Errors
/// [`Failure`], in one line.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    let Cli { options, action } = cli;
    match action {
        Action::Serve => serve::run(&options, false).await,
        Action::Practice => serve::run(&options, true).await,
        Action::Backup { file, to } => archive::backup(&options, &file, to).await,
        Action::Restore(told) => archive::restore(&options, told).await,
        Action::Key => archive::key(&options),
        Action::Verify => {
            let data = options.data(false);
            let here = async |store: Store| verify::verify(&store, &data, false).await;
            tell(ask_or(&options, &Request::Verify, here).await?)
        }
        Action::Account(change) => account::run(&options, change).await,
        Action::Version => tell(format!("alur {}", env!("CARGO_PKG_VERSION"))),
    }
}
