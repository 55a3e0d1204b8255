//! Why a table is not read, in sentences for whoever sent it.

/// Why a table is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetProblem {
    /// Nothing was sent.
    #[error("Berkas kosong (0 bita); periksa berkasnya, lalu unggah lagi.")]
    Empty,
    /// Neither a workbook nor text.
    #[error("Berkas ini bukan Excel (.xlsx) atau CSV; simpan tabelnya sebagai .xlsx, lalu unggah lagi.")]
    NotATable,
    /// A workbook of Excel 97 to 2003, or one with a password: both look alike.
    #[error(
        "Berkas ini Excel lama (.xls) atau berkata sandi; buka di Excel, simpan sebagai .xlsx tanpa kata sandi, \
         lalu unggah lagi."
    )]
    OldOrLocked,
    /// It carries a program.
    #[error("Berkas ini memuat makro; simpan sebagai .xlsx tanpa makro, lalu unggah lagi.")]
    Macros,
    /// Cut off, or broken inside.
    #[error("Berkas ini terpotong atau rusak; buka dan simpan ulang di Excel, lalu unggah lagi.")]
    Damaged,
    /// The file itself has too many bytes.
    #[error("Berkas terlalu besar; paling banyak {mebibytes} MB.")]
    TooLarge {
        /// The most, in MiB.
        mebibytes: usize,
    },
    /// What is in the file is too much: a zip bomb, or a sheet full of formatted cells.
    #[error(
        "Isi berkas terlalu banyak untuk dibaca; salin tabelnya saja ke buku kerja baru, lalu unggah lagi."
    )]
    Bomb,
    /// The XML defines its own entities, which no program for tables does.
    #[error("Berkas ini disusun tidak seperti Excel menyusunnya; salin tabelnya ke buku kerja baru.")]
    Strange,
    /// A filled cell lies below the last row that is read.
    #[error("Tabel terlalu panjang; isinya paling jauh sampai baris {limit}.")]
    TooManyRows {
        /// The last row that is read.
        limit: usize,
    },
    /// More filled rows below the headings than are taken.
    #[error("Tabel terlalu panjang; paling banyak {limit} baris data di bawah judul kolom.")]
    TooManyDataRows {
        /// The most.
        limit: usize,
    },
    /// A filled cell lies right of the last column that is read.
    #[error("Tabel terlalu lebar; paling banyak {limit} kolom.")]
    TooManyColumns {
        /// The most.
        limit: usize,
    },
    /// More text in a cell than Excel takes.
    #[error(
        "Isi sebuah sel pada baris {row} terlalu panjang; paling banyak {limit} huruf. Pada CSV, periksa tanda kutipnya."
    )]
    TooLongCell {
        /// Where, as Excel counts.
        row: usize,
        /// The most, in characters.
        limit: usize,
    },
    /// No sheet holds anything.
    #[error("Tabel tidak berisi apa pun; isi lembar pertama, lalu unggah lagi.")]
    NoRows,
}
