//! What the tests share: an office in this process, its live stream, and the real program.

mod agency;
mod clerk;
mod house;
mod live;
mod mailbox;
mod office;
pub(crate) mod pausing;
mod program;

pub(crate) use agency::{PDF, PIECE, RUN, Sender, other_pdf, piece, row, send_file};
pub(crate) use clerk::{Clerk, finish, procedure, return_cell, take_back};
pub(crate) use house::{Answer, House, PASSWORD, Visitor};
pub(crate) use live::{LiveServer, signed_in};
pub(crate) use mailbox::{Mailbox, python};
pub(crate) use office::{TestOffice, now, open, raw, when_free};
pub(crate) use program::{Program, alur, copy_all, run_alur};

/// Runs a test on threads with stacks as deep as the server's: the database needs them when
/// it is not optimised.
pub(crate) fn run(test: impl AsyncFnOnce() + Send + 'static) {
    const STACK: usize = 16 << 20;
    let body = move || {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        runtime.worker_threads(2).thread_stack_size(STACK).enable_all().build().unwrap().block_on(test());
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(body).unwrap();
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}
