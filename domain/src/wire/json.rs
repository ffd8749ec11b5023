//! JSON parsing that accepts structs only as objects. `serde_json` also accepts a struct as an array of its members in
//! order. Tegata writes no struct that way, and the code for it would be a third of the WebAssembly module's
//! parsing code.

use core::fmt;

use serde::Deserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::de::StrRead;

/// Parses `text`, in which every struct must be an object.
///
/// # Errors
/// The error of `serde_json`.
pub fn read<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    let mut whole = serde_json::Deserializer::new(StrRead::new(text));
    let value = T::deserialize(Objects(&mut whole))?;
    whole.end()?;
    Ok(value)
}

/// Like [`read`], but from bytes; `None` on any error.
#[must_use]
pub fn read_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    read(core::str::from_utf8(bytes).ok()?).ok()
}

/// Wraps a deserializer, or an access or seed that it passes on, so that every struct must be an object.
struct Objects<T>(T);

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Self::Error> {
                self.0.$method($($argument,)* visitor)
            }
        )*
    };
}

/// Like [`forward`], for types that may contain other values.
macro_rules! within {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Self::Error> {
                self.0.$method($($argument,)* Objects(visitor))
            }
        )*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.deserialize_map(visitor)
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
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_identifier();
        deserialize_ignored_any();
    }

    within! {
        deserialize_option();
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(length: usize);
        deserialize_tuple_struct(name: &'static str, length: usize);
        deserialize_map();
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Objects<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Objects(from))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Objects(from))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Objects(access))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Objects(access))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(Objects(access))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(Objects(seed))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.0.next_value_seed(Objects(seed))
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Objects<A> {
    type Error = A::Error;
    type Variant = Objects<A::Variant>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant), A::Error> {
        let (value, variant) = self.0.variant_seed(seed)?;
        Ok((value, Objects(variant)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        self.0.newtype_variant_seed(Objects(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(length, Objects(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.newtype_variant_seed(Members(visitor))
    }
}

/// Passes the members of an object to a struct's visitor.
struct Members<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Members<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        Objects(from).deserialize_map(self.0)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Objects<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Objects(from))
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

    #[derive(Debug, PartialEq, Deserialize)]
    struct Nest {
        one: Option<Pair>,
        many: Vec<Pair>,
        kind: Kind,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Bare,
        Of(Pair),
        Both(Pair, i64),
        Fields { pair: Pair },
    }

    #[test]
    fn so_is_a_struct_within_another() {
        let pair = || Pair {
            name: "x".to_owned(),
            count: None,
        };
        let nest = |one: &str, many: &str, kind: &str| {
            read::<Nest>(&format!(r#"{{"one":{one},"many":{many},"kind":{kind}}}"#))
        };
        let object = r#"{"name":"x"}"#;
        for (kind, expected) in [
            (r#""bare""#.to_owned(), Kind::Bare),
            (format!(r#"{{"of":{object}}}"#), Kind::Of(pair())),
            (format!(r#"{{"both":[{object},2]}}"#), Kind::Both(pair(), 2)),
            (
                format!(r#"{{"fields":{{"pair":{object}}}}}"#),
                Kind::Fields { pair: pair() },
            ),
        ] {
            let read = nest(object, &format!("[{object}]"), &kind).unwrap();
            assert_eq!((read.one, read.many, read.kind), (Some(pair()), vec![pair()], expected));
        }
        let array = r#"["x",2]"#;
        for (one, many, kind) in [
            (array, "[]".to_owned(), r#""bare""#.to_owned()),
            ("null", format!("[{array}]"), r#""bare""#.to_owned()),
            ("null", "[]".to_owned(), format!(r#"{{"of":{array}}}"#)),
            ("null", "[]".to_owned(), format!(r#"{{"both":[{array},2]}}"#)),
            ("null", "[]".to_owned(), format!(r#"{{"fields":[{object}]}}"#)),
        ] {
            assert!(nest(one, &many, &kind).is_err(), "{one} {many} {kind}");
        }
    }

    #[test]
    fn everything_else_is_as_it_was() {
        assert_eq!(read::<Vec<i64>>("[1, 2]").unwrap(), [1, 2]);
        assert_eq!(read::<Option<String>>("null").unwrap(), None);
        assert_eq!(read::<Option<Pair>>(r#"{"name":"x"}"#).unwrap().unwrap().name, "x");
    }
}
