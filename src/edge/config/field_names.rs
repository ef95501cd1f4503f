//! The names of the fields of a type, as the type itself gives them.

use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor, value::Error};
use serde::forward_to_deserialize_any;

/// The names that the fields of a struct have where it is read from a text.
pub fn field_names<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // Nothing is read: that it fails is certain, and by then the names are known.
    let _ = T::deserialize(Listening(&mut names));
    names
}

/// Hears which fields are asked for, and has none to give.
struct Listening<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Listening<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(Error::custom("there are only names"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::custom("this is no struct"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remote::FetchLimits;

    #[test]
    fn the_names_are_those_that_a_configuration_has() {
        let names = field_names::<FetchLimits>();
        assert!(names.contains(&"wire_bytes") && names.contains(&"stall_seconds"), "{names:?}");
        assert!(!names.contains(&"stall"), "{names:?}");
        assert!(field_names::<u64>().is_empty());
    }
}
