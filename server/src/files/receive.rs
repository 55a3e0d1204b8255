//! `POST /berkas`: streams a file to disk, and knows it only once it is durable.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use app::account::Caller;
use app::file::FileView;
use app::problem::Problem;
use app::run::port::Desk;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::{LARGEST, PARTIAL, Shelf, kind, name};
use crate::clock::Clock;
use crate::forms::{PlainForm, back};
use crate::refuse::{refuse, refuse_as};
use crate::store::StoreError;
use crate::store::file::KeptFile;
use crate::token::{Token, hex};

/// The form field that carries the file.
const FIELD: &str = "berkas";
/// How long the rest of a request is read when its outcome is clear.
const PATIENCE: Duration = Duration::from_secs(10);

/// Takes a file from somebody who has a role here.
pub(super) async fn receive(
    Extension(shelf): Extension<Arc<Shelf>>,
    Extension(desk): Extension<Arc<dyn Desk>>,
    caller: Option<Extension<Caller>>,
    plain: Option<Extension<PlainForm>>,
    body: Result<Multipart, MultipartRejection>,
) -> Response {
    let taken = match (may_send(caller, desk.as_ref()), body) {
        (Err(problem), _) => return refuse(&problem),
        (Ok(_), Err(_)) => Err(Fault::Unreadable),
        (Ok(caller), Ok(body)) => shelf.take_all(body, &caller).await,
    };
    match taken {
        Ok(file) => {
            let page = plain.map(|Extension(PlainForm(page))| page_with(&page, &file));
            let location = page.and_then(|page| HeaderValue::from_str(&page).ok());
            (location.map(|page| [(header::LOCATION, page)]), Json(file)).into_response()
        }
        Err(fault) => fault.into_response(),
    }
}

fn may_send(caller: Option<Extension<Caller>>, desk: &dyn Desk) -> Result<Caller, Problem> {
    let Extension(caller) = caller.ok_or(Problem::SignedOut)?;
    let who = "pelaksana SOP".to_owned();
    let (office, now) = (desk.office(), desk.now());
    let acting = office.rights(&caller.actor, now).substitutions().next().is_some();
    if caller.actor.lanes.is_empty() && !acting { Err(Problem::Forbidden { who }) } else { Ok(caller) }
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
    /// The disk.
    Disk(io::Error),
    /// The database.
    Store(StoreError),
    /// No randomness for a temporary name.
    Random(getrandom::Error),
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
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
            Self::Disk(error) => return unwell(&error),
            Self::Store(error) => return unwell(&error),
            Self::Random(error) => return unwell(&error),
        };
        refuse_as(status, &Problem::invalid(text))
    }
}

fn unwell(error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a file could not be kept");
    refuse(&Problem::Unwell)
}

impl From<MultipartError> for Fault {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Unreadable }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
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
            let partial = Partial::new(self)?;
            let received = partial.fill(&mut field).await?;
            return self.keep(partial, received, name, caller).await;
        }
        Err(Fault::Missing)
    }

    /// Makes what was received durable under its hash, then known.
    async fn keep(
        &self,
        partial: Partial,
        got: Received,
        name: String,
        caller: &Caller,
    ) -> Result<FileView, Fault> {
        let Received { sha256, size, media_type } = got;
        tokio::fs::rename(&partial.0, self.folder.join(&sha256)).await?;
        File::open(&self.folder).await?.sync_all().await?;
        let view = FileView { sha256, name, size, media_type: media_type.to_owned() };
        let sent_by = caller.actor.account.clone();
        let kept = KeptFile { view, sent_by, sent_at: Clock::system().now() };
        self.store.note_file(&kept).await.map_err(Fault::Store)?;
        tracing::info!(account = %kept.sent_by, sha256 = kept.view.sha256, size, "a file was received");
        Ok(kept.view)
    }
}

/// A file on its way in, removed unless it was renamed.
struct Partial(PathBuf);

struct Received {
    sha256: String,
    size: u64,
    media_type: &'static str,
}

impl Partial {
    fn new(shelf: &Shelf) -> Result<Self, Fault> {
        let name = Token::fresh().map_err(Fault::Random)?.reveal();
        Ok(Self(shelf.folder.join(name).with_extension(PARTIAL)))
    }

    /// Streams a field into the file. It is refused as soon as that is clear.
    async fn fill(&self, field: &mut Field<'_>) -> Result<Received, Fault> {
        let (mut file, mut sha256, mut size) = (File::create(&self.0).await?, Sha256::new(), 0u64);
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
            file.write_all(&chunk).await?;
        }
        if size == 0 {
            return Err(Fault::Empty);
        }
        let media_type = media_type.ok_or(Fault::Kind)?;
        file.sync_all().await?;
        Ok(Received { sha256: hex(&sha256.finalize()), size, media_type })
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After the rename there is nothing of this name, which is as it should be.
        let _ = std::fs::remove_file(&self.0);
    }
}
