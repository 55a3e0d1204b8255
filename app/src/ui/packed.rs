//! State that the server hands to a live part of the page.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

/// A value for an attribute of the page. Written as JSON with single and double quotation marks
/// exchanged: an attribute escapes each of its double ones into six characters, and a state
/// written plainly has thousands of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed<T>(pub T);

impl<T: Serialize> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = serde_json::to_string(&self.0).map_err(S::Error::custom)?;
        serializer.serialize_str(&exchanged(json).map_err(S::Error::custom)?)
    }
}

impl<'de, T: for<'json> Deserialize<'json>> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = exchanged(String::deserialize(deserializer)?).map_err(D::Error::custom)?;
        serde_json::from_str(&json).map(Self).map_err(D::Error::custom)
    }
}

/// Doing it twice gives the same text again.
fn exchanged(text: String) -> Result<String, std::string::FromUtf8Error> {
    let mut bytes = text.into_bytes();
    for byte in &mut bytes {
        *byte = match *byte {
            b'"' => b'\'',
            b'\'' => b'"',
            other => other,
        };
    }
    String::from_utf8(bytes)
}

#[cfg(test)]
mod tests {
    use super::Packed;

    #[test]
    fn comes_back_as_it_went_and_needs_no_escapes() {
        let names =
            ["Jum'at", "kata \"kutip\"", "garis \\ miring", "baris\nbaru", "Ubaidillah Ça ☂", "'", "\""];
        let names = Packed(names.map(str::to_owned).to_vec());
        let text = serde_json::to_string(&names).unwrap();
        assert_eq!(serde_json::from_str::<Packed<Vec<String>>>(&text).unwrap(), names);

        let plain = serde_json::to_string(&Packed(vec!["lembar", "papan"])).unwrap();
        assert_eq!(plain, r#""['lembar','papan']""#);
    }

    #[test]
    fn what_is_not_such_a_text_is_refused() {
        for bad in ["7", "\"[\"", "\"['a'\"", "[\"a\"]"] {
            assert!(serde_json::from_str::<Packed<Vec<String>>>(bad).is_err(), "{bad}");
        }
    }
}
