//! The best scores of tiles for many queries at once, by warp groups: [`crate::warp_group`] with rows as `x` and 64 queries as `w`.
//!
//! A workgroup scores half a tile, so that two of them share a multiprocessor and one has rows on their way while the other ends. The
//! greatest allowed score of each query is found among the lanes, then in workgroup memory, then in the keys.

use std::fmt::Write;

use hal::{GpuFeatures, PtxBody, ShaderRequest};

use super::TILE_ROWS;
use super::matrix::{self, FEWEST_QUERIES};
use crate::scan::stride;
use crate::warp_group::{Loop, Sizes, Tile};
use crate::wgsl::{Literal, text};

/// Queries of a workgroup.
const QUERIES: u32 = matrix::QUERIES;

/// Steps of rows on their way to registers: the most that divide the depth, else two, since that is a multiple of 64.
const SETS: [u32; 2] = [6, 4];

fn tile(dim: u32) -> Tile {
    let tile = |sets| Tile { groups: 2, columns: QUERIES, parts: 1, slots: 4, sets, cached: false };
    SETS.into_iter().map(tile).find(|tile| tile.suits(stride(dim as usize) as u32)).unwrap_or(tile(2))
}

/// Whether this body is used: then queries come in its order.
pub(super) fn takes(queries: u32, features: GpuFeatures) -> bool {
    features.warp_groups && queries >= FEWEST_QUERIES
}

/// The text in WGSL of the word where two halves of `query`, from `i` on, lie: [`crate::warp_group::place`] among 64 queries.
pub(super) fn word(row: u32) -> String {
    text!(
        "(query / $queries) * $batch + ((i / 32u) * $queries + query % $queries) * 16u \
         + (((i % 8u) / 2u) ^ ((query / 2u) % 4u)) * 4u + (i % 32u) / 8u",
        queries = Literal(QUERIES),
        batch = Literal(QUERIES * row / 2),
    )
}

/// The body. Bindings as for that which any device runs.
pub(super) fn score(request: &ShaderRequest<'_>) -> Option<PtxBody> {
    let &[dim, queries, _] = request.constants else { unreachable!("constants of a search") };
    if !takes(queries, request.features) {
        return None;
    }
    let tile = tile(dim);
    let own = Loop { tile, wanted: QUERIES * 4, neighbours: 2 };
    let sizes = tile.sizes(stride(dim as usize) as u32, QUERIES);
    let rows = tile.groups * 64;
    let halves = (request.bindings[1] * 8 / u64::from(rows)) as u32;
    let batches = queries.div_ceil(QUERIES);
    Some(PtxBody {
        text: [begin(&own, sizes, rows, batches), own.feed(), zeros(), own.multiply(), keep(&own)].concat(),
        workgroup: tile.threads(),
        groups: halves * batches,
        shared: own.shared(),
        values: vec![queries],
    })
}

/// Arguments, and which rows and queries: those of the same rows are neighbours.
fn begin(own: &Loop, sizes: Sizes, rows: u32, batches: u32) -> String {
    let parameters = ".param .u64 px, .param .u64 pallowed, .param .u64 ppadded, .param .u64 pw, .param .u64 pkeys, \
                      .param .u64 pparams, .param .u32 pqueries";
    let registers =
        ".reg .pred low, high;\n.reg .b32 queries, live, batch, bits, first;\n.reg .b64 keys;\n.reg .f32 f<2>;\n";
    own.head(parameters, registers)
        + &text!(
            "ld.param.u64 x, [px];\nld.param.u64 w, [pw];\nld.param.u64 keys, [pkeys];\nld.param.u32 queries, [pqueries];\n\
             mov.u32 width, $row;\nmov.u32 steps, $steps;\nmov.u64 across, $across;\n\
             ld.param.u64 a, [pparams];\nld.global.nc.u32 live, [a];\nmin.u32 live, live, queries;\n\
             mov.u32 l, %ctaid.x;\nrem.u32 batch, l, $batches;\nmul.lo.u32 batch, batch, $columns;\ndiv.u32 l, l, $batches;\n\
             setp.ge.u32 p, batch, live;\n@p ret;\nmul.lo.u32 m0, l, $rows;\nadd.u32 last_row, m0, $last;\n\
             mul.wide.u32 d, batch, $row;\nadd.u64 w, w, d;\nmov.u32 n0, 0;\n\
             // Which of the lane's two rows are allowed.\n\
             shl.b32 i, warp, 4;\nadd.u32 i, i, m0;\nshr.u32 j, i, 5;\nmul.wide.u32 d, j, 4;\nld.param.u64 a, [pallowed];\n\
             add.u64 a, a, d;\nld.global.nc.u32 bits, [a];\nand.b32 i, i, 16;\nshr.u32 j, lane, 2;\nadd.u32 i, i, j;\n\
             shr.u32 bits, bits, i;\nand.b32 i, bits, 1;\nsetp.ne.u32 low, i, 0;\nand.b32 i, bits, 256;\nsetp.ne.u32 high, i, 0;\n\
             setp.ge.u32 p, t, $columns;\n@p bra CLEARED;\nshl.b32 i, t, 2;\nadd.u32 i, i, base;\nmov.u32 j, 0;\n\
             st.shared.u32 [i+$best], j;\nCLEARED:\n",
            batches = batches,
            columns = QUERIES,
            rows = rows,
            last = rows - 1,
            row = sizes.width,
            steps = sizes.steps,
            across = sizes.across,
            best = own.besides(),
        )
}

fn zeros() -> String {
    (0..QUERIES / 2).map(|i| format!("mov.f32 c{i}, 0f00000000;\n")).collect()
}

/// The greatest allowed score of each query goes out, as a sortable key: [`super::KEYS`].
fn keep(own: &Loop) -> String {
    let mut text = text!(
        "shl.b32 i, lane, 3;\nadd.u32 first, base, i;\nadd.u32 first, first, $best;\nsetp.lt.u32 more, lane, 4;\n",
        best = own.besides()
    );
    for (block, column) in (0..QUERIES / 8).flat_map(|block| [(block, 0), (block, 1)]) {
        let c = 4 * block + column;
        let _ = writeln!(
            text,
            "selp.f32 f0, c{c}, 0fFF800000, low;\nselp.f32 f1, c{}, 0fFF800000, high;\nmax.f32 f0, f0, f1;",
            c + 2
        );
        for distance in [4, 8, 16] {
            let _ = writeln!(
                text,
                "mov.b32 i, f0;\nshfl.sync.bfly.b32 i, i, {distance}, 31, 0xffffffff;\nmov.b32 f1, i;\nmax.f32 f0, f0, f1;"
            );
        }
        // A query without an allowed row keeps 0, the key of none; scores that are not numbers have been passed over.
        let _ = writeln!(
            text,
            "mov.b32 i, f0;\nshr.s32 j, i, 31;\nor.b32 j, j, 0x80000000;\nxor.b32 i, i, j;\n\
             setp.gt.and.f32 p, f0, 0fFF61B1E6, more;\n@p red.shared.max.u32 [first+{}], i;",
            block * 32 + column * 4
        );
    }
    text + &text!(
        "bar.sync 0;\nadd.u32 j, batch, t;\nsetp.ge.u32 p, t, $columns;\n@p ret;\nsetp.ge.u32 p, j, live;\n@p ret;\n\
         shl.b32 i, t, 2;\nadd.u32 i, i, base;\nld.shared.u32 i, [i+$best];\n\
         div.u32 l, m0, $tile;\nmad.lo.u32 l, l, queries, j;\nmul.wide.u32 d, l, 4;\nadd.u64 d, d, keys;\n\
         red.global.max.u32 [d], i;\nret;\n}\n",
        columns = QUERIES,
        best = own.besides(),
        tile = TILE_ROWS,
    )
}

#[cfg(test)]
mod tests {
    use super::super::prepare;
    use super::*;
    use crate::dispatch::gpus_only;
    use crate::float::Float;
    use crate::shaders::WARP_GROUPS;
    use crate::testing::{Numbers, gpus, rounding};
    use crate::warp_group::place;
    use hal::{Access, Dispatch, Kernel};

    #[test]
    fn the_bodies_fit_and_are_taken_where_the_depth_allows() {
        let mut all = Vec::new();
        for (dim, sets) in [(384, 6), (256, 4), (768, 6), (1024, 4), (100, 4)] {
            assert_eq!(tile(dim).sets, sets, "{dim}");
            let request =
                ShaderRequest { constants: &[dim, 128, 16], bindings: &[0, 4096, 0, 0, 0], features: WARP_GROUPS };
            let body = score(&request).unwrap();
            assert!(body.shared <= 24 << 10, "{dim}: {} bytes, and two to share", body.shared);
            assert!(!body.text.contains('$'), "{dim}: a name was not filled");
            assert_eq!(body.groups, 4096 * 8 / 128 * 2);
            all.push((format!("{dim} elements"), body));
        }
        crate::warp_group::assembled(all);
        assert!(!takes(8, WARP_GROUPS));
    }

    /// Any device puts queries in this order, if it is told to.
    #[test]
    fn queries_are_put_where_the_loop_looks_for_them() {
        const TURNED: Kernel = Kernel {
            name: "scan.queries.turned",
            cpu: gpus_only,
            gpu: Some(|request| {
                let features = GpuFeatures { warp_groups: true, ..request.features };
                prepare(&ShaderRequest { features, ..*request })
            }),
        };
        let (dim, queries) = (100usize, 128usize);
        let row = stride(dim);
        for gpu in gpus() {
            let values = Numbers::new(3).list(queries * dim, 1.0);
            let raw = gpu.upload(&values, Float::F32);
            let (padded, halves) = (gpu.room(queries * row, Float::F32), gpu.room(queries * row, Float::F16));
            gpu.run(queries, 1, |recorder| {
                let read = [(raw.clone(), Access::Read)];
                let write = [&padded, &halves].map(|slice| (slice.clone(), Access::Write));
                let bindings = read.into_iter().chain(write).collect();
                let constants = vec![dim as u32, queries as u32, 16];
                recorder.dispatch(Dispatch { kernel: TURNED, bindings, constants, groups: 1 }).unwrap();
            });
            let found = gpu.read(&halves, queries * row, Float::F16);
            for (query, raw) in values.chunks_exact(dim).enumerate() {
                let largest = raw.iter().fold(0.0f32, |most, value| most.max(value.abs()));
                for at in 0..row {
                    let expected = f64::from(raw.get(at).copied().unwrap_or_default() / largest);
                    let told = f64::from(found[query / 64 * 64 * row + place(query % 64, at, 64)]);
                    let allowed = rounding(expected, Float::F16) + 1e-6;
                    assert!(
                        (told - expected).abs() <= allowed,
                        "{}: query {query}, {at}: {told}, {expected}",
                        gpu.name
                    );
                }
            }
        }
    }
}
