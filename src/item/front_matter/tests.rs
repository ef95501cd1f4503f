//! Front matter as its keys are read one by one, beside the same front matter as a parser reads it whole.

use proptest::prelude::*;
use serde::de::DeserializeSeed;

use super::node::{Budget, NodeSeed};
use super::{Fields, Node, Problems, chunks};

/// The front matter as a parser reads it; `None` when it is no map of keys that differ.
fn whole(front: &str) -> Option<Vec<(String, Node)>> {
    let node = NodeSeed(&Budget::new()).deserialize(serde_yaml::Deserializer::from_str(front)).ok()?;
    match node {
        Node::Map(entries) if Node::Map(entries.clone()).repeated_keys().is_empty() => Some(entries),
        _ => None,
    }
}

/// The value of a key, when the keys are read one by one.
fn value(front: &str, key: &str) -> Option<Node> {
    let mut problems = Problems::default();
    let mut fields = Fields::of_yaml(front, 2, chunks(front), |_| true);
    fields.get(key, &mut problems).cloned()
}

#[test]
fn no_key_takes_the_value_of_another() {
    let cases = [
        ("link: https://a.example/\nog:image: https://cdn.example/x.jpg", "link", "https://a.example/"),
        ("title: One\nog:title: Two", "title", "One"),
        ("date: 2021-12-05\narticle:published_time: 2020-01-01", "date", "2021-12-05"),
        ("date: 2021-12-05\n-a: b", "date", "2021-12-05"),
        ("title: One\n? title2\n: Two", "title", "One"),
        ("slug: a\n? title\n: Two", "title", "Two"),
        ("slug: a\n\"t\\x69tle\": Two", "title", "Two"),
        ("title: One\n: Two", "title", "One"),
        ("title: One\nlist:\n- \"a\ntitle: b\"", "title", "One"),
        ("title: One\nlink: {\ntitle: Two\n}", "title", "One"),
    ];
    for (front, key, text) in cases {
        assert_eq!(value(front, key), Some(Node::Text(text.to_owned())), "{front:?}");
    }
    let long = format!("title: One\n{}: Two", "k".repeat(1000));
    assert_eq!(value(&long, "title"), Some(Node::Text("One".to_owned())));
}

const KEY: &str =
    "title|link|date|og:title|article:published_time|-a|:b|[?]c|\"q: r\"|&x anchored|[a-z]{101}|[?] odd\n";
const VALUE: &str = " (One|it's|a: b|[\\[{]x, 'y'[\\]}]|\"d: e\nf: g\"|>-\n  h: i|'j\n  k')|\n  - (l|m: n|\"o\np: q\")|\n  r: s|";

proptest! {
    #[test]
    fn each_key_has_the_value_that_a_parser_gives_it(entries in prop::collection::vec((KEY, VALUE), 1..8)) {
        let lines = entries.iter().map(|(key, value)| format!("{key}:{value}\n"));
        let front = lines.collect::<String>();
        for (key, node) in whole(&front).unwrap_or_default() {
            if !node.is_absent() {
                prop_assert_eq!(value(&front, &key), Some(node), "{:?} of {}", key, front);
            }
        }
    }
}
