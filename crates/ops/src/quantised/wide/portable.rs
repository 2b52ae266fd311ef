//! Plain arrays; the compiler turns the loops into the target's baseline vectors (NEON on aarch64).

use half::f16;

use super::Wide;

const LANES: usize = 16;
const BYTES: usize = 64;

pub(in crate::quantised) struct Portable;

#[inline(always)]
fn products(sums: [i32; LANES], bytes: [u8; BYTES], row: [i8; 4], signed: impl Fn(u8) -> i16) -> [i32; LANES] {
    let mut out = sums;
    for (sum, four) in out.iter_mut().zip(bytes.as_chunks::<4>().0) {
        for i in 0..4 {
            *sum = sum.wrapping_add(i32::from(signed(four[i]).wrapping_mul(i16::from(row[i]))));
        }
    }
    out
}

impl Wide for Portable {
    type Bytes = [u8; BYTES];
    type Ints = [i32; LANES];
    type Floats = [f32; LANES];

    const ROWS: usize = 2;

    #[inline(always)]
    unsafe fn bytes(from: *const u8) -> [u8; BYTES] {
        // SAFETY: the trait's promise.
        unsafe { from.cast::<[u8; BYTES]>().read() }
    }
    #[inline(always)]
    fn prefetch(_: *const u8) {}
    #[inline(always)]
    unsafe fn low(bytes: [u8; BYTES]) -> [u8; BYTES] {
        bytes.map(|byte| byte & 15)
    }
    #[inline(always)]
    unsafe fn high(bytes: [u8; BYTES]) -> [u8; BYTES] {
        bytes.map(|byte| byte >> 4)
    }
    #[inline(always)]
    unsafe fn above<const COUNT: u32>(bytes: [u8; BYTES], from: [u8; BYTES], at: u32) -> [u8; BYTES] {
        let mask = ((1u32 << COUNT) - 1) as u8;
        std::array::from_fn(|i| bytes[i] | (from[i] >> at & mask) << 4)
    }
    #[inline(always)]
    unsafe fn start<const SHIFT: u32>(value: i32) -> [i32; LANES] {
        [value << SHIFT; LANES]
    }
    #[inline(always)]
    unsafe fn start_biased(_: i32) -> [i32; LANES] {
        [0; LANES]
    }
    #[inline(always)]
    unsafe fn dot(sums: [i32; LANES], bytes: [u8; BYTES], row: *const i8) -> [i32; LANES] {
        // SAFETY: the trait's promise.
        products(sums, bytes, unsafe { row.cast::<[i8; 4]>().read() }, i16::from)
    }
    #[inline(always)]
    unsafe fn dot_biased(sums: [i32; LANES], bytes: [u8; BYTES], row: *const i8) -> [i32; LANES] {
        // SAFETY: the trait's promise.
        products(sums, bytes, unsafe { row.cast::<[i8; 4]>().read() }, |byte| i16::from((byte ^ 0x80) as i8))
    }
    #[inline(always)]
    unsafe fn zero() -> [f32; LANES] {
        [0.0; LANES]
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> [f32; LANES] {
        [value; LANES]
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> [f32; LANES] {
        // SAFETY: the trait's promise.
        unsafe { from.cast::<[f32; LANES]>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn halves(from: *const u8) -> [f32; LANES] {
        // SAFETY: the trait's promise.
        unsafe { from.cast::<[u16; LANES]>().read_unaligned() }.map(|bits| f16::from_bits(bits).to_f32())
    }
    #[inline(always)]
    unsafe fn unsigned(from: *const u8) -> [f32; LANES] {
        // SAFETY: the trait's promise.
        unsafe { from.cast::<[u8; LANES]>().read() }.map(f32::from)
    }
    #[inline(always)]
    unsafe fn signed(from: *const u8) -> [f32; LANES] {
        // SAFETY: the trait's promise.
        unsafe { from.cast::<[i8; LANES]>().read() }.map(f32::from)
    }
    #[inline(always)]
    unsafe fn float(ints: [i32; LANES]) -> [f32; LANES] {
        ints.map(|value| value as f32)
    }
    #[inline(always)]
    unsafe fn mul(a: [f32; LANES], b: [f32; LANES]) -> [f32; LANES] {
        std::array::from_fn(|i| a[i] * b[i])
    }
    #[inline(always)]
    unsafe fn fma(a: [f32; LANES], b: [f32; LANES], c: [f32; LANES]) -> [f32; LANES] {
        std::array::from_fn(|i| a[i] * b[i] + c[i])
    }
    #[inline(always)]
    unsafe fn less(a: [f32; LANES], b: [f32; LANES], c: [f32; LANES]) -> [f32; LANES] {
        std::array::from_fn(|i| c[i] - a[i] * b[i])
    }
    #[inline(always)]
    unsafe fn store(value: [f32; LANES], to: *mut f32, count: usize) {
        // SAFETY: `count` values may be written.
        unsafe { std::ptr::copy_nonoverlapping(value.as_ptr(), to, count) };
    }
}
