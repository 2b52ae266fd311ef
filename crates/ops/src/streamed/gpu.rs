//! The body: teams of subgroups read rows of weights once, and multiply them with all rows of x.
//!
//! A lane asks for several pieces of several rows before it computes with the first one, since memory answers late; the inputs that a
//! piece meets are read once for all rows of weights. Where workgroup memory holds the rows of x, they are put there first, piece by
//! piece, so that neighbouring lanes read neighbouring words; the first weights are on their way meanwhile. The norm needs no pass of
//! its own: gains meet the inputs as they are read, their squares are added up on the way, and the factor of the row comes last.

use hal::{Shader, ShaderRequest};

use super::Matrix;
use super::format::Format;
use super::kernel::After;
use super::units;
use crate::glu;
use crate::wgsl::{Literal, Module, THREADS, live, text};

/// Most rows of x that weights are multiplied with at a time.
const ROWS: u32 = 8;

/// Most pieces that a lane asks for at a time, and most products of cells that are written one after another.
const IN_FLIGHT: u32 = 16;
const WRITTEN: u32 = 256;

/// Most bytes of workgroup memory: with more, too few workgroups fit beside each other.
const MOST_HELD: u32 = 48 << 10;

pub(super) struct Shape {
    pub matrix: Matrix,
    pub format: Format,
    pub x_rows: u32,
    pub capacity: u32,
    pub count: usize,
    pub stride: u32,
    pub first: u32,
    pub after: After,
    pub norm: Option<f32>,
    pub picks: bool,
    /// Rows of weights of a team, its subgroups, and the teams of a workgroup.
    weights: u32,
    subgroups: u32,
    teams: u32,
    /// Rows of x at a time.
    rows: u32,
    lanes: u32,
    /// Whether rows of x are put into workgroup memory.
    staged: bool,
}

pub(crate) fn streamed(request: &ShaderRequest<'_>) -> Shader {
    let &[
        inputs,
        outputs,
        held,
        x_rows,
        capacity,
        count,
        stride,
        first,
        after,
        epsilon,
        norm,
        picks,
        weights,
        subgroups,
        staged,
        units,
    ] = request.constants
    else {
        unreachable!("constants of streamed")
    };
    let matrix = Matrix::from_constants(inputs, outputs, held);
    let lanes = request.features.subgroup;
    let all = THREADS / lanes;
    let subgroups = subgroups.min(all);
    let shape = Shape {
        matrix,
        format: Format::of(&matrix),
        x_rows,
        capacity,
        count: count as usize,
        stride,
        first,
        after: After::from_code(after),
        norm: (norm != 0).then(|| f32::from_bits(epsilon)),
        picks: picks != 0,
        weights,
        subgroups,
        teams: all / subgroups,
        rows: capacity.min(ROWS),
        lanes,
        staged: false,
    };
    if let Some(shader) = (units != 0).then(|| units::shader(&shape, request.features)).flatten() {
        return shader;
    }
    let held = shape.rows * (shape.matrix.inputs as u32 + all * (weights + 1)) * 4;
    Shape { staged: staged != 0 && held <= request.features.workgroup_bytes.min(MOST_HELD), ..shape }.shader()
}

impl Shape {
    pub fn gated(&self) -> bool {
        matches!(self.after, After::Gate(_))
    }

    /// Results of a team for each row of x.
    fn results(&self) -> u32 {
        if self.gated() { self.weights / 2 } else { self.weights }
    }

    /// Columns of y.
    pub fn columns(&self) -> u32 {
        let outputs = self.matrix.outputs as u32;
        if self.gated() { outputs / 2 } else { outputs }
    }

    fn shader(&self) -> Shader {
        let (sums, columns) = (self.weights * self.rows, self.columns());
        let group_columns = self.teams * self.results();
        let mut module = Module::default().read("x", "vec4<f32>");
        if self.norm.is_some() {
            module = module.read("gain", "vec4<f32>");
        }
        if self.picks {
            module = module.read("picks", "u32");
        }
        let mut declared = self.format.functions();
        let subgroups = THREADS / self.lanes;
        declared += &format!("var<workgroup> parts: array<f32, {}>;\n", subgroups * sums);
        if self.norm.is_some() {
            declared += &format!("var<workgroup> squares: array<f32, {}>;\n", subgroups * self.rows);
        }
        if self.staged {
            let cells = self.matrix.inputs as u32 / 4 * self.rows;
            declared += &format!("var<workgroup> staged: array<vec4<f32>, {cells}>;\n");
        }
        if let After::Gate(gate) = self.after {
            declared += glu::gpu::function(gate);
        }
        let mut body = text!(
            "$live let team = subgroup / $subgroups; let part = subgroup % $subgroups;\n\
             let column = group * $group_columns + team * $results;\n",
            live = live(self.count, self.capacity),
            subgroups = Literal(self.subgroups),
            group_columns = Literal(group_columns),
            results = Literal(self.results()),
        );
        for m in 0..self.weights {
            let (result, above) = match self.gated() {
                true => (m % self.results(), m / self.results() * columns),
                false => (m, 0),
            };
            body += &format!("let n{m} = min(column + {result}u, {}u) + {above}u;\n", columns - 1);
        }
        let block = self.sums() + &self.finish();
        body += &match self.capacity > self.rows {
            // What a workgroup's memory holds is read before it is written again.
            true => text!(
                "for (var base = 0u; base < live; base += $rows) {\n$block workgroupBarrier();\n}\n",
                rows = Literal(self.rows),
                block = block,
            ),
            false => format!("let base = 0u;\n{block}"),
        };
        self.format.bind(module.read("bias", "f32")).write("y", "f32").params().declare(&declared).entry(
            THREADS,
            columns.div_ceil(group_columns),
            &body,
        )
    }

    /// The sums of the rows of x from `base` on into the workgroup's memory.
    fn sums(&self) -> String {
        let (cells, step) = (self.matrix.inputs as u32 / 4, self.subgroups * self.lanes);
        let mut body = String::new();
        for r in 0..self.rows {
            let row = format!("min(base + {r}u, {}u)", self.capacity - 1);
            let row = if self.picks { format!("picks[{row}]") } else { row };
            body += &format!("let x{r} = min({row}, {}u) * {cells}u;\n", self.x_rows - 1);
            body += &(0..self.weights).map(|m| format!("var s{m}_{r} = 0.0;\n")).collect::<String>();
            if self.norm.is_some() {
                body += &format!("var q{r} = 0.0;\n");
            }
        }
        let each = self.format.pieces.div_ceil(step);
        let cells_of_piece = self.format.cells("p").len() as u32;
        let fits = |n: &u32| {
            let products = n * self.weights * cells_of_piece * self.rows;
            each.is_multiple_of(*n) && n * self.weights <= IN_FLIGHT && products <= WRITTEN
        };
        let at_once = (1..=each).rev().find(fits).unwrap_or(1);
        let whole = self.format.pieces.is_multiple_of(step);
        // What is asked for at turn `turn`, and what becomes of it: the first is on its way while rows of x are put in place.
        let load = |declare: &str, turn: &str| {
            let mut text = String::new();
            for u in 0..at_once {
                let at = format!("{turn} + {}u + part * {}u + lane", u * step, self.lanes);
                text += &match whole {
                    true => format!("{declare}p{u} = {at};\n"),
                    false => {
                        let last = self.format.pieces - 1;
                        format!("{declare}own{u} = {at} <= {last}u; {declare}p{u} = min({at}, {last}u);\n")
                    }
                };
                let load = |m| self.format.load(declare, &format!("{u}_{m}"), &format!("n{m}"), &format!("p{u}"));
                text += &(0..self.weights).map(load).collect::<String>();
            }
            text
        };
        let work = (0..at_once).map(|u| self.piece(u, whole)).collect::<String>();
        let stage = if self.staged { self.stage() } else { String::new() };
        body += &match each == at_once {
            true => format!("{}{stage}{work}", load("let ", "0u")),
            false => text!(
                "$first$stage for (var turn = $step; turn < $end; turn += $step) {\n$work$next}\n$work",
                first = load("var ", "0u"),
                stage = stage,
                step = Literal(at_once * step),
                end = Literal(each * step),
                work = work,
                next = load("", "turn"),
            ),
        };
        for r in 0..self.rows {
            for m in 0..self.weights {
                let to = format!("parts[subgroup * {}u + {}u]", self.weights * self.rows, m * self.rows + r);
                body += &format!("{{ let sum = subgroupAdd(s{m}_{r}); if (lane == 0u) {{ {to} = sum; }} }}\n");
            }
            if self.norm.is_some() {
                let to = format!("squares[subgroup * {}u + {r}u]", self.rows);
                body += &format!("{{ let sum = subgroupAdd(q{r}); if (lane == 0u) {{ {to} = sum; }} }}\n");
            }
        }
        body + "workgroupBarrier();\n"
    }

    /// Puts rows of x into workgroup memory, met by the gain, and adds up the squares of what each invocation has moved.
    fn stage(&self) -> String {
        let cells = self.matrix.inputs as u32 / 4;
        let (piece, which) = self.format.place("c");
        let mut text = String::new();
        for r in 0..self.rows {
            let value = match self.norm {
                Some(_) => format!("q{r} += dot(value, value); value *= gain[c];"),
                None => String::new(),
            };
            text += &format!(
                "{{ var value = x[x{r} + c]; {value} staged[{}u + ({which}) * {}u + {piece}] = value; }}\n",
                r * cells,
                self.format.pieces
            );
        }
        format!("for (var c = thread; c < {cells}u; c += {THREADS}u) {{\n{text}}}\nworkgroupBarrier();\n")
    }

    /// Adds a piece's products to the sums.
    fn piece(&self, u: u32, whole: bool) -> String {
        let places = self.format.cells(&format!("p{u}"));
        let groups = self.format.groups();
        let mut text = String::from("{\n");
        for (i, cell) in places.iter().enumerate().filter(|_| !self.staged) {
            text += &format!("let c{i} = {cell};\n");
            if self.norm.is_some() {
                text += &format!("let g{i} = gain[c{i}];\n");
            }
        }
        for r in 0..self.rows {
            for i in 0..places.len() {
                let value = match self.staged {
                    true => {
                        let first = r * self.matrix.inputs as u32 / 4 + i as u32 * self.format.pieces;
                        format!("staged[{first}u + p{u}]")
                    }
                    false => format!("x[x{r} + c{i}]"),
                };
                let value = if whole { value } else { format!("select(vec4<f32>(), {value}, own{u})") };
                text += &match self.norm.filter(|_| !self.staged) {
                    Some(_) => format!(
                        "let raw{r}_{i} = {value}; q{r} += dot(raw{r}_{i}, raw{r}_{i}); let a{r}_{i} = raw{r}_{i} * g{i};\n"
                    ),
                    None => format!("let a{r}_{i} = {value};\n"),
                };
            }
            if self.format.has_less() {
                for g in 0..groups {
                    let mine = group_of(g, groups, places.len());
                    let sum = mine.map(|i| format!("a{r}_{i}")).collect::<Vec<_>>().join(" + ");
                    text += &format!("let t{r}_{g} = dot({sum}, vec4<f32>(1.0));\n");
                }
            }
        }
        for m in 0..self.weights {
            text += &format!("{{\n{}", self.format.take(&format!("{u}_{m}"), &format!("p{u}")));
            for r in 0..self.rows {
                let products = |sum: &str, cells: std::ops::Range<usize>| -> String {
                    let one = |i: usize, part: &str| format!("{sum} = fma(v{i}.{part}, a{r}_{i}.{part}, {sum});");
                    let cell = |i: usize| ["x", "y", "z", "w"].map(|part| one(i, part)).join(" ") + "\n";
                    cells.map(cell).collect()
                };
                if groups == 0 {
                    text += &products(&format!("s{m}_{r}"), 0..places.len());
                }
                for g in 0..groups {
                    let terms = products("t", group_of(g, groups, places.len()));
                    text += &format!("{{ var t = 0.0;\n{terms}s{m}_{r} = fma(scale{g}, t, s{m}_{r}); }}\n");
                    if self.format.has_less() {
                        text += &format!("s{m}_{r} = fma(-less{g}, t{r}_{g}, s{m}_{r});\n");
                    }
                }
            }
            text += "}\n";
        }
        text + "}\n"
    }

    /// Adds up what a team's subgroups have summed, and writes the results: an invocation a result.
    fn finish(&self) -> String {
        let (rows, results) = (self.rows, self.results());
        let of_team = rows * results;
        let sum = |name: &str, m: &str, bias: &str| {
            let parts = (0..self.subgroups)
                .map(|s| {
                    format!("parts[(own * {}u + {s}u) * {}u + {m} * {rows}u + r]", self.subgroups, self.weights * rows)
                })
                .collect::<Vec<_>>()
                .join(" + ");
            format!("let {name} = ({parts}) * factor + bias[{bias}];\n")
        };
        let factor = match self.norm {
            Some(epsilon) => {
                let (first, count) = match self.staged {
                    true => ("0u".to_owned(), THREADS / self.lanes),
                    false => (format!("own * {}u", self.subgroups), self.subgroups),
                };
                let parts = (0..count)
                    .map(|s| format!("squares[({first} + {s}u) * {rows}u + r]"))
                    .collect::<Vec<_>>()
                    .join(" + ");
                format!("let factor = inverseSqrt(({parts}) / {:?} + {epsilon:?});\n", self.matrix.inputs as f32)
            }
            None => "let factor = 1.0;\n".to_owned(),
        };
        let columns = self.columns();
        let (values, value) = match self.after {
            After::Store => (sum("sum", "m", "n"), "sum"),
            After::Add => (sum("sum", "m", "n"), "y[to] + sum"),
            After::Gate(_) => {
                let up = format!("(m + {results}u)");
                (sum("gate", "m", "n") + &sum("up", &up, &format!("n + {columns}u")), "bent(gate) * up")
            }
        };
        text!(
            "for (var i = thread; i < $all; i += $threads) {\n\
             let own = i / $of_team; let m = i % $of_team / $rows; let r = i % $rows;\n\
             let n = group * $group_columns + own * $results + m; let row = base + r;\n\
             if (n < $columns && row < live) {\n$factor$values let to = row * $stride + n + $first;\ny[to] = $value;\n}\n}\n",
            all = Literal(self.teams * of_team),
            threads = Literal(THREADS),
            of_team = Literal(of_team),
            rows = Literal(rows),
            group_columns = Literal(self.teams * results),
            results = Literal(results),
            columns = Literal(columns),
            factor = factor,
            values = values,
            stride = Literal(self.stride),
            first = Literal(self.first),
            value = value,
        )
    }
}

/// The cells of group `g` of `groups`.
pub(super) fn group_of(g: usize, groups: usize, cells: usize) -> std::ops::Range<usize> {
    g * (cells / groups)..(g + 1) * (cells / groups)
}
