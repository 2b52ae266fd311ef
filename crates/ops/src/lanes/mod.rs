//! Vectors of f32: one trait, three widths, so that a kernel body is written once.
//!
//! A body is an `#[inline(always)]` function generic over [`Lanes`]; [`per_isa!`] instantiates it inside functions
//! that enable the instruction set, where the intrinsics melt into it. A vector value can only be made by an unsafe
//! constructor whose caller vouches for the instruction set; arithmetic on existing values is therefore safe.

mod math;
mod portable;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) use avx512::Avx512;
pub(crate) use math::{exp2_falling, gelu, gelu_tanh, silu, soft_cap};
pub(crate) use portable::Portable;

/// A vector of `WIDTH` f32 values.
pub(crate) trait Lanes: Copy {
    /// Values in a vector.
    const WIDTH: usize;
    /// Rows of the register tile in matrix products: `TILE_ROWS` x `TILE_VECTORS` sums stay in registers.
    const TILE_ROWS: usize;
    /// Vectors across in the register tile.
    const TILE_VECTORS: usize;

    /// # Safety
    /// As for all constructors here: the caller runs where this vector type's instructions are available.
    unsafe fn splat(value: f32) -> Self;
    /// # Safety
    /// The instructions are available and `WIDTH` values are readable at `from`.
    unsafe fn load(from: *const f32) -> Self;
    /// The first `count <= WIDTH` values, the rest zero.
    /// # Safety
    /// The instructions are available and `count` values are readable at `from`.
    unsafe fn load_first(from: *const f32, count: usize) -> Self;
    /// `WIDTH` integers of `from`, less `factor` (wrapping) times those of `less`, converted to f32.
    /// # Safety
    /// The instructions are available and `WIDTH` values are readable at `from` and `less`.
    unsafe fn load_i32_less(from: *const i32, factor: i32, less: *const i32) -> Self;
    /// `WIDTH` signed bytes converted to f32.
    /// # Safety
    /// The instructions are available and `WIDTH` values are readable at `from`.
    unsafe fn load_i8(from: *const i8) -> Self;
    /// `WIDTH` pairs of bf16: the first of each pair, and the second, widened.
    /// # Safety
    /// The instructions are available and `WIDTH` pairs are readable at `from`.
    unsafe fn load_bf16_pairs(from: *const u32) -> (Self, Self);
    /// `WIDTH` halves, widened.
    /// # Safety
    /// The instructions are available and `WIDTH` halves are readable at `from`.
    unsafe fn load_f16(from: *const u16) -> Self;
    /// # Safety
    /// `WIDTH` values are writable at `to`.
    unsafe fn store(self, to: *mut f32);
    /// # Safety
    /// `count <= WIDTH` values are writable at `to`.
    unsafe fn store_first(self, to: *mut f32, count: usize);

    /// Stores the lanes, whole numbers in 0..=255, as bytes.
    /// # Safety
    /// `WIDTH` bytes are writable at `to`.
    unsafe fn store_u8(self, to: *mut u8);

    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    /// `self * factor + addend`, in one rounding where the hardware can.
    fn fma(self, factor: Self, addend: Self) -> Self;
    /// The larger value; where either is NaN, `other`.
    fn max(self, other: Self) -> Self;
    /// The smaller value; where either is NaN, `other`.
    fn min(self, other: Self) -> Self;
    /// Nearest whole number, halves to even.
    fn round(self) -> Self;
    /// `self * 2^power` for whole `power`, where `self` and the result are normal numbers. NaN stays NaN.
    fn scale_by_power(self, power: Self) -> Self;
    /// Sum over the lanes.
    fn sum(self) -> f32;
    /// Largest lane (NaN lanes may be passed over).
    fn largest(self) -> f32;
    /// Smallest lane (NaN lanes may be passed over).
    fn smallest(self) -> f32;
}

/// Values in the widest vector.
pub(crate) const MOST_LANES: usize = 16;

/// A whole vector, or the first `left` values where fewer are left.
/// # Safety
/// The instructions are available and `min(left, WIDTH)` values are readable at `from`.
#[inline(always)]
pub(crate) unsafe fn load_up_to<V: Lanes>(from: *const f32, left: usize) -> V {
    // SAFETY: passed on.
    unsafe { if left >= V::WIDTH { V::load(from) } else { V::load_first(from, left) } }
}

/// Stores a whole vector, or its first `left` values where there is room for fewer.
/// # Safety
/// `min(left, WIDTH)` values are writable at `to`.
#[inline(always)]
pub(crate) unsafe fn store_up_to<V: Lanes>(value: V, to: *mut f32, left: usize) {
    // SAFETY: passed on.
    unsafe { if left >= V::WIDTH { value.store(to) } else { value.store_first(to, left) } }
}

/// Defines `unsafe fn name(isa, args…)` which runs `body::<V>(args…)` with the vector type that `isa` names.
macro_rules! per_isa {
    ($(#[$meta:meta])* $vis:vis unsafe fn $name:ident($($arg:ident: $ty:ty),* $(,)?) = $body:ident) => {
        $(#[$meta])*
        #[allow(clippy::too_many_arguments, reason = "kernels take plain scalars and pointers")]
        $vis unsafe fn $name(isa: $crate::isa::Isa, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            #[allow(clippy::too_many_arguments, reason = "as above")]
            #[inline(never)] // a body's constants must not take registers from its caller's loops
            #[target_feature(enable = "avx2,fma,f16c")]
            unsafe fn with_avx2($($arg: $ty),*) {
                // SAFETY: this function enables the instructions; the rest is the caller's promise.
                unsafe { $body::<$crate::lanes::Avx2>($($arg),*) }
            }
            #[cfg(target_arch = "x86_64")]
            #[allow(clippy::too_many_arguments, reason = "as above")]
            #[inline(never)]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c")]
            unsafe fn with_avx512($($arg: $ty),*) {
                // SAFETY: this function enables the instructions; the rest is the caller's promise.
                unsafe { $body::<$crate::lanes::Avx512>($($arg),*) }
            }
            // SAFETY: `isa` proves that the machine has the instructions; the rest is the caller's promise.
            unsafe {
                match isa.vectors() {
                    $crate::isa::Vectors::Portable => $body::<$crate::lanes::Portable>($($arg),*),
                    #[cfg(target_arch = "x86_64")]
                    $crate::isa::Vectors::Avx2 => with_avx2($($arg),*),
                    #[cfg(target_arch = "x86_64")]
                    $crate::isa::Vectors::Avx512 => with_avx512($($arg),*),
                }
            }
        }
    };
}
pub(crate) use per_isa;
