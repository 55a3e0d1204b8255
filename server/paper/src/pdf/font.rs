//! The fonts that papers are written in. They lie in `fonts/`, and of each only what a paper
//! shows goes into its file.

use std::sync::LazyLock;

use harfrust::ShaperData;
use krilla::text::GlyphId;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// What a style asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Font {
    /// The office's font.
    Regular,
    /// The same, bold.
    Bold,
    /// Every character as wide as the next: hashes and addresses.
    Mono,
}

/// A font file, read once.
pub(super) struct Face {
    /// For the file.
    pub embedded: krilla::text::Font,
    /// For the shapes.
    pub font: FontRef<'static>,
    /// What shaping needs to know of it.
    pub shaping: ShaperData,
    /// Height of its highest line above the base line, in sizes of the font.
    pub ascent: f32,
    /// Depth of its deepest line below the base line, in sizes of the font.
    pub descent: f32,
    charmap: Charmap<'static>,
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let metrics = font.metrics(Size::new(1.0), LocationRef::default());
        Some(Self {
            embedded: krilla::text::Font::new(bytes.into(), 0)?,
            shaping: ShaperData::new(&font),
            ascent: metrics.ascent,
            descent: -metrics.descent,
            charmap: font.charmap(),
            font,
        })
    }

    /// A shape that takes no place and shows nothing, if it has one.
    pub(super) fn empty(&self) -> Option<GlyphId> {
        self.charmap.map('\u{200c}').map(|id| GlyphId::new(id.to_u32()))
    }

    /// Whether it has a shape for this character.
    pub(super) fn has(&self, c: char) -> bool {
        self.charmap.map(c).is_some()
    }
}

/// A font file, by its place in [`FILES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FaceId(usize);

const REGULAR: FaceId = FaceId(0);
const BOLD: FaceId = FaceId(1);
const MONO: FaceId = FaceId(2);

/// The files. From the fourth on they step in for what the first three do not have.
const FILES: [&[u8]; 10] = [
    include_bytes!("../../fonts/plus-jakarta-sans-regular.ttf"),
    include_bytes!("../../fonts/plus-jakarta-sans-bold.ttf"),
    include_bytes!("../../fonts/noto-sans-mono.ttf"),
    // Before the other Arabic one, whose letters are put together of two shapes: what many readers of
    // a file make of that is no text.
    include_bytes!("../../fonts/vazirmatn.ttf"),
    include_bytes!("../../fonts/noto-sans-arabic.ttf"),
    include_bytes!("../../fonts/noto-sans-javanese.ttf"),
    include_bytes!("../../fonts/noto-sans-balinese.ttf"),
    include_bytes!("../../fonts/noto-sans-sundanese.ttf"),
    include_bytes!("../../fonts/noto-sans-buginese.ttf"),
    include_bytes!("../../fonts/noto-sans.ttf"),
];

static FACES: LazyLock<[Option<Face>; FILES.len()]> = LazyLock::new(|| FILES.map(Face::read));

impl FaceId {
    /// The file; `None` only if it is no font.
    pub(super) fn face(self) -> Option<&'static Face> {
        FACES.get(self.0).and_then(Option::as_ref)
    }

    /// Whether it is one that steps in, and may need more room than the line of a style has.
    pub(super) fn steps_in(self) -> bool {
        self.0 > MONO.0
    }
}

impl Font {
    /// The file of the font itself.
    pub(super) fn own(self) -> FaceId {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
            Self::Mono => MONO,
        }
    }

    /// The first file that has all of these characters, the font's own before those that step in.
    pub(super) fn with(self, characters: &[char]) -> Option<FaceId> {
        let second = if self == Self::Mono { REGULAR } else { self.own() };
        let others = (MONO.0 + 1..FILES.len()).map(FaceId);
        [self.own(), second]
            .into_iter()
            .chain(others)
            .find(|id| id.face().is_some_and(|face| characters.iter().all(|c| face.has(*c))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font() {
        assert!(FACES.iter().all(Option::is_some));
        for face in FACES.iter().flatten() {
            // The space between two words is of their font.
            assert!(face.has(' '));
            assert!((0.9..1.4).contains(&face.ascent) && (0.2..1.0).contains(&face.descent));
        }
    }

    #[test]
    fn each_script_has_its_font() {
        let first = "aëوۑꦗᬩᮞᨅЖΩ".chars().map(|c| Font::Regular.with(&[c]));
        let files = [0, 0, 3, 4, 5, 6, 7, 8, 9, 9].map(|file| Some(FaceId(file)));
        assert_eq!(first.collect::<Vec<_>>(), files);
        assert_eq!(Font::Bold.with(&['a']), Some(BOLD));
        assert_eq!(Font::Mono.with(&['f']), Some(MONO));
        assert_eq!(Font::Mono.with(&['ë']), Some(REGULAR));
        assert_eq!(Font::Bold.with(&['文']), None);
    }
}
