//! `make bench`: what the released program does and costs, beside the floors that nothing built
//! like it can go below on the same machine at the same time. It judges, but it never fails on a number.

mod acts;
mod append;
mod bare;
mod burst;
mod clients;
mod commands;
mod fanout;
mod history;
mod http;
mod machine;
mod page;
mod program;
mod report;
mod startup;
mod times;
mod walls;

use std::path::Path;
use std::process::ExitCode;

use tempfile::TempDir;

use crate::acts::Acts;
use crate::program::Program;
use crate::report::Report;

/// What went wrong; the measurement is then worth nothing.
type Failure = Box<dyn std::error::Error + Send + Sync>;
type Outcome<T = ()> = Result<T, Failure>;

/// SurrealDB recurses deeply: the same stack as the server's.
const STACK: usize = 16 * 1024 * 1024;

/// How many runs the commands are spread over, so that none gets a history as no office has.
const RUNS: usize = 32;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build();
    // On a worker, not on the main thread: only workers have the deep stack.
    let outcome = runtime.map_err(Failure::from).and_then(|runtime| {
        runtime.block_on(async { tokio::spawn(act(arguments)).await.map_err(Failure::from) })
    });
    match outcome {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) | Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The whole measurement, or one of the parts that need a process of their own.
async fn act(arguments: Vec<String>) -> Outcome {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [bare::ARGUMENT] => bare::serve().await,
        [burst::senders::ARGUMENT] => burst::senders::serve().await,
        [history::ARGUMENT, folder] => history::write(Path::new(folder)).await,
        [burst::ARGUMENT, agencies, ..] => measure_burst(agencies.parse()?).await,
        // Cargo adds `--bench`.
        _ => measure().await,
    }
}

/// What was measured before a failure is printed all the same.
async fn measure() -> Outcome {
    let mut report = Report::begin();
    let outcome = measure_all(&mut report).await;
    report.print();
    outcome
}

/// The burst alone, with so many agencies.
async fn measure_burst(agencies: usize) -> Outcome {
    let mut report = Report::begin();
    let outcome = burst::measure_with(agencies, &mut report).await;
    report.print();
    outcome
}

async fn measure_all(report: &mut Report) -> Outcome {
    let folder = TempDir::new()?;
    let program = Program::start(folder.path()).await?;
    let staff = program.sign_in("staf").await?;
    page::measure(&program, &staff, report).await?;

    let admin = program.sign_in("admin").await?;
    let mut runs = acts::open_runs(&program, &admin, &staff, 2 * RUNS).await?;
    let apart = runs.split_off(RUNS);
    let mut acts = Acts::new("a", runs);
    walls::measure(&program, &staff, &mut acts, report).await?;
    fanout::measure(&program, &staff, &mut acts, report).await?;
    commands::measure(&program, &staff, acts, apart, report).await?;
    program.stop().await?;

    burst::measure(report).await?;
    append::measure(report).await?;
    startup::measure(report).await
}
