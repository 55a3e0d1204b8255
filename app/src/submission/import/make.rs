//! What the page of an import shows and does, made on the server.

use std::collections::BTreeMap;

use desk::problem::Problem;
use desk::report::import::{Answers, Imported, Manner, by_key};
use domain::id::RunId;

use super::super::make::{admitted, run_about};
use super::model::ImportView;
use crate::ui::request::{ports, require_agency, session};

pub(super) async fn view(data_year: i32) -> Result<ImportView, Problem> {
    let (caller, ports) = (require_agency()?, ports());
    let office = ports.desk.office();
    let run = run_about(&office, &caller, data_year)?;
    let nobody = || Problem::not_found("Pengumpulan LKj ini");
    let agency = office.agencies.get(&caller.agency).cloned().ok_or_else(nobody)?;
    let session = session().ok_or(Problem::SignedOut)?;
    let brought = ports.submissions.brought(caller, session, run).await?;
    Ok(ImportView { run, agency, data_year, brought })
}

/// The answers of the form. Columns that it names and that are none are not answered.
pub(super) fn answers(
    base: u32,
    step: &str,
    sheet: Option<usize>,
    columns: &BTreeMap<String, String>,
    mended: BTreeMap<String, String>,
    manner: &str,
    sure: bool,
) -> Answers {
    let column = |(name, place): (&String, &String)| {
        let place = if place.is_empty() { None } else { Some(place.parse().ok()?) };
        by_key(name).map(|field| (field, place))
    };
    Answers {
        base,
        sheet,
        columns: columns.iter().filter_map(column).collect(),
        mended: mended.into_iter().collect(),
        manner: if manner == "ganti" { Manner::Replace } else { Manner::Append },
        sure,
        look: step == "lihat",
    }
}

pub(super) async fn import(run: RunId, answers: Answers) -> Result<Imported, Problem> {
    let (caller, ports) = (admitted(run)?, ports());
    let session = session().ok_or(Problem::SignedOut)?;
    let done = ports.submissions.import(caller, session, run, answers).await?;
    let year = ports.desk.office().runs.get(&run).map_or(0, |run| run.data_year);
    let page = match done {
        Imported::Shown => format!("/pd/lkj/{year}/impor"),
        Imported::Rows(_) => format!("/pd/lkj/{year}"),
    };
    leptos_axum::redirect(&page);
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::achievement::Field;

    #[test]
    fn answers_of_a_form() {
        let pairs = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let columns = pairs(&[("target", "4"), ("realisasi", ""), ("satuan", "x"), ("lain", "1")]);
        let answers = answers(7, "lihat", Some(1), &columns, pairs(&[("F2", "84")]), "ganti", true);
        let expected = Answers {
            base: 7,
            sheet: Some(1),
            columns: vec![(Field::Realisasi, None), (Field::Target, Some(4))],
            mended: vec![("F2".to_owned(), "84".to_owned())],
            manner: Manner::Replace,
            sure: true,
            look: true,
        };
        assert_eq!(answers, expected);
    }
}
