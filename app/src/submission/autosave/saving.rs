//! How far a form's saving is.

/// What the form's saving is at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "saving is the browser's"))]
pub(super) enum Saving {
    /// As it came.
    Still,
    /// Changed, on its way.
    Going,
    /// Kept, at this time by the browser's clock.
    Kept(String),
    /// No line; kept in this browser.
    Here,
    /// Refused, with a sentence.
    Refused(String),
    /// Another device was first; the version that it wrote.
    Other(u32),
}
