//! What is written when it has stayed as it is for a moment.

use std::collections::{BTreeMap, HashMap};

use crate::item::ItemKey;
use crate::library::Position;
use crate::reader::Place;
use crate::store::state::{self, Leaving, Setting};

/// What is written when it has stayed as it is for a moment, so that scrolling does not write with every row. Of each
/// kind the last counts.
#[derive(Debug, Default)]
pub(super) struct Unsettled {
    place: Option<Place>,
    positions: HashMap<ItemKey, Option<Position>>,
    settings: BTreeMap<String, Setting>,
}

impl Unsettled {
    /// What is on the screen.
    pub(super) fn set_place(&mut self, place: Place) {
        self.place = Some(place);
    }

    /// How far a page is scrolled; `None` forgets it.
    pub(super) fn set_position(&mut self, key: ItemKey, position: Option<Position>) {
        self.positions.insert(key, position);
    }

    /// A setting that has another value.
    pub(super) fn set_setting(&mut self, setting: Setting) {
        self.settings.insert(setting.name().to_owned(), setting);
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.place.is_none() && self.positions.is_empty() && self.settings.is_empty()
    }

    /// Takes all of it, as it is written for sources that are known together by a location.
    pub(super) fn take(&mut self, location: &str) -> Leaving {
        let Self { place, positions, settings } = std::mem::take(self);
        let place = place.map(|Place { view, selected, order }| {
            let place = state::Place { topic: view, item: selected, order: order.name().to_owned() };
            (location.to_owned(), place)
        });
        Leaving {
            place,
            positions: positions.into_iter().collect(),
            settings: settings.into_values().collect(),
            locations: Vec::new(),
        }
    }
}
