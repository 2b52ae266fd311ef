//! Edits of SPIR-V for what WGSL cannot say.

/// Words before the first instruction.
const HEADER: usize = 5;

/// Instructions that the edits look at, by their numbers in the specification.
mod op {
    pub(super) const TYPE_INT: u32 = 21;
    pub(super) const TYPE_FLOAT: u32 = 22;
    pub(super) const LOOP_MERGE: u32 = 246;
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

/// Turns matrices of 32-bit integers into the matrices of half floats that the module names besides.
///
/// WGSL types a loaded matrix by what its pointer points to. Tiles that are kept as `vec4<u32>`, so that they move in words of 16
/// bytes, would so be loaded as integers; the bits are those of halves. `None` if a matrix has no twin of halves.
pub(super) fn retype_matrices(words: &[u32]) -> Option<Vec<u32>> {
    let scalar = |wanted: fn(&[u32]) -> bool| {
        instructions(words).find(|(_, instruction)| wanted(instruction)).map(|(_, instruction)| instruction[1])
    };
    let half = scalar(|i| number(i) == op::TYPE_FLOAT && i[2] == 16);
    let Some(integer) = scalar(|i| number(i) == op::TYPE_INT && i[2] == 32 && i[3] == 0) else {
        return Some(words.to_vec());
    };
    // A matrix type: its name, the type of its items, then scope, sizes and use.
    let matrices: Vec<&[u32]> = instructions(words)
        .filter(|(_, instruction)| number(instruction) == op::TYPE_COOPERATIVE_MATRIX)
        .map(|(_, instruction)| &instruction[1..])
        .collect();
    let mut twins = Vec::new();
    for matrix in matrices.iter().filter(|matrix| matrix[1] == integer) {
        let twin = matrices.iter().find(|other| Some(other[1]) == half && other[2..] == matrix[2..])?;
        twins.push((matrix[0], twin[0]));
    }
    let twin_of = |name: u32| twins.iter().find(|(integers, _)| *integers == name).map(|(_, halves)| *halves);
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

    const FEATURES: GpuFeatures =
        GpuFeatures { subgroup: 32, f16: true, matrix16: true, workgroup_bytes: 32 << 10, workgroup_size: 1024 };

    fn translated(twins: &str) -> crate::Result<Vec<u32>> {
        let wgsl = format!(
            "enable f16;
             enable wgpu_cooperative_matrix;
             @group(0) @binding(0) var<storage, read_write> out: array<f32>;
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
