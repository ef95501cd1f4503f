//! Where Rounds keeps what it keeps: precious data, the configuration and caches, each in the system's place for it.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use sha2::{Digest as _, Sha256};

/// The places on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Homes {
    data: PathBuf,
    cache: PathBuf,
    config: PathBuf,
}

impl Homes {
    /// The places that the system names: on Linux `$XDG_DATA_HOME`, `$XDG_CACHE_HOME` and `$XDG_CONFIG_HOME`, or
    /// what these are by default (<https://specifications.freedesktop.org/basedir/latest/>). `None` where there is no home directory.
    pub fn of_this_user() -> Option<Self> {
        let system = etcetera::choose_base_strategy().ok()?;
        let [data, cache, config] =
            [system.data_dir(), system.cache_dir(), system.config_dir()].map(|home| home.join("rounds"));
        Some(Self { data, cache, config })
    }

    /// Places within one directory.
    #[cfg(test)]
    pub fn within(directory: &Path) -> Self {
        let [data, cache, config] = ["data", "cache", "config"].map(|name| directory.join(name));
        Self { data, cache, config }
    }

    /// The file with marks and all else that must not be lost.
    pub fn state(&self) -> PathBuf {
        self.data.join("state.db")
    }

    /// The file with the catalog of a source.
    pub fn catalog(&self, identity: &str) -> PathBuf {
        self.cache.join("catalogs").join(format!("{}.db", short_digest(identity)))
    }

    /// The directory with the last good copy of a bundle from the web. It is data, not cache: what was fetched once must
    /// be there when nothing can be fetched.
    pub fn copy(&self, location: &str) -> PathBuf {
        self.data.join("copies").join(short_digest(location))
    }

    /// The file with what the user has set.
    pub fn config(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The directory of the file with marks, in which its changes are seen.
    pub fn data(&self) -> &Path {
        &self.data
    }
}

/// A file name that stands for a text of any length: the first 16 digits of its SHA-256.
fn short_digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
