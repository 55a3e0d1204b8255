//! Who may click.

use domain::office::Command;
use domain::sop::CellRef;
use leptos::prelude::*;

/// Who may click, as a value: a page for reading has no hands.
#[derive(Clone, Copy, Debug)]
pub struct Hands {
    /// What the viewer may do now.
    pub commands: Signal<Vec<Command>>,
    /// The cell that was picked, for a dialog. A click sets it.
    pub picked: RwSignal<Option<CellRef>>,
}
