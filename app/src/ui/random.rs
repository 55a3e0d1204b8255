//! Fresh ids for commands.

use domain::id::CommandId;

/// A new id that nobody can guess: 128 bits as lower-case hex.
pub fn fresh_command_id() -> CommandId {
    let mut bytes = [0_u8; 16];
    fill(&mut bytes);
    CommandId(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(feature = "hydrate")]
fn fill(bytes: &mut [u8]) {
    // `crypto.randomUUID` is missing on plain HTTP; this one is always there.
    if let Ok(crypto) = leptos::prelude::window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(bytes);
    }
}

#[cfg(not(feature = "hydrate"))]
fn fill(bytes: &mut [u8]) {
    // Without random bytes the id stays zero, and the office refuses the second one as used.
    let _ = getrandom::fill(bytes);
}
