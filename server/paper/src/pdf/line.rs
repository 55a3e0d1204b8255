//! Text in lines: directions, shapes, and where a line ends.

use std::ops::Range;

use harfrust::{BufferClusterLevel, Direction, ShapeOptions, UnicodeBuffer};
use krilla::text::{GlyphId, KrillaGlyph};
use unicode_bidi::{BidiInfo, Level, ParagraphInfo};
use unicode_segmentation::UnicodeSegmentation;

use super::font::{Face, Font};
use super::shown::Shown;

/// Height of a line above its base line, in sizes of the font.
const RISE: f32 = 0.95;
/// Depth of a line below its base line, in sizes of the font.
const DROP: f32 = 0.37;

/// How much wider than in the font a space is, in sizes of the font: the office's font is made for
/// headings, and what reads a file takes narrow spaces for none.
const SPREAD: f32 = 0.05;

/// Where reading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// At the left: the office's own words, and names of files, whose ends must stay their ends.
    Left,
    /// Where the first letter says: names of people and agencies.
    Own,
}

/// A line, ready to be drawn.
#[derive(Default)]
pub(crate) struct Line {
    pub(super) runs: Vec<Run>,
    /// What is read, with the space that parts it from the next line.
    #[cfg(test)]
    pub(crate) text: String,
    /// Its width in points, without that space.
    pub(crate) width: f32,
    /// What it needs above its base line, in points.
    pub(crate) rise: f32,
    /// What it needs below its base line, in points.
    pub(crate) drop: f32,
}

/// Shapes of one font and one direction, from the left.
pub(super) struct Run {
    pub face: &'static Face,
    /// What is read.
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// Its width in sizes of the font.
    pub width: f32,
}

/// The text in lines no wider than `most` points: broken between words, or inside a word that is
/// wider than a line. At least one line.
pub(crate) fn lines(text: &str, font: Font, size: f32, base: Base, most: f32) -> Vec<Line> {
    let shown = Shown::new(text, font);
    let level = match base {
        Base::Left => Some(Level::ltr()),
        Base::Own => None,
    };
    let bidi = BidiInfo::new(&shown.text, level);
    // White space is single spaces by now, so there is one paragraph, or none of an empty text.
    let Some(paragraph) = bidi.paragraphs.first() else {
        return vec![Line { rise: size * RISE, drop: size * DROP, ..Line::default() }];
    };
    Setter::new(&shown, &bidi, paragraph, size).lines(most)
}

struct Setter<'a> {
    shown: &'a Shown,
    bidi: &'a BidiInfo<'a>,
    paragraph: &'a ParagraphInfo,
    size: f32,
    /// Width of the text before each of its bytes and before its end, in points, as one long line.
    before: Vec<f32>,
}

impl<'a> Setter<'a> {
    /// Shapes the whole text once, so that a long text takes a time in proportion.
    fn new(shown: &'a Shown, bidi: &'a BidiInfo<'a>, paragraph: &'a ParagraphInfo, size: f32) -> Self {
        let mut before = vec![0.0; shown.text.len() + 1];
        for (part, id) in &shown.parts {
            let levels = bidi.levels.get(part.clone()).unwrap_or_default();
            let mut from = part.start;
            for same in levels.chunk_by(|one, next| one == next) {
                let to = from + same.len();
                let right_to_left = same.first().is_some_and(Level::is_rtl);
                let run = id.face().zip(shown.text.get(from..to));
                let run = run.map(|(face, text)| shaped(face, text, right_to_left));
                for glyph in run.iter().flat_map(|run| &run.glyphs) {
                    if let Some(width) = before.get_mut(from + glyph.text_range.start + 1) {
                        *width += glyph.x_advance * size;
                    }
                }
                from = to;
            }
        }
        let mut sum = 0.0;
        for width in &mut before {
            sum += *width;
            *width = sum;
        }
        Self { shown, bidi, paragraph, size, before }
    }
}

impl Setter<'_> {
    fn lines(&self, most: f32) -> Vec<Line> {
        let text = self.shown.text.as_str();
        let mut lines = Vec::new();
        let mut from = self.after_spaces(0);
        while from < text.len() {
            let end = self.end_of_line(from, most);
            let next = self.after_spaces(end);
            lines.push(self.line(from..end, next > end && next < text.len()));
            from = next;
        }
        if lines.is_empty() {
            lines.push(self.line(0..0, false));
        }
        lines
    }

    fn after_spaces(&self, from: usize) -> usize {
        let rest = self.shown.text.get(from..).unwrap_or_default();
        self.shown.text.len() - rest.trim_start_matches(' ').len()
    }

    /// As many words as fit; if not even one does, as many letters of it, at least one.
    fn end_of_line(&self, from: usize, most: f32) -> usize {
        let text = self.shown.text.as_str();
        let rest = text.get(from..).unwrap_or_default();
        let ends = rest.match_indices(' ').map(|(at, _)| from + at).chain([text.len()]);
        let mut words = ends.filter(|end| !text[..*end].ends_with(' ')).peekable();
        let word = words.peek().copied().unwrap_or(text.len());
        if let Some(end) = self.last_that_fits(from, words, most) {
            return end;
        }
        let mut letters = text.get(from..word).unwrap_or_default().grapheme_indices(true);
        let first = letters.next().map_or(text.len(), |(_, letter)| from + letter.len());
        let letters = letters.map(|(at, letter)| from + at + letter.len());
        self.last_that_fits(from, letters, most).unwrap_or(first)
    }

    /// The last of these ends that a line can have. The width of a part of a long line is only nearly
    /// the width of a line: letters at its ends may join no more.
    fn last_that_fits(&self, from: usize, ends: impl Iterator<Item = usize>, most: f32) -> Option<usize> {
        let before = |at: usize| self.before.get(at).copied().unwrap_or(f32::INFINITY);
        let ends: Vec<usize> = ends.take_while(|end| before(*end) - before(from) <= most).collect();
        ends.into_iter().rev().find(|end| self.width(from..*end) <= most)
    }

    fn width(&self, range: Range<usize>) -> f32 {
        self.runs(range).iter().map(|run| run.width).sum::<f32>() * self.size
    }

    fn line(&self, range: Range<usize>, goes_on: bool) -> Line {
        let width = self.width(range.clone());
        // At the left of a line that is read from the right the space would move the words.
        let spaced = goes_on && !self.paragraph.level.is_rtl();
        let drawn = range.start..range.end + usize::from(spaced);
        let mut line = Line {
            runs: self.runs(drawn.clone()),
            #[cfg(test)]
            text: self.shown.read(drawn.clone()),
            width,
            rise: self.size * RISE,
            drop: self.size * DROP,
        };
        for (part, id) in &self.shown.parts {
            if id.steps_in() && part.start < drawn.end && drawn.start < part.end {
                let (ascent, descent) = id.face().map_or((0.0, 0.0), |face| (face.ascent, face.descent));
                line.rise = line.rise.max(self.size * ascent);
                line.drop = line.drop.max(self.size * descent);
            }
        }
        line
    }

    /// The shapes of a line, from the left (rules L1 and L2 of Unicode's bidirectional algorithm).
    fn runs(&self, range: Range<usize>) -> Vec<Run> {
        let Some(line) = self.shown.text.get(range.clone()) else { return Vec::new() };
        let words = range.start + line.trim_end_matches(' ').len();
        let levels = self.bidi.levels.get(range.start..words).unwrap_or_default();
        let mut from = range.start;
        let mut runs: Vec<(Range<usize>, Level)> = Vec::new();
        for same in levels.chunk_by(|one, next| one == next) {
            let to = from + same.len();
            runs.extend(same.first().map(|level| (from..to, *level)));
            from = to;
        }
        if words < range.end {
            runs.push((words..range.end, self.paragraph.level));
        }
        let levels: Vec<Level> = runs.iter().map(|(_, level)| *level).collect();
        let order = BidiInfo::reorder_visual(&levels);
        order
            .into_iter()
            .filter_map(|at| runs.get(at))
            .flat_map(|(run, level)| self.parts(run, *level))
            .collect()
    }

    /// The shapes of a part of one direction, from the left.
    fn parts(&self, run: &Range<usize>, level: Level) -> Vec<Run> {
        let parts = &self.shown.parts;
        let first = parts.partition_point(|(part, _)| part.end <= run.start);
        let parts = parts.get(first..).unwrap_or_default();
        let parts = parts.iter().take_while(|(part, _)| part.start < run.end).filter_map(|(part, id)| {
            let part = part.start.max(run.start)..part.end.min(run.end);
            Some(shaped(id.face()?, self.shown.text.get(part)?, level.is_rtl()))
        });
        let mut parts: Vec<Run> = parts.collect();
        if level.is_rtl() {
            parts.reverse();
        }
        parts
    }
}

/// The shapes of a text of one font, from the left.
fn shaped(face: &'static Face, text: &str, right_to_left: bool) -> Run {
    let mut buffer = UnicodeBuffer::new();
    // From the left a letter and its marks are one piece of text, because shapes may change places in
    // it. From the right they are a piece each: readers of the file turn the pieces.
    buffer.set_cluster_level(match right_to_left {
        true => BufferClusterLevel::MonotoneCharacters,
        false => BufferClusterLevel::MonotoneGraphemes,
    });
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaper = face.shaping.shaper(&face.font).build();
    let shapes = shaper.shape(buffer, ShapeOptions::new());
    let shapes: Vec<_> = shapes.glyph_infos().iter().zip(shapes.glyph_positions()).collect();

    let place = |at: u32| usize::try_from(at).unwrap_or(text.len());
    let mut starts: Vec<usize> = shapes.iter().map(|(info, _)| place(info.cluster)).collect();
    starts.sort_unstable();
    starts.dedup();
    let end = |start: usize| starts.get(starts.partition_point(|other| *other <= start)).copied();
    #[expect(clippy::cast_precision_loss, reason = "a font has at most 16,384 units")]
    let sizes = |units: i32| units as f32 / face.embedded.units_per_em();
    let mut run = Run { face, text: text.to_owned(), glyphs: Vec::with_capacity(shapes.len()), width: 0.0 };
    for piece in shapes.chunk_by(|(one, _), (next, _)| one.cluster == next.cluster) {
        let Some((first, _)) = piece.first() else { continue };
        let start = place(first.cluster);
        let characters = start..end(start).unwrap_or(text.len());
        // Readers of the file take a piece for as wide as it is from the first shape to the last, and a
        // gap for a space. Where marks are drawn over a letter, empty shapes say where the piece ends.
        let over = piece.len() > 1 && piece.iter().any(|(_, at)| at.x_advance == 0 || at.x_offset != 0);
        let edge = face.empty().filter(|_| over).map(|id| empty(id, characters.clone()));
        run.glyphs.extend(edge.clone());
        let spread = if text.get(characters.clone()) == Some(" ") { SPREAD } else { 0.0 };
        for (info, at) in piece {
            let advance = sizes(at.x_advance) + spread;
            run.width += advance;
            run.glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                advance,
                sizes(at.x_offset),
                sizes(at.y_offset),
                0.0,
                characters.clone(),
                None,
            ));
        }
        run.glyphs.extend(edge);
    }
    run
}

/// A shape that takes no place and shows nothing.
fn empty(id: GlyphId, characters: Range<usize>) -> KrillaGlyph {
    KrillaGlyph::new(id, 0.0, 0.0, 0.0, 0.0, characters, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, most: f32) -> Vec<Line> {
        let lines = lines(text, Font::Regular, 10.0, Base::Own, most);
        assert!(lines.iter().all(|line| line.width <= most), "{text}");
        lines
    }

    fn read(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn lines_end_between_words() {
        let lines = set("satu dua tiga  empat lima enam tujuh ", 60.0);
        assert!(lines.len() > 2);
        assert_eq!(read(&lines).concat(), "satu dua tiga  empat lima enam tujuh");
        assert_eq!(read(&set("", 60.0)), [""]);
        assert_eq!(read(&set("  ", 60.0)), [""]);
    }

    #[test]
    fn a_word_wider_than_a_line_is_broken() {
        let word = "m".repeat(500);
        let lines = set(&format!("a {word} b"), 60.0);
        assert_eq!(read(&lines).concat(), format!("a {word} b"));
        assert!(lines[1..lines.len() - 1].iter().all(|line| line.width > 45.0));
        // Not even one letter fits.
        assert_eq!(super::lines("mm", Font::Regular, 10.0, Base::Left, 1.0).len(), 2);
    }

    #[test]
    fn arabic_is_joined_and_read_from_the_right() {
        let [line] = set("وزارة الداخلية", 200.0).try_into().ok().unwrap();
        let starts: Vec<usize> = line.runs[0].glyphs.iter().map(|glyph| glyph.text_range.start).collect();
        assert!(starts.is_sorted_by(|a, b| a >= b), "{starts:?}");
        // Four letters that join are narrower than each alone.
        let alone: f32 = "بينهم".chars().map(|c| set(&c.to_string(), 200.0)[0].width).sum();
        assert!(set("بينهم", 200.0)[0].width < alone * 0.9);
        assert!(line.rise > 10.0 && line.drop > 5.0, "more room than the letters of the office need");
    }

    #[test]
    fn directions_are_mixed() {
        let runs = |text: &str, base| -> Vec<String> {
            let mut lines = lines(text, Font::Regular, 10.0, base, 500.0);
            lines.remove(0).runs.into_iter().map(|run| run.text).collect()
        };
        assert_eq!(runs("Dinas وزارة 12", Base::Left), ["Dinas ", "12", "وزارة "]);
        assert_eq!(runs("وزارة Dinas", Base::Own), ["Dinas", "وزارة "]);
        // What is read from the left inside of what is read from the right inside of the rest.
        assert_eq!(runs("a وزارة 12 داخلية b", Base::Left), ["a ", "داخلية", " ", "12", "وزارة ", " ", "b"]);
        // What turns the direction is drawn as a number and turns nothing.
        assert_eq!(runs("a\u{202e}bc", Base::Left), ["a", "[U+202E]", "bc"]);
    }

    #[test]
    fn javanese_is_stacked() {
        // Pasangan: below, so that three letters are as wide as two.
        let [stacked, flat] = ["ꦤ꧀ꦠ", "ꦤꦠ"].map(|text| set(text, 200.0)[0].width);
        assert!(stacked < flat, "{stacked} {flat}");
    }
}
