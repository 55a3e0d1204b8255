//! Many files as one zip, written while it is sent.

mod name;

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{Datelike, NaiveDateTime, Timelike};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

pub use self::name::safe_name;
use self::name::split;

/// A zip that is being written. The files are stored and not deflated, since PDF files and
/// pictures are compressed already.
///
/// A bundle that is dropped before [`Bundle::finish`] leaves a zip without its end, which no
/// program opens: half a bundle must not look like a whole one.
pub struct Bundle<W: Write> {
    // Before `zip`, since fields are dropped in this order.
    shutter: Shutter,
    zip: ZipWriter<StreamWriter<Shuttered<W>>>,
    taken: HashSet<String>,
    options: SimpleFileOptions,
}

impl<W: Write> Bundle<W> {
    /// Begins a zip. `modified` is the local time that every file in it shows.
    pub fn new(out: W, modified: NaiveDateTime) -> Self {
        let shut = Arc::new(AtomicBool::new(false));
        let shutter = Shutter(Arc::clone(&shut));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(stamp(modified))
            .unix_permissions(0o644);
        Self { shutter, zip: ZipWriter::new_stream(Shuttered { out, shut }), taken: HashSet::new(), options }
    }

    /// Adds a file (below 4 GiB) in these folders, under this name or one beside it such as
    /// `LKj (2).pdf` if the name is taken. Answers the path in the zip.
    ///
    /// # Errors
    /// If the content cannot be read or the zip cannot be written. The zip is then broken and
    /// must be dropped, not finished.
    pub fn add(&mut self, folders: &[&str], name: &str, content: &mut impl Read) -> io::Result<String> {
        let folder: String = folders.iter().map(|folder| safe_name(folder) + "/").collect();
        let path = self.free(&folder, &safe_name(name));
        self.zip.start_file(&path, self.options)?;
        io::copy(content, &mut self.zip)?;
        Ok(path)
    }

    /// Writes the list of files that ends the zip, and gives the writer back.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> io::Result<W> {
        let Self { shutter, zip, .. } = self;
        let shuttered = zip.finish()?.into_inner();
        drop(shutter);
        Ok(shuttered.out)
    }

    /// A path that no file has yet. Windows does not tell capitals apart, so neither does this.
    fn free(&mut self, folder: &str, name: &str) -> String {
        let (stem, extension) = split(name);
        let mut path = format!("{folder}{name}");
        let mut number = 2_u32;
        while !self.taken.insert(path.to_lowercase()) {
            path = format!("{folder}{stem} ({number}){extension}");
            number += 1;
        }
        path
    }
}

/// Shuts the way out when it falls.
struct Shutter(Arc<AtomicBool>);

impl Drop for Shutter {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Swallows what is written once it is shut. `ZipWriter` ends the zip when it is dropped, even
/// after an error, and complains on the standard error if it cannot.
struct Shuttered<W> {
    out: W,
    shut: Arc<AtomicBool>,
}

impl<W: Write> Write for Shuttered<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.shut.load(Ordering::Relaxed) { Ok(bytes.len()) } else { self.out.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.shut.load(Ordering::Relaxed) { Ok(()) } else { self.out.flush() }
    }
}

/// The time as a zip keeps it: two seconds fine, from 1980 on.
fn stamp(at: NaiveDateTime) -> DateTime {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    DateTime::from_date_and_time(
        u16::try_from(at.year()).unwrap_or_default(),
        small(at.month()),
        small(at.day()),
        small(at.hour()),
        small(at.minute()),
        small(at.second()),
    )
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use chrono::NaiveDate;
    use zip::ZipArchive;

    use super::*;

    fn at() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 1, 9).unwrap().and_hms_opt(14, 5, 30).unwrap()
    }

    #[test]
    fn a_bundle_is_read_back() {
        let mut bundle = Bundle::new(Vec::new(), at());
        let mut paths = Vec::new();
        for (agency, name, content) in [
            ("Bappeda", "LKj.pdf", "one"),
            ("Bappeda", "lkj.PDF", "two"),
            ("Bappeda", "LKj.pdf", "three"),
            ("Dinas Pekerjaan Umum / Tata Ruang", "..\\LKj – é.pdf", "four"),
        ] {
            paths.push(bundle.add(&[agency, "putaran-1"], name, &mut content.as_bytes()).unwrap());
        }
        assert_eq!(
            paths,
            [
                "Bappeda/putaran-1/LKj.pdf",
                "Bappeda/putaran-1/lkj (2).PDF",
                "Bappeda/putaran-1/LKj (3).pdf",
                "Dinas Pekerjaan Umum - Tata Ruang/putaran-1/..-LKj – é.pdf",
            ]
        );
        let bytes = bundle.finish().unwrap();
        // Bit 11 of the flags says that the name is UTF-8.
        let name = "Dinas Pekerjaan Umum - Tata Ruang/putaran-1/..-LKj – é.pdf".as_bytes();
        let header = bytes.windows(name.len()).position(|window| window == name).unwrap() - 30;
        assert_eq!(bytes[header..header + 4], *b"PK\x03\x04");
        assert_eq!(bytes[header + 7] & 0x08, 0x08);

        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), 4);
        for (path, content) in paths.iter().zip(["one", "two", "three", "four"]) {
            let mut file = archive.by_name(path).unwrap();
            assert_eq!(file.compression(), CompressionMethod::Stored);
            assert_eq!(
                file.last_modified().map(|at| (at.year(), at.hour(), at.second())),
                Some((2026, 14, 30))
            );
            let mut read = String::new();
            file.read_to_string(&mut read).unwrap();
            assert_eq!(read, content);
        }
    }

    #[test]
    fn half_a_bundle_does_not_open() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let mut bytes = Vec::new();
        let mut bundle = Bundle::new(&mut bytes, at());
        bundle.add(&[], "a.pdf", &mut &b"whole"[..]).unwrap();
        assert!(bundle.add(&[], "b.pdf", &mut Broken).is_err());
        drop(bundle);
        assert!(bytes.windows(5).any(|window| window == b"whole"));
        assert!(ZipArchive::new(Cursor::new(bytes)).is_err());
    }
}
