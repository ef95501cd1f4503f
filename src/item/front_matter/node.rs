//! A value of front matter, whatever format it was written in.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

/// How many values one key may hold once its aliases are followed; a curated item has a few hundred.
pub(super) const NODE_LIMIT: usize = 50_000;

/// How many bytes of text one key may hold once its aliases are followed.
pub(super) const TEXT_LIMIT: usize = 1024 * 1024;

/// What a refusal for size says; the caller knows it by this text, since YAML errors carry nothing else.
pub(super) const TOO_BIG: &str = "too many values";

/// A value of front matter. Repeated keys are all kept, in order, and the last is the one that is found.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::item) enum Node {
    /// Null.
    Null,
    /// Text.
    Text(String),
    /// A number or a truth value, spelt as YAML spells it, which need not be how the file does.
    Word(String),
    /// A list.
    List(Vec<Node>),
    /// A map.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The value of a key of a map, or of a map that is merged into it with `<<`. Letter case counts only when
    /// the key stands there in several.
    pub(in crate::item) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        let find = |is_it: &dyn Fn(&str) -> bool| {
            entries.iter().rev().find(|(name, node)| is_it(name) && !node.is_absent()).map(|(_, node)| node)
        };
        find(&|name| name == key)
            .or_else(|| find(&|name| name.eq_ignore_ascii_case(key)))
            .or_else(|| if key == "<<" { None } else { find(&|name| name == "<<")?.merged(key) })
    }

    fn merged(&self, key: &str) -> Option<&Self> {
        match self {
            Self::List(maps) => maps.iter().find_map(|map| map.get(key)),
            Self::Null | Self::Text(_) | Self::Word(_) | Self::Map(_) => self.get(key),
        }
    }

    /// The text of a scalar that is not blank.
    pub(in crate::item) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Word(text) if !text.trim().is_empty() => Some(text),
            Self::Null | Self::Text(_) | Self::Word(_) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Whether there is nothing in it: null, blank text, an empty list or map.
    pub(in crate::item) fn is_absent(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) | Self::Word(text) => text.trim().is_empty(),
            Self::List(nodes) => nodes.is_empty(),
            Self::Map(entries) => entries.is_empty(),
        }
    }

    /// The entries of a list; anything else is a list of itself.
    pub(in crate::item) fn entries(&self) -> &[Self] {
        match self {
            Self::List(nodes) => nodes,
            Self::Null | Self::Text(_) | Self::Word(_) | Self::Map(_) => std::slice::from_ref(self),
        }
    }

    /// The keys that stand more than once in a map in it, however deep.
    pub(super) fn repeated_keys(&self) -> Vec<&str> {
        let mut repeated = Vec::new();
        self.note_repeated_keys(&mut repeated);
        repeated
    }

    fn note_repeated_keys<'a>(&'a self, repeated: &mut Vec<&'a str>) {
        match self {
            Self::Map(entries) => {
                let mut names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
                names.sort_unstable();
                repeated.extend(names.windows(2).filter_map(|pair| match pair {
                    [first, second] if first == second => Some(*first),
                    _ => None,
                }));
                for (_, node) in entries {
                    node.note_repeated_keys(repeated);
                }
            }
            Self::List(nodes) => nodes.iter().for_each(|node| node.note_repeated_keys(repeated)),
            Self::Null | Self::Text(_) | Self::Word(_) => {}
        }
    }
}

/// What is left of the limits while a value is being read. YAML's aliases can make a small file endless.
#[derive(Debug)]
pub(super) struct Budget {
    nodes: Cell<usize>,
    bytes: Cell<usize>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { nodes: Cell::new(NODE_LIMIT), bytes: Cell::new(TEXT_LIMIT) }
    }

    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match (self.nodes.get().checked_sub(1), self.bytes.get().checked_sub(bytes)) {
            (Some(nodes), Some(bytes)) => {
                self.nodes.set(nodes);
                self.bytes.set(bytes);
                Ok(())
            }
            _ => Err(E::custom(TOO_BIG)),
        }
    }
}

/// Reads a [`Node`] from any format, within a budget.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeSeed<'b>(pub &'b Budget);

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl NodeSeed<'_> {
    fn word<E: Error>(self, word: &impl fmt::Display) -> Result<Node, E> {
        let word = word.to_string();
        self.0.spend(word.len())?;
        Ok(Node::Word(word))
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        self.0.spend(0)?;
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        self.word(&value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        self.word(&value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        self.word(&value)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Node, E> {
        self.word(&value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Node, E> {
        self.word(&value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        self.word(&value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        self.0.spend(value.len())?;
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Node, E> {
        self.0.spend(value.len())?;
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        self.0.spend(0)?;
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(self)? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        self.0.spend(0)?;
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(self)? {
            match key {
                Node::Text(key) | Node::Word(key) => entries.push((key, map.next_value_seed(self)?)),
                Node::Null | Node::List(_) | Node::Map(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Node::Map(entries))
    }

    /// A YAML tag such as `!important` says nothing to us: its value is read.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        let (_, value) = data.variant::<IgnoredAny>()?;
        value.newtype_variant_seed(self)
    }
}

/// Reads the top-level map of a whole front matter and keeps the values of the keys that are wanted; the others
/// are stepped over without following their aliases.
#[derive(Debug, Clone, Copy)]
pub(super) struct WantedSeed<'b> {
    pub budget: &'b Budget,
    pub is_wanted: fn(&str) -> bool,
}

impl<'de> DeserializeSeed<'de> for WantedSeed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for WantedSeed<'_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("keys with values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let seed = NodeSeed(self.budget);
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(seed)? {
            match key {
                Node::Text(key) | Node::Word(key) if (self.is_wanted)(&key) => {
                    entries.push((key, map.next_value_seed(seed)?));
                }
                Node::Null | Node::Text(_) | Node::Word(_) | Node::List(_) | Node::Map(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Node::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Result<Node, serde_yaml::Error> {
        NodeSeed(&Budget::new()).deserialize(serde_yaml::Deserializer::from_str(yaml))
    }

    #[test]
    fn every_kind_of_value_is_read() {
        let node =
            read("a: null\nb: text\nc: 2021\nd: true\ne: [x, 1.5]\nf: {g: ''}\nh: !tag {i: j}\nk: !x y")
                .unwrap();
        assert_eq!(node.get("b").and_then(Node::text), Some("text"));
        assert_eq!(node.get("c").and_then(Node::text), Some("2021"));
        assert_eq!(node.get("d").and_then(Node::text), Some("true"));
        assert_eq!(node.get("e").map(|list| list.entries().len()), Some(2));
        assert_eq!(node.get("h").and_then(|map| map.get("i")).and_then(Node::text), Some("j"));
        assert_eq!(node.get("k").and_then(Node::text), Some("y"));
        assert_eq!(node.get("a"), None);
        assert_eq!(node.get("f").and_then(|map| map.get("g")), None);
    }

    #[test]
    fn the_last_of_repeated_keys_is_found_unless_it_is_empty() {
        let node = read("a: 1\nb: {c: 1, c: 2}\na: 2\na:").unwrap();
        assert_eq!(node.get("a").and_then(Node::text), Some("2"));
        assert_eq!(node.get("b").and_then(|map| map.get("c")).and_then(Node::text), Some("2"));
        assert_eq!(node.repeated_keys(), ["a", "a", "c"]);
    }

    #[test]
    fn merged_maps_are_looked_into() {
        let node = read("base: &b {title: T, link: L}\nx:\n  <<: *b\n  link: M").unwrap();
        let map = node.get("x").unwrap();
        assert_eq!(map.get("Title").and_then(Node::text), Some("T"));
        assert_eq!(map.get("link").and_then(Node::text), Some("M"));
    }

    #[test]
    fn aliases_cannot_make_a_small_file_endless() {
        let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let below = format!("*a{}, ", level - 1).repeat(9);
            yaml = format!("{yaml}a{level}: &a{level} [{below}]\n");
        }
        assert!(read(&yaml).is_err());
        let wide = format!("a: &a [{}]\nb: [{}]", "x, ".repeat(5000), "*a, ".repeat(5000));
        assert!(read(&wide).unwrap_err().to_string().contains(TOO_BIG));
    }
}
