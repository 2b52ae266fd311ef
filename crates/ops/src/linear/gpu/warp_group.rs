//! The body for NVIDIA's warp groups, in PTX: WGSL has no words for products that four subgroups do together (`wgmma`), which are more
//! than twice as fast as those of one.
//!
//! A workgroup sums a tile, each of its warp groups 64 rows of it. Rows of `x` go from memory straight to registers, `sets` steps
//! ahead; weights are brought by copies in bulk into `slots` of workgroup memory, of which there are but 48 KiB. Nobody waits for the
//! whole workgroup in between: who has multiplied with a slot says so, and the first invocation has it filled again.
//!
//! Lanes of a quad load 16 bytes each, so that the depth comes in another order than the instruction counts it; a product does not
//! mind as long as the weights have the same order, in which [`pack`] puts them:
//! ```text
//! weights  f16 [depth / 32][columns][4 pieces][4 words][2]      depth = 32 step + 8 word + 2 piece + half; of a row's four pieces,
//!                                                               the one at p is piece p ^ (column / 2 % 4): 64-byte swizzle
//! ```
//! Sources: PTX ISA 8.3, "Asynchronous warpgroup-level matrix instructions", "cp.async.bulk", "mbarrier".

use std::fmt::Write;

use hal::{GpuFeatures, PtxBody};

use super::Shape;
use crate::dispatch::PARAM_TOKENS;
use crate::float::Float;
use crate::wgsl::text;

/// What a workgroup sums, and with what it is fed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tile {
    /// Warp groups: 64 rows each.
    groups: u32,
    columns: u32,
    /// Pieces of 32 of the depth that a step takes.
    parts: u32,
    /// Steps of weights in workgroup memory, and of rows in registers.
    slots: u32,
    sets: u32,
}

const TILES: [Tile; 3] = [
    Tile { groups: 4, columns: 128, parts: 2, slots: 2, sets: 2 },
    Tile { groups: 3, columns: 192, parts: 1, slots: 3, sets: 3 },
    Tile { groups: 3, columns: 128, parts: 2, slots: 2, sets: 2 },
];

/// Their numbers, after those of the tiles in WGSL.
const FIRST: u32 = 16;
pub(crate) const NUMBERS: std::ops::Range<u32> = FIRST..FIRST + TILES.len() as u32;

/// The depth of a piece, and the bytes of a row of weights in it.
const PART: u32 = 32;
const ROW: u32 = 64;

/// Lanes of a warp, and of a warp group.
const WARP: u32 = 32;
const GROUP: u32 = 128;

/// Where a warp's 16 x 16 results pass on their way out: rows of 48 bytes, so that they begin in different banks.
const OUT_ROW: u32 = 48;
const PATCH: u32 = 16 * OUT_ROW;

/// Tile rows whose workgroups are neighbours, so that they share the weights in the cache.
const TOGETHER: u32 = 8;

/// The matrix descriptor of a slot at address 0: rows in the order of the 64-byte swizzle, 512 bytes from eight of them to the next.
const DESCRIPTOR: &str = "0x8000002000010000U";

impl Tile {
    fn numbered(number: u32) -> Option<Tile> {
        TILES.get(number.checked_sub(FIRST)? as usize).copied()
    }

    /// Whether it suits a product of `k` to `n` values, padded to `columns`.
    fn suits(self, (k, n, columns): (u32, u32, u32)) -> bool {
        k.is_multiple_of(super::DEPTH_STEP as u32)
            && k.is_multiple_of(PART * self.parts * self.sets)
            && columns.is_multiple_of(self.columns)
            // Results go out in pieces of 16 bytes.
            && n.is_multiple_of(8)
    }

    fn slot_bytes(self) -> u32 {
        self.columns * ROW * self.parts
    }

    /// Where the barriers lie: behind slots and patches; one for each slot that says it is full, then one each that says it is free.
    fn barriers(self) -> u32 {
        self.slots * self.slot_bytes() + self.groups * 4 * PATCH
    }
}

/// Whether tile number `number` is one of these, and suits a product of `k` to `n` values, padded to `columns`.
pub(super) fn suits(number: u32, shape: (u32, u32, u32)) -> bool {
    Tile::numbered(number).is_some_and(|tile| tile.suits(shape))
}

/// Whether weights are packed for these bodies as well.
pub(super) fn packs(float: Float, k: usize, n: usize, features: GpuFeatures) -> bool {
    let columns = n.next_multiple_of(super::COLUMN_STEP) as u32;
    features.warp_groups
        && float == Float::F16
        && NUMBERS.into_iter().any(|number| suits(number, (k as u32, n as u32, columns)))
}

/// Writes `rows` of weights, of `depth` halves each, in the order of these bodies.
pub(super) fn pack(rows: &[u8], depth: usize, out: &mut [u8]) {
    let columns = rows.len() / (depth * 2);
    for (column, row) in rows.chunks_exact(depth * 2).enumerate() {
        for (at, half) in row.chunks_exact(2).enumerate() {
            let to = place(column, at, columns) * 2;
            out[to..to + 2].copy_from_slice(half);
        }
    }
}

/// Where the weight of `column` at `depth` lies, in halves.
fn place(column: usize, depth: usize, columns: usize) -> usize {
    let (step, word, piece, half) = (depth / 32, depth % 32 / 8, depth % 8 / 2, depth % 2);
    (step * columns + column) * 32 + (piece ^ (column / 2 % 4)) * 8 + word * 2 + half
}

/// The body, for a shape that its tile takes.
pub(super) fn linear(shape: &Shape, features: GpuFeatures) -> Option<PtxBody> {
    let &Shape { k, n, columns, capacity, .. } = shape;
    let tile = Tile::numbered(shape.tile).filter(|tile| features.warp_groups && tile.suits((k, n, columns)))?;
    let down = capacity.div_ceil(tile.groups * 64);
    Some(PtxBody {
        text: Body { tile, shape, labels: 0 }.text(),
        workgroup: tile.groups * GROUP,
        groups: down * (columns / tile.columns),
        shared: tile.barriers() + tile.slots * 16,
        values: vec![capacity, down],
    })
}

/// A text under construction.
struct Body<'a> {
    tile: Tile,
    shape: &'a Shape,
    /// Numbers the labels of what is written several times.
    labels: u32,
}

impl Body<'_> {
    fn text(mut self) -> String {
        let begin = self.begin();
        let first = self.first_steps();
        let multiply = self.multiply();
        [begin, first, multiply, self.out()].concat()
    }

    /// Bytes of a step in a row of `x`.
    fn step_bytes(&self) -> u32 {
        self.tile.parts * ROW
    }

    fn steps(&self) -> u32 {
        self.shape.k / (PART * self.tile.parts)
    }

    /// Registers, the tile's place, and the addresses of the invocation's two rows of `x`.
    fn begin(&self) -> String {
        let Tile { groups, columns, slots, sets, parts } = self.tile;
        let along = self.shape.columns / columns;
        let rows_held: String = (0..sets).map(|set| format!(".reg .b32 x{set}_<{}>;\n", 8 * parts)).collect();
        let barriers: String = (0..slots)
            .map(|slot| {
                let full = self.tile.barriers() + slot * 8;
                format!(
                    "mbarrier.init.shared::cta.b64 [shared_+{full}], 1;\n\
                     mbarrier.init.shared::cta.b64 [shared_+{}], {groups};\n",
                    full + slots * 8
                )
            })
            .collect();
        text!(
            ".version 8.3\n.target sm_90a\n.address_size 64\n.extern .shared .align 1024 .b8 shared_[];\n\
             .visible .entry main(.param .u64 px, .param .u64 pbias, .param .u64 pw, .param .u64 py, .param .u64 pparams,\n\
             .param .u32 pcapacity, .param .u32 pdown)\n.maxntid $threads, 1, 1\n.minnctapersm 1\n{\n\
             .reg .pred p, q, lead, speaks, begun, more, inside;\n\
             .reg .b32 t, lane, warp, m0, n0, live, base, i, j, l, row, left;\n\
             .reg .b32 slot, full, phase, last_full, free_slot, free_full, free_phase, step;\n\
             .reg .b64 x, bias, w, y, a, d, x_low, x_high, from;\n.reg .f32 c<$sums>;\n.reg .f32 f<4>;\n.reg .b32 h<8>;\n$held\n\
             ld.param.u64 x, [px];\nld.param.u64 bias, [pbias];\nld.param.u64 w, [pw];\nld.param.u64 y, [py];\n\
             ld.param.u64 a, [pparams];\nld.global.nc.u32 live, [a+$tokens];\nld.param.u32 i, [pcapacity];\nmin.u32 live, live, i;\n\
             mov.u32 t, %tid.x;\nand.b32 lane, t, 31;\nshr.u32 warp, t, 5;\nsetp.eq.u32 lead, t, 0;\nand.b32 i, t, 127;\n\
             setp.eq.u32 speaks, i, 0;\nmov.u32 base, shared_;\n\
             // The tile: of a band of tile rows, column by column.\n\
             mov.u32 l, %ctaid.x;\ndiv.u32 i, l, $band;\nmul.lo.u32 m0, i, $together;\nld.param.u32 j, [pdown];\nsub.u32 j, j, m0;\n\
             min.u32 j, j, $together;\nrem.u32 l, l, $band;\nrem.u32 i, l, j;\nadd.u32 m0, m0, i;\nmul.lo.u32 m0, m0, $rows;\n\
             div.u32 n0, l, j;\nmul.lo.u32 n0, n0, $columns;\nsetp.ge.u32 p, m0, live;\n@p ret;\n\
             // Rows of x: those of the lane's quad and eight below, of which there may be fewer.\n\
             shr.u32 i, lane, 2;\nshl.b32 j, warp, 4;\nadd.u32 i, i, j;\nadd.u32 i, i, m0;\nsub.u32 l, live, 1;\n\
             and.b32 j, lane, 3;\nmul.wide.u32 d, j, 16;\nadd.u64 d, d, x;\nmin.u32 j, i, l;\nmul.wide.u32 x_low, j, $row;\n\
             add.u64 x_low, x_low, d;\nadd.u32 j, i, 8;\nmin.u32 j, j, l;\nmul.wide.u32 x_high, j, $row;\nadd.u64 x_high, x_high, d;\n\
             @!lead bra READY;\n$setup fence.mbarrier_init.release.cluster;\nREADY:\nbar.sync 0;\n",
            threads = groups * GROUP,
            sums = columns / 2,
            held = rows_held,
            tokens = PARAM_TOKENS * 4,
            band = TOGETHER * along,
            together = TOGETHER,
            rows = groups * 64,
            columns = columns,
            row = self.shape.k * 2,
            setup = barriers,
        )
    }

    /// The first weights are brought and the first rows loaded; sums begin with the bias.
    fn first_steps(&self) -> String {
        let Tile { slots, sets, columns, .. } = self.tile;
        let barriers = self.tile.barriers();
        let mut text = text!(
            "mul.wide.u32 d, n0, $bytes;\nadd.u64 from, w, d;\n@!lead bra BROUGHT;\nmov.u32 i, base;\nadd.u32 j, base, $full;\n",
            bytes = ROW,
            full = barriers,
        );
        for slot in 0..slots.min(self.steps()) {
            text += &self.bring("i", "j");
            if slot + 1 < slots {
                text += &format!("add.u32 i, i, {};\nadd.u32 j, j, 8;\n", self.tile.slot_bytes());
            }
        }
        text += "BROUGHT:\n";
        for set in 0..sets {
            text += &self.load(set, set, "");
        }
        text +=
            "and.b32 i, lane, 3;\nshl.b32 i, i, 1;\nadd.u32 i, i, n0;\nmul.wide.u32 d, i, 4;\nadd.u64 d, d, bias;\n";
        for block in 0..columns / 8 {
            let c = 4 * block;
            let _ = writeln!(text, "ld.global.nc.v2.f32 {{c{c}, c{}}}, [d+{}];", c + 1, 32 * block);
            let _ = writeln!(text, "mov.f32 c{}, c{c};\nmov.f32 c{}, c{};", c + 2, c + 3, c + 1);
        }
        text
    }

    /// Has the next step of the weights brought to the slot at `to`, whose barrier lies at `full`.
    fn bring(&self, to: &str, full: &str) -> String {
        let piece = self.tile.columns * ROW;
        let mut text = format!("mbarrier.arrive.expect_tx.shared::cta.b64 _, [{full}], {};\n", self.tile.slot_bytes());
        for part in 0..self.tile.parts {
            let at = part * piece;
            let _ = writeln!(
                text,
                "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [{to}+{at}], [from], {piece}, [{full}];\n\
                 add.u64 from, from, {};",
                self.shape.columns * ROW
            );
        }
        text
    }

    /// Loads rows to registers, `ahead` steps after the one that the addresses are those of.
    fn load(&self, set: u32, ahead: u32, guard: &str) -> String {
        let mut text = String::new();
        for part in 0..self.tile.parts {
            for (low, address) in ["x_low", "x_high"].into_iter().enumerate() {
                let first = part * 8 + low as u32 * 4;
                let r = |i: u32| format!("x{set}_{}", first + i);
                let _ = writeln!(
                    text,
                    "{guard}ld.global.nc.L1::no_allocate.v4.b32 {{{},{},{},{}}}, [{address}+{}];",
                    r(0),
                    r(1),
                    r(2),
                    r(3),
                    ahead * self.step_bytes() + part * ROW
                );
            }
        }
        text
    }

    /// All steps, `sets` of them in a turn of the loop.
    fn multiply(&mut self) -> String {
        let Tile { slots, sets, .. } = self.tile;
        let (barriers, slot_bytes, steps) = (self.tile.barriers(), self.tile.slot_bytes(), self.steps());
        let places = [("slot", "full", "phase"), ("free_slot", "free_full", "free_phase")];
        let mut text = String::new();
        for (slot, full, phase) in places {
            let _ = writeln!(text, "mov.u32 {slot}, base;\nadd.u32 {full}, base, {barriers};\nmov.u32 {phase}, 0;");
        }
        text += "mov.u32 step, 0;\nTURN:\n";
        for set in 0..sets {
            text += &text!(
                "FULL$set:\nmbarrier.try_wait.parity.shared::cta.b64 q, [full], phase;\n@!q bra FULL$set;\n\
                 shr.u32 i, slot, 4;\ncvt.u64.u32 d, i;\nor.b64 d, d, $descriptor;\nwgmma.fence.sync.aligned;\n",
                set = set,
                descriptor = DESCRIPTOR,
            );
            text += &self.products(set);
            if set == 0 {
                text += "setp.eq.u32 p, step, 0;\n@p bra BEGUN;\n";
            }
            // The step before is over.
            text += "wgmma.wait_group.sync.aligned 1;\n";
            text += &self.refill(set, (set + sets - 1) % sets);
            if set == 0 {
                text += "BEGUN:\n";
            }
            text += "mov.u32 last_full, full;\n";
            text += &self.advance("slot", "full", "phase");
        }
        text += &text!(
            "add.u32 step, step, $sets;\nadd.u64 x_low, x_low, $bytes;\nadd.u64 x_high, x_high, $bytes;\n\
             setp.lt.u32 more, step, $steps;\n@more bra TURN;\nwgmma.wait_group.sync.aligned 0;\n",
            sets = sets,
            bytes = sets * self.step_bytes(),
            steps = steps,
        );
        debug_assert!(slots * slot_bytes <= barriers);
        text
    }

    /// Products with the slot whose descriptor is `d` and the rows of a set.
    fn products(&self, set: u32) -> String {
        let Tile { columns, parts, .. } = self.tile;
        let sums: Vec<String> = (0..columns / 2).map(|i| format!("c{i}")).collect();
        let mut text = String::new();
        for (part, half) in (0..parts).flat_map(|part| [(part, 0), (part, 1)]) {
            let x = |low: u32, i: u32| format!("x{set}_{}", part * 8 + low * 4 + 2 * half + i);
            let _ = writeln!(
                text,
                "add.u64 a, d, {};\nwgmma.mma_async.sync.aligned.m64n{columns}k16.f32.f16.f16 {{{}}}, {{{},{},{},{}}}, a, 1, 1, 1, 0;",
                (part * columns * ROW + half * 32) / 16,
                sums.join(","),
                x(0, 0),
                x(1, 0),
                x(0, 1),
                x(1, 1)
            );
        }
        text + "wgmma.commit_group.sync.aligned;\n"
    }

    /// Before step `step + set` ends: the slot of the step before it is free, and is filled again once all warp groups say so; its
    /// registers, set `free`, take other rows.
    fn refill(&mut self, set: u32, free: u32) -> String {
        let Tile { slots, sets, .. } = self.tile;
        self.labels += 1;
        let steps = self.steps();
        let said = slots * 8;
        let mut text = text!(
            "@speaks mbarrier.arrive.shared::cta.b64 _, [last_full+$said];\nadd.u32 i, step, $next;\n\
             setp.lt.and.u32 p, i, $steps, lead;\n@!p bra FILLED$label;\nFREE$label:\n\
             mbarrier.try_wait.parity.shared::cta.b64 q, [free_full+$said], free_phase;\n@!q bra FREE$label;\n",
            said = said,
            next = set + slots - 1,
            steps = steps,
            label = self.labels,
        );
        text += &self.bring("free_slot", "free_full");
        text += &self.advance("free_slot", "free_full", "free_phase");
        let _ = writeln!(
            text,
            "FILLED{}:\nadd.u32 i, step, {};\nsetp.lt.u32 more, i, {steps};",
            self.labels,
            set + sets - 1
        );
        text + &self.load(free, set + sets - 1, "@more ")
    }

    /// On to the next slot.
    fn advance(&self, slot: &str, full: &str, phase: &str) -> String {
        text!(
            "add.u32 $slot, $slot, $bytes;\nadd.u32 $full, $full, 8;\nadd.u32 i, base, $end;\nsetp.eq.u32 q, $slot, i;\n\
             @q mov.u32 $slot, base;\n@q add.u32 $full, base, $barriers;\n@q xor.b32 $phase, $phase, 1;\n",
            slot = slot,
            full = full,
            phase = phase,
            bytes = self.tile.slot_bytes(),
            end = self.tile.slots * self.tile.slot_bytes(),
            barriers = self.tile.barriers(),
        )
    }

    /// Results, 16 columns at a time: a warp puts its 16 rows into its patch, then two lanes a row write 16 bytes each.
    fn out(&self) -> String {
        let &Shape { n, gelu, .. } = self.shape;
        let mut text = text!(
            "mul.lo.u32 i, warp, $patch;\nadd.u32 i, i, base;\nadd.u32 i, i, $patches;\n\
             and.b32 j, lane, 15;\nmul.lo.u32 j, j, $row;\nshr.u32 l, lane, 4;\nshl.b32 l, l, 4;\nadd.u32 j, j, l;\nadd.u32 slot, i, j;\n\
             shr.u32 row, lane, 1;\nmul.lo.u32 j, row, $row;\nand.b32 l, lane, 1;\nshl.b32 phase, l, 4;\nadd.u32 j, j, phase;\n\
             add.u32 full, i, j;\nshl.b32 j, warp, 4;\nadd.u32 row, row, j;\nadd.u32 row, row, m0;\nsetp.lt.u32 inside, row, live;\n\
             mul.wide.u32 a, row, $width;\nadd.u64 a, a, y;\nshl.b32 l, l, 3;\nadd.u32 l, l, n0;\nmul.wide.u32 d, l, 2;\n\
             add.u64 a, a, d;\nsub.u32 left, $n, l;\n",
            patch = PATCH,
            patches = self.tile.slots * self.tile.slot_bytes(),
            row = OUT_ROW,
            width = n * 2,
            n = n,
        );
        for block in 0..self.tile.columns / 16 {
            for quarter in 0..4 {
                let at = 4 * (2 * block + quarter / 2) + 2 * (quarter % 2);
                if gelu {
                    text += &activated(at);
                    text += &activated(at + 1);
                }
                let _ = writeln!(text, "cvt.rn.f16x2.f32 h{quarter}, c{}, c{at};", at + 1);
            }
            // `left` counts columns from the lane's first one, and is negative in padding.
            let _ = writeln!(
                text,
                "stmatrix.sync.aligned.m8n8.x4.shared.b16 [slot], {{h0,h1,h2,h3}};\nbar.warp.sync 0xffffffff;\n\
                 ld.shared.v4.b32 {{h4,h5,h6,h7}}, [full];\nsetp.gt.and.s32 q, left, {}, inside;\n\
                 @q st.global.v4.b32 [a+{}], {{h4,h5,h6,h7}};\nbar.warp.sync 0xffffffff;",
                block * 16,
                block * WARP
            );
        }
        text + "ret;\n}\n"
    }
}

/// GELU of sum `at`: [`crate::elementwise::GELU_HALF`].
fn activated(at: u32) -> String {
    let literal = |value: f32| format!("0f{:08X}", value.to_bits());
    let [first, rest @ ..] = crate::elementwise::GELU_HALF_TERMS;
    let mut text = text!(
        "max.f32 f0, c$at, $low;\nmin.f32 f0, f0, $high;\nmul.f32 f1, f0, f0;\nmov.f32 f2, $first;\n",
        at = at,
        low = literal(-crate::elementwise::GELU_HALF_END),
        high = literal(crate::elementwise::GELU_HALF_END),
        first = literal(first),
    );
    for term in rest {
        let _ = writeln!(text, "fma.rn.f32 f2, f1, f2, {};", literal(term));
    }
    let _ = writeln!(text, "fma.rn.f32 f2, f0, f2, {};\nmul.f32 c{at}, c{at}, f2;", literal(0.5));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shaders::WARP_GROUPS;

    /// Shapes of encoders, of which the last one is padded.
    const SHAPES: [(u32, u32); 5] = [(384, 1152), (384, 384), (1536, 384), (768, 3072), (384, 328)];

    fn bodies() -> Vec<(String, PtxBody)> {
        let mut all = Vec::new();
        for (k, n) in SHAPES {
            for (tile, gelu) in NUMBERS.flat_map(|tile| [(tile, false), (tile, true)]) {
                let columns = n.next_multiple_of(super::super::COLUMN_STEP as u32);
                let shape = Shape { k, n, depth: k, columns, float: Float::F16, gelu, tile, capacity: 1000 };
                let name = format!("{k} to {n}, tile {tile}{}", if gelu { ", gelu" } else { "" });
                all.extend(linear(&shape, WARP_GROUPS).map(|body| (name, body)));
            }
        }
        all
    }

    /// What instructions do to places, in plain words: item `i` of the depth that `wgmma` counts meets the same item of both factors.
    #[test]
    fn rows_and_weights_come_in_the_same_order() {
        let (columns, depth) = (16, 96);
        let rows: Vec<u8> = (0..columns * depth).flat_map(|at| (at as u16).to_ne_bytes()).collect();
        let mut packed = vec![0; rows.len()];
        pack(&rows, depth, &mut packed);
        let packed: Vec<u16> = packed.chunks_exact(2).map(|half| u16::from_ne_bytes([half[0], half[1]])).collect();
        for (step, product, lane, item) in (0..depth / 32).flat_map(|step| {
            (0..2).flat_map(move |product| {
                (0..4).flat_map(move |lane| (0..4).map(move |item| (step, product, lane, item)))
            })
        }) {
            // Of the 16 that a product takes, lane `lane` of a quad holds these four, in registers of two halves each.
            let counted = lane * 2 + item % 2 + item / 2 * 8;
            // It loaded eight halves, of which the product is given the first or the last four.
            let depth_of_x = step * 32 + lane * 8 + product * 4 + item;
            for column in 0..columns {
                let piece = product * 2 + counted / 8;
                let at = (step * columns + column) * 32 + (piece ^ (column / 2 % 4)) * 8 + counted % 8;
                assert_eq!(usize::from(packed[at]), column * depth + depth_of_x, "column {column}, item {counted}");
            }
        }
    }

    #[test]
    fn bodies_fit_what_a_launch_may_have() {
        let all = bodies();
        assert!(all.len() >= SHAPES.len() * 2 * 2, "{}", all.len());
        for (name, body) in all {
            assert!(body.shared <= 48 << 10, "{name}: {} bytes", body.shared);
            assert!(!body.text.contains('$'), "{name}: a name was not filled");
            let columns: u32 = name.split([' ', ',']).nth(2).and_then(|n| n.parse().ok()).unwrap();
            assert_eq!(body.groups % body.values[1], 0, "{name}: whole rows of tiles");
            assert!(body.groups >= body.values[1] * columns / 192, "{name}");
        }
    }

    /// NVIDIA's assembler, where there is one: `DOWNBEAT_PTXAS` or `ptxas` of the path.
    #[test]
    fn the_assembler_takes_every_body() {
        let named = std::env::var_os("DOWNBEAT_PTXAS");
        let assembler = named.clone().unwrap_or_else(|| "ptxas".into());
        if let Err(cause) = std::process::Command::new(&assembler).arg("--version").output() {
            assert!(named.is_none(), "{assembler:?}: {cause}");
            println!("skipped: there is no ptxas here (set DOWNBEAT_PTXAS to one): {cause}");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        for (name, body) in bodies() {
            let [from, to] = ["body.ptx", "body.cubin"].map(|file| folder.path().join(file));
            std::fs::write(&from, &body.text).unwrap();
            let said = std::process::Command::new(&assembler)
                .args(["-arch=sm_90a", "-v", "-o"])
                .args([&to, &from])
                .output()
                .unwrap();
            let text = String::from_utf8_lossy(&said.stderr).into_owned();
            assert!(said.status.success(), "{name}: {text}");
            assert!(!text.contains("serialized"), "{name}: products wait for each other: {text}");
            println!("{name}: {}", text.lines().find(|line| line.contains("spill")).unwrap_or_default());
        }
    }
}
