//! The program `alur`.

use std::process::ExitCode;

use server::cli;
use server::config::{Cli, Told};

/// SurrealDB recurses deeply, and deeper still where it is not optimised.
const STACK: usize = 16 * 1024 * 1024;

/// Rendering a page is ten thousand small allocations: the system's allocator makes them a third of it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::read(std::env::args_os(), std::env::vars_os().map(|(name, _)| name)) {
        Ok(cli) => cli,
        Err(Told::Help(text)) => {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(wrong @ Told::Wrong(_)) => {
            eprintln!("alur: {wrong}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build();
    // On a worker, not on the main thread: only workers have the deep stack.
    let outcome = runtime.map(|runtime| runtime.block_on(async { tokio::spawn(cli::run(cli)).await }));
    match outcome {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(failure))) => fail(&failure),
        Ok(Err(panic)) => fail(&panic),
        Err(no_runtime) => fail(&no_runtime),
    }
}

fn fail(why: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("alur: {why}");
    ExitCode::FAILURE
}
