//! A column of text that runs over pages.

use crate::paper::pdf::{Colour, HEIGHT, Page, Style, WIDTH, encoded, wrapped};
use crate::paper::qr::{Modules, Run};

/// Left margin, in points.
pub(super) const LEFT: f32 = 62.0;
/// Where the right margin begins.
pub(super) const RIGHT: f32 = WIDTH - LEFT;
/// Width between the margins.
pub(super) const SPAN: f32 = RIGHT - LEFT;
/// Where a page begins, from its lower edge.
const TOP: f32 = HEIGHT - 62.0;
/// Where a page ends; the footer is below.
const BOTTOM: f32 = 78.0;
/// Base line of the footer.
const FOOTER: f32 = 48.0;
/// Distance of base lines, in sizes of the font.
const LEADING: f32 = 1.32;
/// Height of a line above its base line, in sizes of the font.
const RISE: f32 = 0.95;
const LINE: Colour = Colour::gray(0.78);

/// The pages so far, and how far down the last one is filled.
pub(super) struct Flow {
    pages: Vec<Page>,
    page: Page,
    y: f32,
    watermark: Option<(&'static str, Style)>,
}

impl Flow {
    /// A first page. The watermark lies under the text of every page, from corner to corner.
    pub(super) fn new(watermark: Option<(&'static str, Style)>) -> Self {
        let page = fresh(watermark);
        Self { pages: Vec::new(), page, y: TOP, watermark }
    }

    /// How far down the page is filled, in points from the lower edge.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// Leaves a space.
    pub(super) fn skip(&mut self, height: f32) {
        self.y -= height;
    }

    /// Goes down to here, if not there yet.
    pub(super) fn down_to(&mut self, y: f32) {
        self.y = self.y.min(y);
    }

    /// Begins a page if what comes would not fit on this one.
    pub(super) fn together(&mut self, height: f32) {
        if self.y - height < BOTTOM {
            self.pages.push(std::mem::replace(&mut self.page, fresh(self.watermark)));
            self.y = TOP;
        }
    }

    /// Makes room for a line and answers its base line.
    fn line(&mut self, size: f32) -> f32 {
        let height = size * LEADING;
        self.together(height);
        let base = self.y - size * RISE;
        self.y -= height;
        base
    }

    /// Writes text in lines of this width.
    pub(super) fn paragraph(&mut self, text: &str, style: Style, x: f32, width: f32) {
        for line in wrapped(text, style.font, style.size, width) {
            let base = self.line(style.size);
            self.page.text(x, base, style, &line);
        }
    }

    /// Writes lines, and something else on the base line of the first.
    pub(super) fn row(
        &mut self,
        beside: impl FnOnce(&mut Page, f32),
        x: f32,
        style: Style,
        lines: &[Vec<u8>],
    ) {
        let mut beside = Some(beside);
        for line in lines {
            let base = self.line(style.size);
            if let Some(beside) = beside.take() {
                beside(&mut self.page, base);
            }
            self.page.text(x, base, style, line);
        }
    }

    /// Writes a line that is a link.
    pub(super) fn linked(&mut self, line: &[u8], style: Style, x: f32, address: &str) {
        let base = self.line(style.size);
        self.page.text(x, base, style, line);
        let width = style.font.width(line, style.size);
        self.page.link([x, base - style.size * 0.3, width, style.size * LEADING], address);
    }

    /// Draws a line over the column, this far below.
    pub(super) fn rule(&mut self, thickness: f32) {
        self.skip(5.0);
        self.page.rule(LEFT, self.y, SPAN, thickness, Colour::gray(0.0));
    }

    /// Draws a pale line over the column.
    pub(super) fn thin_rule(&mut self) {
        self.page.rule(LEFT, self.y, SPAN, 0.5, LINE);
    }

    /// Draws a QR code with its quiet zone as a frame: `top` is its upper edge, `side` its size.
    pub(super) fn code(&mut self, code: &Modules, x: f32, top: f32, side: f32) {
        let count = |modules: usize| f32::from(u16::try_from(modules).unwrap_or_default());
        let quiet = crate::paper::qr::QUIET;
        let module = side / count(code.size() + 2 * quiet);
        let place = |Run { x: column, y: row, length }: Run| {
            let below = count(row + quiet + 1) * module;
            [x + count(column + quiet) * module, top - below, count(length) * module, module]
        };
        self.page.fill(code.runs().into_iter().map(place));
        self.page.frame([x, top - side, side, side], LINE);
    }

    /// The pages, with a footer on each.
    pub(super) fn finish(self, footer: &str, style: Style) -> Vec<Page> {
        let Self { mut pages, page, .. } = self;
        pages.push(page);
        let count = pages.len();
        for (index, page) in pages.iter_mut().enumerate() {
            page.rule(LEFT, FOOTER + 16.0, SPAN, 0.5, LINE);
            let number = encoded(&format!("Halaman {} dari {count}", index + 1));
            page.text_to(RIGHT, FOOTER, style, &number);
            let room = SPAN - style.font.width(&number, style.size) - 20.0;
            if let Some(line) = wrapped(footer, style.font, style.size, room).first() {
                page.text(LEFT, FOOTER, style, line);
            }
        }
        pages
    }
}

/// A page with nothing but its watermark, in the middle and turned by 45 degrees.
fn fresh(watermark: Option<(&'static str, Style)>) -> Page {
    let mut page = Page::new();
    if let Some((word, style)) = watermark {
        const TURN: f32 = std::f32::consts::FRAC_1_SQRT_2;
        let word = encoded(word);
        let along = style.font.width(&word, style.size) / 2.0;
        // Capitals of Helvetica are 0.72 of its size.
        let across = style.size * 0.36;
        let x = WIDTH / 2.0 - (along - across) * TURN;
        let y = HEIGHT / 2.0 - (along + across) * TURN;
        page.turned([TURN, TURN, -TURN, TURN, x, y], style, &word);
    }
    page
}
