//! What the bodies for matrix units have in common: how rows, sequences and tiles of keys and values follow each other.
//!
//! A workgroup takes neighbouring rows of one head, 16 for each subgroup, and goes through the sequences that meet them, one after
//! another, so that nothing of one can reach another; keys and values pass through workgroup memory, a tile at a time, while the next
//! one is on its way into registers.

use super::Shape;
use crate::dispatch::PARAM_SEQUENCES;
use crate::matrix16::{self, LANES, TWINS};
use crate::wgsl::{Literal, live, text};

/// How the work is divided.
pub(crate) struct Tile {
    pub(crate) subgroups: u32,
    /// Keys of a tile.
    pub(crate) keys: u32,
    /// Words of a row of queries, keys or values, and words from one row to the next in workgroup memory.
    pub(crate) words: u32,
    pub(crate) stride: u32,
}

impl Tile {
    /// What an H200 ran fastest of 2, 4 or 8 subgroups with 32 or 64 keys, for 256 x 256 tokens of MiniLM and with either body.
    pub(crate) fn new(size: u32) -> Tile {
        Tile { subgroups: 4, keys: 32, words: size / 8, stride: matrix16::stride(size) }
    }

    pub(crate) fn rows(&self) -> u32 {
        self.subgroups * 16
    }

    pub(crate) fn threads(&self) -> u32 {
        self.subgroups * LANES
    }

    /// Words of keys and values in workgroup memory, where the queries are first.
    pub(crate) fn held(&self) -> u32 {
        (2 * self.keys).max(self.rows()) * self.stride
    }

    /// Words that an invocation moves of the keys, and of the values, of a tile.
    pub(crate) fn moves(&self) -> u32 {
        (self.keys * self.words).div_ceil(self.threads())
    }

    /// The beginning: the workgroup's rows `first..last` of `head`, the subgroup's from `own` on, and its queries as `q0`, `q1`, …
    pub(crate) fn begin(&self, shape: &Shape) -> String {
        let mut body = text!(
            "$live$twins let block = group / $heads; let head = group % $heads; let first = block * $count;\n\
             let end_of_all = select(0u, min(offsets[live], $rows), live > 0u);\nif (first >= end_of_all) { return; }\n\
             let last = min(first + $count, end_of_all); let own = first + subgroup * 16u;\n\
             for (var i = lane; i < $own_words; i += 32u) {\n\
             tile[(subgroup * 16u + i / $words) * $stride + i % $words] =\n\
             qkv[min(own + i / $words, last - 1u) * $row + head * $words + i % $words];\n}\nsubgroupBarrier();\n",
            live = live(PARAM_SEQUENCES, shape.sequences),
            twins = TWINS,
            heads = Literal(shape.heads),
            count = Literal(self.rows()),
            rows = Literal(shape.capacity),
            own_words = Literal(16 * self.words),
            words = Literal(self.words),
            stride = Literal(self.stride),
            row = Literal(3 * shape.heads * self.words),
        );
        for i in 0..shape.size / 16 {
            body += &format!(
                "let q{i} = coopLoadT<coop_mat16x16<f16, A>>(&tile[subgroup * {}u + {}u], {}u);\n",
                16 * self.stride,
                i * 2,
                self.stride
            );
        }
        body + &(0..self.moves())
            .map(|i| format!("var k{i} = vec4<u32>(); var v{i} = vec4<u32>();\n"))
            .collect::<String>()
    }

    /// For each sequence, of rows `bounds.x..bounds.y`: `zero`, then `work` with each tile, whose keys are from `base` on, and `end`; the
    /// last two by subgroups that have rows of it.
    pub(crate) fn walk(&self, shape: &Shape, zero: &str, work: &str, end: &str) -> String {
        let row = shape.heads * self.words;
        // Branches that only whole subgroups take are loops of at most one turn: the translator knows no subgroup that is of one mind.
        text!(
            "var next = first;\nwhile (next < last) {\nlet bounds = bounds_of(next, live, $rows);\nnext = max(bounds.y, next + 1u);\n\
             let meets = bounds.x < own + 16u && bounds.y > own;\n$zero$load_first\n\
             for (var base = bounds.x; base < bounds.y; base += $keys) {\nworkgroupBarrier();\n$store workgroupBarrier();\n\
             if (base + $keys < bounds.y) {\n$load_next }\n\
             var works = meets;\nwhile (works) { works = false;\n$work}\n}\n\
             var ends = meets;\nwhile (ends) { ends = false;\n$end}\n}\n",
            rows = Literal(shape.capacity),
            keys = Literal(self.keys),
            zero = zero,
            load_first = self.load(row, "bounds.x"),
            load_next = self.load(row, &format!("base + {}u", self.keys)),
            store = (0..self.moves()).map(|i| self.store(i)).collect::<String>(),
            work = work,
            end = end,
        )
    }

    /// This invocation's words of the tile of keys and values at `base`. Keys past the sequence are masked; values there are zeros,
    /// since no weight makes up for what is not a number.
    fn load(&self, row: u32, base: &str) -> String {
        let one = |i: u32| {
            text!(
                "{ let at = thread + $by; let key = $base + at / $words; let start = min(key, bounds.y - 1u) * $row + head * $words + at % $words;\n\
                 k$i = qkv[start + $part]; v$i = select(vec4<u32>(), qkv[start + 2u * $part], key < bounds.y); }\n",
                i = i,
                by = Literal(i * self.threads()),
                base = base,
                words = Literal(self.words),
                row = Literal(3 * row),
                part = Literal(row),
            )
        };
        (0..self.moves()).map(one).collect()
    }

    /// Puts this invocation's word `i` of keys and of values into workgroup memory.
    pub(crate) fn store(&self, i: u32) -> String {
        let all = self.keys * self.words;
        let by = i * self.threads();
        let text = text!(
            "let to = at / $words * $stride + at % $words; tile[to] = k$i; tile[to + $values] = v$i;",
            words = Literal(self.words),
            stride = Literal(self.stride),
            i = i,
            values = Literal(self.keys * self.stride),
        );
        let guard = if by + self.threads() <= all { String::new() } else { format!("if (at < {all}u) ") };
        format!("{{ let at = thread + {by}u; {guard}{{ {text} }} }}\n")
    }

    /// Loads block `i` of the head's values of the tile's keys `16 * j..`, as they lie, as the columns of what queries are multiplied by.
    pub(crate) fn keys(&self, j: u32, i: u32) -> String {
        format!("coopLoad<coop_mat16x16<f16, B>>(&tile[{}u], {}u)", j * 16 * self.stride + i * 2, self.stride)
    }

    /// Loads block `d` of the values of the tile's keys `16 * j..`.
    pub(crate) fn values(&self, j: u32, d: u32) -> String {
        let at = (self.keys + j * 16) * self.stride + d * 2;
        format!("coopLoadT<coop_mat16x16<f16, B>>(&tile[{at}u], {}u)", self.stride)
    }
}
