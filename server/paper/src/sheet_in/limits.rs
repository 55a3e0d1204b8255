//! How much is read of what somebody sends.

/// How much is read; beyond any of these the file is refused.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Filled rows below the first filled row, which holds the headings.
    pub data_rows: usize,
    /// The last row, as Excel counts, that may hold anything.
    pub rows: usize,
    /// The last column, counted from 1, that may hold anything.
    pub columns: usize,
    /// Characters in a cell.
    pub cell_chars: usize,
    /// Bytes of text in all cells together, as UTF-8.
    pub text_bytes: usize,
    /// Entries of the zip file that a workbook is.
    pub entries: usize,
    /// Bytes of one entry, inflated.
    pub entry_bytes: u64,
    /// Bytes of all entries, inflated.
    pub total_bytes: u64,
    /// Places for cells in all sheets together, filled or left of a filled one.
    pub cells: usize,
    /// Rows and cells in the XML of the sheets, filled or not, and shared texts.
    pub elements: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 5 * 1024 * 1024,
            data_rows: 300,
            rows: 2_000,
            columns: 60,
            cell_chars: 32_767,
            text_bytes: 4 * 1024 * 1024,
            entries: 1_000,
            entry_bytes: 10 * 1024 * 1024,
            total_bytes: 20 * 1024 * 1024,
            cells: 150_000,
            elements: 120_000,
        }
    }
}
