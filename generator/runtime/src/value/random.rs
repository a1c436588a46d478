//! Random numbers, all from the operating system, so that nobody can predict them.

/// 64 random bits.
pub(crate) fn random_bits() -> u64 {
    getrandom::u64().expect("the operating system has random numbers")
}

/// A random number from 0 to 1, without 1.
#[expect(clippy::cast_precision_loss, reason = "it has as many bits as a float takes")]
pub(crate) fn random_fraction() -> f64 {
    const BITS: u32 = f64::MANTISSA_DIGITS;
    (random_bits() >> (u64::BITS - BITS)) as f64 / (1_u64 << BITS) as f64
}

/// A UUID of version 4 (RFC 9562, section 5.4).
pub(crate) fn random_uuid() -> String {
    let (high, low) = (random_bits(), random_bits());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}
