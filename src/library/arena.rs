//! Many small lists one behind the other in one large one, so that none costs an allocation of its own.

/// Small lists in one large one. What is let go stays there until whoever holds the spans moves the rest into a new
/// arena.
#[derive(Debug, Clone)]
pub(super) struct Arena<T> {
    all: Vec<T>,
    unused: usize,
}

/// Where a list is in its arena.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    start: u32,
    length: u16,
}

/// An arena may waste so much before that is worth any work.
const WASTE_MIN: usize = 16 * 1024;

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { all: Vec::new(), unused: 0 }
    }
}

impl<T: Copy> Arena<T> {
    /// Puts a list into the arena: of a very long one, the first 65,535 members.
    pub fn put(&mut self, list: &[T]) -> Span {
        let Ok(start) = u32::try_from(self.all.len()) else { return Span::default() };
        let length = u16::try_from(list.len()).unwrap_or(u16::MAX);
        self.all.extend(list.iter().take(length.into()));
        Span { start, length }
    }

    /// A list.
    pub fn get(&self, span: Span) -> &[T] {
        let start = span.start as usize;
        self.all.get(start..start.saturating_add(span.length.into())).unwrap_or_default()
    }

    /// Lets a list go.
    pub fn let_go(&mut self, span: Span) {
        self.unused = self.unused.saturating_add(span.length.into());
    }

    /// Whether more of it is unused than used.
    pub fn is_wasteful(&self) -> bool {
        self.unused > WASTE_MIN && self.unused > self.all.len() / 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_found_again_and_an_arena_that_holds_mostly_what_was_let_go_says_so() {
        let mut arena = Arena::default();
        let lists: Vec<Vec<u32>> = (0..1000).map(|number| (number..number + number % 50).collect()).collect();
        let spans: Vec<Span> = lists.iter().map(|list| arena.put(list)).collect();
        assert!(spans.iter().zip(&lists).all(|(span, list)| arena.get(*span) == list));
        let (kept, gone) = spans.split_at(300);
        for span in gone {
            arena.let_go(*span);
        }
        assert!(arena.is_wasteful());
        assert!(kept.iter().zip(&lists).all(|(span, list)| arena.get(*span) == list));
    }

    #[test]
    fn a_list_that_is_too_long_is_cut() {
        let mut arena = Arena::default();
        let span = arena.put(&vec![7; 70_000]);
        let behind = arena.put(&[1, 2]);
        assert_eq!(arena.get(span).len(), 65_535);
        assert_eq!(arena.get(behind), [1, 2]);
    }
}
