//! Inner products of rows with queries: the best of each tile, and all of a few tiles.

use hal::{GpuFeatures, Shader, ShaderRequest};

use super::{KEYS, NEXT_FIRST, TILE_ROWS, matrix, warp_group};
use crate::scan::stride;
use crate::wgsl::{Literal, Module, THREADS, each, text};

/// Rows that an invocation has under way at once where there is one query.
const IN_FLIGHT: u32 = 4;

const DOT: &str = "\
fn dot8(row: vec4<u32>, low: vec4<f32>, high: vec4<f32>) -> f32 {
  let a = vec4<f32>(unpack2x16float(row.x), unpack2x16float(row.y));
  let b = vec4<f32>(unpack2x16float(row.z), unpack2x16float(row.w));
  return dot(a, low) + dot(b, high);
}
";

/// How a row is divided among lanes: `lanes` of them with `pieces` words of 16 bytes each.
struct Split {
    lanes: u32,
    pieces: u32,
    words: u32,
}

impl Split {
    fn new(dim: u32, features: GpuFeatures) -> Split {
        let words = stride(dim as usize) as u32 / 8;
        let most = features.subgroup.min(16);
        let lanes = if words.is_multiple_of(most) { most } else { most.min(8) };
        Split { lanes, pieces: words / lanes, words }
    }

    /// Loads a lane's pieces of the row `row` into `name`.
    fn load(&self, name: &str, row: &str) -> String {
        let Split { lanes, pieces, words } = *self;
        let load =
            each(pieces, |piece| format!("{name}[{piece}] = exact[({row}) * {words}u + {piece} * {lanes}u + part];\n"));
        format!("var {name}: array<vec4<u32>, {pieces}>;\n{load}")
    }

    /// Adds the products of `name` with the query's pieces, whose text is given by word, to `sum`, over all lanes of the row.
    fn dot(&self, sum: &str, name: &str, query: impl Fn(&str) -> [String; 2]) -> String {
        let dots = each(self.pieces, |piece| {
            let [low, high] = query(piece);
            format!("{sum} += dot8({name}[{piece}], {low}, {high});\n")
        });
        let mut text = format!("var {sum} = 0.0;\n{dots}");
        let mut distance = self.lanes / 2;
        while distance > 0 {
            text += &format!("{sum} += subgroupShuffleXor({sum}, {distance}u);\n");
            distance /= 2;
        }
        text
    }

    /// Query words in memory.
    fn stored(&self, query: &str) -> impl Fn(&str) -> [String; 2] {
        let (lanes, words) = (self.lanes, self.words);
        let query = query.to_owned();
        move |piece| {
            let at = |half| format!("padded[({query} * {words}u + {piece} * {lanes}u + part) * 2u + {half}u]");
            [at(0), at(1)]
        }
    }
}

/// Writes for each tile and query the key of the best score among allowed rows. Bindings: exact values, allowed bits, queries in both
/// precisions; keys u32 `[tiles][queries]`.
pub(crate) fn score(request: &ShaderRequest<'_>) -> Shader {
    let &[dim, queries, _] = request.constants else { unreachable!("constants of a search") };
    if let Some(ptx) = warp_group::score(request) {
        return Shader::ptx(ptx);
    }
    if matrix::takes(queries, request.features) {
        return matrix::score(request);
    }
    let split = Split::new(dim, request.features);
    let tile = TILE_ROWS as u32;
    let rows = THREADS / split.lanes;
    let tiles = (request.bindings[1] * 8 / u64::from(tile)) as u32;
    let mut body = text!(
        "let live = min(params[0], $queries); let part = thread % $lanes; let mine = thread / $lanes;\n\
         for (var i = thread; i < live; i += $threads) { atomicStore(&best[i], 0u); }\nworkgroupBarrier();\n",
        queries = Literal(queries),
        lanes = Literal(split.lanes),
        threads = Literal(THREADS),
    );
    let keep = |row: &str, query: &str, sum: &str| {
        format!("if (part == 0u && allows({row})) {{ atomicMax(&best[{query}], key_of({sum})); }}\n")
    };
    if queries == 1 {
        body += &one_query(&split, rows, keep);
    } else {
        body += &text!(
            "for (var at = 0u; at < $tile; at += $rows) {\nlet row = group * $tile + at + mine;\n$load\n\
             for (var query = 0u; query < live; query++) {\n$dot$keep}\n}\n",
            tile = Literal(tile),
            rows = Literal(rows),
            load = split.load("a", "row"),
            dot = split.dot("s", "a", split.stored("query")),
            keep = keep("row", "query", "s"),
        );
    }
    body += &text!(
        "workgroupBarrier();\nfor (var i = thread; i < live; i += $threads) {\n\
         keys[group * $queries + i] = atomicLoad(&best[i]); }\n",
        threads = Literal(THREADS),
        queries = Literal(queries),
    );
    let declared = format!("var<workgroup> best: array<atomic<u32>, {queries}>;\n");
    tile_scores(Module::default(), &declared).declare(DOT).declare(ALLOWS).entry(THREADS, tiles, &body)
}

/// The bindings of [`score`], for whichever body, after what `module` begins with; then the `workgroup`'s variables.
pub(super) fn tile_scores(module: Module, workgroup: &str) -> Module {
    module
        .read("exact", "vec4<u32>")
        .read("allowed", "u32")
        .read("padded", "vec4<f32>")
        .read("halves", "vec4<u32>")
        .write("keys", "u32")
        .params()
        .declare(workgroup)
        .declare(KEYS)
}

/// Whether a row may be found.
pub(super) const ALLOWS: &str =
    "fn allows(row: u32) -> bool { return ((allowed[row / 32u] >> (row % 32u)) & 1u) != 0u; }\n";

/// The query stays in registers, and several rows are under way.
fn one_query(split: &Split, rows: u32, keep: impl Fn(&str, &str, &str) -> String) -> String {
    let stored = split.stored("0u");
    let mut body = format!("var q: array<vec4<f32>, {}>;\n", 2 * split.pieces);
    body += &each(split.pieces, |piece| {
        let [low, high] = stored(piece);
        format!("q[2u * {piece}] = {low}; q[2u * {piece} + 1u] = {high};\n")
    });
    let tile = TILE_ROWS as u32;
    let step = (rows * IN_FLIGHT).min(tile);
    body += &format!("for (var at = 0u; at < {tile}u; at += {step}u) {{\n");
    let flights = 0..step / rows;
    for i in flights.clone() {
        body += &format!("let row{i} = group * {tile}u + at + {}u + mine;\n", i * rows);
        body += &split.load(&format!("a{i}"), &format!("row{i}"));
    }
    for i in flights {
        let query = |piece: &str| [format!("q[2u * {piece}]"), format!("q[2u * {piece} + 1u]")];
        body += &split.dot(&format!("s{i}"), &format!("a{i}"), query);
        body += &keep(&format!("row{i}"), "0u", &format!("s{i}"));
    }
    body + "}\n"
}

/// Scores all allowed rows of the chosen tiles that lie in this segment. Bindings: exact values, allowed bits, queries, chosen tiles,
/// first tile of the segment and of the next; keys u32 `[queries][slots x tile]`.
pub(crate) fn rescore(request: &ShaderRequest<'_>) -> Shader {
    let &[dim, queries, slots] = request.constants else { unreachable!("constants of a search") };
    let split = Split::new(dim, request.features);
    let rows = THREADS / split.lanes;
    let body = text!(
        "let query = group / $slots;\nif (query >= min(params[0], $queries)) { return; }\nlet tile = chosen[group];\n\
         if (tile < firsts[0] || tile >= firsts[$next]) { return; }\n\
         let part = thread % $lanes; let mine = thread / $lanes;\n\
         for (var at = 0u; at < $tile; at += $rows) {\nlet row = (tile - firsts[0]) * $tile + at + mine;\n$load$dot\n\
         if (part == 0u && allows(row)) { keys[group * $tile + at + mine] = key_of(s); }\n}\n",
        slots = Literal(slots),
        queries = Literal(queries),
        next = NEXT_FIRST,
        lanes = Literal(split.lanes),
        tile = Literal(TILE_ROWS as u32),
        rows = Literal(rows),
        load = split.load("a", "row"),
        dot = split.dot("s", "a", split.stored("query")),
    );
    Module::default()
        .read("exact", "vec4<u32>")
        .read("allowed", "u32")
        .read("padded", "vec4<f32>")
        .read("chosen", "u32")
        .read("firsts", "u32")
        .write("keys", "u32")
        .params()
        .declare(KEYS)
        .declare(DOT)
        .declare(ALLOWS)
        .entry(THREADS, queries * slots, &body)
}
