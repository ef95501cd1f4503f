//! Choosing: the same choices for the same seed, on every machine.

use fastrand::Rng;

/// Makes choices.
pub struct Chance(Rng);

impl Chance {
    /// Choices that depend on nothing but the seed and a number.
    pub fn of(seed: u64, number: u32) -> Self {
        // A large odd factor keeps the choices of neighbouring numbers apart.
        Self(Rng::with_seed(seed ^ u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// One of several, each as often as any other.
    pub fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        choices.get(self.0.usize(..choices.len().max(1))).copied().unwrap_or_default()
    }

    /// A number from 0 up to, and without, the end.
    pub fn below(&mut self, end: u32) -> u32 {
        self.0.u32(..end.max(1))
    }

    /// A number from the first to the last.
    pub fn between(&mut self, first: u32, last: u32) -> u32 {
        self.0.u32(first..=last.max(first))
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub fn percent(&mut self, cases: u32) -> bool {
        self.below(100) < cases
    }

    /// A rank from 0 up to, and without, the end, about as Zipf's law has it: the second half as often as the
    /// first, the third a third as often.
    pub fn zipf(&mut self, end: u32) -> u32 {
        let drawn = (self.0.f64() * f64::from(end.max(1)).ln()).exp();
        (0..end).find(|rank| drawn < f64::from(*rank) + 2.0).unwrap_or_default()
    }
}
