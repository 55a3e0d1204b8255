//! Counting what the XML of a workbook is made of.

use super::SheetProblem;

/// Counts rows, cells and texts in the XML.
pub(super) struct Elements(usize);

impl Elements {
    /// So many may come.
    pub(super) fn up_to(most: usize) -> Self {
        Self(most)
    }

    /// One more has come.
    pub(super) fn take(&mut self) -> Result<(), SheetProblem> {
        self.0 = self.0.checked_sub(1).ok_or(SheetProblem::Bomb)?;
        Ok(())
    }
}
