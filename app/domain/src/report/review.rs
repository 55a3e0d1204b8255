//! The review list of a report. Lists are versioned: a review keeps the one it was made with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One version of the review list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewList {
    /// Its version, from 1.
    pub version: u16,
    /// Where it comes from, as it is shown to those who use it.
    pub source: &'static str,
    /// Its groups, in order.
    pub groups: &'static [ReviewGroup],
}

/// A group of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewGroup {
    /// Its heading.
    pub label: &'static str,
    /// Its items, in order.
    pub items: &'static [ReviewItem],
}

/// One question of the list, answered with Ya or Tidak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewItem {
    /// Lasting key, which is also its number: `III.3`.
    pub key: &'static str,
    /// The question.
    pub text: &'static str,
    /// It applies only if one of these was answered Tidak; empty: always.
    pub after_no: &'static [&'static str],
}

/// A list as it was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The version of the list.
    pub list: u16,
    /// Ya or Tidak by item.
    pub answers: BTreeMap<String, bool>,
    /// A remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl ReviewList {
    /// The list for new reviews.
    pub fn current() -> &'static Self {
        &LISTS[LISTS.len() - 1]
    }

    /// The list of this version.
    pub fn version(version: u16) -> Option<&'static Self> {
        LISTS.iter().find(|list| list.version == version)
    }

    /// All items, in order.
    pub fn items(&self) -> impl Iterator<Item = &'static ReviewItem> {
        self.groups.iter().flat_map(|group| group.items)
    }
}

impl ReviewItem {
    /// Whether it applies, given what was answered so far.
    pub fn applies(&self, answers: &BTreeMap<String, bool>) -> bool {
        self.after_no.is_empty() || self.after_no.iter().any(|key| answers.get(*key) == Some(&false))
    }
}

impl Review {
    /// How many items were answered, of those that apply.
    pub fn progress(&self) -> (usize, usize) {
        let Some(list) = ReviewList::version(self.list) else { return (0, 0) };
        let applying = list.items().filter(|item| item.applies(&self.answers));
        applying.fold((0, 0), |(done, all), item| {
            (done + usize::from(self.answers.contains_key(item.key)), all + 1)
        })
    }
}

const fn item(key: &'static str, text: &'static str) -> ReviewItem {
    ReviewItem { key, text, after_no: &[] }
}

const fn after(key: &'static str, after_no: &'static [&'static str]) -> ReviewItem {
    ReviewItem { key, text: "Jika tidak, ada penjelasannya", after_no }
}

/// Published versions never change.
const LISTS: [ReviewList; 1] = [ReviewList {
    version: 1,
    source: "Disusun menurut pokok-pokok PermenPANRB 53/2014 Lampiran III; cocokkan dengan naskah resminya.",
    groups: &[
        ReviewGroup {
            label: "I. Format",
            items: &[
                item("I.1", "Memuat data penting instansi"),
                item("I.2", "Memuat informasi target kinerja"),
                item("I.3", "Memuat capaian kinerja yang memadai"),
                item("I.4", "Memuat lampiran yang mendukung"),
                item("I.5", "Memuat upaya perbaikan ke depan"),
                item("I.6", "Memuat akuntabilitas keuangan"),
            ],
        },
        ReviewGroup {
            label: "II. Mekanisme penyusunan",
            items: &[
                item("II.1", "Disusun oleh unit yang bertugas untuk itu"),
                item("II.2", "Didukung data yang memadai"),
                item("II.3", "Ada mekanisme penyampaian data dari unit kerja"),
                item("II.4", "Ada penanggung jawab pengumpulan data di setiap unit"),
                item("II.5", "Data diyakini keandalannya"),
                item("II.6", "Analisis diketahui unit terkait"),
                item("II.7", "Merupakan gabungan partisipasi dari bawah"),
            ],
        },
        ReviewGroup {
            label: "III. Substansi",
            items: &[
                item("III.1", "Tujuan/sasaran sesuai dengan perjanjian kinerja"),
                item("III.2", "Tujuan/sasaran selaras dengan rencana strategis"),
                after("III.3", &["III.1", "III.2"]),
                item("III.4", "Tujuan/sasaran sesuai dengan indikator kinerja"),
                item("III.5", "Tujuan/sasaran sesuai dengan indikator kinerja utama"),
                after("III.6", &["III.4", "III.5"]),
                item("III.7", "Ada perbandingan dengan tahun lalu, standar nasional dan sebagainya"),
                item("III.8", "IKU dan IK cukup mengukur tujuan/sasaran"),
                after("III.9", &["III.8"]),
                item("III.10", "IKU dan IK sudah SMART"),
            ],
        },
    ],
}];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_its_23_items_and_explains_only_what_was_denied() {
        let list = ReviewList::current();
        let sizes: Vec<_> = list.groups.iter().map(|group| group.items.len()).collect();
        assert_eq!(sizes, [6, 7, 10]);
        let mut review = Review { list: list.version, ..Review::default() };
        assert_eq!(review.progress(), (0, 20));
        review.answers.insert("III.2".to_owned(), false);
        assert_eq!(review.progress(), (1, 21));
        for item in list.items() {
            review.answers.insert(item.key.to_owned(), true);
        }
        // The explanation was answered, but no longer applies.
        assert_eq!(review.progress(), (20, 20));
    }
}
