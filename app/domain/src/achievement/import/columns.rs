//! Which column holds what.

use super::super::{Field, Reading, Unit};
use super::candidates::{self, Fact, Pick};
use super::heading::Heading;
use super::name::{Base, Name};
use super::{Choice, Column, Grid, Held, Unused, Wish};

/// What every column holds, and what there is to choose.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// For every column what it holds, if anything that is wanted.
    pub(super) fields: Vec<Option<Field>>,
    pub(super) columns: Vec<Column>,
    pub(super) choices: Vec<Choice>,
    pub(super) missing: Vec<Field>,
}

/// What a table cannot do without, so that it is asked for when no column holds it.
const ASKED: [Field; 4] = [Field::Sasaran, Field::Indikator, Field::Target, Field::Realisasi];

/// Chooses the columns of a table below its heading, with what was answered.
pub(super) fn choose(grid: &Grid, heading: &Heading, year: i32, wish: &Wish) -> Layout {
    let facts: Vec<Fact> = (0..grid.width()).map(|at| fact(grid, heading, at)).collect();
    let mut picks = candidates::picks(&facts, year);
    answer(&mut picks, facts.len(), wish);
    let mut fields = vec![None; facts.len()];
    for pick in &picks {
        if let Some(field) = pick.chosen.and_then(|at| fields.get_mut(at)) {
            *field = Some(pick.field);
        }
    }
    let holder = |at: usize| picks.iter().find(|pick| pick.chosen == Some(at)).map(|pick| pick.field);
    let columns = facts.iter().filter(|fact| fact.any || !fact.text.is_empty()).map(|fact| Column {
        at: fact.at,
        name: fact.text.clone(),
        held: fields
            .get(fact.at)
            .copied()
            .flatten()
            .map_or_else(|| Held::Left(unused(fact, year, holder(fact.at))), Held::Field),
    });
    let columns = columns.collect();
    let missing = picks.iter().filter(|pick| pick.chosen.is_none()).map(|pick| pick.field).collect();
    let unknown = |fact: &&Fact| {
        fact.any && matches!(fact.name.base, Base::Unknown | Base::Explains) && holder(fact.at).is_none()
    };
    let free: Vec<usize> = facts.iter().filter(unknown).map(|fact| fact.at).collect();
    let choices = picks.into_iter().filter_map(|pick| choice(pick, &free)).collect();
    Layout { fields, columns, choices, missing }
}

/// Puts what was answered in the place of what was proposed. A column holds one thing: what was only
/// proposed gives way, and of two answers the second one is asked again.
fn answer(picks: &mut [Pick], width: usize, wish: &Wish) {
    let mut taken: Vec<usize> = Vec::new();
    for pick in picks.iter_mut() {
        let Some(chosen) = wish.column(pick.field) else { continue };
        pick.chosen = chosen.filter(|at| *at < width);
        pick.shown = true;
        pick.must = pick.chosen.is_some_and(|at| taken.contains(&at));
        if pick.must {
            pick.chosen = None;
            "kolom itu sudah dipilih untuk isian lain".clone_into(&mut pick.why);
        }
        taken.extend(pick.chosen);
    }
    for pick in picks.iter_mut().filter(|pick| wish.column(pick.field).is_none()) {
        if pick.chosen.is_some_and(|at| taken.contains(&at)) {
            pick.chosen = None;
        }
    }
}

/// What was picked, as a question; `None` if there was nothing to choose.
fn choice(pick: Pick, free: &[usize]) -> Option<Choice> {
    let Pick { field, among, chosen, why, must, shown } = pick;
    if shown || must || among.len() > 1 {
        return Some(Choice { field, among, chosen, why, must });
    }
    if chosen.is_some() || free.is_empty() || !ASKED.contains(&field) {
        return None;
    }
    let why = format!("tidak ada kolom yang bernama {}", field.word().to_lowercase());
    Some(Choice { field, among: free.to_vec(), chosen, why, must: field == Field::Indikator })
}

fn fact(grid: &Grid, heading: &Heading, at: usize) -> Fact {
    let lines = heading.names.get(at).map(Vec::as_slice).unwrap_or_default();
    let shown = |row: &usize| !grid.hidden_rows.contains(row);
    let texts = || (heading.rows.end..grid.rows.len()).filter(shown).map(|row| grid.own(row, at));
    let filled = || texts().filter(|text| !text.is_empty()).map(Reading::of);
    let numbers = || filled().filter_map(|reading| reading.number().cloned());
    Fact {
        at,
        name: Name::of(lines),
        text: lines.join(" "),
        hidden: grid.hidden_columns.contains(&at),
        any: texts().any(|text| !text.is_empty()),
        filled: filled().any(|reading| matches!(reading, Reading::Number(_) | Reading::Text(_))),
        percent: numbers().next().is_some() && numbers().all(|number| number.unit == Unit::Percent),
    }
}

/// Why a column is left out.
fn unused(fact: &Fact, year: i32, holder: Option<Field>) -> Unused {
    let name = &fact.name;
    let wanted = !matches!(name.base, Base::Number | Base::Computed | Base::Explains | Base::Unknown);
    if fact.hidden {
        Unused::Hidden
    } else if name.base == Base::Number {
        Unused::Number
    } else if name.base == Base::Explains {
        Unused::Explains
    } else if name.money {
        Unused::Money
    } else if name.base == Base::Computed
        || (name.base == Base::Capaian && name.year.is_none_or(|of| of == year))
    {
        Unused::Computed
    } else if name.medium {
        Unused::MediumTerm
    } else if wanted && (name.last || name.year.is_some_and(|of| of != year)) {
        Unused::OtherYear
    } else if wanted && name.until.is_some() {
        Unused::OtherPeriod
    } else if wanted || holder.is_some() {
        Unused::Another
    } else {
        Unused::Unknown
    }
}

/// The order of columns without a heading.
const USUAL: [Field; 5] = [Field::Sasaran, Field::Indikator, Field::Satuan, Field::Target, Field::Realisasi];

/// The columns of a table that no row names, or `None` if there are too few. A first column of
/// numbers is left out; a sixth one is the direction if it names one.
pub(super) fn usual(grid: &Grid, is_polarity: impl Fn(&str) -> bool) -> Option<Layout> {
    let rows: Vec<usize> = (0..grid.rows.len()).filter(|row| grid.filled(*row).next().is_some()).collect();
    let numbered = is_numbered(grid, &rows);
    let mut fields: Vec<Option<Field>> = Vec::new();
    fields.extend(numbered.then_some(None));
    fields.extend(USUAL.map(Some));
    // Five columns of which the first is numbers lack one, and nothing says which.
    if grid.width() < fields.len() {
        return None;
    }
    let sixth = fields.len();
    let directed = rows.iter().any(|row| is_polarity(grid.own(*row, sixth)));
    fields.extend(directed.then_some(Some(Field::Polarity)));
    fields.resize(grid.width(), None);
    let held = |(at, field): (usize, &Option<Field>)| {
        let left = if numbered && at == 0 { Unused::Number } else { Unused::Unknown };
        Column { at, name: String::new(), held: field.map_or(Held::Left(left), Held::Field) }
    };
    let columns = fields.iter().enumerate().map(held).collect();
    let missing = Field::ALL.into_iter().filter(|field| !fields.contains(&Some(*field))).collect();
    Some(Layout { fields, columns, choices: Vec::new(), missing })
}

/// Whether the first column numbers the rows: "1", "2.", or nothing below a merged cell.
fn is_numbered(grid: &Grid, rows: &[usize]) -> bool {
    let first = || rows.iter().map(|row| grid.own(*row, 0));
    let is_number = |cell: &str| {
        let bare = cell.trim_end_matches(['.', ')']);
        (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit())
    };
    first().all(|cell| cell.is_empty() || is_number(cell)) && first().any(is_number)
}
