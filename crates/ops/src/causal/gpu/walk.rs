//! The loop over the keys that bodies for any device have: what a workgroup does for one query.

use hal::GpuFeatures;

use crate::cache::{Kept, TILE};
use crate::causal::LOWEST;
use crate::float::Float;
use crate::rotary::gpu::float_of;
use crate::wgsl::{Literal, text};

/// Subgroups that share the keys of a query, and more where queries are so few that a card is idle otherwise.
const SUBGROUPS: u32 = 8;
const MORE: u32 = 32;

/// Steps of a block of keys, that are asked for at once, and the most keys of a block.
const STEPS: u32 = 8;
const BLOCK: u32 = 64;

/// How a row of a head lies across lanes.
pub(super) struct Across {
    /// Words of 16 bytes of a row, and cells of four values in a word.
    words: u32,
    pub per_word: u32,
    /// Lanes that read one row together, the words of each, and the rows that a subgroup reads at once.
    pub lanes: u32,
    each: u32,
    at_once: u32,
    /// Steps of a block of keys.
    steps: u32,
    pub cache: Float,
}

/// What the loop over the keys is written for.
pub(super) struct Walk {
    pub across: Across,
    kept_heads: u32,
    /// Cells of four values of a head.
    pub count: u32,
    pub cap: f32,
    window: u32,
    pub lanes: u32,
    subgroups: u32,
}

impl Walk {
    pub(super) fn new(
        features: GpuFeatures,
        kept: Kept,
        [kept_heads, size, window]: [u32; 3],
        cap: f32,
        few: bool,
    ) -> Walk {
        let cache = float_of(kept);
        let per_word = if cache == Float::F16 { 2 } else { 1 };
        let (words, subgroup) = (size / 4 / per_word, features.subgroup);
        let lanes = words.next_power_of_two().min(subgroup);
        let at_once = subgroup / lanes;
        let steps = STEPS.min(BLOCK / at_once).max(1);
        let across = Across { words, per_word, lanes, each: words.div_ceil(lanes), at_once, steps, cache };
        // Sums of all subgroups stand in workgroup memory.
        let more =
            few && MORE * subgroup <= features.workgroup_size && (MORE + 2) * size * 4 <= features.workgroup_bytes / 2;
        let subgroups = if more { MORE } else { SUBGROUPS };
        Walk { across, kept_heads, count: size / 4, cap, window, lanes: subgroup, subgroups }
    }

    pub(super) fn threads(&self) -> u32 {
        self.lanes * self.subgroups
    }

    /// Cells that a lane has of a row.
    fn held(&self) -> u32 {
        self.across.each * self.across.per_word
    }

    /// The factor of queries: powers of two are what the hardware has.
    pub(super) fn factor(&self, scale: f32) -> f32 {
        if self.cap == 0.0 { scale * std::f32::consts::LOG2_E } else { scale }
    }

    /// The type of the cache's words.
    pub(super) fn word(&self) -> &'static str {
        if self.across.cache == Float::F16 { "vec4<u32>" } else { "vec4<f32>" }
    }

    /// The text of cell `i` of a word.
    pub(super) fn cell(&self, word: &str, i: u32) -> String {
        match self.across.cache {
            Float::F16 => format!("widen({word}.{})", ["xy", "zw"][i as usize]),
            Float::F32 => word.to_owned(),
        }
    }

    /// The text of the first word of the row of the cache where `position` stands.
    fn place(&self, position: &str) -> String {
        text!(
            "(((base + $position) / $tile * $heads + kept) * $tile + (base + $position) % $tile) * $words",
            position = position,
            tile = Literal(TILE as u32),
            heads = Literal(self.kept_heads),
            words = Literal(self.across.words),
        )
    }

    /// What each of a lane's words does: `with` is given the part and the text of the word's number in the row.
    pub(super) fn words(&self, with: impl Fn(u32, &str) -> String) -> String {
        let Across { words, lanes, each, .. } = self.across;
        let one = |part: u32| {
            let word = format!("side + {}u", part * lanes);
            let inside = if words.is_multiple_of(lanes) { String::new() } else { format!("if ({word} < {words}u) ") };
            format!("{inside}{{\n{} }}\n", with(part, &word))
        };
        (0..each).map(one).collect()
    }

    /// Declarations that the walk needs.
    pub(super) fn declared(&self) -> String {
        text!(
            "var<workgroup> query: array<vec4<f32>, $count>;\nvar<workgroup> sums: array<vec4<f32>, $all>;\n\
             var<workgroup> tops: array<f32, $subgroups>;\nvar<workgroup> totals: array<f32, $subgroups>;\n\
             fn shuffled(v: vec4<f32>, by: u32) -> vec4<f32> { return subgroupShuffleXor(v, by); }\n",
            count = self.count,
            all = self.subgroups * self.count,
            subgroups = self.subgroups,
        )
    }

    /// From queries in workgroup memory to the sums of all subgroups there: of the positions from `first` on before `end`, and of what
    /// `begin` sets for the subgroup's running figures.
    pub(super) fn walk(&self, begin: &str) -> String {
        let Across { per_word, lanes, at_once, steps, .. } = self.across;
        let held = self.held();
        let block = at_once * steps;
        let all = |with: &dyn Fn(u32) -> String| (0..steps).map(with).collect::<String>();
        let own = self.words(|part, word| {
            (0..per_word)
                .map(|i| format!("mine[{}u] = query[({word}) * {per_word}u + {i}u];\n", part * per_word + i))
                .collect()
        });
        let score = |j: u32| {
            let terms = self.words(|part, word| {
                let dots = (0..per_word)
                    .map(|i| format!("s{j} += dot({}, mine[{}u]);\n", self.cell("k", i), part * per_word + i))
                    .collect::<String>();
                format!("let k = keys[at{j} + {word}];\n{dots}")
            });
            let folds = (0..lanes.ilog2())
                .map(|bit| format!("s{j} += subgroupShuffleXor(s{j}, {}u);\n", 1 << bit))
                .collect::<String>();
            let capped = match self.cap == 0.0 {
                true => String::new(),
                false => format!(
                    "s{j} = ({:?} - {:?} / (exp(s{j} * {:?}) + 1.0)) * {:?};\n",
                    self.cap,
                    2.0 * self.cap,
                    2.0 / self.cap,
                    std::f32::consts::LOG2_E
                ),
            };
            format!("var s{j} = 0.0;\n{terms}{folds}{capped}s{j} = select({LOWEST:?}, s{j}, key{j} < end);\n")
        };
        let take = |j: u32| {
            let terms = self.words(|part, word| {
                let adds = (0..per_word)
                    .map(|i| format!("sum[{}u] += p{j} * {};\n", part * per_word + i, self.cell("v", i)))
                    .collect::<String>();
                format!("let v = values[at{j} + {word}];\n{adds}")
            });
            format!("let p{j} = select(0.0, exp2(s{j} - larger), key{j} < end); total += p{j};\n{terms}")
        };
        let fold = (lanes.ilog2()..self.lanes.ilog2())
            .flat_map(|bit| {
                let one = move |i: u32| format!("sum[{i}u] += shuffled(sum[{i}u], {}u);\n", 1 << bit);
                (0..held).map(one).chain([format!("total += subgroupShuffleXor(total, {}u);\n", 1 << bit)])
            })
            .collect::<String>();
        let keep = self.words(|part, word| {
            let one = |i: u32| {
                let to = format!("sums[subgroup * {}u + ({word}) * {per_word}u + {i}u]", self.count);
                format!("{to} = sum[{}u];\n", part * per_word + i)
            };
            format!("if (line == 0u) {{\n{}}}\n", (0..per_word).map(one).collect::<String>())
        });
        text!(
            "let side = lane % $across; let line = lane / $across;\nvar mine: array<vec4<f32>, $held>;\n$own \
             var largest = $lowest; var total = 0.0; var sum: array<vec4<f32>, $held>;\n$begin \
             for (var start = first + subgroup * $block; start < end; start += $stride) {\n$places$scores \
             let larger = max(largest, subgroupMax($greatest)); let fade = exp2(largest - larger); largest = larger;\n\
             total *= fade;\n$fade$takes}\n$fold \
             if (lane == 0u) { tops[subgroup] = largest; totals[subgroup] = total; }\n$keep workgroupBarrier();\n",
            across = Literal(lanes),
            held = held,
            own = own,
            lowest = format!("{LOWEST:?}"),
            begin = begin,
            block = Literal(block),
            stride = Literal(block * self.subgroups),
            places = all(&|j| {
                let key = format!("start + {}u + line", j * at_once);
                let seen = format!("min(key{j}, end - 1u)");
                format!("let key{j} = {key}; let at{j} = {};\n", self.place(&seen))
            }),
            scores = all(&score),
            greatest = (1..steps).fold("s0".to_owned(), |greatest, j| format!("max({greatest}, s{j})")),
            fade = (0..held).map(|i| format!("sum[{i}u] *= fade;\n")).collect::<String>(),
            takes = all(&take),
            fold = fold,
            keep = keep,
        )
    }

    /// All subgroups' sums as one row: `store` is given the number of a cell of the head and its value.
    pub(super) fn finish(&self, store: impl Fn(&str, &str) -> String) -> String {
        let count = Literal(self.subgroups);
        text!(
            "var top = tops[0]; for (var s = 1u; s < $count; s++) { top = max(top, tops[s]); }\n\
             for (var i = thread; i < $cells; i += $threads) {\nvar value = vec4<f32>(); var divisor = 0.0;\n\
             for (var s = 0u; s < $count; s++) {\n\
             let weight = exp2(tops[s] - top); divisor += weight * totals[s]; value += weight * sums[s * $cells + i];\n}\n\
             $store}\n",
            count = count,
            cells = Literal(self.count),
            threads = Literal(self.threads()),
            store = store("i", "value / divisor"),
        )
    }

    /// The first position that one at `position` sees.
    pub(super) fn first(&self) -> String {
        match self.window {
            0 => "0u".to_owned(),
            window => format!("select(0u, position - {}u, position >= {}u)", window - 1, window - 1),
        }
    }
}
