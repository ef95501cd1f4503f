//! `rounds keys`: every key, without a source.

use crate::support::rounds;

#[test]
fn the_keys_are_printed_for_people_and_for_scripts() {
    let table = rounds(["keys"]);
    assert_eq!((table.status, table.talk.as_str()), (0, ""));
    assert!(table.lines().iter().any(|line| line.starts_with("  o ") && line.contains("original article")));
    let json = rounds(["keys", "--format", "json"]).json();
    for binding in json.as_array().unwrap() {
        let action = binding["action"].as_str().unwrap();
        let keys: Vec<&str> =
            binding["keys"].as_array().unwrap().iter().filter_map(|key| key.as_str()).collect();
        assert!(table.out.contains(action), "{action}");
        assert!(!keys.is_empty() && table.out.contains(&keys.join(" ")), "{keys:?}");
    }
}
