//! The question what to do with changes that could not be saved, before Rounds quits.

use tui_input::Input;

use super::cursor::Cursor;
use super::key::{Key, KeyCode};
use super::message::Effect;
use super::prompt::{edit, move_cursor};
use super::saving::SavingSign;
use super::{Action, Overlay, Reader};
use crate::item::SafeText;

/// The file that is offered for changes that could not be saved.
const OFFERED_FILE: &str = "rounds-unsaved-marks.json";

/// The question what to do with changes that could not be saved, which is asked before Rounds quits.
#[derive(Debug, Clone, Default)]
pub struct UnsavedQuestion {
    /// The selected answer.
    pub cursor: Cursor,
    /// The path of the file that they are to be written to, while it is being typed.
    pub path: Option<Input>,
    /// Why the last answer did not work.
    pub problem: Option<SafeText>,
}

/// An answer to the question what to do with changes that could not be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedAnswer {
    /// Try once more to save them.
    Retry,
    /// Write them to a file.
    Write,
    /// Give them up, and quit.
    Quit,
    /// Do not quit.
    Stay,
}

impl UnsavedAnswer {
    /// Every answer, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Retry, Self::Write, Self::Quit, Self::Stay];

    /// The answer in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Retry => "Try again to save them",
            Self::Write => "Write them to a file, and quit",
            Self::Quit => "Quit and lose them",
            Self::Stay => "Stay in Rounds",
        }
    }
}

impl Reader {
    /// Quits; but asks first where that would lose changes.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        if self.saving.sign() == Some(SavingSign::Failed) {
            self.overlay = Overlay::Unsaved(UnsavedQuestion::default());
            return Vec::new();
        }
        vec![Effect::Quit]
    }

    /// Takes a key while the question is on the screen.
    pub(super) fn answer_unsaved(&mut self, mut question: UnsavedQuestion, key: Key) -> Vec<Effect> {
        if let Some(path) = question.path.take() {
            return self.type_unsaved_path(question, path, key);
        }
        let answer = UnsavedAnswer::ALL.get(question.cursor.row()).copied();
        let rows = UnsavedAnswer::ALL.len();
        match (key.code, answer) {
            (KeyCode::Esc, _) | (KeyCode::Enter, Some(UnsavedAnswer::Stay) | None) => return Vec::new(),
            (KeyCode::Enter, Some(UnsavedAnswer::Quit)) => return vec![Effect::Quit],
            (KeyCode::Enter, Some(UnsavedAnswer::Retry)) => {
                question.problem = None;
                self.overlay = Overlay::Unsaved(question);
                return vec![Effect::RetrySaving];
            }
            (KeyCode::Enter, Some(UnsavedAnswer::Write)) => {
                question.path = Some(Input::new(OFFERED_FILE.to_owned()));
            }
            _ => {
                let cursor = &mut question.cursor;
                match Action::for_key(key) {
                    Some(Action::Down) => cursor.step(1, rows, rows),
                    Some(Action::Up) => cursor.step(-1, rows, rows),
                    Some(Action::First) => cursor.select(0, rows, rows),
                    Some(Action::Last) => cursor.select(rows, rows, rows),
                    _ => {
                        move_cursor(cursor, key, rows, rows);
                    }
                }
            }
        }
        self.overlay = Overlay::Unsaved(question);
        Vec::new()
    }

    fn type_unsaved_path(&mut self, mut question: UnsavedQuestion, mut path: Input, key: Key) -> Vec<Effect> {
        let mut effects = Vec::new();
        match key.code {
            KeyCode::Esc => {}
            KeyCode::Enter => {
                effects.push(Effect::WriteUnsaved {
                    path: path.value().to_owned(),
                    saves: self.saving.changes(),
                });
                question.path = Some(path);
            }
            _ => {
                edit(&mut path, key);
                question.path = Some(path);
            }
        }
        self.overlay = Overlay::Unsaved(question);
        effects
    }

    /// Quits when the changes are in a file; else says why they are not, and asks again.
    pub(super) fn unsaved_written(&mut self, path: &SafeText, outcome: Result<(), SafeText>) -> Vec<Effect> {
        match outcome {
            Ok(()) => {
                self.saving.forget();
                self.overlay = Overlay::None;
                vec![Effect::Quit]
            }
            Err(reason) => {
                let problem = SafeText::new(&format!("{path}: {reason}"));
                self.overlay = Overlay::Unsaved(UnsavedQuestion {
                    path: Some(Input::new(path.to_string())),
                    problem: Some(problem),
                    ..UnsavedQuestion::default()
                });
                Vec::new()
            }
        }
    }
}
