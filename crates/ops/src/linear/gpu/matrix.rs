//! Bodies for devices with matrix units that take 16 x 16 halves: one for many rows, one for a few.

use hal::{GpuFeatures, Shader};

use super::Shape;
use crate::dispatch::PARAM_TOKENS;
use crate::elementwise::GELU_HALF;
use crate::float::Float;
use crate::matrix16::{self, ITEMS, LANES, NARROW, PATCH, PATCH_ROW, TWINS};
use crate::wgsl::{HALVES, Literal, Module, live, text};

/// What a workgroup sums at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tile {
    /// Its rows and columns, and the depth that it takes at a time.
    pub rows: u32,
    pub columns: u32,
    pub depth: u32,
    /// Whether results go out from registers, where invocations know the items of matrices, instead of through workgroup memory: that
    /// leaves room for more workgroups, and writes shorter pieces.
    pub direct: bool,
}

/// The tiles to choose among. The first one suits most shapes; wide ones read less where there are thousands, deep ones wait less
/// where there are few.
pub(crate) const TILES: [Tile; 7] = [
    Tile { rows: 128, columns: 128, depth: 32, direct: false },
    Tile { rows: 128, columns: 256, depth: 32, direct: false },
    Tile { rows: 128, columns: 128, depth: 64, direct: false },
    Tile { rows: 256, columns: 128, depth: 32, direct: false },
    Tile { rows: 160, columns: 128, depth: 32, direct: false },
    Tile { rows: 128, columns: 128, depth: 32, direct: true },
    Tile { rows: 160, columns: 128, depth: 32, direct: true },
];

/// Columns of what one subgroup sums.
const OWN: u32 = 64;

/// Words of a row of results on their way out, each 16 bytes: one more than there are, so that rows begin in different banks.
const OUT: u32 = OWN / 8 + 1;

/// Tile rows whose workgroups are neighbours, so that they share the weights in the cache.
pub(super) const TOGETHER: u32 = 8;

/// Up to this many rows, the depth is divided among subgroups instead.
const FEW_ROWS: u32 = 64;

/// Among how many.
const SLICES: u32 = 8;

/// Pairs of factors that a subgroup then asks for at a time.
const MOST_AT_ONCE: usize = 16;

impl Tile {
    /// Whether it suits a shape on a device.
    pub(crate) fn takes(self, k: u32, columns: u32, features: GpuFeatures) -> bool {
        let stride = matrix16::stride(self.depth);
        let out = if self.direct { 0 } else { self.subgroups() * 16 * OUT };
        let bytes = ((self.rows + self.columns) * stride + out) * 16;
        matrix16::takes(features, bytes)
            && (features.matrix_items || !self.direct)
            && k.is_multiple_of(self.depth)
            && columns.is_multiple_of(self.columns)
    }

    fn subgroups(self) -> u32 {
        self.rows / self.own_rows() * (self.columns / OWN)
    }

    /// Rows of what one subgroup sums: as many as columns, or so many more that two subgroups share the rows.
    fn own_rows(self) -> u32 {
        if self.rows.is_multiple_of(OWN) { OWN } else { self.rows / 2 }
    }
}

/// Whether a body here can be used.
pub(super) fn takes(shape: &Shape, features: GpuFeatures) -> bool {
    shape.float == Float::F16 && TILES[0].takes(shape.k, shape.columns, features)
}

/// Whether so many rows are few.
pub(crate) fn are_few(rows: u32, k: u32) -> bool {
    rows <= FEW_ROWS && rows.is_multiple_of(16) && k.is_multiple_of(16 * SLICES)
}

pub(super) fn linear(shape: &Shape, features: GpuFeatures) -> Shader {
    if are_few(shape.capacity, shape.k) {
        return few_rows(shape);
    }
    let tile = TILES.get(shape.tile as usize).filter(|tile| tile.takes(shape.k, shape.columns, features));
    many_rows(shape, *tile.unwrap_or(&TILES[0]))
}

/// What both bodies begin with.
fn module(results: &str, workgroup: &str) -> Module {
    matrix16::module()
        .read("x", "vec4<u32>")
        .read("bias", "vec4<f32>")
        .read("w", "vec4<u32>")
        .write("y", results)
        .params()
        .declare(workgroup)
}

/// Tiles of which each subgroup sums a part. While they multiply one step of the depth, the next one is on its way into
/// registers: two workgroups a multiprocessor hide the rest, better than a second buffer does. Sums begin with the bias.
fn many_rows(shape: &Shape, tile: Tile) -> Shader {
    let &Shape { k, depth, columns, capacity, gelu, .. } = shape;
    let (down, along) = (capacity.div_ceil(tile.rows), columns / tile.columns);
    let threads = tile.subgroups() * LANES;
    let (words, stride) = (tile.depth / 8, matrix16::stride(tile.depth));
    // Rows of either operand that all invocations move at once, and how often they do.
    let at_once = threads / words;
    let (x_moves, w_moves) = (tile.rows / at_once, tile.columns / at_once);
    let blocks = [tile.own_rows() / 16, OWN / 16];
    let mut body = text!(
        "$live$twins let band = group / $band; let first = band * $together; let height = min($down - first, $together);\n\
         let rest = group % $band; let m0 = (first + rest % height) * $rows; let n0 = (rest / height) * $columns;\n\
         if (m0 >= live) { return; }\n\
         let above = (subgroup / $beside) * $own_rows; let beside = (subgroup % $beside) * $own;\n\
         let moved = thread / $words; let word = thread % $words; let to = moved * $stride + word;\n",
        live = live(PARAM_TOKENS, capacity),
        twins = TWINS,
        band = Literal(TOGETHER * along),
        together = Literal(TOGETHER),
        down = Literal(down),
        rows = Literal(tile.rows),
        columns = Literal(tile.columns),
        own_rows = Literal(tile.own_rows()),
        own = Literal(OWN),
        beside = Literal(tile.columns / OWN),
        words = Literal(words),
        stride = Literal(stride),
    );
    for i in 0..x_moves {
        body += &format!("let x_at{i} = min(m0 + moved + {}u, live - 1u) * {}u + word;\n", i * at_once, k / 8);
    }
    body += &format!("let w_at = (n0 + moved) * {}u + word;\n", depth / 8);
    let load = |declare: &str, step: &str| -> String {
        let x = |i| format!("{declare}a{i} = x[x_at{i} + {step} * {words}u];\n");
        let w = |i| format!("{declare}b{i} = w[w_at + {}u + {step} * {words}u];\n", i * at_once * (depth / 8));
        (0..x_moves).map(x).chain((0..w_moves).map(w)).collect()
    };
    let store: String = (0..x_moves)
        .map(|i| format!("tile_x[to + {}u] = a{i};\n", i * at_once * stride))
        .chain((0..w_moves).map(|i| format!("tile_w[to + {}u] = b{i};\n", i * at_once * stride)))
        .collect();
    body += &load("var ", "0u");
    for j in 0..blocks[1] {
        // All rows of the matrix are the same piece of the bias.
        body +=
            &format!("let bias{j} = coopLoadT<coop_mat16x16<f32, C>>(&bias[(n0 + beside) / 4u + {}u], 0u);\n", j * 4);
        body += &(0..blocks[0]).map(|i| format!("var c{i}_{j} = bias{j};\n")).collect::<String>();
    }
    let multiply: String = (0..tile.depth / 16).map(|part| multiply(blocks, stride, part * 2)).collect();
    body += &text!(
        "$store workgroupBarrier();\nfor (var step = 1u; step < $steps; step++) {\n\
         $next$multiply workgroupBarrier();\n$store workgroupBarrier();\n}\n$multiply",
        store = store,
        steps = Literal(k / tile.depth),
        next = load("", "step"),
        multiply = multiply,
    );
    body += &if tile.direct { from_registers(shape, blocks) } else { through_memory(shape, blocks) };
    let mut workgroup = format!(
        "var<workgroup> tile_x: array<vec4<u32>, {}>;\nvar<workgroup> tile_w: array<vec4<u32>, {}>;\n",
        tile.rows * stride,
        tile.columns * stride
    );
    if !tile.direct {
        workgroup += &format!("var<workgroup> outs: array<vec4<f16>, {}>;\n", tile.subgroups() * 16 * OUT * 2);
    }
    let module = module("vec4<u32>", &workgroup)
        .declare(if tile.direct { ITEMS } else { NARROW })
        .declare(HALVES)
        .declare(if gelu { GELU_HALF } else { "" });
    module.entry(threads, down * along, &body)
}

/// Each invocation's items of the sums, bent and rounded, straight to memory: four invocations write 16 bytes of a row.
fn from_registers(shape: &Shape, blocks: [u32; 2]) -> String {
    let &Shape { n, gelu, .. } = shape;
    let mut text = String::from("let line = lane / 4u; let side = lane % 4u;\n");
    for i in 0..blocks[0] {
        for half in 0..2 {
            text += &format!("{{ let row = m0 + above + {}u + line;\nif (row < live) {{\n", i * 16 + half * 8);
            for j in 0..blocks[1] {
                let item = |e: u32| format!("item_of(&c{i}_{j}, {}u)", 4 * half + e);
                let value = format!("vec4<f32>({}, {}, {}, {})", item(0), item(1), item(2), item(3));
                // Items 0 and 1 lie side by side, 2 and 3 eight columns on.
                text += &text!(
                    "{ let column = n0 + beside + $along; let pairs = narrow($value); let at = row * $row + column / 8u;\n\
                     if (column < $n) { y[at][side] = pairs.x; }\nif (column + 8u < $n) { y[at + 1u][side] = pairs.y; } }\n",
                    along = Literal(j * 16),
                    n = Literal(n),
                    value = if gelu { format!("gelu_half({value})") } else { value },
                    row = Literal(n / 8),
                );
            }
            text += "} }\n";
        }
    }
    text
}

/// The sums as halves, row by row through workgroup memory, so that what is written is whole lines.
fn through_memory(shape: &Shape, blocks: [u32; 2]) -> String {
    let &Shape { n, gelu, .. } = shape;
    let mut text = text!(
        "let own = subgroup * $patch; let piece = lane % $pieces; let line = lane / $pieces;\n\
         let column = n0 + beside + piece * 8u; let row = m0 + above + line;\n",
        patch = Literal(16 * OUT * 2),
        pieces = Literal(OWN / 8),
    );
    let bent = |half: u32| {
        let value = format!("vec4<f32>(outs[at + {half}u])");
        if gelu { format!("narrow(gelu_half({value}))") } else { format!("narrow({value})") }
    };
    let lines = LANES / (OWN / 8);
    for i in 0..blocks[0] {
        text += "subgroupBarrier();\n";
        for j in 0..blocks[1] {
            text += &format!("coopStoreT(halves_of(c{i}_{j}), &outs[own + {}u], {}u);\n", j * 4, OUT * 2);
        }
        text += "subgroupBarrier();\n";
        for part in 0..16 / lines {
            text += &text!(
                "{ let row = row + $down; let at = own + (line + $part) * $out + piece * 2u;\n\
                 if (row < live && column < $n) { let low = $low; let high = $high;\n\
                 y[row * $row + column / 8u] = vec4<u32>(low, high); } }\n",
                down = Literal(i * 16 + part * lines),
                part = Literal(part * lines),
                out = Literal(OUT * 2),
                n = Literal(n),
                low = bent(0),
                high = bent(1),
                row = Literal(n / 8),
            );
        }
    }
    text
}

/// One step of 16 inputs, from word `word` of the tiles' rows on.
fn multiply(blocks: [u32; 2], stride: u32, word: u32) -> String {
    let at = |tile: &str, first: &str, i: u32| format!("{tile}[({first} + {}u) * {stride}u + {word}u]", i * 16);
    matrix16::multiply(
        blocks,
        stride,
        |i| at("tile_x", "above", i),
        |j| at("tile_w", "beside", j),
        |i, j| format!("c{i}_{j}"),
    )
}

/// A workgroup for each 16 x 16 results, whose subgroups take a slice of the depth each, straight from memory: with few rows the
/// weights are all there is to read, and what counts is that all of them are asked for at once.
fn few_rows(shape: &Shape) -> Shader {
    let &Shape { k, n, depth, capacity, gelu, .. } = shape;
    let along = n.div_ceil(16);
    let mut body = text!(
        "$live$twins let m0 = (group / $along) * 16u; let n0 = (group % $along) * 16u;\nif (m0 >= live) { return; }\n\
         var c = coop_mat16x16<f32, C>();\nlet x_at = m0 * $k + subgroup * $slice;\n\
         let w_at = n0 * $depth + subgroup * $slice;\n",
        live = live(PARAM_TOKENS, capacity),
        twins = TWINS,
        along = Literal(along),
        k = Literal(k / 8),
        slice = Literal(k / 8 / SLICES),
        depth = Literal(depth / 8),
    );
    // All of a batch of factors are asked for before the first is used; more would not fit the registers.
    let steps: Vec<u32> = (0..k / 16 / SLICES).collect();
    for batch in steps.chunks(MOST_AT_ONCE) {
        for i in batch {
            body += &text!(
                "let a$i = coopLoadT<coop_mat16x16<f16, A>>(&x[x_at + $at], $k);\n\
                 let b$i = coopLoad<coop_mat16x16<f16, B>>(&w[w_at + $at], $depth);\n",
                i = i,
                at = Literal(i * 2),
                k = Literal(k / 8),
                depth = Literal(depth / 8),
            );
        }
        body += &batch.iter().map(|i| format!("c = coopMultiplyAdd(a{i}, b{i}, c);\n")).collect::<String>();
    }
    // Four invocations a row, with four neighbouring results each.
    body += &text!(
        "coopStoreT(c, &sums[subgroup * $patch], $stride);\nworkgroupBarrier();\n\
         let row = m0 + thread / 4u; let column = n0 + (thread % 4u) * 4u;\n\
         if (thread < 64u && row < live && column < $n) {\nlet at = thread / 4u * $stride + thread % 4u;\n\
         var sum = bias[column / 4u];\n$slices y[row * $row + column / 4u] = $value;\n}\n",
        patch = Literal(PATCH / 4),
        stride = Literal(PATCH_ROW / 4),
        n = Literal(n),
        slices = (0..SLICES).map(|i| format!("sum += sums[at + {}u];\n", i * PATCH / 4)).collect::<String>(),
        row = Literal(n / 4),
        value = if gelu { "narrow(gelu_half(sum))" } else { "narrow(sum)" },
    );
    let workgroup = format!("var<workgroup> sums: array<vec4<f32>, {}>;\n", SLICES * PATCH / 4);
    let module = module("vec2<u32>", &workgroup).declare(HALVES).declare(if gelu { GELU_HALF } else { "" });
    module.entry(SLICES * LANES, capacity / 16 * along, &body)
}
