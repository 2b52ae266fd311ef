//! The body for a few rows on devices with matrix units whose items invocations can set.
//!
//! Weights go from memory into a left factor of 16 rows of weights, each invocation's own into its own items, so that they are read
//! once, 16 bytes at a time, and pass through no other memory. The inputs that an item meets are then not those of its place; but the order of inputs
//! is free, as long as both factors keep it: rows of x lie in workgroup memory in the order in which weights come. Both factors are
//! halves; x is normed before it is rounded.
//!
//! A workgroup takes one or more *blocks* of 16 rows of weights. Its subgroups share the inputs among them and add up their sums at the
//! end. In a *turn* each takes some *steps*: the four invocations that share rows of the left factor take a piece of each row.

use hal::{GpuFeatures, Shader};

use super::Held;
use super::gpu::{Shape, group_of};
use super::kernel::After;
use crate::Float;
use crate::glu;
use crate::matrix16::{self, ITEMS, LANES, PATCH, PATCH_ROW, TWINS};
use crate::wgsl::{Literal, THREADS, live, text};

/// Rows of x that a factor holds, and rows of weights.
const SIDE: u32 = 16;

/// Subgroups of a workgroup, and invocations that share a row of a factor.
const SUBGROUPS: u32 = THREADS / LANES;
const SIDES: u32 = 4;

/// Most blocks of a workgroup: rows of x are read from memory once for all of them.
const MOST_BLOCKS: u32 = 4;

/// Fewest workgroups that keep a card busy.
const BUSY: u32 = 256;

/// Fewest cells of a row that a subgroup's invocation takes in a turn, of one block and of each of several: what is asked for at a time
/// is then about the same.
const CELLS_OF_ONE: u32 = 8;
const CELLS_OF_SEVERAL: u32 = 4;

/// How many inputs of a row are read at a time for its norm.
const SQUARES: u32 = 8;

/// The sizes of the body.
struct Units<'a> {
    shape: &'a Shape,
    blocks: u32,
    /// Cells of a piece, steps of a turn, and turns.
    cells: u32,
    steps: u32,
    turns: u32,
    /// Words of 16 bytes from one row of x in workgroup memory to the next.
    stride: u32,
}

/// The body, if it can be used.
pub(super) fn shader(shape: &Shape, features: GpuFeatures) -> Option<Shader> {
    let suits = features.matrix_items && shape.capacity <= SIDE && shape.matrix.held() != Held::Float(Float::F32);
    let groups = |blocks: u32| shape.matrix.outputs().div_ceil((SIDE * blocks) as usize) as u32;
    let fewest = if shape.gated() { 2 } else { 1 };
    let blocks = [MOST_BLOCKS, 2].into_iter().find(|blocks| groups(*blocks) >= BUSY).unwrap_or(fewest);
    let cells = shape.format.cells("p").len() as u32;
    let steps = (if blocks == 1 { CELLS_OF_ONE } else { CELLS_OF_SEVERAL } / cells).max(1);
    let turns = shape.format.pieces.div_ceil(SUBGROUPS * steps * SIDES);
    let stride = matrix16::stride(SUBGROUPS * steps * cells * 16);
    let units = Units { shape, blocks, cells, steps, turns, stride };
    let bytes = SIDE * stride * 16 + SUBGROUPS * PATCH * 4 + SIDE * 4;
    (suits && matrix16::takes(features, bytes)).then(|| units.shader())
}

impl Units<'_> {
    fn shader(&self) -> Shader {
        let shape = self.shape;
        let mut module = matrix16::module().read("x", "vec4<f32>");
        if shape.norm.is_some() {
            module = module.read("gain", "vec4<f32>");
        }
        if shape.picks {
            module = module.read("picks", "u32");
        }
        let mut declared = shape.format.functions() + ITEMS;
        declared += &format!("var<workgroup> tile: array<vec4<u32>, {}>;\n", SIDE * self.stride);
        declared += &format!("var<workgroup> sums: array<vec4<f32>, {}>;\n", SUBGROUPS * PATCH / 4);
        if shape.norm.is_some() {
            declared += &format!("var<workgroup> factors: array<f32, {SIDE}>;\n");
        }
        if let After::Gate(gate) = shape.after {
            declared += glu::gpu::function(gate);
        }
        let last = self.turns - 1;
        let body = text!(
            "$live$twins let line = lane / 4u; let side = lane % 4u;\n$begin$first$first_rows$norm\n\
             for (var turn = 0u; turn < $last; turn++) {\n\
             $stage workgroupBarrier();\n$next_rows$work$next workgroupBarrier();\n}\n\
             let turn = $last;\n$stage workgroupBarrier();\n$work$finish",
            live = live(shape.count, shape.capacity),
            twins = TWINS,
            begin = self.begin(),
            first = self.load("var ", "0u"),
            norm = if shape.norm.is_some() { self.factors() } else { String::new() },
            last = Literal(last),
            stage = self.stage(),
            work = self.work(),
            next = self.load("", "(turn + 1u)"),
            first_rows = self.load_rows("var ", "0u"),
            next_rows = self.load_rows("", "(turn + 1u)"),
            finish = self.finish(),
        );
        let module = shape.format.bind(module.read("bias", "f32")).write("y", "f32").params().declare(&declared);
        module.entry(THREADS, shape.columns().div_ceil(self.results()), &body)
    }

    /// Columns of y of a workgroup.
    fn results(&self) -> u32 {
        SIDE * if self.shape.gated() { self.blocks / 2 } else { self.blocks }
    }

    /// The first column of a block in the workgroup's, and what lies between it and its rows of weights.
    fn place(&self, block: u32) -> (u32, u32) {
        let blocks = self.results() / SIDE;
        (block % blocks * SIDE, block / blocks * self.shape.columns())
    }

    /// This invocation's rows of weights in each block, its factors and its sums.
    fn begin(&self) -> String {
        let mut text = format!("let column = group * {}u;\n", self.results());
        for block in 0..self.blocks {
            let (first, above) = self.place(block);
            for half in 0..2 {
                text += &format!(
                    "let n{block}_{half} = min(column + line + {}u, {}u) + {above}u;\n",
                    first + half * 8,
                    self.shape.columns() - 1
                );
            }
            text += &format!("var c{block} = coop_mat16x16<f32, C>();\n");
        }
        text + &(0..self.cells).map(|j| format!("var a{j} = coop_mat16x16<f16, A>();\n")).collect::<String>()
    }

    /// Asks for the weights of a turn. Pieces beyond a row are the last one again, which meets zeros.
    fn load(&self, declare: &str, turn: &str) -> String {
        let (format, mut text) = (&self.shape.format, String::new());
        for u in 0..self.steps {
            let at = text!(
                "(($turn * $subgroups + subgroup) * $steps + $u) * 4u + side",
                turn = turn,
                subgroups = Literal(SUBGROUPS),
                steps = Literal(self.steps),
                u = Literal(u),
            );
            text += &format!("{declare}p{u} = min({at}, {}u);\n", format.pieces - 1);
            for (block, half) in (0..self.blocks).flat_map(|block| [(block, 0), (block, 1)]) {
                let row = format!("n{block}_{half}");
                text += &format.load(declare, &format!("{u}_{block}_{half}"), &row, &format!("p{u}"));
            }
        }
        text
    }

    /// Cells of a row of x.
    fn row_cells(&self) -> u32 {
        self.shape.matrix.inputs() as u32 / 4
    }

    /// The first cell of row `r` of x.
    fn row(&self, r: &str) -> String {
        let row = format!("min({r}, {}u)", self.shape.capacity - 1);
        let row = if self.shape.picks { format!("picks[{row}]") } else { row };
        format!("min({row}, {}u) * {}u", self.shape.x_rows - 1, self.row_cells())
    }

    /// What rows of x are multiplied with to be normed: a subgroup finds those of one row, or two.
    fn factors(&self) -> String {
        let Some(epsilon) = self.shape.norm else { return String::new() };
        let (cells, rows) = (self.row_cells(), self.shape.capacity.div_ceil(SUBGROUPS));
        let mut text = String::new();
        for i in 0..rows {
            text += &format!("let row{i} = {}; var q{i} = 0.0;\n", self.row(&format!("subgroup + {}u", i * SUBGROUPS)));
        }
        let mut steps = String::new();
        for step in 0..SQUARES {
            steps += &format!("{{ let at = c + {}u; let cell = min(at, {}u);\n", step * LANES, cells - 1);
            for i in 0..rows {
                steps += &format!(
                    "let value{i} = x[row{i} + cell]; q{i} += select(0.0, dot(value{i}, value{i}), at < {cells}u);\n"
                );
            }
            steps += "}\n";
        }
        text += &format!("for (var c = lane; c < {cells}u; c += {}u) {{\n{steps}}}\n", LANES * SQUARES);
        for i in 0..rows {
            let first = i * SUBGROUPS;
            text += &format!(
                "{{ let sum = subgroupAdd(q{i}); if (lane == 0u) {{ factors[subgroup + {first}u] = inverseSqrt(sum / {:?} + {epsilon:?}); }} }}\n",
                self.shape.matrix.inputs() as f32
            );
        }
        text + "workgroupBarrier();\n"
    }

    /// Cells of a row of x that a turn takes, and rows of which the workgroup moves them at once.
    fn moved(&self) -> (u32, u32) {
        let of_turn = SUBGROUPS * self.steps * SIDES * self.cells;
        (of_turn, THREADS / of_turn)
    }

    /// The cell of a row that an invocation moves in a turn, and the row of its move number `i`.
    fn cell_and_row(&self, turn: &str, i: u32) -> (String, String) {
        let (of_turn, at_once) = self.moved();
        (format!("({turn} * {of_turn}u + thread % {of_turn}u)"), format!("(thread / {of_turn}u + {}u)", i * at_once))
    }

    fn moves(&self) -> std::ops::Range<u32> {
        0..self.shape.capacity.div_ceil(self.moved().1)
    }

    /// Asks for what a turn takes of the live rows of x: zeros beyond a row's end.
    fn load_rows(&self, declare: &str, turn: &str) -> String {
        let one = |i: u32| {
            let (c, r) = self.cell_and_row(turn, i);
            text!(
                "$declare moved$i = vec4<f32>(); if ($r < live && $c < $cells) { moved$i = x[$row + $c]; }\n",
                declare = declare,
                i = i,
                cells = Literal(self.row_cells()),
                row = self.row(&r),
                r = r,
                c = c,
            )
        };
        self.moves().map(one).collect()
    }

    /// Puts what was asked for into workgroup memory, each cell where its weights are met.
    fn stage(&self) -> String {
        let (pieces, cells) = (SUBGROUPS * self.steps * SIDES, self.cells);
        let (piece, which) = self.shape.format.place("c");
        let mut text = text!(
            "{ let c = $c; let piece = $piece - turn * $pieces; let own = piece % 4u;\n\
             let to = (piece / 4u * $cells + $which) * 2u;\n",
            c = self.cell_and_row("turn", 0).0,
            piece = piece,
            which = which,
            pieces = Literal(pieces),
            cells = Literal(cells),
        );
        let value = match self.shape.norm {
            // The last cell's gain meets the zeros beyond a row.
            Some(_) => format!(" * gain[min(c, {}u)] * factors[r]", self.row_cells() - 1),
            None => String::new(),
        };
        for i in self.moves() {
            text += &text!(
                "{ let r = $r; if (r < live) {\nlet value = moved$i$value; let at = r * $stride + to;\n\
                 tile[at][own] = pack2x16float(value.xy); tile[at + 1u][own] = pack2x16float(value.zw);\n} }\n",
                r = self.cell_and_row("turn", i).1,
                i = i,
                value = value,
                stride = Literal(self.stride),
            );
        }
        text + "}\n"
    }

    /// Multiplies the turn's weights with rows of x.
    fn work(&self) -> String {
        let mut text = String::new();
        for u in 0..self.steps {
            text += "{\n";
            for j in 0..self.cells {
                text += &text!(
                    "let b$j = coopLoad<coop_mat16x16<f16, B>>(&tile[((subgroup * $steps + $u) * $cells + $j) * 2u], $stride);\n",
                    j = j,
                    steps = Literal(self.steps),
                    u = Literal(u),
                    cells = Literal(self.cells),
                    stride = Literal(self.stride),
                );
            }
            for block in 0..self.blocks {
                for half in 0..2 {
                    text += &self.fill(&format!("{u}_{block}_{half}"), &format!("p{u}"), half);
                }
                text += &(0..self.cells)
                    .map(|j| format!("c{block} = coopMultiplyAdd(a{j}, b{j}, c{block});\n"))
                    .collect::<String>();
            }
            text += "}\n";
        }
        text
    }

    /// Sets the invocation's items of one of its two rows of weights in the left factors.
    fn fill(&self, name: &str, p: &str, half: u32) -> String {
        let format = &self.shape.format;
        let groups = format.groups();
        let mut text = format!("{{\n{}", format.take(name, p));
        for j in 0..self.cells as usize {
            let group = (0..groups).find(|g| group_of(*g, groups, self.cells as usize).contains(&j));
            for (i, part) in ["x", "y", "z", "w"].into_iter().enumerate() {
                let value = format!("v{j}.{part}");
                let value = match group {
                    None => value,
                    Some(g) if format.has_less() => format!("fma(scale{g}, {value}, -less{g})"),
                    Some(g) => format!("scale{g} * {value}"),
                };
                text += &format!("set_left(&a{j}, {}u, {value});\n", half * 4 + i as u32);
            }
        }
        text + "}\n"
    }

    /// Adds up what the subgroups have summed, and writes the results: an invocation has one of each block.
    fn finish(&self) -> String {
        let shape = self.shape;
        let mut text = String::from("let token = thread / 16u; let along = thread % 16u;\n");
        for block in 0..self.blocks {
            let one =
                |s: u32| format!("sums[{}u + along * {}u + token / 4u][token % 4u]", s * PATCH / 4, PATCH_ROW / 4);
            text += &text!(
                "$before coopStoreT(c$block, &sums[subgroup * $patch], $row);\nworkgroupBarrier();\nlet total$block = $all;\n",
                before = if block == 0 { "" } else { "workgroupBarrier();\n" },
                block = block,
                patch = Literal(PATCH / 4),
                row = Literal(PATCH_ROW / 4),
                all = (0..SUBGROUPS).map(one).collect::<Vec<_>>().join(" + "),
            );
        }
        for block in 0..self.results() / SIDE {
            let (first, columns) = (self.place(block).0, shape.columns());
            let value = match shape.after {
                After::Store => format!("total{block} + bias[n]"),
                After::Add => format!("y[to] + total{block} + bias[n]"),
                After::Gate(_) => {
                    let up = block + self.results() / SIDE;
                    format!("bent(total{block} + bias[n]) * (total{up} + bias[n + {columns}u])")
                }
            };
            text += &text!(
                "{ let n = column + along + $first; let to = token * $stride + n + $at;\n\
                 if (n < $columns && token < live) { y[to] = $value; } }\n",
                first = Literal(first),
                stride = Literal(shape.stride),
                at = Literal(shape.first),
                columns = Literal(columns),
                value = value,
            );
        }
        text
    }
}
