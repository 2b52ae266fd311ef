//! The probe of warp groups: a product of small whole numbers, which is exact, in the form that kernels of operations have. The first
//! factor goes from memory to registers, the second is brought to workgroup memory by a copy in bulk, and the four warps of a workgroup
//! multiply together (`wgmma.mma_async`, `cp.async.bulk` and `mbarrier` of PTX ISA 8.3).

use super::matrix::half;
use crate::cpu::CpuArgs;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::recording::{Access, Dispatch, Kernel};
use crate::shader::{PtxBody, Shader, ShaderRequest};
use std::ops::Range;
use std::time::Duration;

/// Rows and columns of the product, and the length of a row of either factor.
const SIDE: usize = 64;
const DEPTH: usize = 32;

pub(super) const KERNEL: Kernel = Kernel { name: "warp group probe", cpu: body, gpu: Some(shader) };

/// Lanes of a quad share 64 bytes of two rows; sums lie as fragments of `wgmma.m64n64k16` do. The descriptor says rows of 64 bytes in
/// the order of its 64-byte swizzle, 512 bytes from eight rows to the next. A copy that does not come is given up: then nothing is written.
const TEXT: &str = ".version 8.3
.target sm_90a
.address_size 64
.extern .shared .align 1024 .b8 shared_[];
.visible .entry main(.param .u64 pa, .param .u64 pb, .param .u64 po, .param .u64 pp)
.maxntid 128, 1, 1
{
.reg .pred p;
.reg .b32 t, lane, warp, row, quad, at, tries;
.reg .b32 x<4>;
.reg .b32 z<4>;
.reg .f32 c<32>;
.reg .b64 a, b, o, d;
ld.param.u64 a, [pa];
ld.param.u64 b, [pb];
ld.param.u64 o, [po];
mov.u32 t, %tid.x;
and.b32 lane, t, 31;
shr.u32 warp, t, 5;
shl.b32 row, warp, 4;
shr.u32 at, lane, 2;
add.u32 row, row, at;
and.b32 quad, lane, 3;
setp.ne.u32 p, t, 0;
@p bra READY;
mbarrier.init.shared::cta.b64 [shared_+4096], 1;
fence.mbarrier_init.release.cluster;
mbarrier.arrive.expect_tx.shared::cta.b64 _, [shared_+4096], 4096;
mov.u32 at, shared_;
add.u32 x0, at, 4096;
cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [at], [b], 4096, [x0];
READY:
bar.sync 0;
shl.b32 at, row, 6;
shl.b32 x0, quad, 4;
add.u32 at, at, x0;
cvt.u64.u32 d, at;
add.u64 a, a, d;
ld.global.nc.v4.b32 {x0,x1,x2,x3}, [a];
ld.global.nc.v4.b32 {z0,z1,z2,z3}, [a+512];
mov.u32 tries, 0;
WAIT:
mbarrier.try_wait.parity.shared::cta.b64 p, [shared_+4096], 0;
@p bra CAME;
add.u32 tries, tries, 1;
setp.gt.u32 p, tries, 1048576;
@p ret;
bra WAIT;
CAME:
mov.u32 at, shared_;
shr.u32 at, at, 4;
cvt.u64.u32 d, at;
or.b64 d, d, 0x8000002000010000U;
wgmma.fence.sync.aligned;
wgmma.mma_async.sync.aligned.m64n64k16.f32.f16.f16 {$sums}, {x0,z0,x1,z1}, d, 0, 1, 1, 0;
add.u64 d, d, 2;
wgmma.mma_async.sync.aligned.m64n64k16.f32.f16.f16 {$sums}, {x2,z2,x3,z3}, d, 1, 1, 1, 0;
wgmma.commit_group.sync.aligned;
wgmma.wait_group.sync.aligned 0;
shl.b32 at, row, 8;
shl.b32 quad, quad, 3;
add.u32 at, at, quad;
cvt.u64.u32 d, at;
add.u64 o, o, d;
$stores
ret;
}
";

fn body(args: &CpuArgs<'_>, _groups: Range<u32>) {
    // SAFETY: bindings 0 and 1 are only read, and the one group alone writes binding 2.
    let out = unsafe { args.output::<f32>(2).slice(0..SIDE * SIDE) };
    out.copy_from_slice(&expected());
}

fn shader(_request: &ShaderRequest<'_>) -> Shader {
    Shader::ptx(PtxBody { text: text(), workgroup: 128, groups: 1, shared: 4096 + 8, values: Vec::new() })
}

/// The text of the body.
pub(super) fn text() -> String {
    let sums: Vec<String> = (0..SIDE / 2).map(|i| format!("c{i}")).collect();
    let stores: String = (0..SIDE / 8)
        .flat_map(|block| [0, 1].map(|below| (block, below)))
        .map(|(block, below)| {
            let (item, at) = (4 * block + 2 * below, 32 * block + 8 * SIDE * 4 * below);
            format!("st.global.v2.f32 [o+{at}], {{c{item},c{}}};\n", item + 1)
        })
        .collect();
    TEXT.replace("$sums", &sums.join(",")).replace("$stores\n", &stores)
}

/// Item `depth` of row `row` of a factor.
fn item(factor: usize, row: usize, depth: usize) -> i8 {
    ((row * (7 + factor) + depth * (3 + 2 * factor) + row * depth % 5) % 13) as i8 - 6
}

fn expected() -> Vec<f32> {
    let sum = |row, column| (0..DEPTH).map(|i| i32::from(item(0, row, i)) * i32::from(item(1, column, i))).sum::<i32>();
    (0..SIDE * SIDE).map(|at| sum(at / SIDE, at % SIDE) as f32).collect()
}

/// The second factor as the kernel takes it: of each four pieces of a row, of eight halves each, the first pairs come first, then the
/// second ones, and so on, as lanes of a quad hold them; the swizzle has pieces change places by their row.
fn turned() -> Vec<u16> {
    let mut out = vec![0; SIDE * DEPTH];
    for (at, place) in (0..SIDE * DEPTH).map(|at| (at, at / DEPTH)) {
        let (lane, pair, half_) = (at % DEPTH / 8, at % 8 / 2, at % 2);
        out[place * DEPTH + (pair ^ (place / 2 % 4)) * 8 + lane * 2 + half_] = half(item(1, place, at % DEPTH));
    }
    out
}

/// Whether warp groups multiply as kernels rely on; else what they gave.
pub(crate) fn run(device: &Device) -> Result<()> {
    let rows: Vec<u16> = (0..SIDE * DEPTH).map(|at| half(item(0, at / DEPTH, at % DEPTH))).collect();
    let (rows, columns) = (device.heap().upload(&rows)?, device.heap().upload(&turned())?);
    let out = device.heap().alloc((SIDE * SIDE * 4) as u64)?;
    let mut recorder = device.record("warp group probe");
    let bindings = vec![(rows.all(), Access::Read), (columns.all(), Access::Read), (out.all(), Access::Write)];
    recorder.dispatch(Dispatch { kernel: KERNEL, bindings, constants: vec![], groups: 1 })?;
    device.ml().submit(&recorder.finish(), &[], &[])?.wait(Duration::from_secs(10))?;
    let mut found = vec![0.0_f32; SIDE * SIDE];
    out.read(0, &mut found)?;
    match expected().iter().zip(&found).enumerate().find(|(_, (expected, found))| expected != found) {
        None => Ok(()),
        Some((at, (expected, found))) => {
            Err(Error::invalid(format!("item {at} of a product of warp groups is {found} instead of {expected}")))
        }
    }
}

// Under the model checker locks work in its own tests alone, and so do devices.
#[cfg(all(test, not(feature = "shuttle")))]
mod tests {
    use super::*;

    #[test]
    fn the_body_for_cpus_gives_the_product() {
        let options = crate::Options { threads: 1, ..crate::Options::default() };
        run(&Device::open(&options).expect("a CPU device")).expect("the known answer");
    }
}
