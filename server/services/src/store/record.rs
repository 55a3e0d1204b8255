//! Reading and writing the body of a record: the only place that knows its text.

use domain::log::Recorded;

/// Reads a record as it was written by this or any earlier build.
///
/// Everything that reads the log comes through here. When the shape of an event changes,
/// this is where the old shape is turned into the new one; `tests/golden/events` keeps one
/// file of every shape that was ever written.
///
/// # Errors
/// If the text is no record, or one that only a newer build can read.
pub fn read_record(body: &str) -> Result<Recorded, serde_json::Error> {
    serde_json::from_str(body)
}

/// The text that is stored and hashed for a record.
///
/// # Errors
/// None for records that `domain` makes: all their map keys are text.
pub fn write_record(record: &Recorded) -> Result<String, serde_json::Error> {
    serde_json::to_string(record)
}
