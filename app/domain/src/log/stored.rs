//! How events are kept as text: by their own names, without their subject.
//!
//! `{"run_started": {…}}` stood in logs before events had subjects, and stands there still.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, IntoDeserializer, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, forward_to_deserialize_any};

use super::{AgencyEvent, CalendarEvent, Event, ReportEvent, RunEvent, SopEvent, SubstituteEvent};

const WITHHELD: &str = "withheld";

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Sop(event) => event.serialize(serializer),
            Self::Calendar(event) => event.serialize(serializer),
            Self::Substitute(event) => event.serialize(serializer),
            Self::Agency(event) => event.serialize(serializer),
            Self::Run(event) => event.serialize(serializer),
            Self::Report(event) => event.serialize(serializer),
            Self::Withheld => serializer.serialize_unit_variant("Event", 0, WITHHELD),
        }
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum("Event", &[], BySubject)
    }
}

/// Reads an event as one of the subject that knows its name.
struct BySubject;

impl<'de> Visitor<'de> for BySubject {
    type Value = Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Event, A::Error> {
        let (name, variant) = access.variant::<String>()?;
        let named = Named { name: &name, variant };
        if named.is::<RunEvent>() {
            RunEvent::deserialize(named).map(Event::Run)
        } else if named.is::<ReportEvent>() {
            ReportEvent::deserialize(named).map(Event::Report)
        } else if named.is::<CalendarEvent>() {
            CalendarEvent::deserialize(named).map(Event::Calendar)
        } else if named.is::<SubstituteEvent>() {
            SubstituteEvent::deserialize(named).map(Event::Substitute)
        } else if named.is::<AgencyEvent>() {
            AgencyEvent::deserialize(named).map(Event::Agency)
        } else if named.is::<SopEvent>() {
            SopEvent::deserialize(named).map(Event::Sop)
        } else if name == WITHHELD {
            named.variant.unit_variant().map(|()| Event::Withheld)
        } else {
            Err(A::Error::custom(format_args!("there is no event `{name}`")))
        }
    }
}

/// A variant whose name has been read, as something to be read.
struct Named<'a, V> {
    name: &'a str,
    variant: V,
}

impl<V> Named<'_, V> {
    /// Whether the events of a subject know the name.
    fn is<'de, E: Deserialize<'de>>(&self) -> bool {
        matches!(E::deserialize(Names), Err(Known(names)) if names.contains(&self.name))
    }
}

impl<'de, A: VariantAccess<'de>> Deserializer<'de> for Named<'_, A> {
    type Error = A::Error;

    fn deserialize_any<T: Visitor<'de>>(self, visitor: T) -> Result<T::Value, A::Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, V: VariantAccess<'de>> EnumAccess<'de> for Named<'_, V> {
    type Error = V::Error;
    type Variant = V;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, V), V::Error> {
        let name: StrDeserializer<'_, V::Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.variant))
    }
}

/// Asks an enum for the names of its variants: reading it from here ends in [`Known`].
struct Names;

/// The names of an enum's variants, as the error in which they come out.
#[derive(Debug)]
struct Known(&'static [&'static str]);

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl std::error::Error for Known {}

impl Error for Known {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }
}

impl<'de> Deserializer<'de> for Names {
    type Error = Known;

    fn deserialize_any<T: Visitor<'de>>(self, _: T) -> Result<T::Value, Known> {
        Err(Known(&[]))
    }

    fn deserialize_enum<T: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        _: T,
    ) -> Result<T::Value, Known> {
        Err(Known(names))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{from_str, to_string};

    use super::{Known, Names, WITHHELD};
    use crate::log::{AgencyEvent, CalendarEvent, Event, ReportEvent, RunEvent, SopEvent, SubstituteEvent};

    fn names<'de, E: Deserialize<'de>>() -> Vec<&'static str> {
        match E::deserialize(Names) {
            Err(Known(names)) => names.to_vec(),
            Ok(_) => Vec::new(),
        }
    }

    #[test]
    fn no_name_belongs_to_two_subjects() {
        let all = [
            names::<SopEvent>(),
            names::<CalendarEvent>(),
            names::<SubstituteEvent>(),
            names::<AgencyEvent>(),
            names::<RunEvent>(),
            names::<ReportEvent>(),
            vec![WITHHELD],
        ];
        assert!(all.iter().all(|names| !names.is_empty()));
        let mut all = all.concat();
        let before = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), before);
    }

    #[test]
    fn an_event_is_kept_under_its_own_name() {
        let event = Event::Run(RunEvent::ActTakenBack {
            run: crate::id::RunId(7),
            cell: crate::sop::CellRef { activity: 2, lane: crate::id::LaneId::from("staf") },
            round: 1,
        });
        let text = to_string(&event).unwrap();
        assert!(text.starts_with(r#"{"act_taken_back":{"run":7,"#), "{text}");
        assert_eq!(from_str::<Event>(&text).unwrap(), event);
        assert_eq!(to_string(&Event::Withheld).unwrap(), r#""withheld""#);
        assert_eq!(from_str::<Event>(r#""withheld""#).unwrap(), Event::Withheld);
    }

    #[test]
    fn what_is_no_event_says_so() {
        for text in [
            r#""run_resumed""#,
            r#"{"withheld":1}"#,
            r#"{"run_flown":{}}"#,
            "{}",
            "3",
            r#"{"run_resumed":{}}"#,
        ] {
            assert!(from_str::<Event>(text).is_err(), "{text}");
        }
        let said = from_str::<Event>(r#"{"run_flown":{}}"#).unwrap_err().to_string();
        assert!(said.contains("there is no event `run_flown`"), "{said}");
    }
}
