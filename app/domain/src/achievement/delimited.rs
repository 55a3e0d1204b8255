//! Lines and cells of separated text, as spreadsheets put them on the clipboard and into files.

use std::borrow::Cow;

/// Splits text into lines of cells, at any of CRLF, LF and CR. Lines without any text are left
/// out, and so is an empty cell at the very end.
///
/// A cell that begins with a quote may hold separators and line ends, and `""` for a quote. The
/// clipboard also carries cells that begin with a quote of their own ("\"A\" dan B"): unless the
/// closing quote stands before a separator or a line's end, quotes are taken as they are.
pub(super) fn split(text: &str, separator: char) -> Vec<Vec<Cow<'_, str>>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut rest = text;
    let is_end = |c: char| c == separator || c == '\r' || c == '\n';
    while !rest.is_empty() {
        let (cell, after) = quoted(rest, is_end).unwrap_or_else(|| {
            let (cell, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
            (Cow::Borrowed(cell), after)
        });
        line.push(cell);
        if let Some(next) = after.strip_prefix(separator)
            && !next.is_empty()
        {
            rest = next;
            continue;
        }
        if line.iter().any(|cell| !cell.trim().is_empty()) {
            lines.push(std::mem::take(&mut line));
        }
        // Empty lines are the most that can be packed into a text: they cost nothing.
        line.clear();
        let after = after.strip_prefix(separator).unwrap_or(after);
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\r', '\n'])).unwrap_or(after);
    }
    lines
}

/// A quoted cell and what follows it.
fn quoted(text: &str, is_end: impl Fn(char) -> bool) -> Option<(Cow<'_, str>, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut from = 0;
    loop {
        let close = from + inner.get(from..)?.find('"')?;
        let after = inner.get(close + 1..)?;
        if after.starts_with('"') {
            from = close + 2;
            continue;
        }
        let content = inner.get(..close)?;
        let cell = if content.contains('"') { content.replace("\"\"", "\"").into() } else { content.into() };
        return (after.is_empty() || after.starts_with(is_end)).then_some((cell, after));
    }
}
