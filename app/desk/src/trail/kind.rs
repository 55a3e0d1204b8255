//! What stands in the trail, in the words of a person.

use serde::{Deserialize, Serialize};

/// How a kind is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// An act on the office's accounts, links, displays or settings: each has its own line, and
    /// while lines cannot be written there are no such acts.
    Act,
    /// Something that people do often: a line each, up to so many an hour; the rest is counted.
    Often,
    /// Something that anybody can cause without limit: counted only.
    Counted,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $words:literal, $weight:ident;)*) => {
        /// A kind of line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Kind {
            /// All of them, in the order in which the page lists them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word that the database and forms know it by; never changed.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// What the page says.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }

            /// How it is written down.
            pub const fn weight(self) -> Weight {
                match self { $(Self::$name => Weight::$weight),* }
            }
        }
    };
}

kinds! {
    /// Somebody signed in.
    SignedIn, "masuk", "Masuk", Often;
    /// A wrong account or password.
    SignInFailed, "gagal-masuk", "Akun atau sandi salah", Counted;
    /// Somebody signed out.
    SignedOut, "keluar", "Keluar", Often;
    /// One's own password was changed.
    PasswordChanged, "ganti-sandi", "Mengganti sandi sendiri", Often;
    /// A wrong old password.
    OldPasswordWrong, "sandi-lama-salah", "Sandi lama salah", Counted;
    /// A one-time link to set a password was made.
    PasswordLinkMade, "tautan-sandi", "Membuat tautan sandi", Act;
    /// It was used.
    PasswordLinkUsed, "tautan-sandi-dipakai", "Memakai tautan sandi", Often;
    /// The first administrator was made.
    FirstAdmin, "administrator-pertama", "Menjadi administrator pertama", Act;
    /// An account was added.
    AccountAdded, "akun-baru", "Menambah akun", Act;
    /// An account was changed.
    AccountChanged, "ubah-akun", "Mengubah akun", Act;
    /// An account was given a password at the machine itself.
    PasswordSet, "sandi-operator", "Mengganti sandi akun dari mesin server", Act;
    /// An address for mail was changed.
    MailChanged, "surel", "Mengubah alamat surel", Act;
    /// The ladder was changed.
    LadderChanged, "tangga", "Mengubah tangga pemberitahuan", Act;
    /// A run's reminders go by themselves, or no longer.
    AutomaticSet, "otomatis", "Mengubah pengingat otomatis", Act;
    /// The reminders of a step were released.
    RemindersReleased, "pengingat", "Melepas pengingat", Act;
    /// A calendar's address was made.
    FeedMade, "kalender-baru", "Membuat alamat kalender", Often;
    /// A calendar's address was made void.
    FeedRevoked, "kalender-cabut", "Mencabut alamat kalender", Often;
    /// Links for agencies were made.
    LinksMade, "tautan-pd", "Membuat tautan pengiriman", Act;
    /// An agency's link was made void.
    LinkRevoked, "tautan-pd-cabut", "Mencabut tautan pengiriman", Act;
    /// An agency's link was opened.
    LinkOpened, "tautan-pd-buka", "Membuka tautan pengiriman", Often;
    /// A link that opens nothing was tried.
    LinkRefused, "tautan-salah", "Tautan yang tidak berlaku", Counted;
    /// A display was paired.
    DisplayPaired, "papan-baru", "Memasang papan", Act;
    /// A display was given another name.
    DisplayRenamed, "papan-nama", "Mengganti nama papan", Act;
    /// A display was revoked.
    DisplayRevoked, "papan-cabut", "Mencabut papan", Act;
    /// The list of agencies was changed; also in the log.
    AgenciesChanged, "daftar-pd", "Mengubah daftar PD", Act;
    /// The calendar was changed; also in the log.
    CalendarChanged, "kalender-kerja", "Mengubah kalender kerja", Act;
    /// Somebody was named as a substitute, or no longer; also in the log.
    SubstituteChanged, "pengganti", "Mengubah pengganti", Act;
    /// A procedure was published; also in the log.
    SopPublished, "sop", "Menerbitkan SOP", Act;
    /// A received file was read.
    FileRead, "berkas", "Membuka berkas", Often;
    /// Something was taken away as a file.
    Exported, "unduh", "Mengunduh data", Often;
    /// A backup was made.
    BackupMade, "cadangan", "Membuat cadangan", Act;
    /// Somebody who is not signed in, or no longer, asked for what is not for everybody.
    SignedOutRefused, "tolak-401", "Ditolak: belum masuk", Counted;
    /// Somebody asked for what is not theirs, or another site asked for them.
    Forbidden, "tolak-403", "Ditolak: bukan wewenangnya", Counted;
    /// Somebody asked under another name of this server.
    WrongHost, "tolak-421", "Ditolak: nama server tidak dikenal", Counted;
    /// Somebody tried too often.
    TooMany, "tolak-429", "Ditolak: terlalu sering mencoba", Counted;
}

impl Kind {
    /// The kind that a word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The kind of a refusal, by its HTTP status.
    pub fn of_refusal(status: u16) -> Option<Self> {
        match status {
            401 => Some(Self::SignedOutRefused),
            403 => Some(Self::Forbidden),
            421 => Some(Self::WrongHost),
            429 => Some(Self::TooMany),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_known_by_its_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(*kind));
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{}\"", kind.code()));
        }
        assert_eq!(Kind::from_code(""), None);
    }
}
