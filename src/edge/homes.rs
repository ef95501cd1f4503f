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

    /// The file with marks and all else that must not be lost.
    pub fn state(&self) -> PathBuf {
        self.data.join("state.db")
    }

    /// The file with the catalog of a source.
    pub fn catalog(&self, location: &str) -> PathBuf {
        let digest = Sha256::digest(location.as_bytes());
        let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        self.cache.join("catalogs").join(format!("{name}.db"))
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
