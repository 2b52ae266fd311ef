//! The body for warp groups: [`crate::warp_group`] with the bias, GELU or a gate, and rounding to halves; also for a part of the
//! depth.

use std::fmt::Write;

use hal::{GpuFeatures, PtxBody};

use super::Shape;
use super::matrix::TOGETHER;
use crate::dispatch::PARAM_TOKENS;
use crate::float::Float;
use crate::streamed::place::ALTERNATE;
use crate::warp_group::{Loop, Sizes, Tile, place};
use crate::wgsl::text;

const TILES: [Tile; 7] = [
    Tile { groups: 4, columns: 128, parts: 2, slots: 2, sets: 1, cached: true },
    Tile { groups: 4, columns: 128, parts: 2, slots: 2, sets: 1, cached: false },
    Tile { groups: 3, columns: 128, parts: 2, slots: 2, sets: 2, cached: true },
    Tile { groups: 3, columns: 128, parts: 2, slots: 2, sets: 2, cached: false },
    Tile { groups: 3, columns: 192, parts: 1, slots: 3, sets: 2, cached: false },
    Tile { groups: 2, columns: 192, parts: 1, slots: 2, sets: 2, cached: true },
    Tile { groups: 2, columns: 128, parts: 1, slots: 3, sets: 2, cached: true },
];

/// Their numbers, after those of the tiles in WGSL.
const FIRST: u32 = 16;
pub(crate) const NUMBERS: std::ops::Range<u32> = FIRST..FIRST + TILES.len() as u32;

/// Where a warp's 16 x 16 results pass on their way out: rows of 48 bytes, so that they begin in different banks.
const OUT_ROW: u32 = 48;
const PATCH: u32 = 16 * OUT_ROW;

fn numbered(number: u32) -> Option<Tile> {
    TILES.get(number.checked_sub(FIRST)? as usize).copied()
}

/// Whether tile number `number` is one of these, and suits a product of `k` to `n` values, padded to `columns`.
pub(super) fn suits(number: u32, (k, n, columns): (u32, u32, u32)) -> bool {
    numbered(number).is_some_and(|tile| {
        // Rows have no room between them then; results go out in pieces of 16 bytes.
        k.is_multiple_of(super::DEPTH_STEP as u32)
            && tile.suits(k)
            && columns.is_multiple_of(tile.columns)
            && n.is_multiple_of(8)
    })
}

/// Whether it suits a product whose depth is shared by so many workgroups.
pub(super) fn shares(number: u32, (k, n, columns): (u32, u32, u32), parts: u32) -> bool {
    k.is_multiple_of(parts) && suits(number, (k / parts, n, columns))
}

/// Whether tile number `number`, which suits a product to `n` values, has whole pairs of columns to gate.
pub(super) fn gates(number: u32, n: u32) -> bool {
    numbered(number).is_some_and(|tile| tile.columns.is_multiple_of(2 * ALTERNATE) && n.is_multiple_of(2 * ALTERNATE))
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

/// The body, for a shape that its tile suits.
pub(super) fn linear(shape: &Shape, features: GpuFeatures) -> Option<PtxBody> {
    let &Shape { k, n, columns, capacity, parts, .. } = shape;
    let tile = numbered(shape.tile)
        .filter(|_| features.warp_groups && shape.float == Float::F16 && shares(shape.tile, (k, n, columns), parts))?;
    let down = capacity.div_ceil(tile.groups * 64);
    let neighbours = if tile.groups * tile.columns <= 256 { 2 } else { 1 };
    let own = Loop { tile, wanted: tile.groups * 4 * PATCH, neighbours };
    let Sizes { width, across, .. } = tile.sizes(k, columns);
    let Sizes { width: own_width, steps, .. } = tile.sizes(k / parts, columns);
    let groups = down * (columns / tile.columns);
    Some(PtxBody {
        text: [
            begin(&own),
            own.feed(),
            "@idle bra IDLE;\n".into(),
            bias(tile),
            own.multiply(),
            out(&own, shape),
            "ret;\n".into(),
            idle(&own),
        ]
        .concat(),
        workgroup: tile.threads(),
        groups: groups * parts,
        shared: own.shared(),
        values: vec![
            capacity,
            down,
            width,
            steps,
            across,
            n / shape.halved(),
            TOGETHER * (columns / tile.columns),
            groups,
            own_width,
            k / parts * columns * 2,
            shape.apart,
        ],
    })
}

/// Arguments, the tile's place, and which warp groups have no rows: they leave the units to the others.
fn begin(own: &Loop) -> String {
    let Tile { groups, columns, .. } = own.tile;
    let parameters = ".param .u64 px, .param .u64 pbias, .param .u64 pw, .param .u64 py, .param .u64 pparams, \
                      .param .u32 pcapacity, .param .u32 pdown, \
                      .param .u32 pwidth, .param .u32 psteps, .param .u32 pacross, .param .u32 pn, .param .u32 pband, \
                      .param .u32 pgroups, .param .u32 px_part, .param .u32 pw_part, .param .u32 py_part";
    let registers = ".reg .pred inside, idle;\n.reg .b32 live, part, row, beyond, put, take, side, n, band;\n.reg .b64 bias, y;\n.reg .f32 f<4>;\n.reg .b32 h<8>;\n";
    own.head(parameters, registers)
        + &text!(
            "ld.param.u64 x, [px];\nld.param.u64 bias, [pbias];\nld.param.u64 w, [pw];\nld.param.u64 y, [py];\n\
             ld.param.u64 a, [pparams];\nld.global.nc.u32 live, [a+$tokens];\nld.param.u32 i, [pcapacity];\nmin.u32 live, live, i;\n\
             sub.u32 last_row, live, 1;\n\
             ld.param.u32 width, [pwidth];\nld.param.u32 steps, [psteps];\nld.param.u32 i, [pacross];\ncvt.u64.u32 across, i;\n\
             ld.param.u32 band, [pband];\n\
             mov.u32 l, %ctaid.x;\nld.param.u32 i, [pgroups];\ndiv.u32 part, l, i;\nrem.u32 l, l, i;\n\
             ld.param.u32 i, [px_part];\nmul.wide.u32 d, part, i;\nadd.u64 x, x, d;\n\
             ld.param.u32 i, [pw_part];\nmul.wide.u32 d, part, i;\nadd.u64 w, w, d;\n\
             ld.param.u32 i, [py_part];\nmul.wide.u32 d, part, i;\nadd.u64 y, y, d;\ndiv.u32 i, l, band;\nmul.lo.u32 m0, i, $together;\nld.param.u32 j, [pdown];\nsub.u32 j, j, m0;\n\
             min.u32 j, j, $together;\nrem.u32 l, l, band;\nrem.u32 i, l, j;\nadd.u32 m0, m0, i;\nmul.lo.u32 m0, m0, $rows;\n\
             div.u32 n0, l, j;\nmul.lo.u32 n0, n0, $columns;\nsetp.ge.u32 p, m0, live;\n@p ret;\n\
             shr.u32 i, t, 7;\nshl.b32 i, i, 6;\nadd.u32 i, i, m0;\nsetp.ge.u32 idle, i, live;\n",
            tokens = PARAM_TOKENS * 4,
            together = TOGETHER,
            rows = groups * 64,
            columns = columns,
        )
}

/// What warp groups without rows do.
fn idle(own: &Loop) -> String {
    format!("IDLE:\n{}}}\n", own.idle())
}

/// Sums begin with the bias, those of the first part of the depth.
fn bias(tile: Tile) -> String {
    let mut text = String::from(
        "setp.ne.u32 p, part, 0;\n@p bra WITHOUT;\nand.b32 i, lane, 3;\nshl.b32 i, i, 1;\nadd.u32 i, i, n0;\nmul.wide.u32 d, i, 4;\nadd.u64 d, d, bias;\n",
    );
    for block in 0..tile.columns / 8 {
        let c = 4 * block;
        let _ = writeln!(text, "ld.global.nc.v2.f32 {{c{c}, c{}}}, [d+{}];", c + 1, 32 * block);
        let _ = writeln!(text, "mov.f32 c{}, c{c};\nmov.f32 c{}, c{};", c + 2, c + 3, c + 1);
    }
    text += "bra BEGUN_WITH;\nWITHOUT:\n";
    text.extend((0..tile.columns / 2).map(|c| format!("mov.f32 c{c}, 0f00000000;\n")));
    text + "BEGUN_WITH:\n"
}

/// Results, 16 columns at a time: a warp puts its 16 rows into its patch, then two lanes a row write 16 bytes each.
fn out(own: &Loop, shape: &Shape) -> String {
    let mut text = text!(
        "mul.lo.u32 i, warp, $patch;\nadd.u32 i, i, base;\nadd.u32 i, i, $patches;\n\
         and.b32 j, lane, 15;\nmul.lo.u32 j, j, $row;\nshr.u32 l, lane, 4;\nshl.b32 l, l, 4;\nadd.u32 j, j, l;\nadd.u32 put, i, j;\n\
         shr.u32 row, lane, 1;\nmul.lo.u32 j, row, $row;\nand.b32 l, lane, 1;\nshl.b32 side, l, 4;\nadd.u32 j, j, side;\n\
         add.u32 take, i, j;\nshl.b32 j, warp, 4;\nadd.u32 row, row, j;\nadd.u32 row, row, m0;\nsetp.lt.u32 inside, row, live;\n\
         ld.param.u32 n, [pn];\nshl.b32 j, n, 1;\nmul.wide.u32 a, row, j;\nadd.u64 a, a, y;\nshl.b32 l, l, 3;\nshr.u32 j, n0, $halved;\nadd.u32 l, l, j;\nmul.wide.u32 d, l, 2;\n\
         add.u64 a, a, d;\nsub.u32 beyond, n, l;\n",
        patch = PATCH,
        patches = own.besides(),
        row = OUT_ROW,
        halved = shape.halved() - 1,
    );
    for block in 0..own.tile.columns / (16 * shape.halved()) {
        // Where the block's sums lie: with those of the gate are as many that it is multiplied with.
        let from = if shape.gated { block / (ALTERNATE / 16) * (ALTERNATE / 16) + block } else { block };
        for quarter in 0..4 {
            let at = 4 * (2 * from + quarter / 2) + 2 * (quarter % 2);
            for at in [at, at + 1] {
                if shape.gelu {
                    text += &activated(at);
                }
                if shape.gated {
                    text += &gated(at, at + ALTERNATE / 2);
                }
            }
            let _ = writeln!(text, "cvt.rn.f16x2.f32 h{quarter}, c{}, c{at};", at + 1);
        }
        // `beyond` counts columns from the lane's first one, and is negative in padding.
        let _ = writeln!(
            text,
            "stmatrix.sync.aligned.m8n8.x4.shared.b16 [put], {{h0,h1,h2,h3}};\nbar.warp.sync 0xffffffff;\n\
             ld.shared.v4.b32 {{h4,h5,h6,h7}}, [take];\nsetp.gt.and.s32 q, beyond, {}, inside;\n\
             @q st.global.v4.b32 [a+{}], {{h4,h5,h6,h7}};\nbar.warp.sync 0xffffffff;",
            block * 16,
            block * 32
        );
    }
    text
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

/// SiLU of sum `gate` times sum `up`.
fn gated(gate: u32, up: u32) -> String {
    let base = (-std::f32::consts::LOG2_E).to_bits();
    format!(
        "mul.f32 f0, c{gate}, 0f{base:08X};\nex2.approx.f32 f0, f0;\nadd.f32 f0, f0, 0f3F800000;\nrcp.approx.f32 f0, f0;\n\
         mul.f32 f0, f0, c{gate};\nmul.f32 c{gate}, f0, c{up};\n"
    )
}

impl Shape {
    /// How many columns of weights make one of results.
    fn halved(&self) -> u32 {
        1 + u32::from(self.gated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shaders::WARP_GROUPS;

    /// Shapes of encoders, one of them padded, and of a generator.
    const SHAPES: [(u32, u32); 6] = [(384, 1152), (384, 384), (1536, 384), (768, 3072), (384, 328), (2048, 16_384)];

    fn bodies() -> Vec<(String, PtxBody)> {
        let mut all = Vec::new();
        for (k, n) in SHAPES {
            for (tile, [gelu, gated, halved]) in NUMBERS.flat_map(|tile| {
                [[false; 3], [true, false, false], [false, true, false], [false, false, true]].map(|kind| (tile, kind))
            }) {
                if gated && !gates(tile, n) {
                    continue;
                }
                let columns = n.next_multiple_of(super::super::COLUMN_STEP as u32);
                let shape = Shape {
                    k,
                    n,
                    depth: k,
                    columns,
                    float: Float::F16,
                    gelu,
                    tile,
                    gated,
                    parts: 1 + u32::from(halved),
                    apart: 1000 * n * 2,
                    capacity: 1000,
                };
                let kinds = [(gelu, ", gelu"), (gated, ", gated"), (halved, ", in halves")];
                let kind: String = kinds.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
                let name = format!("{k} to {n}, tile {tile}{kind}");
                all.extend(linear(&shape, WARP_GROUPS).map(|body| {
                    let &[.., groups, x_part, w_part, _] = body.values.as_slice() else { unreachable!("values") };
                    assert_eq!(groups * shape.parts, body.groups, "{name}");
                    assert_eq!([x_part, w_part].map(|part| part * shape.parts), [k * 2, k * columns * 2], "{name}");
                    (name, body)
                }));
            }
        }
        all
    }

    #[test]
    fn bodies_fit_what_a_launch_may_have() {
        let all = bodies();
        assert!(all.len() >= SHAPES.len() * 2 * 2, "{}", all.len());
        for (name, body) in all {
            assert!(body.shared <= PtxBody::SHARED_BYTES, "{name}: {} bytes", body.shared);
            assert!(!body.text.contains('$'), "{name}: a name was not filled");
            let columns: u32 = name.split([' ', ',']).nth(2).and_then(|n| n.parse().ok()).unwrap();
            assert_eq!(body.groups % body.values[1], 0, "{name}: whole rows of tiles");
            assert!(body.groups >= body.values[1] * columns / 256, "{name}");
        }
    }

    #[test]
    fn the_assembler_takes_every_body() {
        crate::warp_group::assembled(bodies());
    }
}
