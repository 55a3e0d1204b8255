//! The program `alur`.

use std::process::ExitCode;

use server::cli;
use server::config::{Cli, NotStarted};

/// Rendering a page is ten thousand small allocations: the system's allocator makes them a third of it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let read = Cli::read(std::env::args_os(), std::env::vars_os().map(|(name, _)| name));
    match read.map(cli::block_on) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => {
            eprintln!("alur: {failure}");
            ExitCode::FAILURE
        }
        Err(NotStarted::Help(text)) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(wrong @ NotStarted::Wrong(_)) => {
            eprintln!("alur: {wrong}");
            ExitCode::from(2)
        }
    }
}
