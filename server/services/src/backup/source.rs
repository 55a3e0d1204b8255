//! Where an archive is read from: a file, encrypted or not. Encrypted ones are age files for an
//! X25519 recipient; nothing of what is in them touches the disk on the way.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;
use std::str::FromStr;

use age::{DecryptError, Decryptor, Encryptor};

use super::BackupError;

/// How every age file begins.
const MAGIC: &[u8] = b"age-encryption.org/";
/// How long the head of an encrypted archive may be: a recipient takes 150 bytes.
const LONGEST_HEAD: u64 = 16 * 1024;

/// Who can read an encrypted archive: `age1…`.
#[derive(Clone)]
pub struct Recipient(age::x25519::Recipient);

/// The secret counterpart of a [`Recipient`].
pub struct Identity(age::x25519::Identity);

/// Why a file holds no identity.
#[derive(Debug, thiserror::Error)]
pub enum NoIdentity {
    /// It cannot be read.
    #[error("{0}")]
    File(#[from] io::Error),
    /// There is none in it.
    #[error("tidak memuat AGE-SECRET-KEY-1… seperti dibuat oleh age-keygen")]
    None,
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Recipient {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim().parse().map(Self).map_err(|_| "tulis penerima age, misalnya age1…")
    }
}

impl Identity {
    /// Reads the file that `age-keygen` writes.
    ///
    /// # Errors
    /// [`NoIdentity`].
    pub fn read(path: &Path) -> Result<Self, NoIdentity> {
        let text = std::fs::read_to_string(path)?;
        let mut lines = text.lines().map(str::trim);
        lines.find_map(|line| line.parse().ok()).map(Self).ok_or(NoIdentity::None)
    }
}

/// Copies an archive, so that only the recipient can read it.
///
/// # Errors
/// If it cannot be read or written.
pub fn encrypt(mut from: impl Read, to: impl Write, recipient: &Recipient) -> io::Result<()> {
    let recipients = std::iter::once(&recipient.0 as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
    let mut sealed = encryptor.wrap_output(to)?;
    io::copy(&mut from, &mut sealed)?;
    sealed.finish()?.flush()
}

/// An archive that can be read from its beginning, again and again: the same file each time,
/// whatever its name stands for by then.
pub struct Source {
    file: File,
    identity: Option<Identity>,
}

impl Source {
    /// An archive of this file, with what opens it if it is encrypted.
    ///
    /// # Errors
    /// If there is no such file.
    pub fn open(path: &Path, identity: Option<Identity>) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(BackupError::file(path))?;
        Ok(Self { file, identity })
    }

    /// An archive in a file without a name.
    pub fn of(file: File) -> Self {
        Self { file, identity: None }
    }

    /// Its bytes from the first on.
    pub(super) fn bytes(&self) -> Result<Box<dyn Read + '_>, BackupError> {
        if !self.is_encrypted()? {
            return Ok(Box::new(self.rewound()?));
        }
        let Some(identity) = &self.identity else {
            return Err(locked("sebutkan kunci penerimanya dengan --identity"));
        };
        self.check_head()?;
        let opened = Decryptor::new_buffered(BufReader::new(self.rewound()?));
        let opened =
            opened.and_then(|sealed| sealed.decrypt(std::iter::once(&identity.0 as &dyn age::Identity)));
        match opened {
            Ok(bytes) => Ok(Box::new(bytes)),
            Err(DecryptError::Io(error)) => Err(BackupError::Archive(error)),
            Err(DecryptError::NoMatchingKeys) => Err(locked("kunci itu bukan kunci penerimanya")),
            Err(_) => Err(locked("kepalanya rusak")),
        }
    }

    fn rewound(&self) -> Result<&File, BackupError> {
        let mut file = &self.file;
        file.rewind()?;
        Ok(file)
    }

    fn is_encrypted(&self) -> Result<bool, BackupError> {
        let mut first = Vec::new();
        self.rewound()?.take(MAGIC.len() as u64).read_to_end(&mut first)?;
        Ok(first == MAGIC)
    }

    /// A head without an end would otherwise be kept in memory for as long as it goes on.
    fn check_head(&self) -> Result<(), BackupError> {
        let mut head = Vec::new();
        self.rewound()?.take(LONGEST_HEAD).read_to_end(&mut head)?;
        let ends = head.windows(5).any(|window| window == b"\n--- ");
        if ends { Ok(()) } else { Err(locked("kepalanya rusak")) }
    }
}

fn locked(why: &str) -> BackupError {
    BackupError::Locked(why.to_owned())
}
