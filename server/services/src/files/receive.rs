//! `POST /berkas`: streams a file to disk, and knows it only once it is durable.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use desk::account::Caller;
use desk::file::FileView;
use desk::office::Desk;
use desk::problem::Problem;
use sha2::{Digest, Sha256};
use tokio::fs::File;

use super::keep::{By, KeepFault};
use super::ledger::NoRoom;
use super::partial::{Partial, PartialFault};
use super::{LARGEST, Shelf, kind, name};
use crate::callers::Staff;
use crate::forms::{PlainForm, back};
use crate::refuse::Refusal;
use crate::store::holding::Holder;
use crate::token::hex;

/// The form field that carries the file.
const FIELD: &str = "berkas";
/// How long the rest of a request is read when its outcome is clear.
const PATIENCE: Duration = Duration::from_secs(10);

/// Takes a file from somebody who has a role here.
pub(super) async fn receive(
    Extension(shelf): Extension<Arc<Shelf>>,
    Extension(desk): Extension<Arc<dyn Desk>>,
    Staff(caller): Staff,
    plain: Option<Extension<PlainForm>>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<impl IntoResponse, Refusal> {
    may_send(&caller, desk.as_ref())?;
    let taken = match body {
        Ok(body) => shelf.take_all(body, &caller).await,
        Err(_) => Err(Fault::Unreadable),
    };
    let file = taken.map_err(|fault| fault.told(&shelf))?;
    let page = plain.map(|Extension(PlainForm(page))| page_with(&page, &file));
    let location = page.and_then(|page| HeaderValue::from_str(&page).ok());
    Ok((location.map(|page| [(header::LOCATION, page)]), Json(file)))
}

fn may_send(caller: &Caller, desk: &dyn Desk) -> Result<(), Problem> {
    let who = "pelaksana SOP".to_owned();
    let (office, now) = (desk.office(), desk.now());
    let acting = office.rights(&caller.actor, now).substitutions().next().is_some();
    if caller.actor.lanes.is_empty() && !acting { Err(Problem::Forbidden { who }) } else { Ok(()) }
}

fn page_with(page: &str, file: &FileView) -> String {
    let page = back::without(page, &["berkas", "nama"]);
    back::with(&back::with(&page, "berkas", &file.sha256), "nama", &file.name)
}

/// Why a file was not taken. Nothing of it stays.
enum Fault {
    /// No multipart form, or a broken one; also when the line broke.
    Unreadable,
    /// The form has no file.
    Missing,
    /// The name cannot be used.
    Name(&'static str),
    /// No bytes.
    Empty,
    /// Too many bytes.
    TooLarge,
    /// None of the accepted types.
    Kind,
    /// It could not be kept.
    Keep(KeepFault),
}

impl Fault {
    /// As the person is told.
    fn told(self, shelf: &Shelf) -> Refusal {
        let (status, text) = match self {
            Self::Unreadable => (StatusCode::BAD_REQUEST, "Berkas tidak terkirim utuh; unggah lagi."),
            Self::Missing => (StatusCode::UNPROCESSABLE_ENTITY, "Belum ada berkas yang dipilih."),
            Self::Name(why) => (StatusCode::UNPROCESSABLE_ENTITY, why),
            Self::Empty => {
                (StatusCode::UNPROCESSABLE_ENTITY, "Berkas ini kosong (0 bita); periksa, lalu unggah lagi.")
            }
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Berkas terlalu besar; paling besar 20 MB."),
            Self::Kind => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Isi berkas ini bukan PDF, PNG atau JPEG, apa pun namanya.",
            ),
            Self::Keep(fault) => return fault.told(shelf).into(),
        };
        Refusal::under(status, Problem::invalid(text))
    }
}

impl From<MultipartError> for Fault {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Unreadable }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Keep(KeepFault::Disk(error))
    }
}

impl From<NoRoom> for Fault {
    fn from(fault: NoRoom) -> Self {
        Self::Keep(KeepFault::NoRoom(fault))
    }
}

impl From<PartialFault> for Fault {
    fn from(fault: PartialFault) -> Self {
        match fault {
            PartialFault::NoRoom(fault) => fault.into(),
            PartialFault::Io(error) => error.into(),
        }
    }
}

impl Shelf {
    async fn take_all(&self, mut body: Multipart, caller: &Caller) -> Result<FileView, Fault> {
        let taken = self.take(&mut body, caller).await;
        let rest = async { while let Ok(Some(_)) = body.next_field().await {} };
        // Whoever sends too slowly gets the answer, or does not hear it.
        let _ = tokio::time::timeout(PATIENCE, rest).await;
        taken
    }

    async fn take(&self, body: &mut Multipart, caller: &Caller) -> Result<FileView, Fault> {
        while let Some(mut field) = body.next_field().await? {
            if field.name() != Some(FIELD) {
                continue;
            }
            let name = match field.file_name() {
                // What a browser sends for a file field in which nothing was chosen.
                None | Some("") => return Err(Fault::Missing),
                sent => name::read(sent).map_err(Fault::Name)?,
            };
            let account = caller.actor.account.clone();
            let by = By { holder: Holder::account(&account), account };
            let partial = Partial::begin(self, &by.holder)?;
            let received = fill(&partial, &mut field).await?;
            return self.put_up(partial, received, name, &by).await;
        }
        Err(Fault::Missing)
    }

    /// Makes what was received durable under its hash, then known.
    async fn put_up(
        &self,
        partial: Partial,
        got: Received,
        name: String,
        by: &By,
    ) -> Result<FileView, Fault> {
        let Received { sha256, size, media_type } = got;
        let _moving = self.moving.read().await;
        tokio::fs::rename(partial.path(), self.folder.join(&sha256)).await?;
        File::open(&self.folder).await?.sync_all().await?;
        let view = FileView { sha256, name, size, media_type: media_type.to_owned() };
        self.note(view, by).await.map_err(Fault::Keep)
    }
}

struct Received {
    sha256: String,
    size: u64,
    media_type: &'static str,
}

/// Streams a field into the file. It is refused as soon as that is clear.
async fn fill(partial: &Partial, field: &mut Field<'_>) -> Result<Received, Fault> {
    let (mut file, mut sha256, mut size) = (File::create(partial.path()).await?, Sha256::new(), 0u64);
    let (mut beginning, mut media_type) = (Vec::new(), None);
    while let Some(chunk) = field.chunk().await? {
        size += chunk.len() as u64;
        if size > LARGEST {
            return Err(Fault::TooLarge);
        }
        if media_type.is_none() {
            let missing = kind::TELLING.saturating_sub(beginning.len());
            beginning.extend(chunk.iter().take(missing));
            media_type = kind::media_type(&beginning);
            if media_type.is_none() && beginning.len() == kind::TELLING {
                return Err(Fault::Kind);
            }
        }
        sha256.update(&chunk);
        partial.write(&mut file, &chunk, size).await?;
    }
    if size == 0 {
        return Err(Fault::Empty);
    }
    let media_type = media_type.ok_or(Fault::Kind)?;
    file.sync_all().await?;
    Ok(Received { sha256: hex(&sha256.finalize()), size, media_type })
}
