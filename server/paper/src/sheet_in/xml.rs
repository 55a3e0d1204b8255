//! A stream of XML, without what only attacks need.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader};

use super::SheetProblem;
use super::inflate::TooMuch;

/// What is met on the way. Names come without their prefix, since some writers give one to
/// every element of a workbook.
pub(super) enum Item<'a> {
    /// An element begins.
    Open(&'a [u8], Tag<'a>),
    /// An element ends; empty ones end too.
    Close(&'a [u8]),
    /// Text, or a part of it.
    Text(&'a str),
}

/// The attributes of an element.
pub(super) struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// An attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        // The check for names given twice takes quadratic time.
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name.as_bytes())?;
        found.unescape_value().ok().map(Cow::into_owned)
    }
}

/// Walks through a document.
///
/// # Errors
/// What `visit` refuses; or if the XML or the zip around it is broken or too large, or if it
/// has a document type, the place where entities are defined.
pub(super) fn walk<R: BufRead>(
    source: R,
    mut visit: impl FnMut(Item<'_>) -> Result<(), SheetProblem>,
) -> Result<(), SheetProblem> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| problem(&error))? {
            Event::Start(tag) => {
                depth += 1;
                visit(Item::Open(tag.local_name().as_ref(), Tag(&tag)))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visit(Item::Close(tag.local_name().as_ref()))?;
            }
            Event::Text(text) => visit(Item::Text(&text.decode().map_err(|_| SheetProblem::Damaged)?))?,
            Event::CData(text) => visit(Item::Text(&text.decode().map_err(|_| SheetProblem::Damaged)?))?,
            Event::GeneralRef(reference) => {
                visit(Item::Text(resolved(&reference)?.encode_utf8(&mut [0; 4])))?;
            }
            Event::DocType(_) => return Err(SheetProblem::Strange),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(SheetProblem::Damaged),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_) => {}
        }
    }
}

/// The character that `&amp;` or `&#38;` stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<char, SheetProblem> {
    if let Some(c) = reference.resolve_char_ref().map_err(|_| SheetProblem::Damaged)? {
        return Ok(c);
    }
    match &**reference {
        b"amp" => Ok('&'),
        b"lt" => Ok('<'),
        b"gt" => Ok('>'),
        b"quot" => Ok('"'),
        b"apos" => Ok('\''),
        _ => Err(SheetProblem::Strange),
    }
}

fn problem(error: &Error) -> SheetProblem {
    match error {
        Error::Io(io) if matches!(io.get_ref(), Some(inner) if inner.is::<TooMuch>()) => SheetProblem::Bomb,
        _ => SheetProblem::Damaged,
    }
}
