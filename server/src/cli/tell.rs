//! Speaking to whoever started the command.

use std::io::Write;

use super::failure::Failure;

/// Prints a line. A reader that has gone away is no reason to fail.
pub(super) fn tell(text: impl std::fmt::Display) -> Result<(), Failure> {
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(())
}
