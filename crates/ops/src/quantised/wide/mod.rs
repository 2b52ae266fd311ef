//! Sixteen columns at once: bytes, exact sums and single-precision numbers, in three widths of registers.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod portable;
#[cfg(target_arch = "x86_64")]
mod vnni;

#[cfg(target_arch = "x86_64")]
pub(super) use avx2::Avx2;
pub(super) use portable::Portable;
#[cfg(target_arch = "x86_64")]
pub(super) use vnni::Vnni;

/// Vectors of sixteen columns. Every function is unsafe for one reason: it is called where its instructions are available, and what it
/// reads or writes is there.
pub(super) trait Wide {
    /// Four bytes of each column.
    type Bytes: Copy;
    /// A sum of each column.
    type Ints: Copy;
    /// A number of each column.
    type Floats: Copy;

    /// Rows that the kernel for many rows sums together.
    const ROWS: usize;

    unsafe fn bytes(from: *const u8) -> Self::Bytes;
    /// Asks for the line at `from`, which need not be readable.
    fn prefetch(from: *const u8);
    /// The low four bits of each byte.
    unsafe fn low(bytes: Self::Bytes) -> Self::Bytes;
    /// The high four bits of each byte.
    unsafe fn high(bytes: Self::Bytes) -> Self::Bytes;
    /// Bits `at..at + count` of each byte of `from`, put above four bits of `bytes`.
    unsafe fn above<const COUNT: u32>(bytes: Self::Bytes, from: Self::Bytes, at: u32) -> Self::Bytes;

    /// `value << SHIFT` in all columns.
    unsafe fn start<const SHIFT: u32>(value: i32) -> Self::Ints;
    /// What sums of [`Wide::dot_biased`] begin with, for bytes whose negated sum is `less`.
    unsafe fn start_biased(less: i32) -> Self::Ints;
    /// Adds the products of unsigned bytes up to 63 with the four signed bytes at `row`.
    unsafe fn dot(sums: Self::Ints, bytes: Self::Bytes, row: *const i8) -> Self::Ints;
    /// The same for signed bytes whose top bits are flipped.
    unsafe fn dot_biased(sums: Self::Ints, bytes: Self::Bytes, row: *const i8) -> Self::Ints;

    unsafe fn zero() -> Self::Floats;
    unsafe fn splat(value: f32) -> Self::Floats;
    unsafe fn load(from: *const f32) -> Self::Floats;
    unsafe fn halves(from: *const u8) -> Self::Floats;
    unsafe fn unsigned(from: *const u8) -> Self::Floats;
    unsafe fn signed(from: *const u8) -> Self::Floats;
    unsafe fn float(ints: Self::Ints) -> Self::Floats;
    unsafe fn mul(a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// `a * b + c`.
    unsafe fn fma(a: Self::Floats, b: Self::Floats, c: Self::Floats) -> Self::Floats;
    /// `c - a * b`.
    unsafe fn less(a: Self::Floats, b: Self::Floats, c: Self::Floats) -> Self::Floats;
    /// Stores the first `count` columns.
    unsafe fn store(value: Self::Floats, to: *mut f32, count: usize);
}
