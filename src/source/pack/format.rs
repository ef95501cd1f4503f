//! The kinds of archive that bundles are made as.

use std::ffi::OsStr;
use std::path::Path;

/// The kinds of archive that bundles are made as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackFormat {
    /// `.zip`: opens on any machine, and items can be read from its middle.
    Zip,
    /// `.tar.gz`: read everywhere.
    TarGz,
    /// `.tar.zst`: the smallest, and the quickest to read.
    TarZst,
}

impl PackFormat {
    /// The format that the name of a file asks for.
    pub fn of_name(path: &Path) -> Option<Self> {
        const NAMES: [(&str, PackFormat); 5] = [
            (".zip", PackFormat::Zip),
            (".tar.gz", PackFormat::TarGz),
            (".tgz", PackFormat::TarGz),
            (".tar.zst", PackFormat::TarZst),
            (".tzst", PackFormat::TarZst),
        ];
        let name = path.file_name().and_then(OsStr::to_str)?.to_lowercase();
        NAMES.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| *format)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::TarGz => "tar.gz",
            Self::TarZst => "tar.zst",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_asks_for_a_format_by_its_ending() {
        let cases = [
            ("health.zip", Some(PackFormat::Zip)),
            ("a/health.TAR.GZ", Some(PackFormat::TarGz)),
            ("health.tgz", Some(PackFormat::TarGz)),
            ("health.2026.tar.zst", Some(PackFormat::TarZst)),
            ("health.zst", None),
            ("health.tar", None),
            ("zip", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(PackFormat::of_name(Path::new(name)), expected, "{name}");
        }
    }
}
