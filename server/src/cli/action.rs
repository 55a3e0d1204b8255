//! The commands as they are typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use services::backup::{ClaimedKey, Recipient};

/// A command.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Menjalankan kantor
    Serve,
    /// Menjalankan kantor latihan dengan akun dan pelaksanaan contoh
    Practice,
    /// Mencadangkan seluruh kantor ke satu berkas, juga selagi server berjalan
    Backup {
        /// Berkas arsip yang dibuat; belum boleh ada
        file: PathBuf,
        /// Enkripsi untuk penerima age ini, yang kunci rahasianya disimpan di tempat lain
        #[arg(long, value_name = "age1…")]
        to: Option<Recipient>,
    },
    /// Memulihkan arsip ke folder data yang kosong
    Restore(RestoreArgs),
    /// Menampilkan kunci publik kantor, yang menandatangani cadangan, untuk dicetak
    Key,
    /// Memeriksa seluruh kantor: riwayat, tabel, berkas, dan bahwa yang pernah diakui masih ada
    Verify,
    /// Akun
    #[command(subcommand)]
    Account(Change),
    /// Menampilkan versi program
    Version,
}

/// What to do with an account. The password is read from standard input if something is
/// piped there; else one is made up and printed.
#[derive(Debug, Subcommand)]
pub enum Change {
    /// Menambah akun; sandi dari masukan standar, atau dibuatkan
    Add {
        /// Nama akun
        account: String,
        /// Nama orangnya
        #[arg(long)]
        name: Option<String>,
        /// Jabatan
        #[arg(long, default_value = "")]
        title: String,
        /// Peran (lajur), dipisahkan koma
        #[arg(long, value_delimiter = ',')]
        lanes: Vec<String>,
        /// Administrator
        #[arg(long)]
        admin: bool,
    },
    /// Mengganti sandi; dari masukan standar, atau dibuatkan
    Password {
        /// Nama akun
        account: String,
    },
}

/// How to restore.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Berkas arsip
    pub(super) file: PathBuf,
    /// Kunci publik atau sidik jari kantor yang menandatangani, seperti dicetak `alur key`
    #[arg(long, value_name = "KUNCI")]
    pub(super) key: Option<ClaimedKey>,
    /// Terima juga arsip tanpa tanda tangan yang dikenal: tidak ada yang menjamin asalnya
    #[arg(long)]
    pub(super) unsigned: bool,
    /// Berkas kunci rahasia age, untuk arsip yang terenkripsi
    #[arg(long, value_name = "BERKAS")]
    pub(super) identity: Option<PathBuf>,
}
