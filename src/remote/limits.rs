//! How much a fetch may take of the network, the disk and the time.

use std::time::Duration;

use serde::{Deserialize, Deserializer};

/// The limits of a fetch. Each has the name that its key in the configuration has, and errors name it so.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FetchLimits {
    /// How many bytes may come over the wire for one bundle, as they are sent.
    pub wire_bytes: u64,
    /// How many bytes they may become when the encoding they are sent in (gzip, zstd) is undone.
    pub decoded_bytes: u64,
    /// How many redirects are followed.
    pub redirects: u32,
    /// How often a fetch that failed for a passing reason is tried again, with nothing gained in between.
    pub retries: u32,
    /// How long to look up the name of a host, and again to connect to it.
    #[serde(rename = "connect_seconds", deserialize_with = "seconds")]
    pub connect: Duration,
    /// How long to wait for a server to begin its answer.
    #[serde(rename = "first_byte_seconds", deserialize_with = "seconds")]
    pub first_byte: Duration,
    /// How long a download may stand still: bring less than [`FetchLimits::LEAST_BYTES`].
    #[serde(rename = "stall_seconds", deserialize_with = "seconds")]
    pub stall: Duration,
    /// How long a whole fetch may take, with all its retries.
    #[serde(rename = "whole_seconds", deserialize_with = "seconds")]
    pub whole: Duration,
    /// How long to wait at most when a busy server says when to come back.
    #[serde(rename = "retry_after_seconds", deserialize_with = "seconds")]
    pub retry_after: Duration,
}

impl FetchLimits {
    /// A download that brings fewer bytes than these while [`FetchLimits::stall`] passes stands still. So a server
    /// that sends a byte now and then holds nobody.
    pub const LEAST_BYTES: u64 = 1024;
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            wire_bytes: 512_000_000,
            decoded_bytes: 1_000_000_000,
            redirects: 8,
            retries: 4,
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(30),
            stall: Duration::from_secs(30),
            whole: Duration::from_secs(30 * 60),
            retry_after: Duration::from_secs(60),
        }
    }
}

/// Reads a number of seconds, whole or not. A day is the most: nothing here is waited for longer.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    const DAY: f64 = 86_400.0;
    let number = f64::deserialize(deserializer)?;
    if !(0.0..=DAY).contains(&number) {
        return Err(serde::de::Error::custom("a number of seconds lies between 0 and 86400, which is a day"));
    }
    Ok(Duration::from_secs_f64(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_changes_what_it_names_and_nothing_else() {
        let limits: FetchLimits =
            serde_json::from_str(r#"{"wire_bytes": 1000, "stall_seconds": 2.5, "redirects": 0}"#)
                .expect("limits");
        let changed = FetchLimits {
            wire_bytes: 1000,
            stall: Duration::from_millis(2500),
            redirects: 0,
            ..FetchLimits::default()
        };
        assert_eq!(limits, changed);
        for wrong in [r#"{"stall_seconds": -1}"#, r#"{"whole_seconds": 1e300}"#, r#"{"wire_byte": 1}"#] {
            assert!(serde_json::from_str::<FetchLimits>(wrong).is_err(), "{wrong}");
        }
    }
}
