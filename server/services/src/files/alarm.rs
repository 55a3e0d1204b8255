//! A full disk is told to the administrators, once until there is room again.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use desk::file::{StorageState, room_words};
use domain::id::AccountId;
use domain::reminder::Mail;
use tokio::sync::Mutex;

use super::{Room, Shelf, Standing};
use crate::mail::Mailroom;
use crate::token::Token;

/// A file without content that says that they were told. It needs no room on a full disk, and outlives a
/// restart.
const TOLD: &str = "disk-full-told";
/// How many hex digits make a mail's id unlike others.
const ID: usize = 16;

/// Looks at the disk, and says so when it is full.
pub struct Alarm {
    shelf: Arc<Shelf>,
    mailroom: Arc<Mailroom>,
    marker: PathBuf,
    told: Mutex<Warned>,
}

/// What was said of the full disk of now.
#[derive(Default)]
struct Warned {
    logged: bool,
    id: String,
    by_mail: BTreeSet<AccountId>,
}

impl Alarm {
    /// An alarm for the disk on which a shelf stands.
    pub fn new(shelf: Arc<Shelf>, mailroom: Arc<Mailroom>) -> Self {
        let marker = shelf.folder().join(TOLD);
        Self { shelf, mailroom, marker, told: Mutex::default() }
    }

    /// Looks at the disk. Who could not be told now is tried again at the next look.
    ///
    /// # Errors
    /// If the system does not say how much room there is.
    pub async fn look(&self) -> io::Result<()> {
        let standing = self.shelf.space().standing()?;
        let mut told = self.told.lock().await;
        if standing.has_recovered() {
            if told.logged || self.marker.exists() {
                tracing::info!(free = standing.room.free, "there is room on the disk again");
                forgotten(std::fs::remove_file(&self.marker))?;
                *told = Warned::default();
            }
            return Ok(());
        }
        if standing.state != StorageState::Full || self.marker.exists() {
            return Ok(());
        }
        if !told.logged {
            let Room { size, free } = standing.room;
            tracing::error!(size, free, reserve = standing.reserve, "the disk is full: files are refused");
            *told = Warned { logged: true, id: id()?, by_mail: BTreeSet::new() };
        }
        self.tell(&mut told, standing).await;
        Ok(())
    }

    async fn tell(&self, told: &mut Warned, standing: Standing) {
        let alarmed = self.mailroom.alarmed();
        for account in &alarmed {
            if told.by_mail.contains(account) {
                continue;
            }
            match self.mailroom.alarm(account, &told.id, self.mail(standing)).await {
                Ok(()) => drop(told.by_mail.insert(account.clone())),
                Err(trouble) => tracing::error!(%trouble, %account, "an alarm could not be sent"),
            }
        }
        let all = !alarmed.is_empty() && alarmed.iter().all(|account| told.by_mail.contains(account));
        if all && let Err(error) = std::fs::File::create(&self.marker) {
            // They are not told again before the next start.
            tracing::warn!(%error, "it could not be noted that the administrators were told");
        }
    }

    fn mail(&self, Standing { room: Room { size, free }, reserve, .. }: Standing) -> Mail {
        let [size, free, reserve] = [size, free, reserve].map(room_words);
        let page = self.mailroom.page("/kelola");
        Mail {
            subject: "Penyimpanan Alur penuh".to_owned(),
            body: format!(
                "Ruang kosong di disk server Alur tinggal {free} dari {size}. Cadangan {reserve} dijaga untuk catatan kantor.\n\n\
                 Unggahan dan impor ditolak sampai ada ruang lagi. Pekerjaan pada lembar SOP tetap berjalan.\n\n\
                 Yang dapat dilakukan: perbesar disk, atau pindahkan berkas lain (misalnya arsip cadangan lama) dari disk itu.\n\n\
                 Keadaannya tampil di halaman Kelola{page}\n\n\
                 Surel ini dikirim satu kali sampai ruangnya kembali cukup.\n"
            ),
        }
    }
}

fn id() -> io::Result<String> {
    let token = Token::fresh().map_err(io::Error::other)?.reveal();
    Ok(format!("disk-{}", token.chars().take(ID).collect::<String>()))
}

fn forgotten(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
