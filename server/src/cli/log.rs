//! What the program says of itself while it works.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Lines for a person at a terminal, JSON for everything else.
pub(super) fn begin() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,surrealdb=warn,surrealkv=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // One that is there already, in a test, is as good.
    let _ = if std::io::stderr().is_terminal() {
        builder.try_init()
    } else {
        builder.json().with_span_list(false).try_init()
    };
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "panic")));
}
