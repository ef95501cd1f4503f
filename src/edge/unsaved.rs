//! Writes marks that could not be saved to a file, which `rounds state import` takes in later.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::item::SafeText;
use crate::library::MarkChange;
use crate::reader::Save;
use crate::source::reason;
use crate::store::state::{Export, Setting};

/// Writes changes to a new file, and has the disk confirm it. A `~` at the beginning is the home directory.
///
/// # Errors
///
/// When the file is there already or cannot be written: why, and what to do.
pub fn write(path: &str, saves: &[Save]) -> Result<(), SafeText> {
    let failed = |error: std::io::Error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return SafeText::new("there is a file of this name already. Choose another name.");
        }
        SafeText::new(&format!("{}. Choose another folder, such as one on a memory stick.", reason(&error)))
    };
    let path = expanded(path.trim());
    let export = export(saves, Timestamp::now());
    let mut file = File::create_new(&path).map_err(failed)?;
    writeln!(file, "{export}").and_then(|()| file.sync_all()).map_err(failed)
}

/// The changes as an export: of each mark and setting the last change. A setting that is too long has been refused before.
fn export(saves: &[Save], now: Timestamp) -> Export {
    let mut marks: Vec<MarkChange> = Vec::new();
    let mut searches: Vec<String> = Vec::new();
    let mut settings: BTreeMap<&str, Setting> = BTreeMap::new();
    for save in saves {
        match save {
            Save::Marks { keys, mark, marked } => {
                marks.extend(keys.iter().map(|key| MarkChange { key: *key, mark: *mark, marked: *marked }));
            }
            Save::Search(typed) => searches.push(typed.to_string()),
            Save::DropSearch(typed) => searches.retain(|kept| kept != typed.as_str()),
            Save::Setting { name, value } => {
                let setting = Setting::new(name.clone(), value.clone());
                settings.extend(setting.ok().map(|setting| (name.as_str(), setting)));
            }
            Save::Position(..) | Save::Place(_) => {}
        }
    }
    Export::of_changes(&marks, searches, settings.into_values().collect(), now)
}

fn expanded(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => Path::new(path).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::ItemKey;
    use crate::library::Mark;
    use crate::store::state::State;

    fn marks(keys: &[u64], mark: Mark, marked: bool) -> Save {
        Save::Marks { keys: keys.iter().map(|key| ItemKey(*key)).collect(), mark, marked }
    }

    fn setting(name: &str, value: &str) -> Save {
        Save::Setting { name: name.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn what_is_written_is_taken_in_by_an_import_and_the_last_change_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("marks.json");
        let saves = [
            marks(&[1, 2], Mark::Read, true),
            marks(&[2], Mark::Read, false),
            marks(&[3], Mark::Starred, true),
            Save::Search(SafeText::new("sepsis")),
            Save::Search(SafeText::new("stroke")),
            Save::DropSearch(SafeText::new("stroke")),
            setting("left", "39"),
            setting("left", "40"),
            setting("long", &"x".repeat(Setting::VALUE_MAX + 1)),
        ];
        write(path.to_str().unwrap(), &saves).unwrap();
        let export = Export::parse(&std::fs::read(&path).unwrap()).unwrap();
        let (mut state, _) = State::open(&folder.path().join("state.db"), Timestamp::now());
        let _ = state.import(export, Timestamp::now());
        let found = state.marks();
        assert_eq!(found.read.into_iter().collect::<Vec<_>>(), [ItemKey(1)]);
        assert_eq!(found.starred.into_iter().collect::<Vec<_>>(), [ItemKey(3)]);
        assert_eq!(state.searches(), ["sepsis"]);
        assert_eq!(state.settings(), [("left".to_owned(), "40".to_owned())]);
    }

    #[test]
    fn a_file_that_is_there_is_left_alone_and_one_that_cannot_be_written_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("there.json");
        std::fs::write(&path, "mine").unwrap();
        let reason = write(path.to_str().unwrap(), &[]).unwrap_err();
        assert!(reason.contains("Choose another name"), "{reason}");
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
        let nowhere = folder.path().join("none").join("marks.json");
        assert!(write(nowhere.to_str().unwrap(), &[]).unwrap_err().contains("Choose another folder"));
    }
}
