//! The structure of a document: what is a heading, a paragraph, a table, in the order of reading.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// What a part of a document is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A heading: its level from 1 on, and its words.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// Rows of cells.
    Table,
    /// A row.
    Row,
    /// The cell that says what the row is about.
    RowHeading,
    /// Another cell.
    Cell,
    /// Numbered items.
    List,
    /// One of them.
    Item,
    /// Its number.
    Number,
    /// What it is.
    Body,
    /// Words that lead somewhere.
    Link,
    /// A picture, and what it shows in words.
    Picture(String),
}

impl Kind {
    fn tag(self) -> TagKind {
        match self {
            Self::Heading(level, words) => {
                Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(words)).into()
            }
            Self::Paragraph => Tag::P.into(),
            Self::Table => Tag::Table.into(),
            Self::Row => Tag::TR.into(),
            Self::RowHeading => Tag::TH(TableHeaderScope::Row).into(),
            Self::Cell => Tag::TD.into(),
            Self::List => Tag::L(ListNumbering::Decimal).into(),
            Self::Item => Tag::LI.into(),
            Self::Number => Tag::Lbl.into(),
            Self::Body => Tag::LBody.into(),
            Self::Link => Tag::Link.into(),
            Self::Picture(words) => Tag::Figure(Some(words)).into(),
        }
    }
}

/// A piece of what is drawn, by number. Each belongs to one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece(usize);

enum Child {
    Part(Part),
    Piece(Piece),
}

struct Part {
    kind: Kind,
    children: Vec<Child>,
}

/// The structure as far as it is written. Parts are opened and closed around what is drawn.
#[derive(Default)]
pub(crate) struct Structure {
    closed: Vec<Part>,
    open: Vec<Part>,
    pieces: usize,
}

impl Structure {
    /// Begins a part of the one that is open.
    pub(crate) fn open(&mut self, kind: Kind) {
        self.open.push(Part { kind, children: Vec::new() });
    }

    /// Ends the part that was opened last.
    pub(crate) fn close(&mut self) {
        let Some(part) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(around) => around.children.push(Child::Part(part)),
            None => self.closed.push(part),
        }
    }

    /// A new piece of the part that is open; outside of all parts, of a paragraph of its own.
    pub(crate) fn piece(&mut self) -> Piece {
        let piece = Piece(self.pieces);
        self.pieces += 1;
        match self.open.last_mut() {
            Some(part) => part.children.push(Child::Piece(piece)),
            None => self.closed.push(Part { kind: Kind::Paragraph, children: vec![Child::Piece(piece)] }),
        }
        piece
    }

    /// How it is written into the file, when every piece has been drawn.
    pub(super) fn tree(self, drawn: &Drawn, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for part in self.closed {
            tree.push(group(part, drawn));
        }
        tree
    }
}

fn group(part: Part, drawn: &Drawn) -> TagGroup {
    let mut group = TagGroup::new(part.kind.tag());
    for child in part.children {
        match child {
            Child::Part(part) => group.push(self::group(part, drawn)),
            Child::Piece(piece) => {
                if let Some(id) = drawn.of(piece) {
                    group.push(Node::Leaf(id));
                }
            }
        }
    }
    group
}

/// Where the pieces are in the file, by number.
#[derive(Default)]
pub(super) struct Drawn(Vec<Option<Identifier>>);

impl Drawn {
    /// Notes that a piece has been drawn.
    pub(super) fn note(&mut self, Piece(number): Piece, id: Identifier) {
        if self.0.len() <= number {
            self.0.resize(number + 1, None);
        }
        if let Some(place) = self.0.get_mut(number) {
            *place = Some(id);
        }
    }

    fn of(&self, Piece(number): Piece) -> Option<Identifier> {
        self.0.get(number).copied().flatten()
    }
}
