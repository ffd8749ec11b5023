//! JSON read into what was written as an object.
//!
//! `serde_json` takes a struct from an array too, its members in their order. Nothing here is written so; and the code for it
//! would be a third of what reads the module's documents and records.

use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::de::StrRead;

/// Reads `text`, an object where `T` is a struct.
///
/// # Errors
/// What `serde_json` says.
pub fn read<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    let mut whole = serde_json::Deserializer::new(StrRead::new(text));
    let value = object(&mut whole)?;
    whole.end()?;
    Ok(value)
}

/// Reads what stands at one place, an object where `T` is a struct.
///
/// # Errors
/// What the deserializer says.
pub fn object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    T::deserialize(Place(from))
}

/// A place whose structs are objects. What stands within is read as ever.
struct Place<D>(D);

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Self::Error> {
                self.0.$method($($argument,)* visitor)
            }
        )*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Place<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_map(visitor)
    }

    forward! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_option();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(length: usize);
        deserialize_tuple_struct(name: &'static str, length: usize);
        deserialize_map();
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::read;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Pair {
        name: String,
        count: Option<i64>,
    }

    #[test]
    fn a_struct_is_an_object_and_nothing_else() {
        let pair = read::<Pair>(r#" {"count": 2, "name": "x"} "#).unwrap();
        assert_eq!((pair.name.as_str(), pair.count), ("x", Some(2)));
        for wrong in [
            r#"["x", 2]"#,
            "{}",
            r#"{"name":"x","size":1}"#,
            r#"{"name":"x"} x"#,
            "null",
        ] {
            assert!(read::<Pair>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn everything_else_is_as_it_was() {
        assert_eq!(read::<Vec<i64>>("[1, 2]").unwrap(), [1, 2]);
        assert_eq!(read::<Option<String>>("null").unwrap(), None);
        assert_eq!(read::<Option<Pair>>(r#"{"name":"x"}"#).unwrap().unwrap().name, "x");
    }
}
