//! The body for many rows, on devices with matrix units whose items invocations can compute with: as for whole texts
//! ([`crate::attention`]), but keys and values come from the cache, and a row sees no key beyond its own.
//!
//! A workgroup takes neighbouring rows of a head, 16 for each subgroup, and goes through their runs: rows of one sequence at rising
//! positions. Subgroups skip the tiles that none of their rows sees. The last rows see most, so they begin first.

use hal::{Shader, ShaderRequest};

use crate::attention::gpu::Shape;
use crate::attention::gpu::items::{self, row_of};
use crate::attention::gpu::tile::Tile;
use crate::cache::{Kept, TILE};
use crate::dispatch::PARAM_TOKENS;
use crate::float::Float;
use crate::matrix16::{self, ITEMS, TWINS};
use crate::wgsl::{HALVES, Literal, live, text};

/// Fewer rows are left to the body for any device: they may all be of different sequences, which a workgroup here takes one by one.
const FEWEST: u32 = 128;

/// The longest heads whose sums fit an invocation's registers.
const LONGEST: u32 = 128;

/// The row after the run that `next` is in: `cuts` has a bit for each row of the workgroup that begins one.
const END: &str = "\
fn end_of(next: u32, first: u32, last: u32) -> u32 {
  let i = next - first + 1u;
  var word = i / 32u; var bits = 0u;
  if (word < 2u) { bits = cuts[word] >> (i % 32u) << (i % 32u); }
  if (word == 0u && bits == 0u) { word = 1u; bits = cuts[1]; }
  return select(last, min(last, first + word * 32u + firstTrailingBit(bits)), bits != 0u);
}
";

/// The body, if it can be used.
pub(super) fn rows(request: &ShaderRequest<'_>) -> Option<Shader> {
    let &[heads, kept_heads, size, kept, scale, cap, window, float, capacity] = request.constants else { return None };
    let features = request.features;
    let halves = Float::from_code(float) == Float::F16 && Kept::from_code(kept) == Kept::F16;
    let tile = Tile::new(size);
    let suits = halves && size.is_multiple_of(16) && size <= LONGEST && features.matrix_items && capacity >= FEWEST;
    if !suits || !matrix16::takes(features, tile.held() * 16 + 16) {
        return None;
    }
    let (scale, cap) = (f32::from_bits(scale), f32::from_bits(cap));
    let row_bytes = u64::from(kept_heads * size) * 2;
    let rows = (request.bindings[1].min(request.bindings[2]) / row_bytes) as u32 / TILE as u32 * TILE as u32;
    let shape = Shape { heads, size, float: Float::F16, capacity, sequences: 0 };
    let blocks = capacity.div_ceil(tile.rows());
    let zero = (0..items::ROWS)
        .map(|row| format!("var reference{row} = -3.0e38; var total{row} = 0.0;\n"))
        .chain((0..size / 16).map(|d| format!("c{d} = coop_mat16x16<f32, C>();\n")))
        .collect::<String>();
    let (bent, power) = match cap == 0.0 {
        true => (String::new(), scale * std::f32::consts::LOG2_E),
        false => (capped(&tile, scale, cap), std::f32::consts::LOG2_E),
    };
    let work = scores(size, &tile) + &bent + &mask(&tile, window) + &items::weigh(size, &tile, power);
    let work = work + &items::products(size, &tile);
    let body = begin(&tile, &shape, blocks)
        + &text!(
            "var next = first;\nwhile (next < last) {\nlet stop = end_of(next, first, last);\n\
             let bounds = vec2<u32>(next, stop); let home = bases[next]; let position = positions[next];\n\
             let fits = home % $tile == 0u && home < $rows && position < $rows && position + stop - next <= $rows - home;\n\
             let end = select(0u, position + stop - next, fits); let begin = $begin;\n\
             let own_first = i32(position + own) - i32(next); let meets = next < own + 16u && stop > own;\n\
             $zero$load_first\n\
             for (var base = begin; base < end; base += $keys) {\nworkgroupBarrier();\n$store workgroupBarrier();\n\
             if (base + $keys < end) {\n$load_next }\n\
             var works = meets && i32(base) <= own_first + 15;\nwhile (works) { works = false;\n$work}\n}\n\
             var ends = meets && fits;\nwhile (ends) { ends = false;\n$write}\nnext = stop;\n}\n",
            tile = Literal(TILE as u32),
            rows = Literal(rows),
            begin = match window {
                0 => "0u".to_owned(),
                window => format!("select(0u, position - {}u, position >= {}u)", window - 1, window - 1),
            },
            keys = Literal(tile.keys),
            zero = zero,
            load_first = load(&tile, kept_heads, "begin"),
            load_next = load(&tile, kept_heads, &format!("base + {}u", tile.keys)),
            store = (0..tile.moves()).map(|i| tile.store(i)).collect::<String>(),
            work = work,
            write = items::write(&shape, &tile),
        );
    let declared =
        format!("var<workgroup> tile: array<vec4<u32>, {}>;\nvar<workgroup> cuts: array<u32, 2>;\n", tile.held());
    let module = matrix16::module()
        .read("q", "vec4<u32>")
        .read("keys", "vec4<u32>")
        .read("values", "vec4<u32>")
        .read("positions", "u32")
        .read("bases", "u32")
        .write("out", "vec4<u32>")
        .params()
        .declare(&declared)
        .declare(HALVES)
        .declare(ITEMS)
        .declare(END)
        .declare(&format!("const GROUP = {}u;\n", heads / kept_heads));
    Some(module.entry(tile.threads(), blocks * heads, &body))
}

/// The workgroup's rows `first..last` of `head`, where their runs begin, and the subgroup's queries as `q0`, `q1`, …
fn begin(tile: &Tile, shape: &Shape, blocks: u32) -> String {
    let mut body = text!(
        "$live$twins let block = $blocks - group / $heads; let head = group % $heads; let kept = head / GROUP;\n\
         let first = block * $count;\nif (first >= live) { return; }\n\
         let last = min(first + $count, live); let own = first + subgroup * 16u;\n\
         if (subgroup < 2u) {\nlet row = first + subgroup * 32u + lane; var cut = false;\n\
         if (row > first && row < last) { cut = bases[row] != bases[row - 1u] || positions[row] != positions[row - 1u] + 1u; }\n\
         let bits = subgroupBallot(cut).x;\nif (lane == 0u) { cuts[subgroup] = bits; }\n}\n\
         for (var i = lane; i < $own_words; i += 32u) {\n\
         tile[(subgroup * 16u + i / $words) * $stride + i % $words] =\n\
         q[min(own + i / $words, last - 1u) * $row + head * $words + i % $words];\n}\nworkgroupBarrier();\n",
        live = live(PARAM_TOKENS, shape.capacity),
        twins = TWINS,
        blocks = Literal(blocks - 1),
        heads = Literal(shape.heads),
        count = Literal(tile.rows()),
        own_words = Literal(16 * tile.words),
        words = Literal(tile.words),
        stride = Literal(tile.stride),
        row = Literal(shape.heads * tile.words),
    );
    for i in 0..shape.size / 16 {
        body += &format!(
            "let q{i} = coopLoadT<coop_mat16x16<f16, A>>(&tile[subgroup * {}u + {}u], {}u);\n",
            16 * tile.stride,
            i * 2,
            tile.stride
        );
    }
    body += "let line = lane / 4u; let side = lane % 4u;\n";
    body += &(0..shape.size / 16).map(|d| format!("var c{d} = coop_mat16x16<f32, C>();\n")).collect::<String>();
    body += &(0..tile.keys / 16).map(|j| format!("var w{j} = coop_mat16x16<f16, A>();\n")).collect::<String>();
    body + &(0..tile.moves()).map(|i| format!("var k{i} = vec4<u32>(); var v{i} = vec4<u32>();\n")).collect::<String>()
}

/// This invocation's words of the tile of keys and values from position `base` on. Values past the run are zeros, since no weight makes
/// up for what is not a number.
fn load(tile: &Tile, kept_heads: u32, base: &str) -> String {
    let one = |i: u32| {
        text!(
            "{ let at = thread + $by; let key = $base + at / $words; let row = home + min(key, max(end, 1u) - 1u);\n\
             let start = ((row / $tile * $heads + kept) * $tile + row % $tile) * $words + at % $words;\n\
             if (end > 0u) { k$i = keys[start]; v$i = select(vec4<u32>(), values[start], key < end); } }\n",
            i = i,
            by = Literal(i * tile.threads()),
            base = base,
            words = Literal(tile.words),
            tile = Literal(TILE as u32),
            heads = Literal(kept_heads),
        )
    };
    (0..tile.moves()).map(one).collect()
}

/// The subgroup's scores of the tile: each invocation's items as `s<matrix>_<item>`.
fn scores(size: u32, tile: &Tile) -> String {
    let mut text = String::new();
    for j in 0..tile.keys / 16 {
        text += &format!("var s{j} = coop_mat16x16<f32, C>();\n");
        for i in 0..size / 16 {
            text += &format!("s{j} = coopMultiplyAdd(q{i}, {}, s{j});\n", tile.keys(j, i));
        }
    }
    text + &items::items(tile).map(|(j, i)| format!("var s{j}_{i} = item_of(&s{j}, {i}u);\n")).collect::<String>()
}

/// Scores with a soft cap.
fn capped(tile: &Tile, scale: f32, cap: f32) -> String {
    let bend =
        |(j, i)| format!("s{j}_{i} = {cap:?} - {:?} / (exp(s{j}_{i} * {:?}) + 1.0);\n", 2.0 * cap, 2.0 * scale / cap);
    items::items(tile).map(bend).collect()
}

/// Scores of keys that a row does not see become too small to count, in tiles that hold such keys.
fn mask(tile: &Tile, window: u32) -> String {
    let tests = |j: u32, i: u32| {
        let column = j * 16 + i % 2 + 8 * (i / 2 % 2);
        let row = row_of(i) * 8;
        let far = if window == 0 { String::new() } else { format!(" && room + {row} < {}", column + window) };
        format!("s{j}_{i} = select(-3.0e38, s{j}_{i}, {column} <= room + {row}{far});\n")
    };
    let near = format!("i32(base) + {} > own_first", tile.keys - 1);
    let far = if window == 0 { String::new() } else { format!(" || own_first + 15 - i32(base) >= {window}") };
    // How many positions the invocation's first row lies beyond its first key.
    let room = "let room = own_first + i32(line) - i32(base + side * 2u);\n";
    let all = items::items(tile).map(|(j, i)| tests(j, i)).collect::<String>();
    format!("if ({near}{far}) {{\n{room}{all}}}\n")
}
