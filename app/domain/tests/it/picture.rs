//! The lines of a procedure as a picture of characters, so that a person sees them.
//!
//! Forward lines are heavy (`━`), returns light (`─`); symbols are `( )`, `[ ]` and `< >`;
//! `Y` and `T` stand where Ya and Tidak leave.

use domain::sheet::{Anchor, Axis, LineKind, Segment, Side, Tiles};
use domain::sop::{Shape, Sop};

/// Draws the whole table of a procedure.
pub(crate) fn picture(sop: &Sop) -> String {
    let tiles = Tiles::of(sop);
    let columns = bands(&tiles, Axis::Horizontal, sop.lanes.len());
    let rows = bands(&tiles, Axis::Vertical, sop.activities.len());
    let (width, height) = (columns.last().map_or(0, Band::end), rows.last().map_or(0, Band::end));
    let mut canvas = Canvas { width, cells: vec![Ink::default(); width * height] };
    for (row, down) in rows.iter().enumerate() {
        for (lane, along) in columns.iter().enumerate() {
            let tile = tiles.at(row, lane).unwrap();
            for piece in &tile.segments {
                canvas.line(piece, along, down, tiles.edges[usize::from(piece.edge)].kind);
            }
            let (x, y) = (along.at(Anchor::Centre, 0), down.at(Anchor::Centre, 0));
            let id = &sop.lanes[lane].id;
            if let Some(cell) = sop.activities[row].cells.iter().find(|cell| cell.lane == *id) {
                canvas.symbol(x, y, cell.shape);
            }
            for side in [tile.arrow, tile.back_arrow].into_iter().flatten() {
                canvas.mark(x, y, side, head(side));
            }
            let exits = [(tile.yes, 'Y'), (tile.no, 'T')];
            for (side, letter) in exits.into_iter().filter_map(|(side, letter)| Some((side?, letter))) {
                canvas.mark(x, y, side, letter);
            }
        }
    }
    let heads: String =
        sop.lanes.iter().zip(&columns).map(|(lane, band)| band.centred(lane.id.as_str())).collect();
    let mut text = format!("    {}\n", heads.trim_end());
    for (y, line) in canvas.cells.chunks(width).enumerate() {
        let order = rows.iter().position(|row| row.at(Anchor::Centre, 0) == y);
        let order = order.map_or_else(String::new, |row| (row + 1).to_string());
        let line: String = line.iter().map(Ink::glyph).collect();
        text += format!("{order:>3} {line}").trim_end();
        text.push('\n');
    }
    text
}

/// Where the anchors of a column or a row lie, in characters of the whole picture.
struct Band {
    axis: Axis,
    start: usize,
    /// How many tracks are used in each band: forward, back, far back.
    tracks: [usize; 3],
}

impl Band {
    fn at(&self, anchor: Anchor, track: u8) -> usize {
        let (track, [forward, back, far]) = (usize::from(track), self.tracks);
        // A symbol is three characters wide and one high, with one around it for arrow heads.
        let half = if self.axis == Axis::Horizontal { 2 } else { 1 };
        let centre = 1 + forward + back + half;
        self.start
            + match anchor {
                Anchor::Start => 0,
                Anchor::Forward => 1 + track,
                Anchor::Back => 1 + forward + track,
                Anchor::Centre => centre,
                Anchor::FarBack => centre + half + 1 + track,
                Anchor::End => centre + half + 1 + far,
            }
    }

    fn end(&self) -> usize {
        self.at(Anchor::End, 0) + 1
    }

    fn centred(&self, name: &str) -> String {
        let width = self.at(Anchor::End, 0) - self.start;
        format!("{:^width$}", name.chars().take(width - 1).collect::<String>())
    }
}

/// One band for each column or row, wide enough for its tracks.
fn bands(tiles: &Tiles, axis: Axis, count: usize) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for index in 0..count {
        let pieces = tiles.rows.iter().enumerate().flat_map(|(row, tiles)| {
            let own = move |(lane, _): &(usize, _)| {
                if axis == Axis::Horizontal { *lane == index } else { row == index }
            };
            tiles.iter().enumerate().filter(own).flat_map(|(_, tile)| &tile.segments)
        });
        let mut tracks = [0; 3];
        for piece in pieces {
            let named = if piece.axis == axis { [piece.from, piece.to] } else { [piece.at; 2] };
            for anchor in named {
                let band =
                    [Anchor::Forward, Anchor::Back, Anchor::FarBack].iter().position(|band| *band == anchor);
                if let Some(band) = band {
                    tracks[band] = tracks[band].max(usize::from(piece.track) + 1);
                }
            }
        }
        let start = bands.last().map_or(0, |last| last.at(Anchor::End, 0));
        bands.push(Band { axis, start, tracks });
    }
    bands
}

struct Canvas {
    width: usize,
    cells: Vec<Ink>,
}

impl Canvas {
    fn line(&mut self, piece: &Segment, along: &Band, down: &Band, kind: LineKind) {
        let track = piece.track;
        match piece.axis {
            Axis::Horizontal => {
                let y = down.at(piece.at, track);
                for x in along.at(piece.from, track)..along.at(piece.to, track) {
                    self.join((x, y), (x + 1, y), [RIGHT, LEFT], kind);
                }
            }
            Axis::Vertical => {
                let x = along.at(piece.at, track);
                for y in down.at(piece.from, track)..down.at(piece.to, track) {
                    self.join((x, y), (x, y + 1), [DOWN, UP], kind);
                }
            }
        }
    }

    fn join(&mut self, a: (usize, usize), b: (usize, usize), ways: [u8; 2], kind: LineKind) {
        for ((x, y), way) in [a, b].into_iter().zip(ways) {
            let ink = &mut self.cells[y * self.width + x];
            match kind {
                LineKind::Forward => ink.heavy |= way,
                LineKind::Return => ink.light |= way,
            }
        }
    }

    fn symbol(&mut self, x: usize, y: usize, shape: Shape) {
        let text = match shape {
            Shape::Start | Shape::End => "( )",
            Shape::Process => "[ ]",
            Shape::Decision => "< >",
        };
        for (offset, c) in text.chars().enumerate() {
            self.cells[y * self.width + x - 1 + offset].text = Some(c);
        }
    }

    /// Puts a character beside a symbol, where something has to be already.
    fn mark(&mut self, x: usize, y: usize, side: Side, mark: char) {
        let (x, y) = match side {
            Side::Top => (x, y - 1),
            Side::Bottom => (x, y + 1),
            Side::Left => (x - 2, y),
            Side::Right => (x + 2, y),
        };
        self.cells[y * self.width + x].text = Some(mark);
    }
}

const UP: u8 = 1;
const RIGHT: u8 = 2;
const DOWN: u8 = 4;
const LEFT: u8 = 8;

/// What is drawn at one character: the ways that lines take from it, or a letter over them.
#[derive(Clone, Default)]
struct Ink {
    heavy: u8,
    light: u8,
    text: Option<char>,
}

impl Ink {
    fn glyph(&self) -> char {
        const HEAVY: [char; 16] =
            [' ', '╹', '╺', '┗', '╻', '┃', '┏', '┣', '╸', '┛', '━', '┻', '┓', '┫', '┳', '╋'];
        const LIGHT: [char; 16] =
            [' ', '╵', '╶', '└', '╷', '│', '┌', '├', '╴', '┘', '─', '┴', '┐', '┤', '┬', '┼'];
        let pick = |glyphs: [char; 16], ways: u8| glyphs[usize::from(ways)];
        match (self.text, self.heavy, self.light) {
            (Some(text), ..) => text,
            (None, heavy, 0) => pick(HEAVY, heavy),
            (None, 0, light) => pick(LIGHT, light),
            (None, heavy, _) if heavy == LEFT | RIGHT => '┿',
            (None, heavy, _) if heavy == UP | DOWN => '╂',
            _ => '?',
        }
    }
}

fn head(side: Side) -> char {
    match side {
        Side::Top => 'v',
        Side::Bottom => '^',
        Side::Left => '>',
        Side::Right => '<',
    }
}
