//! Pages as a file.

use chrono::{DateTime, Datelike, FixedOffset, Timelike, Utc};
use domain::text::{one_line, printable};
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, Configuration};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Quadrilateral, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Paint, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document, SerializeSettings};

use super::tags::{Drawn, Structure};
use super::{Box4, Colour, HEIGHT, Line, Mark, Page, PdfProblem, Role, Style, WIDTH};

/// The language of papers.
const LANGUAGE: &str = "id-ID";
/// The program, as files name it.
const PROGRAM: &str = "Alur";

/// What programs show about a document.
pub(crate) struct About<'a> {
    /// Title of the window.
    pub title: &'a str,
    /// Who it is from.
    pub author: &'a str,
    /// When it was made.
    pub created: DateTime<Utc>,
}

/// The pages as a file, in Indonesian, with its time in WIB. The same pages are the same bytes.
///
/// # Errors
/// If the file would not be one that is read for decades and by everybody.
pub(crate) fn document(
    about: &About<'_>,
    pages: &[Page],
    structure: Structure,
) -> Result<Vec<u8>, PdfProblem> {
    let mut document = Document::new_with(SerializeSettings { configuration: kind()?, ..Default::default() });
    let mut drawn = Drawn::default();
    let mut contents = Outline::new();
    for (number, page) in pages.iter().enumerate() {
        draw(&mut document, page, &mut drawn)?;
        for (words, y) in &page.headings {
            let place = XyzDestination::new(number, Point::from_xy(0.0, *y));
            contents.push_child(OutlineNode::new(words.clone(), place));
        }
    }
    document.set_outline(contents);
    document.set_tag_tree(structure.tree(&drawn, LANGUAGE));
    document.set_metadata(
        Metadata::new()
            .title(property(about.title))
            .authors(vec![property(about.author)])
            .creator(PROGRAM.to_owned())
            .producer(PROGRAM.to_owned())
            .language(LANGUAGE.to_owned())
            .creation_date(date(about.created)),
    );
    document.finish().map_err(|error| failed(&error))
}

/// A text as a property of the file: those are kept as XML too, which has no control characters.
fn property(text: &str) -> String {
    printable(&one_line(text))
}

fn kind() -> Result<Configuration, PdfProblem> {
    krilla::configure::ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfProblem(format!("{error:?}")))
}

fn failed(error: &KrillaError) -> PdfProblem {
    match error {
        KrillaError::Validation(errors) => {
            let what: Vec<String> = errors.iter().map(|(error, _)| format!("{error:?}")).collect();
            PdfProblem(what.join(", "))
        }
        other => PdfProblem(other.to_string()),
    }
}

fn draw(document: &mut Document, page: &Page, drawn: &mut Drawn) -> Result<(), PdfProblem> {
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfProblem("A4".to_owned()))?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    for (role, mark) in &page.marks {
        let tag = match role {
            Role::Part(_) if matches!(mark, Mark::Text { .. }) => ContentTag::Span(SpanTag::empty()),
            Role::Part(_) => ContentTag::Other,
            Role::Ornament => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            Role::Footer => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
            Role::Watermark => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Watermark)),
        };
        let id = surface.start_tagged(tag);
        if let Role::Part(piece) = role {
            drawn.note(*piece, id);
        }
        put(&mut surface, mark);
        surface.end_tagged();
    }
    surface.finish();
    for lead in &page.leads {
        let places: Vec<Quadrilateral> =
            lead.places.iter().filter_map(|place| rectangle(*place)).map(Quadrilateral::from).collect();
        if places.is_empty() {
            continue;
        }
        let target = Target::Action(Action::Link(LinkAction::new(lead.address.clone())));
        let link = LinkAnnotation::new_with_quad_points(places, target);
        let words = format!("Buka {}", lead.address);
        let id = sheet.add_tagged_annotation(Annotation::new_link(link, Some(words)));
        drawn.note(lead.piece, id);
    }
    sheet.finish();
    Ok(())
}

fn put(surface: &mut Surface<'_>, mark: &Mark) {
    match mark {
        Mark::Text { x, y, turn, line, style } => text(surface, [*x, *y], *turn, line, *style),
        Mark::Filled { boxes, colour } => {
            surface.set_fill(Some(filled(*colour)));
            surface.set_stroke(None);
            if let Some(path) = path(boxes) {
                surface.draw_path(&path);
            }
        }
        Mark::Frame { place, thickness, colour } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: paint(*colour),
                width: *thickness,
                ..Default::default()
            }));
            if let Some(path) = path(&[*place]) {
                surface.draw_path(&path);
            }
        }
    }
}

fn text(surface: &mut Surface<'_>, [x, y]: [f32; 2], turn: f32, line: &Line, style: Style) {
    surface.set_fill(Some(filled(style.colour)));
    surface.set_stroke(None);
    surface.push_transform(&Transform::from_translate(x, y));
    surface.push_transform(&Transform::from_rotate(-turn));
    let mut along = 0.0;
    for run in &line.runs {
        let font = run.face.embedded.clone();
        surface.draw_glyphs(Point::from_xy(along, 0.0), &run.glyphs, font, &run.text, style.size, false);
        along += run.width * style.size;
    }
    surface.pop();
    surface.pop();
}

fn path(boxes: &[Box4]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for rectangle in boxes.iter().filter_map(|place| rectangle(*place)) {
        path.push_rect(rectangle);
    }
    path.finish()
}

fn rectangle([x, y, width, height]: Box4) -> Option<Rect> {
    Rect::from_xywh(x, y, width, height)
}

fn paint(Colour(red, green, blue): Colour) -> Paint {
    rgb::Color::new(red, green, blue).into()
}

fn filled(colour: Colour) -> Fill {
    Fill { paint: paint(colour), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

/// A moment with the offset of WIB.
fn date(at: DateTime<Utc>) -> krilla::metadata::DateTime {
    const HOURS: i8 = 7;
    let offset = FixedOffset::east_opt(i32::from(HOURS) * 3600);
    let at = offset.map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset));
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    krilla::metadata::DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(HOURS)
}
