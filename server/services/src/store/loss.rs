//! What is missing of what was acknowledged, as the person is told it.

use std::fmt;
use std::path::{Path, PathBuf};

use domain::calendar::words;
use domain::id::Seq;

use super::disk::{Broken, Damage};
use super::mark::Remembered;

/// A database that does not hold what was acknowledged.
#[derive(Debug)]
pub struct Loss {
    /// Where it is.
    pub place: String,
    /// What was acknowledged.
    pub remembered: Remembered,
    /// The last record that is there, up to the one that was acknowledged last.
    pub last_record: Seq,
    /// How many writes to the other tables are there.
    pub writes: u64,
    /// Where its write-ahead log cannot be read, if that is known.
    pub(super) broken: Option<Broken>,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const OTHERS: &str = "perubahan akun, draf, berkas atau tautan";
        let Self { place, remembered, last_record, writes, broken } = self;
        let last = remembered.log.seq;
        let (records, others) = (last - last_record, remembered.writes.saturating_sub(*writes));
        write!(f, "basis data {place} kehilangan ")?;
        match (records, others) {
            (0, 0) => write!(f, "catatan {last} yang sudah diakui (di tempatnya ada yang lain)")?,
            (0, _) => write!(f, "{others} {OTHERS} yang sudah diakui")?,
            (_, 0) => write!(f, "{records} catatan yang sudah diakui")?,
            _ => write!(f, "{records} catatan dan {others} {OTHERS} yang sudah diakui")?,
        }
        acknowledged(f, remembered)?;
        if records > 0 {
            write!(f, ", yang masih ada sampai catatan {last_record}")?;
        }
        if let Some(Broken { file, at, .. }) = broken {
            write!(f, "; {} tidak terbaca mulai byte {at}", file.display())?;
        }
        write!(f, ". {}", way(Some(remembered)))
    }
}

/// A file of the database that is damaged or missing.
#[derive(Debug)]
pub struct Damaged {
    /// Where the database is.
    pub folder: PathBuf,
    /// The file; `None` if there is nothing at all.
    pub damage: Option<Damage>,
    /// What was acknowledged, if that is known.
    pub remembered: Option<Remembered>,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { folder, damage, remembered } = self;
        match damage {
            Some(damage) => write!(f, "berkas basis data {damage}")?,
            None => write!(f, "basis data {} kosong, padahal kantor ini pernah ada", folder.display())?,
        }
        if let Some(remembered) = remembered {
            acknowledged(f, remembered)?;
        }
        write!(f, ". {}", way(remembered.as_ref()))
    }
}

fn acknowledged(f: &mut fmt::Formatter<'_>, remembered: &Remembered) -> fmt::Result {
    let Remembered { log, at, .. } = remembered;
    write!(f, "; yang terakhir diakui catatan {} ({})", log.seq, words::full(*at))
}

/// What to do.
fn way(remembered: Option<&Remembered>) -> String {
    let backup = remembered.and_then(|remembered| remembered.backup);
    let which = backup.map(|(last, at)| format!(" (dibuat {}, sampai catatan {last})", words::full(at)));
    format!(
        "Tidak ada yang ditimpa. Pulihkan cadangan terakhir{} ke folder data lain yang kosong dengan \
         `alur restore`, dan simpan folder ini untuk diperiksa",
        which.unwrap_or_default()
    )
}

/// What is said of a log with damage in it that has cost nothing.
pub(super) fn kept_aside(broken: &Broken, kept: &Path) -> String {
    format!(
        "{} rusak mulai byte {}, tetapi semua yang diakui masih ada; aslinya disimpan di {}",
        broken.file.display(),
        broken.at,
        kept.display()
    )
}
