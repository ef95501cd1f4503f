//! A number of things in words.

use std::fmt;

/// A number of things in words, such as `1 time` and `2 times`.
pub fn counted<N: fmt::Display + PartialEq + From<u8> + Copy>(count: N, one: &str, many: &str) -> String {
    let things = if count == N::from(1) { one } else { many };
    format!("{count} {things}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_not_many() {
        assert_eq!(counted(0_usize, "time", "times"), "0 times");
        assert_eq!(counted(1_u32, "time", "times"), "1 time");
        assert_eq!(counted(2_u64, "time", "times"), "2 times");
    }
}
