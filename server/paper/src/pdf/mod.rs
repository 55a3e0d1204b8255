//! Pages of text, lines and links, and how they become a PDF that is read for decades (PDF/A-2a)
//! and by everybody (PDF/UA-1): fonts inside, every text with its characters, structure, title
//! and language.

mod font;
mod line;
mod shown;
mod tags;
mod write;

pub(crate) use font::Font;
pub(crate) use line::{Base, Line, lines};
pub(crate) use tags::{Kind, Piece, Structure};
pub(crate) use write::{About, document};

/// Width of A4, in points.
pub(crate) const WIDTH: f32 = 595.28;
/// Height of A4, in points.
pub(crate) const HEIGHT: f32 = 841.89;

/// Why a PDF is not written. Nothing that anybody typed leads here.
#[derive(Debug, thiserror::Error)]
#[error("PDF tidak dapat disusun: {0}")]
pub struct PdfProblem(String);

/// Red, green and blue, from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// A shade between black (0) and white (255).
    pub(crate) const fn gray(shade: u8) -> Self {
        Self(shade, shade, shade)
    }
}

/// How a text is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    /// Font.
    pub font: Font,
    /// Size in points.
    pub size: f32,
    /// Colour.
    pub colour: Colour,
}

/// A rectangle: left, top, width, height.
pub(crate) type Box4 = [f32; 4];

/// What is drawn as a part of the document, or only to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A part.
    Part(Piece),
    /// Lines and frames.
    Ornament,
    /// What stands on each page.
    Footer,
    /// What lies under the text of each page.
    Watermark,
}

pub(crate) enum Mark {
    /// A line of text, from the left end of its base line, turned to the left by so many degrees.
    Text { x: f32, y: f32, turn: f32, line: Line, style: Style },
    /// Filled rectangles, as one shape.
    Filled { boxes: Vec<Box4>, colour: Colour },
    /// The outline of a rectangle.
    Frame { place: Box4, thickness: f32, colour: Colour },
}

/// Words that lead to an address.
pub(crate) struct Lead {
    piece: Piece,
    places: Vec<Box4>,
    address: String,
}

/// A page; places are in points from its upper left corner.
#[derive(Default)]
pub(crate) struct Page {
    marks: Vec<(Role, Mark)>,
    leads: Vec<Lead>,
    /// Headings with their height, for the list of contents.
    headings: Vec<(String, f32)>,
}

impl Page {
    /// Draws a line of text whose base line begins here.
    pub(crate) fn text(&mut self, role: Role, x: f32, y: f32, style: Style, line: Line) {
        self.marks.push((role, Mark::Text { x, y, turn: 0.0, line, style }));
    }

    /// Draws a line of text whose base line ends here.
    pub(crate) fn text_to(&mut self, role: Role, right: f32, y: f32, style: Style, line: Line) {
        self.text(role, right - line.width, y, style, line);
    }

    /// Draws a line of text that climbs by so many degrees.
    pub(crate) fn climbing(&mut self, role: Role, [x, y]: [f32; 2], turn: f32, style: Style, line: Line) {
        self.marks.push((role, Mark::Text { x, y, turn, line, style }));
    }

    /// Draws a horizontal line.
    pub(crate) fn rule(&mut self, role: Role, x: f32, y: f32, width: f32, thickness: f32, colour: Colour) {
        let boxes = vec![[x, y - thickness / 2.0, width, thickness]];
        self.marks.push((role, Mark::Filled { boxes, colour }));
    }

    /// Fills rectangles with black as one shape.
    pub(crate) fn fill(&mut self, role: Role, boxes: Vec<Box4>) {
        self.marks.push((role, Mark::Filled { boxes, colour: Colour::gray(0) }));
    }

    /// Draws the outline of a rectangle.
    pub(crate) fn frame(&mut self, role: Role, place: Box4, colour: Colour) {
        self.marks.push((role, Mark::Frame { place, thickness: 0.8, colour }));
    }

    /// Makes rectangles lead to an address.
    pub(crate) fn lead(&mut self, piece: Piece, places: Vec<Box4>, address: &str) {
        self.leads.push(Lead { piece, places, address: address.to_owned() });
    }

    /// Notes a heading at this height.
    pub(crate) fn heading(&mut self, words: &str, y: f32) {
        self.headings.push((words.to_owned(), y));
    }
}

#[cfg(test)]
impl Page {
    /// Every line of text with its place: left, top, right, bottom.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, [f32; 4])> {
        self.marks.iter().filter_map(|(_, mark)| match mark {
            Mark::Text { x, y, line, turn, .. } if *turn == 0.0 => {
                Some((line.text.as_str(), [*x, y - line.rise, x + line.width, y + line.drop]))
            }
            _ => None,
        })
    }

    /// What lies under the text.
    pub(crate) fn watermarks(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().filter_map(|(role, mark)| match mark {
            Mark::Text { line, .. } if *role == Role::Watermark => Some(line.text.as_str()),
            _ => None,
        })
    }
}
