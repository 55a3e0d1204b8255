//! What the page of an import asks, and what is answered on it.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]
#![expect(clippy::too_many_arguments, reason = "they are the fields of one form")]

use std::collections::BTreeMap;

use desk::problem::Problem;
use desk::report::import::Imported;
use domain::id::RunId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::model::ImportView;

/// The table that this session has brought for the report about a year.
#[server(prefix = "/api", endpoint = "import-preview", input = GetUrl)]
pub async fn get_import(data_year: i32) -> Result<ImportView, Problem> {
    super::make::view(data_year).await
}

/// Imports the table that was brought, or shows it again with other answers (`langkah=lihat`).
/// `kolom[target]` is the place of a column from 0, or empty for none; `isi[F2]` a cell as it stands
/// on the page; `cara` is `ganti` or `tambah`.
#[server(prefix = "/api", endpoint = "import-rows")]
pub async fn import_rows(
    run: RunId,
    base: u32,
    #[server(default)] langkah: String,
    #[server(default)] lembar: Option<usize>,
    #[server(default)] kolom: BTreeMap<String, String>,
    #[server(default)] isi: BTreeMap<String, String>,
    #[server(default)] cara: String,
    #[server(default)] periksa: bool,
) -> Result<Imported, Problem> {
    let answers = super::make::answers(base, &langkah, lembar, &kolom, isi, &cara, periksa);
    super::make::import(run, answers).await
}
