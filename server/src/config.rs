//! What the program is told: command line and environment, checked before anything starts.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ErrorKind};
use clap::{Args, CommandFactory, Parser};
use desk::report::Sizes;
use lettre::message::Mailbox;
use thiserror::Error;

use crate::cli::Action;
use crate::opening::Keeping;
use services::door::Crowd;
use services::files::{Limit, Limits, Politeness};
use services::mail::{MailServer, Sender};
use services::own::Switch;

/// Alur: an office procedure, run on the very sheet that was signed.
#[derive(Debug, Parser)]
#[command(name = "alur", disable_version_flag = true, disable_help_subcommand = true)]
#[command(about = "Alur: prosedur kantor, dijalankan pada lembar SOP-nya sendiri.")]
pub struct Cli {
    /// Where things are.
    #[command(flatten)]
    pub options: Options,
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// Options of every command, also read from the environment.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Alamat dan port untuk didengarkan
    #[arg(long, env = "ALUR_ADDR", global = true, value_name = "ALAMAT", value_parser = address)]
    #[arg(default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)))]
    pub addr: SocketAddr,
    /// Folder data (bawaan ./data; latihan: ./data-latihan)
    #[arg(long, env = "ALUR_DATA", global = true, value_name = "FOLDER", value_parser = folder)]
    pub data: Option<PathBuf>,
    /// Basis data: surrealkv://…, mem:// atau ws://… (bawaan: di dalam folder data)
    #[arg(long, env = "ALUR_DB", global = true, value_name = "URL", value_parser = database)]
    pub db: Option<String>,
    /// Jam kantor untuk latihan, misalnya 2027-01-07T10:47:00+07:00 (dengan = di depan: berhenti)
    #[arg(long, env = "ALUR_NOW", global = true, value_name = "WAKTU", allow_hyphen_values = true)]
    pub now: Option<String>,
    /// Folder berisi pkg/ dan berkas umum (bawaan: `site` di sebelah program, atau target/site)
    #[arg(long, env = "ALUR_SITE", global = true, value_name = "FOLDER", value_parser = folder)]
    pub site: Option<PathBuf>,
    /// Alur dibuka lewat TLS: on atau off (bawaan: bila ALUR_URL atau proksi yang dipercaya bilang https)
    #[arg(long, env = "ALUR_SECURE", global = true, value_name = "on|off", value_parser = switch)]
    pub secure: Option<Switch>,
    /// Alamat proksi yang X-Forwarded-For dan -Proto-nya dipercaya, dipisahkan koma
    #[arg(long, env = "ALUR_TRUST_PROXY", global = true, value_name = "ALAMAT,…", value_delimiter = ',')]
    #[arg(value_parser = proxy)]
    pub trust_proxy: Vec<IpAddr>,
    /// Server surel, misalnya smtps://akun:sandi@surel.contoh.go.id:465 (bawaan: tidak mengirim)
    #[arg(long, env = "ALUR_SMTP", global = true, value_name = "URL", hide_env_values = true)]
    pub smtp: Option<MailServer>,
    /// Pengirim surel, misalnya "Biro Organisasi <biro@contoh.go.id>"
    #[arg(long, env = "ALUR_MAIL_FROM", global = true, value_name = "ALAMAT", value_parser = mailbox)]
    pub mail_from: Option<Mailbox>,
    /// Alamat Alur seperti dibuka orang; untuk tautan, tanda terima dan kode QR, dan satu-satunya nama yang dilayani
    #[arg(long, env = "ALUR_URL", global = true, value_name = "URL", value_parser = url)]
    pub url: Option<String>,
    /// Ukuran terbesar satu berkas LKj, dalam MB
    #[arg(long, env = "ALUR_FILE_MB", global = true, value_name = "MB", default_value_t = 20)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=2000))]
    pub file_mb: u16,
    /// Ukuran terbesar semua berkas satu LKj bersama, dalam MB
    #[arg(long, env = "ALUR_REPORT_MB", global = true, value_name = "MB", default_value_t = 100)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=20000))]
    pub report_mb: u16,
    /// Ruang satu PD untuk berkas yang belum terkirim, dalam MB (bawaan: sepuluh kali ALUR_REPORT_MB)
    #[arg(long, env = "ALUR_AGENCY_MB", global = true, value_name = "MB")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub agency_mb: Option<u32>,
    /// Ruang semua berkas yang belum terkirim bersama, dalam MB
    #[arg(long, env = "ALUR_UPLOADS_MB", global = true, value_name = "MB", default_value_t = 20_000)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub uploads_mb: u32,
    /// Ruang disk yang dijaga untuk catatan kantor, dalam MB (bawaan: 1024, atau 5% disk bila lebih kecil)
    #[arg(long, env = "ALUR_RESERVE_MB", global = true, value_name = "MB")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub reserve_mb: Option<u32>,
    /// Seberapa mengalah kerja disk untuk berkas yang masuk, seperti `nice` (0 sampai 19)
    #[arg(long, env = "ALUR_DISK_NICE", global = true, value_name = "ANGKA")]
    #[arg(default_value_t = Politeness::default().nice, value_parser = clap::value_parser!(u8).range(0..=19))]
    pub disk_nice: u8,
    /// Istirahat kerja disk itu, berapa kali lama kerjanya (0: tanpa istirahat; paling lama 20 milidetik sekali)
    #[arg(long, env = "ALUR_DISK_REST", global = true, value_name = "KALI")]
    #[arg(default_value_t = Politeness::default().rest, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub disk_rest: u32,
    /// Sambungan terbanyak pada satu waktu
    #[arg(long, env = "ALUR_CONNECTIONS", global = true, value_name = "BANYAKNYA", default_value_t = 10_000)]
    #[arg(value_parser = clap::value_parser!(u32).range(10..))]
    pub connections: u32,
    /// Sambungan terbanyak dari satu alamat; proksi yang dipercaya tidak dibatasi
    #[arg(long, env = "ALUR_PER_ADDRESS", global = true, value_name = "BANYAKNYA", default_value_t = 2_000)]
    #[arg(value_parser = clap::value_parser!(u32).range(10..))]
    pub per_address: u32,
    /// Halaman langsung terbanyak yang terbuka dari satu sesi
    #[arg(long, env = "ALUR_PER_SESSION", global = true, value_name = "BANYAKNYA", default_value_t = 40)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub per_session: u32,
}

/// The environment variables that exist. Any other `ALUR_…` is a typing mistake.
const VARIABLES: [&str; 20] = [
    "ALUR_ADDR",
    "ALUR_DATA",
    "ALUR_DB",
    "ALUR_NOW",
    "ALUR_SITE",
    "ALUR_SECURE",
    "ALUR_TRUST_PROXY",
    "ALUR_SMTP",
    "ALUR_MAIL_FROM",
    "ALUR_URL",
    "ALUR_FILE_MB",
    "ALUR_REPORT_MB",
    "ALUR_AGENCY_MB",
    "ALUR_UPLOADS_MB",
    "ALUR_RESERVE_MB",
    "ALUR_DISK_NICE",
    "ALUR_DISK_REST",
    "ALUR_CONNECTIONS",
    "ALUR_PER_ADDRESS",
    "ALUR_PER_SESSION",
];

/// How many reports' worth of files an agency may have on the disk that it has not sent.
const TIMES_REPORT: u32 = 10;

/// Why the program did not start as told. One line for the person.
#[derive(Debug, Error)]
pub enum NotStarted {
    /// Help was asked for; this is it.
    #[error("{0}")]
    Help(String),
    /// Something was told wrongly.
    #[error("{0}")]
    Wrong(String),
}

impl Cli {
    /// Reads command line and environment.
    ///
    /// # Errors
    /// [`NotStarted`]: the help text, or one line that says what is wrong.
    pub fn read(
        line: impl IntoIterator<Item = std::ffi::OsString>,
        variables: impl IntoIterator<Item = std::ffi::OsString>,
    ) -> Result<Self, NotStarted> {
        let unknown = variables.into_iter().find_map(|name| {
            let name = name.to_string_lossy();
            (name.starts_with("ALUR_") && !VARIABLES.contains(&name.as_ref())).then(|| name.into_owned())
        });
        if let Some(name) = unknown {
            return Err(NotStarted::Wrong(format!(
                "variabel {name} tidak dikenal; yang ada: {}",
                VARIABLES.join(", ")
            )));
        }
        let cli = Self::try_parse_from(line).map_err(|error| told(&error))?;
        if cli.options.now.is_some() && !matches!(cli.action, Action::Practice) {
            return Err(NotStarted::Wrong("ALUR_NOW hanya untuk `alur practice`".to_owned()));
        }
        if cli.options.smtp.is_some() != cli.options.mail_from.is_some() {
            return Err(NotStarted::Wrong(
                "ALUR_SMTP dan ALUR_MAIL_FROM harus diisi bersama-sama".to_owned(),
            ));
        }
        if cli.options.agency_mb.is_some_and(|mb| mb < u32::from(cli.options.report_mb)) {
            return Err(NotStarted::Wrong(
                "ALUR_AGENCY_MB tidak boleh kurang dari ALUR_REPORT_MB: satu LKj harus muat".to_owned(),
            ));
        }
        Ok(cli)
    }
}

impl Options {
    /// The data folder, which depends on whether this is practice.
    pub fn data(&self, practice: bool) -> PathBuf {
        let usual = if practice { "./data-latihan" } else { "./data" };
        self.data.clone().unwrap_or_else(|| PathBuf::from(usual))
    }

    /// The address of the database; by default inside the data folder.
    pub fn database(&self, data: &Path) -> String {
        let inside = || format!("surrealkv://{}?sync=every", data.join("db").display());
        self.db.clone().unwrap_or_else(inside)
    }

    /// Where mail goes, if it was told.
    pub fn sender(&self) -> Option<Sender> {
        let (server, from) = self.smtp.clone().zip(self.mail_from.clone())?;
        Some(Sender { server, from })
    }

    /// How large the files of a report may be.
    pub fn sizes(&self) -> Sizes {
        let bytes = |mb: u16| u64::from(mb) << 20;
        Sizes { file: bytes(self.file_mb), total: bytes(self.report_mb) }
    }

    /// How much may lie on the disk.
    pub fn keeping(&self) -> Keeping {
        let bytes = |mb: u32| u64::from(mb) << 20;
        let agency = self.agency_mb.unwrap_or(TIMES_REPORT * u32::from(self.report_mb));
        let usual = Limits::default();
        let limits = Limits {
            each: Limit { bytes: bytes(agency), ..usual.each },
            all: Limit { bytes: bytes(self.uploads_mb), ..usual.all },
        };
        let politeness = Politeness { nice: self.disk_nice, rest: self.disk_rest };
        Keeping { limits, reserve: self.reserve_mb.map(bytes), gauge: None, politeness }
    }

    /// How many may be connected.
    pub fn crowd(&self) -> Crowd {
        let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        Crowd {
            all: number(self.connections),
            per_address: number(self.per_address),
            per_session: number(self.per_session),
        }
    }

    /// The folder with the browser's program and public files.
    pub fn site(&self) -> PathBuf {
        let beside =
            || Some(std::env::current_exe().ok()?.parent()?.join("site")).filter(|path| path.is_dir());
        self.site.clone().or_else(beside).unwrap_or_else(|| PathBuf::from("target/site"))
    }
}

/// What clap has to say, in one line and in the user's language.
fn told(error: &clap::Error) -> NotStarted {
    let fact = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let arg = || fact(ContextKind::InvalidArg).split(' ').next().unwrap_or_default().to_owned();
    // The address of a mail server may carry a password.
    let secret = arg() == "--smtp";
    let value = || if secret { "…".to_owned() } else { fact(ContextKind::InvalidValue) };
    NotStarted::Wrong(match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return NotStarted::Help(error.to_string());
        }
        ErrorKind::MissingSubcommand => return NotStarted::Help(Cli::command().render_help().to_string()),
        ErrorKind::InvalidValue if value().is_empty() => format!("{} perlu nilai", arg()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|why| format!(": {why}")).unwrap_or_default();
            format!("{}: nilai {:?} tidak dapat dipakai{why}", named(&arg()), value())
        }
        ErrorKind::UnknownArgument => format!("pilihan {} tidak dikenal; lihat `alur --help`", arg()),
        ErrorKind::InvalidSubcommand => {
            let word = fact(ContextKind::InvalidSubcommand);
            format!("perintah {word:?} tidak dikenal; lihat `alur --help`")
        }
        ErrorKind::MissingRequiredArgument => format!("kurang {}; lihat `alur --help`", arg()),
        _ => {
            let text = error.to_string();
            text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
    })
}

/// An option together with the variable that may have set it.
fn named(option: &str) -> String {
    let variable = format!("ALUR_{}", option.trim_start_matches('-').replace('-', "_").to_uppercase());
    if VARIABLES.contains(&variable.as_str()) { format!("{option} ({variable})") } else { option.to_owned() }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "tulis alamat dan port, misalnya 127.0.0.1:3000".to_owned())
}

fn proxy(text: &str) -> Result<IpAddr, String> {
    text.trim().parse().map_err(|_| "tulis alamat IP, misalnya 10.0.0.5".to_owned())
}

fn folder(text: &str) -> Result<PathBuf, String> {
    if text.trim().is_empty() { Err("nama folder kosong".to_owned()) } else { Ok(PathBuf::from(text)) }
}

fn switch(text: &str) -> Result<Switch, String> {
    match text {
        "on" => Ok(Switch::On),
        "off" => Ok(Switch::Off),
        _ => Err("tulis on atau off".to_owned()),
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| "tulis seperti Biro Organisasi <biro@contoh.go.id>".to_owned())
}

fn url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    let host = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    match host.filter(|host| !host.is_empty() && host.chars().all(plain)) {
        Some(_) => Ok(url.to_owned()),
        None => Err("tulis seperti https://alur.contoh.go.id".to_owned()),
    }
}

fn database(text: &str) -> Result<String, String> {
    let known = ["surrealkv://", "mem://", "ws://", "wss://"];
    if known.iter().any(|scheme| text.starts_with(scheme)) {
        Ok(text.to_owned())
    } else {
        Err(format!("harus mulai dengan {}", known.join(", ")))
    }
}
