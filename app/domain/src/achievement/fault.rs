//! Why a cell could not be read.

/// Why a cell could not be read, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// More than [`super::MAX_CELL`] characters.
    #[error("isian terlalu panjang, paling banyak 200 huruf")]
    LongCell,
    /// A number of more than [`super::Decimal::MAX_DIGITS`] digits.
    #[error("angka terlalu panjang, paling banyak 18 angka")]
    LongNumber,
    /// "12,5,3", "1.23.4": no reading fits the marks.
    #[error(
        "letak titik dan koma tidak jelas, tulis ribuan dengan titik dan desimal dengan koma, misalnya 1.234,5"
    )]
    Marks,
    /// "12 34": a space that separates no thousands.
    #[error("ada spasi di dalam angka, tulis tanpa spasi, misalnya 1.234,5")]
    Spaces,
    /// "1E+05".
    #[error("angka tersingkat dengan huruf E, tulis lengkap, misalnya 100.000")]
    Scientific,
    /// "½", "٣", "１": digits other than 0 to 9.
    #[error("tulis angka dengan 0 sampai 9, pecahan dengan koma, misalnya 0,5")]
    Numerals,
    /// "--5", "-(5)".
    #[error("tanda minus lebih dari satu")]
    Sign,
    /// "5 (lima".
    #[error("tanda kurung tidak lengkap")]
    Parentheses,
    /// "5 ribu juta".
    #[error("pakai satu kata bilangan saja, misalnya 1,2 miliar")]
    Multiplier,
    /// "Rp5 apa": the word may be a factor that is not known, so the amount is not known.
    #[error("\"{0}\" setelah angka rupiah tidak dikenal, tulis misalnya Rp1,2 miliar")]
    AfterRupiah(String),
    /// "#DIV/0!", "#REF!", "Err:502".
    #[error("isian ini pesan galat dari lembar kerja, tulis angkanya")]
    SpreadsheetError,
    /// "=A1*2".
    #[error("isian ini rumus, tulis hasilnya")]
    Formula,
    /// Neither a number nor words.
    #[error("tidak terbaca sebagai angka, tulis misalnya 98,5")]
    Unreadable,
}
