//! Which passwords are good enough, and why the others are not.

use std::sync::LazyLock;

use domain::text;
use zxcvbn::matching::Match;
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::{Score, zxcvbn};

/// Shortest accepted password, in characters.
pub const SHORTEST: usize = 10;
/// Longest accepted password, in bytes: hashing must not become a way to keep us busy.
pub const LONGEST: usize = 500;
/// How many characters are judged. What follows forty good ones cannot make them worse, and a
/// hundred hostile ones keep the estimator busy for more than a second, forty for a quarter of one.
const JUDGED: usize = 40;
/// Shortest word of one's own that counts: shorter ones stand in everything.
const SHORTEST_WORD: usize = 3;

/// Words of the office, folded.
static OFFICE: LazyLock<Vec<Vec<char>>> =
    LazyLock::new(|| lines(include_str!("../../data/office-words.txt")).map(folded).collect());
/// What people in Indonesia choose most.
static COMMON: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let office = lines(include_str!("../../data/office-words.txt"));
    lines(include_str!("../../data/common-passwords.txt")).chain(office).collect()
});

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// What is wrong with a new password, in words; `None` if nothing. `own` is what everybody knows of
/// its account: id, name, title, agency. Takes some milliseconds.
pub fn fault(password: &str, own: &[String]) -> Option<&'static str> {
    if password.chars().count() < SHORTEST {
        return Some("Sandi terlalu pendek; paling sedikit 10 huruf atau angka.");
    }
    if password.len() > LONGEST {
        return Some("Sandi terlalu panjang; paling banyak 500 huruf.");
    }
    if password.chars().any(text::is_hidden) {
        return Some(
            "Sandi memuat huruf yang tidak tampak, jadi tidak dapat diketik lagi. Ketik sendiri sandinya.",
        );
    }
    let judged: String = password.chars().take(JUDGED).collect();
    let mut letters: Vec<_> = judged.to_lowercase().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 4 {
        return Some("Sandi hanya mengulang beberapa huruf; pilih yang lain.");
    }
    if password.chars().all(|c| !c.is_alphabetic())
        && password.chars().filter(char::is_ascii_digit).count() > 7
    {
        return Some("Sandi hanya berisi angka, seperti tanggal, nomor telepon atau NIP; pilih yang lain.");
    }
    let own = words(own);
    let as_read: Vec<_> = own.iter().map(|word| folded(word)).collect();
    let (without_own, has_own) = without(&judged, &as_read);
    if has_own && !is_strong(&without_own, &own) {
        return Some(
            "Sandi tersusun dari nama, akun, jabatan atau PD Anda, ditambah yang mudah ditebak. Pilih yang tidak \
             berhubungan dengan Anda.",
        );
    }
    let (rest, has_office) = without(&without_own, &OFFICE);
    if has_office && !is_strong(&rest, &own) {
        return Some(
            "Sandi tersusun dari kata-kata kantor, ditambah yang mudah ditebak. Pilih kata yang tidak \
             berhubungan dengan pekerjaan.",
        );
    }
    weakness(&judged, &own)
}

/// Whether what is left of a password, without the words that everybody tries, is worth as much as
/// a short password of chance.
fn is_strong(rest: &str, own: &[String]) -> bool {
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    rest.chars().count() >= 4 && guesses(rest, own).0 >= 6.0
}

/// Why a whole password is guessed too soon; `None` if it is not.
fn weakness(password: &str, own: &[String]) -> Option<&'static str> {
    let (_, score, longest) = guesses(password, own);
    if score >= Score::Three {
        return None;
    }
    Some(match longest {
        Some(MatchPattern::Dictionary(_)) => {
            "Sandi ini termasuk yang paling sering dipakai orang, atau hanya menambahinya sedikit. Pilih yang lain, \
             misalnya empat kata yang tidak berhubungan."
        }
        Some(MatchPattern::Spatial(_)) => {
            "Sandi ini mengikuti urutan tombol papan ketik. Pilih yang lain, misalnya empat kata yang tidak \
             berhubungan."
        }
        Some(MatchPattern::Repeat(_)) => "Sandi ini hanya mengulang; pilih yang lain.",
        Some(MatchPattern::Sequence(_)) => "Sandi ini berisi huruf atau angka berurutan; pilih yang lain.",
        Some(MatchPattern::Date(_) | MatchPattern::Regex(_)) => {
            "Sandi ini terutama berisi tanggal atau tahun; pilih yang lain."
        }
        Some(MatchPattern::BruteForce) | None => "Sandi ini terlalu mudah ditebak; pilih yang lain.",
    })
}

/// How many guesses a password takes, as a power of ten, and the part of it that is guessed best.
fn guesses(password: &str, own: &[String]) -> (f64, Score, Option<MatchPattern>) {
    let known: Vec<&str> = own.iter().map(String::as_str).chain(COMMON.iter().copied()).collect();
    let estimate = zxcvbn(password, &known);
    let length = |it: &&Match| (!matches!(it.pattern, MatchPattern::BruteForce), it.token.chars().count());
    let longest = estimate.sequence().iter().max_by_key(length).map(|it| it.pattern.clone());
    (estimate.guesses_log10(), estimate.score(), longest)
}

/// The words of names and ids, and those of each name joined.
fn words(own: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    for text in own {
        let parts: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        words.push(parts.concat().to_lowercase());
        words.extend(parts.into_iter().map(str::to_lowercase));
    }
    words.retain(|word| word.chars().count() >= SHORTEST_WORD);
    words
}

/// A text without these words, however they are written, and whether there were any.
fn without(text: &str, words: &[Vec<char>]) -> (String, bool) {
    let letters: Vec<char> = text.chars().collect();
    let plain = folded(text);
    if plain.len() != letters.len() {
        return (text.to_owned(), false);
    }
    let mut gone = vec![false; letters.len()];
    for word in words {
        for at in 0..=plain.len().saturating_sub(word.len()) {
            if plain.get(at..at + word.len()) == Some(word.as_slice()) {
                gone.iter_mut().skip(at).take(word.len()).for_each(|gone| *gone = true);
            }
        }
    }
    let rest = letters.into_iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(letter, _)| letter);
    (rest.collect(), gone.contains(&true))
}

/// Letter by letter as somebody reads it: without case, and with letters for the signs and digits
/// that stand for them.
fn folded(text: &str) -> Vec<char> {
    let fold = |c: char| match c.to_lowercase().next().unwrap_or(c) {
        '4' | '@' => 'a',
        '8' => 'b',
        '3' => 'e',
        '6' | '9' => 'g',
        '1' | 'l' | '!' | '|' => 'i',
        '0' => 'o',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '2' => 'z',
        other => other,
    };
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn own() -> Vec<String> {
        ["budi.santoso", "Budi Santoso, S.Sos.", "Analis Kebijakan", "Dinas Kesehatan", "Dinkes"]
            .map(str::to_owned)
            .to_vec()
    }

    /// The first that anybody tries, here and elsewhere.
    const COMMON_ONES: [&str; 60] = [
        "1234567890",
        "0123456789",
        "12345678910",
        "0987654321",
        "1234512345",
        "1122334455",
        "1q2w3e4r5t",
        "qwertyuiop",
        "qwerty12345",
        "qwerty123456",
        "asdfghjkl;",
        "zxcvbnm123",
        "abcdefghij",
        "abcd123456",
        "password123",
        "password1234",
        "Password123!",
        "P@ssw0rd123",
        "passwordku",
        "rahasia123",
        "rahasia1234",
        "bismillah123",
        "Bismillah99",
        "alhamdulillah1",
        "indonesia123",
        "Indonesia1945",
        "administrator",
        "admin12345",
        "Admin@12345",
        "superadmin1",
        "biroorganisasi",
        "provinsijambi",
        "jambi12345",
        "latihan-alur",
        "sayangku123",
        "cintaku123",
        "iloveyou123",
        "iloveyou1234",
        "letmein1234",
        "welcome1234",
        "Welcome2024!",
        "football123",
        "sunshine123",
        "princess123",
        "dragon12345",
        "monkey12345",
        "doraemon123",
        "garuda1945!",
        "merdeka1945",
        "pancasila45",
        "nusantara01",
        "jakarta2024",
        "persija1928",
        "17081945170845",
        "01011990010",
        "aaaaaaaaaaaa",
        "abababababab",
        "qazwsxedcrfv",
        "!@#$%^&*()",
        "1qaz2wsx3edc",
    ];

    #[test]
    fn what_everybody_tries_is_refused_with_a_reason() {
        for password in COMMON_ONES {
            assert!(password.chars().count() >= SHORTEST, "{password} is refused for its length alone");
            let told = fault(password, &[]).unwrap_or_else(|| panic!("{password} passed"));
            assert!(told.ends_with('.') && told.contains("andi"), "{password}: {told}");
        }
    }

    #[test]
    fn what_stands_in_names_and_in_the_office_is_refused() {
        let of_own = [
            "budi.santoso",
            "Budi.Santoso1",
            "santosobudi",
            "BudiSantoso2026",
            "bud1s4nt0s0!",
            "budi123456",
            "dinaskesehatan",
            "DinasKesehatan27",
            "d1nk3s-2026!",
            "analiskebijakan",
            "kesehatan-budi-1",
            "Santoso.qwerty1",
        ];
        for password in of_own {
            let told = fault(password, &own()).unwrap_or_else(|| panic!("{password} passed"));
            assert!(told.contains("nama, akun"), "{password}: {told}");
        }
        let of_office = [
            "biro-organisasi-2026",
            "Organisasi#Jambi",
            "alurkinerja2027",
            "lkj.provinsi.jambi",
            "s0p-k1n3rj4",
            "SetdaProvJambi1",
            "KasubbagJambi27",
            "laporankinerja!",
        ];
        for password in of_office {
            let told = fault(password, &own()).unwrap_or_else(|| panic!("{password} passed"));
            assert!(told.contains("kantor") || told.contains("nama, akun"), "{password}: {told}");
        }
    }

    #[test]
    fn honest_ones_pass() {
        let honest = [
            "kuda jambu 7 pagi",
            "Xk4-92mmQ1",
            "sandi yang panjang",
            "kopi hitam jam 9",
            "tikar lontar 58 gelap",
            "m9#Tq2!vLz",
            "payung-biru-tujuh-kerbau",
            "Rembulan di atas pagar 3",
            "gitar basah lampu sore",
            "v7Kp0wRzN4",
            "jendela*ungu*sepatu",
            "tujuh ekor lele terbang",
            "Kf83-hJq2-Pw9x",
            "sambal terasi 4 gelas",
            "kambing naik tangga batu",
            "aP7!kd02Lqs",
            "lilin pecah di gudang",
            "99 sendok, 3 atap",
            "uWq-1854-zemb",
            "perahu tanpa dayung 12",
            "budi menanam 41 pohon pala",
            "ombak Q7x kacang tanah",
        ];
        for password in honest {
            assert_eq!(fault(password, &own()), None, "{password}");
        }
    }

    #[test]
    fn length_and_letters_come_first() {
        for weak in ["", "pendek", "sembilan9", "baris\nbaru 123 xyz", "kuda\u{200b} jambu 7 pagi"] {
            assert!(fault(weak, &[]).is_some(), "{weak:?}");
        }
        assert!(fault(&"ab1!".repeat(126), &[]).is_some());
    }

    /// The estimator's work grows with the length; whoever sends much must not keep us busy.
    #[test]
    fn the_longest_is_judged_soon() {
        let hostile = [
            "4@8({[<3!1|0$5+7%2".repeat(28).chars().take(LONGEST).collect::<String>(),
            "a1b2c3d4e5".repeat(50),
            "password".repeat(62),
            "qwertyuiop[]asdfghjkl;'".repeat(21),
            "12/31/1999".repeat(50),
            "é".repeat(250),
        ];
        fault("yang pertama membaca daftar", &own());
        for password in hostile {
            let begun = Instant::now();
            fault(&password, &own());
            let taken = begun.elapsed();
            println!("{} characters: {taken:?}", password.chars().count());
            assert!(taken < Duration::from_secs(5), "{taken:?}");
        }
    }
}
