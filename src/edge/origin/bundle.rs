//! A bundle on the web, with its last good copy.

use crate::item::SafeText;
use crate::remote::{About, Address, LocalCopy, Options, Terms};
use crate::source::signature::PublicKey;
use crate::source::{Limits, Source};

/// A bundle on the web.
pub(super) struct Bundle {
    pub(super) address: Address,
    /// The one folder in it that is read.
    pub(super) folder: Option<String>,
    /// Whose signature it must have.
    pub(super) key: Option<PublicKey>,
    pub(super) copy: LocalCopy,
    /// Within what it is read.
    pub(super) limits: Limits,
    /// How it is fetched.
    pub(super) options: Options,
}

impl Bundle {
    pub(super) fn location(&self) -> String {
        match &self.folder {
            Some(folder) => format!("{}#path={folder}", self.address),
            None => self.address.to_string(),
        }
    }

    /// On what terms it is taken.
    pub(super) fn terms(&self) -> Terms<'_> {
        Terms { address: &self.address, key: self.key.as_ref() }
    }

    /// The terms beside the address, as a text that is another one for other terms.
    pub(super) fn terms_text(&self) -> String {
        let key = self.key.as_ref().map(ToString::to_string);
        let pin = self.address.pin().map(|pin| pin.to_string());
        [key, pin].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// What is known of the copy, when there is one that may be shown.
    pub(super) fn about(&self) -> Option<About> {
        self.copy.taken_on(self.terms())
    }

    pub(super) fn source(&self, label: &SafeText) -> Option<Source> {
        let archive = self.copy.archive(&self.about()?);
        let source = Source::of_copy(&archive, self.location(), label.clone(), self.limits);
        Some(source.within(self.folder.clone()))
    }
}
