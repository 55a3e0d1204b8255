//! Pages of text, lines and links as PDF, with the fonts that every program has.

mod text;
mod widths;

use chrono::{DateTime, Datelike, FixedOffset, Timelike, Utc};
use pdf_writer::types::{ActionType, AnnotationType};
use pdf_writer::{Content, Date, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

pub(super) use text::{Font, encoded, wrapped};

/// Width of A4, in points.
pub(super) const WIDTH: f32 = 595.28;
/// Height of A4, in points.
pub(super) const HEIGHT: f32 = 841.89;

/// Red, green and blue, each from 0 to 1.
#[derive(Clone, Copy)]
pub(super) struct Colour(pub f32, pub f32, pub f32);

impl Colour {
    /// A shade between black (0) and white (1).
    pub(super) const fn gray(shade: f32) -> Self {
        Self(shade, shade, shade)
    }
}

/// How a text is drawn.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Font.
    pub font: Font,
    /// Size in points.
    pub size: f32,
    /// Colour.
    pub colour: Colour,
}

/// A page; places are in points from its lower left corner.
pub(super) struct Page {
    content: Content,
    links: Vec<(Rect, String)>,
}

impl Page {
    /// An empty page.
    pub(super) fn new() -> Self {
        Self { content: Content::new(), links: Vec::new() }
    }

    /// Draws an encoded text whose base line begins here.
    pub(super) fn text(&mut self, x: f32, y: f32, style: Style, text: &[u8]) {
        self.turned([1.0, 0.0, 0.0, 1.0, x, y], style, text);
    }

    /// Draws an encoded text whose base line ends here.
    pub(super) fn text_to(&mut self, right: f32, y: f32, style: Style, text: &[u8]) {
        self.text(right - style.font.width(text, style.size), y, style, text);
    }

    /// Draws a text under a transformation.
    pub(super) fn turned(&mut self, matrix: [f32; 6], style: Style, text: &[u8]) {
        let Colour(red, green, blue) = style.colour;
        self.content.set_fill_rgb(red, green, blue);
        self.content.begin_text().set_font(name(style.font), style.size).set_text_matrix(matrix);
        self.content.show(Str(text)).end_text();
    }

    /// Draws a horizontal line.
    pub(super) fn rule(&mut self, x: f32, y: f32, width: f32, thickness: f32, colour: Colour) {
        self.content.set_stroke_rgb(colour.0, colour.1, colour.2).set_line_width(thickness);
        self.content.move_to(x, y).line_to(x + width, y).stroke();
    }

    /// Fills rectangles (left, bottom, width, height) with black as one shape.
    pub(super) fn fill(&mut self, rectangles: impl IntoIterator<Item = [f32; 4]>) {
        self.content.set_fill_rgb(0.0, 0.0, 0.0);
        for [x, y, width, height] in rectangles {
            self.content.rect(x, y, width, height);
        }
        self.content.fill_nonzero();
    }

    /// Draws the outline of a rectangle.
    pub(super) fn frame(&mut self, [x, y, width, height]: [f32; 4], colour: Colour) {
        self.content.set_stroke_rgb(colour.0, colour.1, colour.2).set_line_width(0.8);
        self.content.rect(x, y, width, height).stroke();
    }

    /// Makes a rectangle (left, bottom, width, height) a link.
    pub(super) fn link(&mut self, [x, y, width, height]: [f32; 4], address: &str) {
        self.links.push((Rect::new(x, y, x + width, y + height), address.to_owned()));
    }
}

fn name(font: Font) -> Name<'static> {
    match font {
        Font::Regular => Name(b"F1"),
        Font::Bold => Name(b"F2"),
        Font::Mono => Name(b"F3"),
    }
}

/// What programs show about a document.
pub(super) struct About<'a> {
    /// Title of the window.
    pub title: &'a str,
    /// Who it is from.
    pub author: &'a str,
    /// When it was made.
    pub created: DateTime<Utc>,
}

/// Hands out the numbers of objects.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

/// The pages as a file, in Indonesian, with its time in WIB.
pub(super) fn document(about: &About<'_>, pages: Vec<Page>) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut numbers = Numbers(0);
    let [catalog, tree, info] = [numbers.next(), numbers.next(), numbers.next()];
    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr("id-ID"));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.document_info(info)
        .title(TextStr(about.title))
        .author(TextStr(about.author))
        .creator(TextStr("Alur"))
        .creation_date(date(about.created));

    let fonts = [(Font::Regular, "Helvetica"), (Font::Bold, "Helvetica-Bold"), (Font::Mono, "Courier")]
        .map(|(font, base)| (name(font), base, numbers.next()));
    for (_, base, number) in &fonts {
        pdf.type1_font(*number)
            .base_font(Name(base.as_bytes()))
            .encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    let mut kids = Vec::with_capacity(pages.len());
    for Page { content, links } in pages {
        let [page, stream] = [numbers.next(), numbers.next()];
        let mut annotations = Vec::with_capacity(links.len());
        for (place, address) in &links {
            let number = numbers.next();
            annotations.push(number);
            let mut annotation = pdf.annotation(number);
            annotation.subtype(AnnotationType::Link).rect(*place).border(0.0, 0.0, 0.0, None);
            annotation.contents(TextStr(address));
            annotation.action().action_type(ActionType::Uri).uri(Str(address.as_bytes()));
        }
        pdf.stream(stream, &content.finish());
        let mut writer = pdf.page(page);
        writer.parent(tree).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(stream);
        if !annotations.is_empty() {
            writer.annotations(annotations);
        }
        let mut resources = writer.resources();
        resources.fonts().pairs(fonts.iter().map(|(name, _, number)| (*name, *number)));
        resources.finish();
        writer.finish();
        kids.push(page);
    }
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(kids).count(count);
    pdf.finish()
}

/// A moment with the offset of WIB.
fn date(at: DateTime<Utc>) -> Date {
    const HOURS: i8 = 7;
    let Some(offset) = FixedOffset::east_opt(i32::from(HOURS) * 3600) else { return Date::new(1970) };
    let at = at.with_timezone(&offset);
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    Date::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(HOURS)
}
