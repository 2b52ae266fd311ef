//! Matrix units that take 16 x 16 halves: what the bodies written for them have in common.
//!
//! Matrices are loaded from words of 16 bytes, whose type the backend turns into halves: loads of 8 bytes, which is what a text can
//! ask for by itself, are slower on an NVIDIA card. Naming the types of halves once ([`TWINS`]) is what that needs.

use hal::GpuFeatures;

use crate::wgsl::Module;

/// Lanes of the subgroups that bodies are written for.
pub(crate) const LANES: u32 = 32;

/// A 16 x 16 matrix of sums on its way out: f32 in workgroup memory, in rows of this many.
pub(crate) const PATCH_ROW: u32 = 20;
pub(crate) const PATCH: u32 = 16 * PATCH_ROW;

/// Names the types of halves that matrices loaded from words have: the backend gives the loads these types.
pub(crate) const TWINS: &str = "var twin_a = coop_mat16x16<f16, A>(); var twin_b = coop_mat16x16<f16, B>();\n";

/// Rounds sums to halves: the backend writes this function's body, which WGSL has no words for.
pub(crate) const NARROW: &str = "\
fn halves_of(sums: coop_mat16x16<f32, C>) -> coop_mat16x16<f16, C> { return coop_mat16x16<f16, C>(); }
";

/// Items of an invocation's share of a matrix. Item `i` of invocation `lane` lies in row `lane / 4 + 8 * (i / 4)` and column
/// `lane % 4 * 2 + i % 2 + 8 * (i / 2 % 2)`, in sums and left factors alike, where the device has [`GpuFeatures::matrix_items`].
pub(crate) const SHARE: u32 = 8;

/// Reads and sets items of the invocation's share: the backend writes these functions' bodies, which WGSL has no words for.
pub(crate) const ITEMS: &str = "\
fn item_of(sums: ptr<function, coop_mat16x16<f32, C>>, i: u32) -> f32 { return 0.0; }
fn set_item(sums: ptr<function, coop_mat16x16<f32, C>>, i: u32, value: f32) {}
fn set_left(left: ptr<function, coop_mat16x16<f16, A>>, i: u32, value: f32) {}
";

/// Whether a device can run bodies that use the units and so many bytes of workgroup memory.
pub(crate) fn takes(features: GpuFeatures, workgroup_bytes: u32) -> bool {
    features.matrix16 && features.subgroup == LANES && features.workgroup_bytes >= workgroup_bytes
}

/// Words of a row of `values` halves in workgroup memory: one more than there are, so that rows begin in different banks.
pub(crate) const fn stride(values: u32) -> u32 {
    values / 8 + 1
}

/// The beginning of a module that uses the units.
pub(crate) fn module() -> Module {
    Module::default().declare("enable f16;\nenable wgpu_cooperative_matrix;\n")
}

/// A step of 16 values of the depth, for `rows` x `columns` matrices of sums. `left` and `right` are the texts of the words in
/// workgroup memory at which the factors of a row and of a column of matrices begin, `stride` words from one row to the next;
/// `sum` is the name of the sums.
pub(crate) fn multiply(
    [rows, columns]: [u32; 2],
    stride: u32,
    left: impl Fn(u32) -> String,
    right: impl Fn(u32) -> String,
    sum: impl Fn(u32, u32) -> String,
) -> String {
    let mut text = String::from("{\n");
    for i in 0..rows {
        text += &format!("let m{i} = coopLoadT<coop_mat16x16<f16, A>>(&{}, {stride}u);\n", left(i));
    }
    for j in 0..columns {
        // The right factors lie as rows, which are the columns of what is multiplied by.
        text += &format!("let n{j} = coopLoad<coop_mat16x16<f16, B>>(&{}, {stride}u);\n", right(j));
        for i in 0..rows {
            let sum = sum(i, j);
            text += &format!("{sum} = coopMultiplyAdd(m{i}, n{j}, {sum});\n");
        }
    }
    text + "}\n"
}
