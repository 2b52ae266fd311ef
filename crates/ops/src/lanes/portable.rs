//! Eight f32 as a plain array; the compiler turns the loops into the target's baseline vectors.

use super::Lanes;

const WIDTH: usize = 8;

/// Eight f32 in an array.
#[derive(Clone, Copy)]
pub(crate) struct Portable([f32; WIDTH]);

#[inline(always)]
fn each(a: Portable, b: Portable, f: impl Fn(f32, f32) -> f32) -> Portable {
    Portable(std::array::from_fn(|i| f(a.0[i], b.0[i])))
}

impl Lanes for Portable {
    const WIDTH: usize = WIDTH;
    const TILE_ROWS: usize = 4;
    // aarch64 has 32 registers of four values, baseline x86-64 sixteen.
    const TILE_VECTORS: usize = if cfg!(target_arch = "aarch64") { 2 } else { 1 };

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        Portable([value; WIDTH])
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller vouches for `WIDTH` readable values.
        Portable(unsafe { from.cast::<[f32; WIDTH]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        let mut out = [0.0; WIDTH];
        // SAFETY: the caller vouches for `count` readable values, and `count <= WIDTH`.
        unsafe { std::ptr::copy_nonoverlapping(from, out.as_mut_ptr(), count) };
        Portable(out)
    }
    #[inline(always)]
    unsafe fn load_i32_less(from: *const i32, factor: i32, less: *const i32) -> Self {
        // SAFETY: the caller vouches for `WIDTH` readable values in both.
        let (from, less) =
            unsafe { (from.cast::<[i32; WIDTH]>().read_unaligned(), less.cast::<[i32; WIDTH]>().read_unaligned()) };
        Portable(std::array::from_fn(|i| from[i].wrapping_sub(factor.wrapping_mul(less[i])) as f32))
    }
    #[inline(always)]
    unsafe fn load_i8(from: *const i8) -> Self {
        // SAFETY: the caller vouches for `WIDTH` readable values.
        Portable(unsafe { from.cast::<[i8; WIDTH]>().read_unaligned() }.map(f32::from))
    }
    #[inline(always)]
    unsafe fn load_bf16_pairs(from: *const u32) -> (Self, Self) {
        // SAFETY: the caller vouches for `WIDTH` readable pairs.
        let pairs = unsafe { from.cast::<[u32; WIDTH]>().read_unaligned() };
        (Portable(pairs.map(|p| f32::from_bits(p << 16))), Portable(pairs.map(|p| f32::from_bits(p & 0xffff_0000))))
    }
    #[inline(always)]
    unsafe fn load_f16(from: *const u16) -> Self {
        // SAFETY: the caller vouches for `WIDTH` readable halves.
        Portable(
            unsafe { from.cast::<[u16; WIDTH]>().read_unaligned() }.map(|bits| half::f16::from_bits(bits).to_f32()),
        )
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller vouches for `WIDTH` writable values.
        unsafe { to.cast::<[f32; WIDTH]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        // SAFETY: the caller vouches for `count` writable values, and `count <= WIDTH`.
        unsafe { std::ptr::copy_nonoverlapping(self.0.as_ptr(), to, count) }
    }
    #[inline(always)]
    unsafe fn store_u8(self, to: *mut u8) {
        // SAFETY: the caller vouches for `WIDTH` writable bytes.
        unsafe { to.cast::<[u8; WIDTH]>().write_unaligned(self.0.map(|v| v as u8)) }
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        each(self, other, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        each(self, other, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        each(self, other, |a, b| a * b)
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        each(self, other, |a, b| a / b)
    }
    #[inline(always)]
    fn fma(self, factor: Self, addend: Self) -> Self {
        // A fused multiply-add that the target lacks would be a slow library call.
        const FUSED: bool = cfg!(any(target_arch = "aarch64", target_feature = "fma"));
        let one = |a: f32, b: f32, c: f32| if FUSED { a.mul_add(b, c) } else { a * b + c };
        Portable(std::array::from_fn(|i| one(self.0[i], factor.0[i], addend.0[i])))
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        each(self, other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        each(self, other, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn round(self) -> Self {
        // Adding and taking away 1.5 * 2^23 leaves the nearest whole number while |x| < 2^22; larger values are
        // handed back as they are (beyond 2^23 they are whole anyway).
        const MAGIC: f32 = 12_582_912.0;
        const LIMIT: f32 = 4_194_304.0;
        Portable(self.0.map(|v| if v.abs() < LIMIT { (v + MAGIC) - MAGIC } else { v }))
    }
    #[inline(always)]
    fn scale_by_power(self, power: Self) -> Self {
        each(self, power, |v, p| f32::from_bits(v.to_bits().wrapping_add((p as i32 as u32) << 23)))
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        self.0.iter().sum()
    }
    #[inline(always)]
    fn largest(self) -> f32 {
        self.0.iter().copied().fold(f32::NEG_INFINITY, f32::max)
    }
    #[inline(always)]
    fn smallest(self) -> f32 {
        self.0.iter().copied().fold(f32::INFINITY, f32::min)
    }
}
