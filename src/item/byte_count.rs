//! Numbers of bytes, as people write them.

use std::fmt;

/// A number of bytes with its unit, such as `512 bytes`, `8 MB` or `12.3 MB`. The units are powers of 1000, as the SI has
/// them and browsers show them. The one decimal is cut, not rounded, as nothing is there before it is; a number without
/// it is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteCount(pub u64);

impl ByteCount {
    /// The number as a part of a total, in the unit of the total, such as `12.3 of 40.1 MB`. The decimal stays, so that
    /// a number that grows does not jump about.
    pub fn of(self, total: Self) -> String {
        let (unit, name) = total.unit();
        format!("{} of {} {name}", self.in_unit(unit), total.in_unit(unit))
    }

    /// The largest unit that the number has one of.
    fn unit(self) -> (u64, &'static str) {
        match self.0 {
            1 => (1, "byte"),
            0..1000 => (1, "bytes"),
            1000..1_000_000 => (1000, "kB"),
            1_000_000..1_000_000_000 => (1_000_000, "MB"),
            1_000_000_000..1_000_000_000_000 => (1_000_000_000, "GB"),
            1_000_000_000_000.. => (1_000_000_000_000, "TB"),
        }
    }

    fn in_unit(self, unit: u64) -> String {
        if unit == 1 {
            return self.0.to_string();
        }
        let tenths = self.0 / (unit / 10).max(1);
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

impl fmt::Display for ByteCount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, name) = self.unit();
        if self.0.is_multiple_of(unit) {
            write!(formatter, "{} {name}", self.0 / unit)
        } else {
            write!(formatter, "{} {name}", self.in_unit(unit))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_people_write_them() {
        let cases = [
            (0, "0 bytes"),
            (1, "1 byte"),
            (2, "2 bytes"),
            (999, "999 bytes"),
            (1000, "1 kB"),
            (1001, "1.0 kB"),
            (999_999, "999.9 kB"),
            (8 * 1024 * 1024, "8.3 MB"),
            (512_000_000, "512 MB"),
            (512 * 1024 * 1024, "536.8 MB"),
            (4_000_000_000, "4 GB"),
            (u64::MAX, "18446744.0 TB"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(ByteCount(bytes).to_string(), expected);
        }
    }

    #[test]
    fn a_part_has_the_unit_of_the_total() {
        let cases = [
            (0, 0, "0 of 0 bytes"),
            (0, 1, "0 of 1 byte"),
            (1, 2, "1 of 2 bytes"),
            (5_000, 2_000_000_000, "0.0 of 2.0 GB"),
            (12_345_678, 40_100_000, "12.3 of 40.1 MB"),
        ];
        for (bytes, total, expected) in cases {
            assert_eq!(ByteCount(bytes).of(ByteCount(total)), expected);
        }
    }
}
