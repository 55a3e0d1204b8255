//! A column of text that runs over pages.

use crate::pdf::{Base, Colour, HEIGHT, Kind, Line, Page, Role, Structure, Style, WIDTH, lines};
use crate::qr::{Modules, QUIET, Run};

/// Left margin, in points.
pub(super) const LEFT: f32 = 62.0;
/// Where the right margin begins.
pub(super) const RIGHT: f32 = WIDTH - LEFT;
/// Width between the margins.
pub(super) const SPAN: f32 = RIGHT - LEFT;
/// Where a page begins, from its upper edge.
const TOP: f32 = 62.0;
/// Where a page ends; the footer is below.
const BOTTOM: f32 = HEIGHT - 78.0;
/// Base line of the footer.
const FOOTER: f32 = HEIGHT - 48.0;
const LINE: Colour = Colour::gray(199);

/// Text before it is set.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    /// What it says.
    pub text: &'a str,
    /// How it is drawn.
    pub style: Style,
    /// Where reading begins.
    pub base: Base,
}

impl<'a> Words<'a> {
    /// The office's own words.
    pub(super) fn own(text: &'a str, style: Style) -> Self {
        Self { text, style, base: Base::Left }
    }

    /// A name, in whatever script.
    pub(super) fn name(text: &'a str, style: Style) -> Self {
        Self { text, style, base: Base::Own }
    }

    /// Its lines, none wider than this.
    pub(super) fn lines(self, width: f32) -> Vec<Line> {
        lines(self.text, self.style.font, self.style.size, self.base, width)
    }
}

/// The pages so far, and how far down the last one is filled.
pub(super) struct Flow {
    pages: Vec<Page>,
    page: Page,
    y: f32,
    watermark: Option<(&'static str, Style)>,
    structure: Structure,
}

impl Flow {
    /// A first page. The watermark lies under the text of every page, from corner to corner.
    pub(super) fn new(watermark: Option<(&'static str, Style)>) -> Self {
        Self { pages: Vec::new(), page: fresh(watermark), y: TOP, watermark, structure: Structure::default() }
    }

    /// How far down the page is filled, in points from the upper edge.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// Leaves a space.
    pub(super) fn skip(&mut self, height: f32) {
        self.y += height;
    }

    /// Goes down to here, if not there yet.
    pub(super) fn down_to(&mut self, y: f32) {
        self.y = self.y.max(y);
    }

    /// Begins a page if what comes would not fit on this one.
    pub(super) fn together(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.pages.push(std::mem::replace(&mut self.page, fresh(self.watermark)));
            self.y = TOP;
        }
    }

    /// Writes what `write` writes as a part of the document.
    pub(super) fn part(&mut self, kind: Kind, write: impl FnOnce(&mut Self)) {
        self.structure.open(kind);
        write(self);
        self.structure.close();
    }

    /// Writes a heading of this level, which the list of contents names.
    pub(super) fn heading(&mut self, level: u16, words: Words<'_>, x: f32, width: f32) {
        self.part(Kind::Heading(level, words.text.to_owned()), |flow| {
            flow.together(words.style.size * 2.0);
            flow.page.heading(words.text, flow.y);
            flow.set(words, x, width);
        });
    }

    /// Writes a paragraph.
    pub(super) fn paragraph(&mut self, words: Words<'_>, x: f32, width: f32) {
        self.part(Kind::Paragraph, |flow| flow.set(words, x, width));
    }

    /// Writes text in lines of this width, as pieces of the part that is open.
    pub(super) fn set(&mut self, words: Words<'_>, x: f32, width: f32) {
        for line in words.lines(width) {
            let base = self.base(line.rise, line.drop);
            let piece = self.piece();
            self.page.text(piece, x, base, words.style, line);
        }
    }

    /// Writes the number of an item on the base line of what comes next.
    pub(super) fn number(&mut self, words: Words<'_>, x: f32, next: &[Line]) {
        let Some(first) = next.first() else { return };
        self.together(first.rise + first.drop);
        let base = self.y + first.rise;
        self.part(Kind::Number, |flow| {
            let Some(line) = words.lines(SPAN).into_iter().next() else { return };
            let piece = flow.piece();
            flow.page.text(piece, x, base, words.style, line);
        });
    }

    /// Writes a short text, and lines beside it whose first has the same base line, as parts of
    /// two kinds. Reading begins with the short one.
    pub(super) fn row(&mut self, kinds: [Kind; 2], short: (Words<'_>, f32), long: (Words<'_>, f32, f32)) {
        let (label, label_x) = short;
        let (words, x, width) = long;
        let [label_kind, kind] = kinds;
        let mut lines = words.lines(width).into_iter();
        let first = lines.next().unwrap_or_default();
        let base = self.base(first.rise, first.drop);
        self.part(label_kind, |flow| {
            let Some(line) = label.lines(x - label_x).into_iter().next() else { return };
            let piece = flow.piece();
            flow.page.text(piece, label_x, base, label.style, line);
        });
        self.part(kind, |flow| {
            let piece = flow.piece();
            flow.page.text(piece, x, base, words.style, first);
            for line in lines {
                let base = flow.base(line.rise, line.drop);
                let piece = flow.piece();
                flow.page.text(piece, x, base, words.style, line);
            }
        });
    }

    /// Writes lines, and at the right end of the first something short, as a paragraph each.
    pub(super) fn row_to(&mut self, lines: Vec<Line>, x: f32, style: Style, short: Words<'_>) {
        let mut end = None;
        self.part(Kind::Paragraph, |flow| {
            for line in lines {
                let base = flow.base(line.rise, line.drop);
                end.get_or_insert((base, flow.pages.len()));
                let piece = flow.piece();
                flow.page.text(piece, x, base, style, line);
            }
        });
        let Some((base, number)) = end else { return };
        self.part(Kind::Paragraph, |flow| {
            let Some(line) = short.lines(SPAN).into_iter().next() else { return };
            let piece = flow.piece();
            // The lines may have gone on over a page.
            let page = flow.pages.get_mut(number).unwrap_or(&mut flow.page);
            page.text_to(piece, RIGHT, base, short.style, line);
        });
    }

    /// Writes an address that can be followed.
    pub(super) fn linked(&mut self, address: &str, style: Style) {
        self.part(Kind::Paragraph, |flow| {
            flow.part(Kind::Link, |flow| flow.link(address, style));
        });
    }

    fn link(&mut self, address: &str, style: Style) {
        let mut places = Vec::new();
        for line in Words::own(address, style).lines(SPAN) {
            let height = line.rise + line.drop;
            if self.y + height > BOTTOM {
                self.lead(std::mem::take(&mut places), address);
            }
            let base = self.base(line.rise, line.drop);
            places.push([LEFT, base - line.rise, line.width, height]);
            let piece = self.piece();
            self.page.text(piece, LEFT, base, style, line);
        }
        self.lead(places, address);
    }

    fn lead(&mut self, places: Vec<[f32; 4]>, address: &str) {
        if !places.is_empty() {
            let piece = self.structure.piece();
            self.page.lead(piece, places, address);
        }
    }

    /// Draws a line over the column, this far below.
    pub(super) fn rule(&mut self, thickness: f32) {
        self.skip(5.0);
        self.page.rule(Role::Ornament, LEFT, self.y, SPAN, thickness, Colour::gray(0));
    }

    /// Draws a pale line over the column.
    pub(super) fn thin_rule(&mut self) {
        self.page.rule(Role::Ornament, LEFT, self.y, SPAN, 0.5, LINE);
    }

    /// Draws a QR code with its quiet zone as a frame: `top` is its upper edge, `side` its size.
    pub(super) fn code(&mut self, code: &Modules, words: &str, x: f32, top: f32, side: f32) {
        let count = |modules: usize| f32::from(u16::try_from(modules).unwrap_or_default());
        let module = side / count(code.size() + 2 * QUIET);
        let place = |Run { x: column, y: row, length }: Run| {
            let [column, row] = [column, row].map(|at| count(at + QUIET) * module);
            [x + column, top + row, count(length) * module, module]
        };
        let boxes = code.runs().into_iter().map(place).collect();
        self.part(Kind::Picture(words.to_owned()), |flow| {
            let piece = flow.piece();
            flow.page.fill(piece, boxes);
        });
        self.page.frame(Role::Ornament, [x, top, side, side], LINE);
    }

    /// The pages, with a footer on each, and their structure.
    pub(super) fn finish(self, footer: &str, style: Style) -> (Vec<Page>, Structure) {
        let Self { mut pages, page, structure, .. } = self;
        pages.push(page);
        let count = pages.len();
        for (index, page) in pages.iter_mut().enumerate() {
            page.rule(Role::Footer, LEFT, FOOTER - 16.0, SPAN, 0.5, LINE);
            let number = format!("Halaman {} dari {count}", index + 1);
            let mut room = SPAN;
            if let Some(line) = Words::own(&number, style).lines(SPAN).into_iter().next() {
                room -= line.width + 20.0;
                page.text_to(Role::Footer, RIGHT, FOOTER, style, line);
            }
            if let Some(line) = Words::own(footer, style).lines(room).into_iter().next() {
                page.text(Role::Footer, LEFT, FOOTER, style, line);
            }
        }
        (pages, structure)
    }

    /// Makes room for a line and answers its base line.
    fn base(&mut self, rise: f32, drop: f32) -> f32 {
        self.together(rise + drop);
        let base = self.y + rise;
        self.y = base + drop;
        base
    }

    fn piece(&mut self) -> Role {
        Role::Part(self.structure.piece())
    }
}

/// A page with nothing but its watermark, in the middle and turned by 45 degrees.
fn fresh(watermark: Option<(&'static str, Style)>) -> Page {
    let mut page = Page::default();
    if let Some((word, style)) = watermark {
        const TURN: f32 = std::f32::consts::FRAC_1_SQRT_2;
        for line in Words::own(word, style).lines(f32::INFINITY) {
            let along = line.width / 2.0;
            // Capitals are 0.7 of the font's size.
            let across = style.size * 0.35;
            let x = WIDTH / 2.0 - (along - across) * TURN;
            let y = HEIGHT / 2.0 + (along + across) * TURN;
            page.climbing(Role::Watermark, [x, y], 45.0, style, line);
        }
    }
    page
}
