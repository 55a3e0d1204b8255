//! The parts of a workbook (ECMA-376): which sheets are shown, and where they lie.

use std::collections::HashSet;

use domain::achievement::import::Grid;

use super::cells::{self, Book};
use super::elements::Elements;
use super::grid::{Filling, Spent};
use super::inflate::Parts;
use super::strings;
use super::styles::Formats;
use super::xml::{Item, walk};
use super::{Limits, SheetProblem};

/// Where the workbook lies if the file does not say.
const USUAL: &str = "xl/workbook.xml";

/// A pointer from one part to another.
struct Relation {
    id: String,
    /// The last word of its type, such as `worksheet`.
    kind: String,
    path: String,
}

/// Reads the sheets that are shown and filled, at most so many.
pub(super) fn read(bytes: &[u8], limits: &Limits, most: usize) -> Result<Vec<Grid>, SheetProblem> {
    let mut parts = Parts::open(bytes, limits)?;
    if !parts.has("[Content_Types].xml") {
        return Err(SheetProblem::NotATable);
    }
    let roots = relations(&mut parts, "")?;
    let book = roots.into_iter().find(|root| root.kind == "officeDocument").map(|root| root.path);
    let book = book.filter(|path| parts.has(path)).unwrap_or_else(|| USUAL.to_owned());
    // A binary workbook (.xlsb) is no XML; a letter (.docx) has no sheets.
    if !parts.has(&book) || !book.to_ascii_lowercase().ends_with(".xml") {
        return Err(SheetProblem::NotATable);
    }
    let mut elements = Elements::up_to(limits.elements);
    let (sheets, since_1904) = sheets(&mut parts, &book, &mut elements)?;
    if sheets.is_empty() {
        return Err(SheetProblem::NotATable);
    }
    let related = relations(&mut parts, &book)?;
    let path_of = |kind: &str| related.iter().find(|relation| relation.kind == kind).map(|found| &found.path);
    let formats = match path_of("styles").map(|path| parts.part(path)).transpose()?.flatten() {
        Some(part) => Formats::read(part, &mut elements)?,
        None => Formats::default(),
    };
    let texts = match path_of("sharedStrings").map(|path| parts.part(path)).transpose()?.flatten() {
        Some(part) => strings::read(part, &mut elements)?,
        None => Vec::new(),
    };
    let book = Book { formats, texts, since_1904 };

    let (mut read, mut grids, mut spent) = (HashSet::new(), Vec::new(), Spent::default());
    for (id, name) in sheets {
        let relation = related.iter().find(|relation| relation.id == id && relation.kind == "worksheet");
        // A list may name one sheet a thousand times.
        let Some(path) = relation.map(|relation| &relation.path).filter(|path| read.insert(*path)) else {
            continue;
        };
        let Some(part) = parts.part(path)? else { return Err(SheetProblem::Damaged) };
        let mut filling = Filling::new(limits, spent);
        let done = cells::read(part, &book, &mut elements, &mut filling);
        spent = filling.spent();
        match done {
            Ok(()) if filling.is_empty() => continue,
            Ok(()) => grids.push(filling.finish(name)),
            // A large sheet behind the one that is wanted is no reason to refuse that one.
            Err(fault) if grids.is_empty() || !is_about_size(&fault) => return Err(fault),
            Err(_) => {}
        }
        if grids.len() >= most {
            break;
        }
    }
    if grids.is_empty() { Err(SheetProblem::NoRows) } else { Ok(grids) }
}

fn is_about_size(fault: &SheetProblem) -> bool {
    matches!(
        fault,
        SheetProblem::TooManyRows { .. }
            | SheetProblem::TooManyColumns { .. }
            | SheetProblem::TooLongCell { .. }
    )
}

/// The sheets that are shown, in order, each with its name, and whether days are counted from 1904.
fn sheets(
    parts: &mut Parts<'_>,
    book: &str,
    elements: &mut Elements,
) -> Result<(Vec<(String, String)>, bool), SheetProblem> {
    let mut sheets = Vec::new();
    let mut since_1904 = false;
    let Some(part) = parts.part(book)? else { return Err(SheetProblem::Damaged) };
    walk(part, |item| {
        match item {
            Item::Open(b"workbookPr", tag) => {
                since_1904 = matches!(tag.attribute("date1904").as_deref(), Some("1" | "true" | "on"));
            }
            Item::Open(b"sheet", tag) => {
                // A sheet weighs more than a cell: 1,200 are enough for anyone.
                (0..100).try_for_each(|_| elements.take())?;
                let shown = tag.attribute("state").is_none_or(|state| state == "visible");
                let name = tag.attribute("name").unwrap_or_default();
                sheets.extend(tag.attribute("id").filter(|_| shown).map(|id| (id, name)));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((sheets, since_1904))
}

/// Where a part points to, inside the file; what lies outside is not followed.
fn relations(parts: &mut Parts<'_>, path: &str) -> Result<Vec<Relation>, SheetProblem> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut relations = Vec::new();
    let Some(part) = parts.part(&resolve(folder, &format!("_rels/{name}.rels")))? else {
        return Ok(relations);
    };
    walk(part, |item| {
        if let Item::Open(b"Relationship", tag) = item
            && tag.attribute("TargetMode").is_none_or(|mode| mode != "External")
            && let (Some(id), Some(kind), Some(target)) =
                (tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.push(Relation { id, kind, path: resolve(folder, &target) });
        }
        Ok(())
    })?;
    Ok(relations)
}

/// The path of a target seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets() {
        for (folder, target, path) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../media/./a.png", "xl/media/a.png"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolve(folder, target), path);
        }
    }
}
