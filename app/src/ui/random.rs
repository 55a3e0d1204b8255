//! Fresh ids for commands.

use domain::id::CommandId;

use super::here::fill;

/// A new id that nobody can guess: 128 bits as lower-case hex.
pub fn fresh_command_id() -> CommandId {
    let mut bytes = [0_u8; 16];
    fill(&mut bytes);
    CommandId(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
