//! Which of several columns is proposed: the year of the data, the last part of it that is
//! filled, kinerja before anggaran.

use super::super::Field;
use super::name::{Base, Name};

/// What is known of a column.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) at: usize,
    pub(super) name: Name,
    pub(super) text: String,
    pub(super) hidden: bool,
    /// Whether any row has a text there.
    pub(super) any: bool,
    /// Whether any row has a number or words there.
    pub(super) filled: bool,
    /// Whether all its numbers are percentages.
    pub(super) percent: bool,
}

/// What was picked for a field, and from what.
#[derive(Debug, Clone)]
pub(super) struct Pick {
    pub(super) field: Field,
    pub(super) among: Vec<usize>,
    pub(super) chosen: Option<usize>,
    pub(super) why: String,
    /// Whether nothing speaks for any of them.
    pub(super) must: bool,
    /// Whether it is shown although there was only one.
    pub(super) shown: bool,
}

/// Picks a column for every field.
pub(super) fn picks(facts: &[Fact], year: i32) -> Vec<Pick> {
    let base = |base: Base| -> Vec<&Fact> {
        facts.iter().filter(|fact| fact.name.base == base && !fact.hidden && !fact.name.last).collect()
    };
    let plain = |base: Base| -> Vec<&Fact> { self::plain(facts, base) };
    let target = measured(Field::Target, &plain(Base::Target), year);
    let mut realisasi = measured(Field::Realisasi, &plain(Base::Realisasi), year);
    if realisasi.among.is_empty() {
        realisasi = capaian(facts, &target, year);
    }
    let indikator = one(Field::Indikator, &base(Base::Indikator), |fact| {
        let text = fact.text.to_lowercase();
        (text.contains("sasaran") || !text.contains("tujuan")) && !text.contains("program")
    });
    let before = indikator.chosen.unwrap_or(usize::MAX);
    let sasaran = last_of(Field::Sasaran, &base(Base::Sasaran), before);
    let satuan = last_of(Field::Satuan, &base(Base::Satuan), target.chosen.unwrap_or(usize::MAX));
    let last = before_that(facts, year, [&target, &realisasi]);
    let polarity = one(Field::Polarity, &base(Base::Polarity), |_| true);
    let note = one(Field::Note, &base(Base::Note), |_| true);
    vec![sasaran, indikator, satuan, target, realisasi, polarity, last, note]
}

fn plain(facts: &[Fact], base: Base) -> Vec<&Fact> {
    let fits = |fact: &&Fact| fact.name.base == base && !fact.hidden && !fact.name.last && !fact.name.medium;
    facts.iter().filter(fits).collect()
}

fn pick(field: Field, among: &[&Fact], chosen: Option<&Fact>, why: &[&str]) -> Pick {
    Pick {
        field,
        among: among.iter().map(|fact| fact.at).collect(),
        chosen: chosen.map(|fact| fact.at),
        why: why.iter().filter(|why| !why.is_empty()).copied().collect::<Vec<_>>().join("; "),
        must: chosen.is_none() && !among.is_empty(),
        shown: false,
    }
}

/// The first that fits, else the first.
fn one(field: Field, among: &[&Fact], fits: impl Fn(&Fact) -> bool) -> Pick {
    let chosen = among.iter().find(|fact| fits(fact)).or(among.first()).copied();
    pick(field, among, chosen, &["kolom pertama yang cocok"])
}

/// The last one before a column, else the first.
fn last_of(field: Field, among: &[&Fact], before: usize) -> Pick {
    let chosen = among.iter().rev().find(|fact| fact.at < before).or(among.first()).copied();
    pick(field, among, chosen, &["kolom yang terdekat"])
}

/// Keeps what fits, unless nothing does.
fn prefer(left: Vec<&Fact>, fits: impl Fn(&Fact) -> bool) -> (Vec<&Fact>, bool) {
    let kept: Vec<&Fact> = left.iter().copied().filter(|fact| fits(fact)).collect();
    if kept.is_empty() || kept.len() == left.len() { (left, false) } else { (kept, true) }
}

/// Target or realisasi among those that are called so.
fn measured(field: Field, all: &[&Fact], year: i32) -> Pick {
    let money_only = all.iter().all(|fact| fact.name.money);
    let kinerja = all.iter().any(|fact| fact.name.kinerja && !fact.name.money);
    // Money beside kinerja of the same name is a choice; money by itself never is the answer.
    let among: Vec<&Fact> =
        all.iter().copied().filter(|fact| !fact.name.money || money_only || kinerja).collect();
    let usable: Vec<&Fact> = all.iter().copied().filter(|fact| !fact.name.money).collect();
    let of_year: Vec<&Fact> =
        usable.iter().copied().filter(|fact| fact.name.year.is_none_or(|of| of == year)).collect();
    if of_year.is_empty() {
        let why = if usable.is_empty() { "hanya ada kolom anggaran" } else { "hanya ada kolom tahun lain" };
        return pick(field, &among, None, &[why]);
    }
    let years = if of_year.len() < usable.len() { format!("tahun data {year}") } else { String::new() };
    let (left, by_year) = prefer(of_year, |fact| fact.name.year == Some(year));
    let years = if by_year { format!("tahun data {year}") } else { years };
    let (left, until) = latest(left);
    let (left, shares) = prefer(left, |fact| !fact.name.percent);
    let (left, changed) = prefer(left, |fact| fact.name.changed && fact.filled);
    let (left, named) = prefer(left, |fact| fact.name.kinerja);
    let said = |yes: bool, why: &'static str| if yes { why } else { "" };
    let money = said(usable.len() < among.len(), "kinerja, bukan anggaran");
    let why = [
        &*years,
        &*until,
        said(shares, "jumlah, bukan persentase"),
        said(changed, "setelah perubahan"),
        if money.is_empty() { said(named, "kinerja") } else { money },
    ];
    match left.as_slice() {
        [only] => pick(field, &among, Some(only), &why),
        _ => pick(field, &among, None, &["ada lebih dari satu kolom yang cocok"]),
    }
}

/// The whole year if it is filled, else the last part of the year that is.
fn latest(left: Vec<&Fact>) -> (Vec<&Fact>, String) {
    let whole: Vec<&Fact> = left.iter().copied().filter(|fact| fact.name.until.is_none()).collect();
    if whole.len() == left.len() {
        return (left, String::new());
    }
    let empty = left.iter().all(|fact| !fact.filled);
    if !whole.is_empty() && (empty || whole.iter().any(|fact| fact.filled)) {
        return (whole, "setahun penuh".to_owned());
    }
    let filled = left.iter().filter(|fact| fact.filled || empty).filter_map(|fact| fact.name.until).max();
    let parts: Vec<&Fact> = left.iter().copied().filter(|fact| fact.name.until == filled).collect();
    if left.len() == 1 {
        return (parts, String::new());
    }
    let why = "bagian tahun terakhir yang terisi; bila tiap bagian dihitung sendiri, jumlahkan dulu";
    (parts, why.to_owned())
}

/// "Capaian Kinerja" holds the realisasi where no column is called so.
fn capaian(facts: &[Fact], target: &Pick, year: i32) -> Pick {
    let all = plain(facts, Base::Capaian);
    let targets = target.chosen.and_then(|at| facts.get(at)).is_some_and(|fact| fact.percent);
    let mut found = measured(Field::Realisasi, &all, year);
    found.shown = !found.among.is_empty();
    found.must = false;
    let share = found.chosen.and_then(|at| facts.get(at)).is_some_and(|fact| fact.percent && !targets);
    if share {
        found.chosen = None;
        "kolom capaian berisi persentase, mungkin bukan realisasi".clone_into(&mut found.why);
    } else if found.chosen.is_some() {
        "tidak ada kolom realisasi; kolom capaian dibaca sebagai realisasi".clone_into(&mut found.why);
    }
    found
}

/// What was reached in the year before.
fn before_that(facts: &[Fact], year: i32, taken: [&Pick; 2]) -> Pick {
    let of = |base: Base| -> Vec<&Fact> {
        let fits = |fact: &&Fact| {
            let name = &fact.name;
            let free = taken.iter().all(|pick| pick.chosen != Some(fact.at));
            name.base == base
                && !fact.hidden
                && !name.money
                && !name.medium
                && free
                && (name.last && name.year.is_none_or(|of| of < year) || name.year == Some(year - 1))
        };
        facts.iter().filter(fits).collect()
    };
    let (reached, told) = (of(Base::Realisasi), of(Base::Capaian));
    let among: Vec<&Fact> = reached.iter().chain(&told).copied().collect();
    let (left, until) = latest(if reached.is_empty() { told } else { reached });
    let (left, _) = prefer(left, |fact| !fact.name.percent);
    let mut found = pick(Field::Last, &among, left.first().copied(), &["realisasi tahun sebelumnya", &until]);
    found.must = false;
    found
}
