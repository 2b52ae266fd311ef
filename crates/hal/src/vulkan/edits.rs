//! Edits of SPIR-V for what WGSL cannot say.

/// Words before the first instruction.
const HEADER: usize = 5;

/// Instructions that the edits look at, by their numbers in the specification.
mod op {
    pub(super) const TYPE_VOID: u32 = 19;
    pub(super) const TYPE_INT: u32 = 21;
    pub(super) const TYPE_FLOAT: u32 = 22;
    pub(super) const TYPE_POINTER: u32 = 32;
    pub(super) const TYPE_FUNCTION: u32 = 33;
    pub(super) const CONSTANT: u32 = 43;
    pub(super) const FUNCTION: u32 = 54;
    pub(super) const FUNCTION_PARAMETER: u32 = 55;
    pub(super) const FUNCTION_END: u32 = 56;
    pub(super) const LOAD: u32 = 61;
    pub(super) const STORE: u32 = 62;
    pub(super) const ACCESS_CHAIN: u32 = 65;
    pub(super) const CONVERT_FLOAT: u32 = 115;
    pub(super) const LOOP_MERGE: u32 = 246;
    pub(super) const LABEL: u32 = 248;
    pub(super) const RETURN: u32 = 253;
    pub(super) const RETURN_VALUE: u32 = 254;
    pub(super) const TYPE_COOPERATIVE_MATRIX: u32 = 4456;
    pub(super) const COOPERATIVE_MATRIX_LOAD: u32 = 4457;
}

/// Where an instruction starts, and its words: the first holds length and number.
struct Instructions<'a> {
    words: &'a [u32],
    at: usize,
}

impl<'a> Iterator for Instructions<'a> {
    type Item = (usize, &'a [u32]);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let length = (self.words.get(at)? >> 16) as usize;
        self.at = at + length.max(1);
        self.words.get(at..self.at).map(|words| (at, words))
    }
}

fn instructions(words: &[u32]) -> Instructions<'_> {
    Instructions { words, at: HEADER }
}

fn number(instruction: &[u32]) -> u32 {
    instruction[0] & 0xffff
}

/// Whether a module has cooperative matrices.
pub(super) fn has_matrices(words: &[u32]) -> bool {
    instructions(words).any(|(_, instruction)| number(instruction) == op::TYPE_COOPERATIVE_MATRIX)
}

/// Turns matrices of factors that were loaded from words of 32 bits into the matrices of half floats that the module names besides.
///
/// WGSL types a loaded matrix by what its pointer points to. Tiles that are kept as `vec4<u32>`, so that they move in words of 16
/// bytes, would so be loaded as integers, and halves among single floats as those; the bits are those of halves. `None` if such a matrix
/// has no twin of halves.
pub(super) fn retype_matrices(words: &[u32]) -> Option<Vec<u32>> {
    let types = Matrices::of(words);
    let mut twins = Vec::new();
    for matrix in types.all.iter().filter(|matrix| matrix.is_factor && Some(matrix.item) != types.half) {
        let twin = types.all.iter().find(|other| Some(other.item) == types.half && other.shape == matrix.shape)?;
        twins.push((matrix.name, twin.name));
    }
    let twin_of = |name: u32| twins.iter().find(|(words, _)| *words == name).map(|(_, halves)| *halves);
    let mut edited = words[..HEADER].to_vec();
    for (_, instruction) in instructions(words) {
        let start = edited.len();
        match number(instruction) {
            op::TYPE_COOPERATIVE_MATRIX if twin_of(instruction[1]).is_some() => continue,
            op::COOPERATIVE_MATRIX_LOAD => {
                edited.extend(instruction);
                edited[start + 1] = twin_of(instruction[1]).unwrap_or(instruction[1]);
            }
            _ => edited.extend(instruction),
        }
    }
    Some(edited)
}

/// The types of matrices that a module has.
struct Matrices<'a> {
    half: Option<u32>,
    all: Vec<Matrix<'a>>,
}

struct Matrix<'a> {
    name: u32,
    /// The type of its items.
    item: u32,
    /// Scope, sizes and use.
    shape: &'a [u32],
    /// Whether it is multiplied, not a matrix of sums.
    is_factor: bool,
}

impl Matrices<'_> {
    fn of(words: &[u32]) -> Matrices<'_> {
        const SUMS: u32 = 2;
        let half = instructions(words).find(|(_, i)| number(i) == op::TYPE_FLOAT && i[2] == 16).map(|(_, i)| i[1]);
        let value =
            |name: u32| instructions(words).find(|(_, i)| number(i) == op::CONSTANT && i[2] == name).map(|(_, i)| i[3]);
        let all = instructions(words).filter(|(_, i)| number(i) == op::TYPE_COOPERATIVE_MATRIX).map(|(_, i)| Matrix {
            name: i[1],
            item: i[2],
            shape: &i[3..],
            is_factor: i.last().is_some_and(|kind| value(*kind) != Some(SUMS)),
        });
        Matrices { half, all: all.collect() }
    }
}

/// Writes the bodies of functions that turn a matrix of sums in single precision into one of halves: WGSL cannot convert a matrix. What
/// their text says instead is replaced.
pub(super) fn narrow_sums(words: &[u32]) -> Vec<u32> {
    let types = Matrices::of(words);
    let is = |name: u32, halves: bool| {
        types.all.iter().any(|m| m.name == name && !m.is_factor && (Some(m.item) == types.half) == halves)
    };
    let narrowing: Vec<u32> = instructions(words)
        .filter(|(_, i)| number(i) == op::TYPE_FUNCTION && i.len() == 4 && is(i[2], true) && is(i[3], false))
        .map(|(_, i)| i[1])
        .collect();
    let mut edited = words[..HEADER].to_vec();
    // The function's result, and the parameter, of the function that is being replaced.
    let (mut inside, mut sums) = (None, 0);
    for (_, instruction) in instructions(words) {
        match (number(instruction), inside) {
            (op::FUNCTION, _) if narrowing.contains(&instruction[4]) => inside = Some(instruction[1]),
            (op::FUNCTION_PARAMETER, Some(_)) => sums = instruction[2],
            (op::FUNCTION_END, Some(halves)) => {
                let name = edited[3];
                edited[3] += 2;
                edited.extend([2 << 16 | op::LABEL, name]);
                edited.extend([4 << 16 | op::CONVERT_FLOAT, halves, name + 1, sums]);
                edited.extend([2 << 16 | op::RETURN_VALUE, name + 1]);
                inside = None;
            }
            (_, Some(_)) => continue,
            _ => {}
        }
        edited.extend(instruction);
    }
    edited
}

/// Writes the bodies of functions that read an item of the invocation's share of a matrix, `(matrix, index) -> f32`, or set one,
/// `(matrix, index, f32)`: WGSL has no words for items of a matrix. What their text says instead is replaced.
pub(super) fn reach_items(words: &[u32]) -> Vec<u32> {
    let single = instructions(words).find(|(_, i)| number(i) == op::TYPE_FLOAT && i[2] == 32).map_or(0, |(_, i)| i[1]);
    let types = Matrices::of(words);
    let nothing = instructions(words).find(|(_, i)| number(i) == op::TYPE_VOID).map(|(_, i)| i[1]);
    let is_index =
        |name: u32| instructions(words).any(|(_, i)| number(i) == op::TYPE_INT && i[1] == name && i[2..] == [32, 0]);
    // Pointers to matrices, with the type of their items.
    let pointers: Vec<(u32, u32)> = instructions(words)
        .filter(|(_, i)| number(i) == op::TYPE_POINTER && i[2] == FUNCTION_STORAGE)
        .filter_map(|(_, i)| Some((i[1], types.all.iter().find(|matrix| matrix.name == i[3])?.item)))
        .collect();
    let item_of = |pointer: u32| pointers.iter().find(|(name, _)| *name == pointer).map(|(_, item)| *item);
    // Types of such functions, with the type of items and whether they set one.
    let reaching: Vec<(u32, u32, bool)> = instructions(words)
        .filter(|(_, i)| number(i) == op::TYPE_FUNCTION)
        .filter_map(|(_, i)| match i[2..] {
            [result, pointer, index] if result == single && is_index(index) => Some((i[1], item_of(pointer)?, false)),
            [result, pointer, index, value] if value == single && Some(result) == nothing && is_index(index) => {
                Some((i[1], item_of(pointer)?, true))
            }
            _ => None,
        })
        .collect();
    if reaching.is_empty() {
        return words.to_vec();
    }
    let mut edited = words[..HEADER].to_vec();
    let mut named = Vec::new();
    // The function that is being replaced: its result's type, the type of items, whether it sets one, and its parameters.
    let mut inside: Option<(u32, u32, bool)> = None;
    let mut parameters = Vec::new();
    for (_, instruction) in instructions(words) {
        match (number(instruction), inside) {
            (op::FUNCTION, _) => {
                if named.is_empty() {
                    named = name_pointers(&mut edited, words, reaching.iter().map(|(_, item, _)| *item));
                }
                let found = reaching.iter().find(|(name, ..)| *name == instruction[4]);
                inside = found.map(|(_, item, sets)| (instruction[1], *item, *sets));
                parameters.clear();
            }
            (op::FUNCTION_PARAMETER, Some(_)) => parameters.push(instruction[2]),
            (op::FUNCTION_END, Some((result, item, sets))) => {
                let first = edited[3];
                let place = named.iter().find(|(of, _)| *of == item).map_or(0, |(_, pointer)| *pointer);
                edited.extend([2 << 16 | op::LABEL, first]);
                edited.extend([5 << 16 | op::ACCESS_CHAIN, place, first + 1, parameters[0], parameters[1]]);
                if sets {
                    let mut value = parameters[2];
                    if item != single {
                        edited.extend([4 << 16 | op::CONVERT_FLOAT, item, first + 2, value]);
                        value = first + 2;
                    }
                    edited.extend([3 << 16 | op::STORE, first + 1, value, 1 << 16 | op::RETURN]);
                } else {
                    edited.extend([4 << 16 | op::LOAD, item, first + 2, first + 1]);
                    let mut value = first + 2;
                    if item != single {
                        edited.extend([4 << 16 | op::CONVERT_FLOAT, result, first + 3, value]);
                        value = first + 3;
                    }
                    edited.extend([2 << 16 | op::RETURN_VALUE, value]);
                }
                edited[3] += 4;
                inside = None;
            }
            (_, Some(_)) => continue,
            _ => {}
        }
        edited.extend(instruction);
    }
    edited
}

/// The storage class of a function's variables.
const FUNCTION_STORAGE: u32 = 7;

/// Pointers to items in variables of functions, `(item, pointer)`: those that the module has, else new ones behind its other types.
fn name_pointers(edited: &mut Vec<u32>, words: &[u32], items: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut named: Vec<(u32, u32)> = Vec::new();
    for item in items {
        if named.iter().any(|(of, _)| *of == item) {
            continue;
        }
        let known = instructions(words)
            .find(|(_, i)| number(i) == op::TYPE_POINTER && i[2] == FUNCTION_STORAGE && i[3] == item)
            .map(|(_, i)| i[1]);
        let pointer = known.unwrap_or_else(|| {
            let name = edited[3];
            edited[3] += 1;
            edited.extend([4 << 16 | op::TYPE_POINTER, name, FUNCTION_STORAGE, item]);
            name
        });
        named.push((item, pointer));
    }
    named
}

/// Tells the driver to leave loops rolled: unrolling matrix kernels takes it several times longer to compile and gains nothing at
/// the tile sizes in use.
pub(super) fn keep_loops(words: &mut [u32]) {
    const DONT_UNROLL: u32 = 2;
    let controls: Vec<usize> = instructions(words)
        .filter(|(_, instruction)| number(instruction) == op::LOOP_MERGE)
        .map(|(at, _)| at + 3)
        .collect();
    controls.into_iter().for_each(|at| words[at] = DONT_UNROLL);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shader::GpuFeatures;

    const FEATURES: GpuFeatures = GpuFeatures {
        subgroup: 32,
        f16: true,
        matrix16: true,
        matrix_items: true,
        tensor_ops: false,
        warp_groups: false,
        workgroup_bytes: 32 << 10,
        workgroup_size: 1024,
    };

    fn translated(twins: &str) -> crate::Result<Vec<u32>> {
        let wgsl = format!(
            "enable f16;
             enable wgpu_cooperative_matrix;
             @group(0) @binding(0) var<storage, read_write> out: array<f32>;
             @group(0) @binding(1) var<storage, read_write> halves: array<vec4<f16>>;
             fn halves_of(sums: coop_mat16x16<f32, C>) -> coop_mat16x16<f16, C> {{ return coop_mat16x16<f16, C>(); }}
             fn item_of(sums: ptr<function, coop_mat16x16<f32, C>>, i: u32) -> f32 {{ return 0.0; }}
             fn set_left(left: ptr<function, coop_mat16x16<f16, A>>, i: u32, value: f32) {{}}
             var<workgroup> tile: array<vec4<u32>, 32>;
             @compute @workgroup_size(32)
             fn main() {{
                 {twins}
                 var sum = coop_mat16x16<f32, C>();
                 for (var i = 0u; i < 4u; i++) {{
                     let a = coopLoadT<coop_mat16x16<f16, A>>(&tile[0], 2u);
                     let b = coopLoadT<coop_mat16x16<f16, B>>(&tile[0], 2u);
                     sum = coopMultiplyAdd(a, b, sum);
                 }}
                 coopStoreT(sum, &out[0], 16u);
             }}"
        );
        super::super::spirv::translate("test", &wgsl, &FEATURES, false).map(|translated| translated.words)
    }

    const TWINS: &str = "var twin_a = coop_mat16x16<f16, A>(); var twin_b = coop_mat16x16<f16, B>();";

    #[test]
    fn integer_matrices_become_their_twins() {
        let words = translated(TWINS).expect("translates");
        let name = |wanted: fn(&[u32]) -> bool| {
            instructions(&words).find(|(_, i)| wanted(i)).map(|(_, instruction)| instruction[1]).expect("present")
        };
        let (half, float) =
            (name(|i| number(i) == op::TYPE_FLOAT && i[2] == 16), name(|i| number(i) == op::TYPE_FLOAT && i[2] == 32));
        let matrices: Vec<(u32, u32)> = instructions(&words)
            .filter(|(_, i)| number(i) == op::TYPE_COOPERATIVE_MATRIX)
            .map(|(_, i)| (i[1], i[2]))
            .collect();
        assert!(matrices.iter().all(|(_, item)| [half, float].contains(item)), "{matrices:?}");
        let loads: Vec<u32> =
            instructions(&words).filter(|(_, i)| number(i) == op::COOPERATIVE_MATRIX_LOAD).map(|(_, i)| i[1]).collect();
        assert_eq!(loads.len(), 2);
        for load in loads {
            assert!(matrices.contains(&(load, half)), "a load of type {load} among {matrices:?}");
        }
    }

    #[test]
    fn sums_are_narrowed_by_a_conversion() {
        let twins =
            format!("{TWINS} let narrow = halves_of(coop_mat16x16<f32, C>()); coopStoreT(narrow, &halves[0], 2u);");
        let words = translated(&twins).expect("translates");
        let types = Matrices::of(&words);
        let of_matrices = |name: u32| types.all.iter().any(|matrix| matrix.name == name);
        let conversions: Vec<&[u32]> = instructions(&words)
            .filter(|(_, i)| number(i) == op::CONVERT_FLOAT && of_matrices(i[1]))
            .map(|(_, i)| i)
            .collect();
        let [conversion] = conversions.as_slice() else { panic!("{conversions:?}") };
        let to = types.all.iter().find(|matrix| matrix.name == conversion[1]).expect("a matrix");
        assert!(!to.is_factor && Some(to.item) == types.half);
        assert!(instructions(&words).any(|(_, i)| number(i) == op::FUNCTION_PARAMETER && i[2] == conversion[3]));
        assert!(conversion[2] < words[3], "the module's bound is above all names");
        let functions = |wanted: u32| instructions(&words).filter(|(_, i)| number(i) == wanted).count();
        assert_eq!(functions(op::FUNCTION), functions(op::FUNCTION_END));
    }

    #[test]
    fn items_are_read_and_set_through_pointers() {
        let body = format!("{TWINS} var sums = coop_mat16x16<f32, C>(); set_left(&twin_a, 3u, item_of(&sums, 5u));");
        let words = translated(&body).expect("translates");
        let types = Matrices::of(&words);
        let find = |wanted: u32| instructions(&words).filter(move |(_, i)| number(i) == wanted).map(|(_, i)| i);
        let pointed = |pointer: u32| find(op::TYPE_POINTER).find(|i| i[1] == pointer).map(|i| i[3]);
        let parameter = |name: u32| find(op::FUNCTION_PARAMETER).find(|i| i[2] == name).map(|i| i[1]);
        let items: Vec<u32> = find(op::ACCESS_CHAIN)
            .filter(|chain| {
                // Those that begin at a matrix.
                let matrix = parameter(chain[3]).and_then(pointed);
                types.all.iter().any(|m| Some(m.name) == matrix && pointed(chain[1]) == Some(m.item))
            })
            .map(|chain| chain[2])
            .collect();
        let [read, set] = items.as_slice() else { panic!("{items:?}") };
        assert!(find(op::LOAD).any(|load| load[3] == *read) && find(op::STORE).any(|store| store[1] == *set));
        assert!(items.iter().all(|name| *name < words[3]), "the module's bound is above all names");
        let functions = |wanted: u32| find(wanted).count();
        assert_eq!(functions(op::FUNCTION), functions(op::FUNCTION_END));
    }

    #[test]
    fn a_matrix_without_a_twin_is_refused() {
        let refused = translated("").expect_err("no twin").to_string();
        assert!(refused.contains("twin"), "{refused}");
    }

    #[test]
    fn loops_stay_rolled() {
        let words = translated(TWINS).expect("translates");
        let controls: Vec<u32> =
            instructions(&words).filter(|(_, i)| number(i) == op::LOOP_MERGE).map(|(_, i)| i[3]).collect();
        assert_eq!(controls, [2]);
    }
}
