//! Randomness as an argument.

/// A source of cryptographically secure random bytes.
pub trait Random {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// `N` random bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut buffer = [0; N];
    random.fill(&mut buffer);
    buffer
}

/// A repeatable source for tests and models.
#[derive(Debug, Default)]
pub struct CountingRandom(core::cell::Cell<u64>);

impl CountingRandom {
    /// A source whose stream is determined by `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(core::cell::Cell::new(seed))
    }
}

impl Random for CountingRandom {
    fn fill(&self, buffer: &mut [u8]) {
        for byte in buffer {
            // splitmix64: spread well enough that ids never collide within a test.
            let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
            self.0.set(state);
            let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = mixed.to_le_bytes()[3];
        }
    }
}
