//! Every GPU body is a valid module, on devices of all kinds, and its translation for Metal is the one that was reviewed.

#[cfg(target_os = "linux")]
use std::fs;
#[cfg(target_os = "linux")]
use std::path::{Path, PathBuf};

use hal::{GpuFeatures, GpuKernel, Shader, ShaderRequest};
use naga::valid::{Capabilities, ModuleInfo, ValidationFlags, Validator};

use crate::Float;
use crate::cache::Kept;
use crate::linear::Epilogue;
use crate::quantised::Kind;
use crate::scan::gpu::{self, TILE_ROWS};
use crate::scan::stride;
use crate::streamed::{self, Held};
use crate::{attention, causal, elementwise, embed, glu, linear, norm, pool, rms, rotary, sample};

#[cfg(target_os = "linux")]
/// The environment variable that has golden files written instead of compared.
const BLESS: &str = "DOWNBEAT_BLESS";

pub(crate) const NARROW: GpuFeatures = GpuFeatures {
    subgroup: 8,
    f16: false,
    matrix16: false,
    matrix_items: false,
    tensor_ops: false,
    warp_groups: false,
    workgroup_bytes: 32_768,
    workgroup_size: 1024,
};
const METAL: GpuFeatures = GpuFeatures { subgroup: 32, f16: true, ..NARROW };
const MATRICES: GpuFeatures = GpuFeatures { matrix16: true, workgroup_bytes: 49_152, ..METAL };
const ITEMS: GpuFeatures = GpuFeatures { matrix_items: true, ..MATRICES };
#[cfg(test)]
pub(crate) const WARP_GROUPS: GpuFeatures = GpuFeatures { warp_groups: true, ..ITEMS };

/// One use of a kernel.
struct Use {
    name: String,
    body: GpuKernel,
    constants: Vec<u32>,
    bindings: Vec<u64>,
}

/// Uses of all kernels, for rows of `width` values of which there are up to `rows`, in up to `sequences` sequences; products with
/// tile number `tile`.
fn uses(width: u32, heads: u32, rows: u64, sequences: u64, float: u32, tile: u32) -> Vec<Use> {
    let value = if float == 0 { 4 } else { 2 };
    let (wide, inner) = (u64::from(width), u64::from(4 * width));
    let (x, learned, indices) = (rows * wide * value, wide * 4, rows * 4);
    let epsilon = 1e-12f32.to_bits();
    let product = |k: u64, n: u64, epilogue: Epilogue| {
        let (columns, depth) = (n.next_multiple_of(128), k.next_multiple_of(64));
        let constants = vec![k as u32, n as u32, float, epilogue as u32, tile, 0, 1];
        (constants, vec![rows * k * value, columns * 4, columns * depth * value, rows * n * value])
    };
    let tables = |norm: bool| {
        let mut bindings = vec![indices, indices, 1000 * learned, 512 * learned, learned];
        bindings.extend(norm.then_some([learned; 2]).into_iter().flatten());
        bindings.push(x);
        bindings
    };
    let suffix = if float == 0 { "f32" } else { "f16" };
    let mut all: Vec<Use> = Vec::new();
    let mut add = |name: &str, body: GpuKernel, (constants, bindings): (Vec<u32>, Vec<u64>)| {
        all.push(Use { name: format!("{name}.{suffix}"), body, constants, bindings });
    };
    add("add", elementwise::gpu::add, (vec![width, float], vec![x; 3]));
    add("gelu", elementwise::gpu::gelu, (vec![width, float], vec![x; 2]));
    add("norm", norm::gpu::norm, (vec![width, epsilon, float], vec![x, learned, learned, x]));
    add("norm.add", norm::gpu::add_norm, (vec![width, epsilon, float], vec![x, x, learned, learned, x]));
    add("embed", embed::gpu::embed, (vec![width, 0, float], tables(false)));
    add("embed.norm", embed::gpu::embed_norm, (vec![width, epsilon, float], tables(true)));
    let pooled = sequences * wide * 4;
    add("pool", pool::gpu::pool, (vec![width, 0, 1, float], vec![x, (sequences + 1) * 4, pooled]));
    add("pool.first", pool::gpu::pool, (vec![width, 1, 0, float], vec![x, (sequences + 1) * 4, pooled]));
    if (width / heads).is_multiple_of(8) {
        let bindings = vec![3 * x, (sequences + 1) * 4, x];
        add("attention", attention::gpu::attention, (vec![heads, width / heads, 0, float], bindings));
    }
    if float == 0 {
        scan_uses(&mut add, width);
        streamed_uses(&mut add, width);
    }
    if float == 0 {
        let told = 16 * sample::words(4 * width as usize) as u64 * 4;
        add("sample.candidates", sample::gpu::candidates, (vec![4 * width, 16, 1, 2], vec![16 * learned * 4, told]));
    }
    if width.is_multiple_of(4) && (float == 0 || width.is_multiple_of(8)) {
        let constants = vec![width, epsilon, float, rows as u32, 1, 0, 1, 1];
        add("rms.rows", rms::gpu::added, (constants, vec![rows * wide * 4, x, learned, learned, x]));
        add("glu.halves", glu::gpu::gated, (vec![width, 0, float, rows as u32], vec![2 * x, x]));
    }
    let size = width / heads;
    if size.is_multiple_of(16) && size <= 256 {
        let cache = Kept::F16.bytes(4096, heads as usize, size as usize) as u64;
        let kept = Kept::F16 as u32;
        let constants = vec![heads, heads, size, 0, size, kept, epsilon, 1, float, rows as u32];
        let heads_of = |count: u64| count * rows * wide * value;
        let gain = u64::from(size) * 4;
        let bindings = vec![x, cache, cache, heads_of(3), indices, indices, 512 * gain, gain, gain];
        add("rotary.rows", rotary::gpu::turned, (constants, bindings));
        let constants = vec![heads, heads, size, kept, 0.125f32.to_bits(), 0, 0, float, rows as u32];
        add("causal.rows", causal::gpu::rows, (constants, vec![x, cache, cache, indices, indices, x]));
        if float == 0 {
            let constants = vec![heads, heads, size, 1, size, kept, epsilon, 1, 0.125f32.to_bits(), 0, 0];
            let bindings = vec![wide * 4, cache, cache, 3 * wide * 4, 4, 4, 4, 512 * gain, gain, gain];
            add("causal.one", causal::gpu::one, (constants, bindings));
        }
    }
    add("linear", linear::gpu::linear, product(wide, wide, Epilogue::None));
    add("linear.gelu", linear::gpu::linear, product(wide, inner, Epilogue::Gelu));
    all
}

/// Uses of the products that stream weights, of every type.
fn streamed_uses(add: &mut impl FnMut(&str, GpuKernel, (Vec<u32>, Vec<u64>)), width: u32) {
    let (k, n) = (width.next_multiple_of(256), 2 * width.next_multiple_of(16));
    let (x, y, gain) = (u64::from(k) * 4, u64::from(n) * 4, u64::from(k) * 4);
    let held = [
        ("f32", Held::Float(Float::F32)),
        ("f16", Held::Float(Float::F16)),
        ("q8_0", Held::Quantised(Kind::Q8_0)),
        ("q4_0", Held::Quantised(Kind::Q4_0)),
        ("q4_k", Held::Quantised(Kind::Q4K)),
        ("q5_k", Held::Quantised(Kind::Q5K)),
        ("q6_k", Held::Quantised(Kind::Q6K)),
    ];
    for (name, held) in held {
        let weights = streamed::bindings(k, n, held);
        let with = |before: &[u64], after: &[u64]| [before, &weights, after].concat();
        let epsilon = 1e-5f32.to_bits();
        let gate = vec![k, n, held.code(), 1, 1, 0, n / 2, 0, 2, epsilon, 1, 0, 4, 2, 1, 0];
        add(&format!("streamed.{name}.gate"), streamed::streamed, (gate, with(&[x, gain], &[y])));
        let rows = vec![k, n, held.code(), 4, 11, 1, n, 0, 1, 0, 0, 1, 2, 1, 0, 0];
        add(&format!("streamed.{name}.rows"), streamed::streamed, (rows, with(&[4 * x, 44], &[11 * y])));
        let lookup = vec![k, n, held.code(), 1.5f32.to_bits(), 64, 0];
        let table = weights[1..].to_vec();
        let bindings = [vec![256], table, vec![64 * x]].concat();
        add(&format!("streamed.{name}.lookup"), streamed::unpack::lookup, (lookup, bindings));
        let unpack = vec![k, n, held.code(), 1, k, 0];
        add(
            &format!("streamed.{name}.unpack"),
            streamed::unpack::unpack,
            (unpack, with(&[], &[y, u64::from(k) * u64::from(n) * 2])),
        );
        let placed = with(&[], &[y, u64::from(k) * u64::from(n.next_multiple_of(128)) * 2]);
        let place = vec![k, n, held.code(), n.next_multiple_of(128), 0, 0];
        add(&format!("streamed.{name}.place"), streamed::place::place, (place, placed));
    }
}

/// Uses of products of a few rows by matrix units.
fn units_uses(width: u32) -> Vec<Use> {
    let (k, n) = (width.next_multiple_of(256), 2 * width.next_multiple_of(16));
    let (x, y) = (u64::from(k) * 4, u64::from(n) * 4);
    let held = Kind::ALL.into_iter().map(Held::Quantised).chain([Held::Float(Float::F16)]);
    let of = |held: Held| {
        let weights = streamed::bindings(k, n, held);
        let of = |name: &str, constants: Vec<u32>, before: &[u64], after: u64| {
            let bindings = [before, &weights, &[after]].concat();
            Use { name: format!("streamed.{held:?}.{name}"), body: streamed::streamed, constants, bindings }
        };
        let gate = vec![k, n, held.code(), 3, 3, 0, n / 2, 0, 2, 1e-5f32.to_bits(), 1, 0, 4, 2, 1, 1];
        let rows = vec![k, n, held.code(), 4, 16, 1, n, 0, 1, 0, 0, 1, 2, 1, 0, 1];
        [of("gate", gate, &[3 * x, x], 3 * y), of("rows", rows, &[4 * x, 64], 16 * y)]
    };
    held.flat_map(of).collect()
}

/// Uses of the search's kernels, for one segment of 4096 rows.
fn scan_uses(add: &mut impl FnMut(&str, GpuKernel, (Vec<u32>, Vec<u64>)), width: u32) {
    const ROWS: u64 = 4096;
    let row = stride(width as usize) as u64;
    for (name, queries) in [("one", 1u64), ("many", 64)] {
        let slots = 16u64;
        let tiles = ROWS / TILE_ROWS as u64;
        let sizes = vec![width, queries as u32, slots as u32];
        let more = |more: [u32; 3]| sizes.iter().copied().chain(more).collect::<Vec<u32>>();
        let (exact, bits) = (ROWS * row * 2, ROWS / 8);
        let (raw, padded, halves) =
            (queries * u64::from(width) * 4, queries * row * 4, queries.next_multiple_of(64) * row * 2);
        let (keys, chosen) = (queries * slots * TILE_ROWS as u64 * 4, queries * slots * 4);
        let named = |kernel: &str| format!("scan.{kernel}.{name}");
        add(&named("queries"), gpu::prepare, (sizes.clone(), vec![raw, padded, halves]));
        add(&named("encode"), gpu::encode, (sizes.clone(), vec![raw, padded, queries * row * 2, queries * 4]));
        let coded = vec![ROWS * row, ROWS * 12, bits, queries * row * 2, queries * 4, tiles * queries * 4];
        add(&named("bound"), gpu::bound, (sizes.clone(), coded));
        add(&named("score"), gpu::score, (sizes.clone(), vec![exact, bits, padded, halves, tiles * queries * 4]));
        let select = more([tiles as u32, queries as u32, 1]);
        add(&named("select"), gpu::select, (select, vec![tiles * queries * 4, chosen, queries * 4]));
        add(&named("rescore"), gpu::rescore, (sizes.clone(), vec![exact, bits, padded, chosen, 512, keys]));
        let values = queries * slots * row * 2;
        add(&named("gather"), gpu::gather, (sizes, vec![exact, chosen, chosen, 512, chosen, values]));
    }
}

fn shader(one: &Use, features: GpuFeatures) -> Shader {
    (one.body)(&ShaderRequest { constants: &one.constants, bindings: &one.bindings, features })
}

fn parse(name: &str, wgsl: &str) -> (naga::Module, ModuleInfo) {
    let options = naga::front::wgsl::Options { parse_doc_comments: false, capabilities: Capabilities::all() };
    let module = naga::front::wgsl::Frontend::new_with_options(options)
        .parse(wgsl)
        .unwrap_or_else(|error| panic!("{name}: {}\n{wgsl}", error.emit_to_string(wgsl)));
    let info = Validator::new(ValidationFlags::all(), Capabilities::all())
        .validate(&module)
        .unwrap_or_else(|error| panic!("{name}: {}\n{wgsl}", error.emit_to_string(wgsl)));
    (module, info)
}

/// Metal's compiler may write all of a vector where a part of it is written: another invocation's part would be lost. Bodies that such
/// a device gets write whole ones wherever others see them.
fn writes_whole_vectors(name: &str, module: &naga::Module, info: &naga::valid::ModuleInfo) {
    use naga::{AddressSpace, Block, Statement, TypeInner, proc::TypeResolution};
    fn pointers(block: &Block, found: &mut Vec<naga::Handle<naga::Expression>>) {
        for statement in block {
            match statement {
                Statement::Store { pointer, .. } => found.push(*pointer),
                Statement::Block(block) => pointers(block, found),
                Statement::If { accept, reject, .. } => {
                    [accept, reject].into_iter().for_each(|block| pointers(block, found))
                }
                Statement::Loop { body, continuing, .. } => {
                    [body, continuing].into_iter().for_each(|block| pointers(block, found))
                }
                Statement::Switch { cases, .. } => cases.iter().for_each(|case| pointers(&case.body, found)),
                _ => {}
            }
        }
    }
    let functions = module.functions.iter().map(|(handle, function)| (function, &info[handle]));
    let entries = module.entry_points.iter().enumerate().map(|(at, entry)| (&entry.function, info.get_entry_point(at)));
    for (function, info) in functions.chain(entries) {
        let mut found = Vec::new();
        pointers(&function.body, &mut found);
        for pointer in found {
            let part = match &info[pointer].ty {
                TypeResolution::Value(TypeInner::ValuePointer { size: None, space, .. }) => Some(*space),
                _ => None,
            };
            let shared = matches!(part, Some(AddressSpace::WorkGroup | AddressSpace::Storage { .. }));
            assert!(!shared, "{name} writes a part of a vector that others write to as well");
        }
    }
}

#[test]
#[should_panic(expected = "a part of a vector")]
fn a_part_of_a_vector_that_others_write_to_is_noticed() {
    let text = "var<workgroup> four: vec4<f32>;\n@compute @workgroup_size(4)\n\
                fn main(@builtin(local_invocation_index) i: u32) { var own = vec2<f32>(); own[i % 2u] = 1.0; four[i] = own.x; }";
    let (module, info) = parse("four", text);
    writes_whole_vectors("four", &module, &info);
}

#[test]
fn every_body_is_a_valid_module_on_every_kind_of_device() {
    for (width, heads, rows, sequences) in [
        (384, 12, 512, 16),
        (384, 12, 32, 1),
        (256, 4, 100, 3),
        (40, 5, 3, 1),
        (8, 1, 100_000, 70_000),
        (1024, 4, 64, 2),
    ] {
        for (features, floats) in [(NARROW, 0..=1), (METAL, 0..=1), (MATRICES, 0..=1), (ITEMS, 0..=1)] {
            for float in floats {
                for tile in 0..linear::gpu::TILES.len() as u32 {
                    for one in uses(width, heads, rows, sequences, float, tile) {
                        let shader = shader(&one, features);
                        let (module, info) = parse(&one.name, &shader.wgsl);
                        if !features.matrix16 {
                            writes_whole_vectors(&one.name, &module, &info);
                        }
                        assert!(
                            shader.groups.iter().all(|side| (1..=65_535).contains(side)),
                            "{}: {shader:?}",
                            one.name
                        );
                    }
                }
            }
        }
    }
    for one in [8, 384, 2048, 8200].into_iter().flat_map(units_uses) {
        let text = shader(&one, ITEMS).wgsl;
        parse(&one.name, &text);
        assert!(text.contains("coopMultiplyAdd") && !shader(&one, MATRICES).wgsl.contains("coop"), "{}", one.name);
    }
    // Queries in the order of warp groups.
    for one in uses(384, 12, 512, 16, 0, 0) {
        parse(&one.name, &shader(&one, WARP_GROUPS).wgsl);
    }
    // Widths that cannot be read four at a time.
    for width in [1, 7, 1001] {
        for one in uses(width, 1, 100, 3, 0, 0) {
            let (module, info) = parse(&one.name, &shader(&one, NARROW).wgsl);
            writes_whole_vectors(&one.name, &module, &info);
        }
    }
}

#[cfg(target_os = "linux")]
fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/msl").join(format!("{name}.metal"))
}

#[cfg(target_os = "linux")]
#[test]
fn translations_for_metal_are_those_that_were_reviewed() {
    let mut own = 0;
    for float in [0, 1] {
        for one in uses(384, 12, 512, 16, float, 0) {
            let shader = shader(&one, METAL);
            let metal = hal::msl_text("golden", &shader.wgsl, one.bindings.len(), &METAL)
                .unwrap_or_else(|error| panic!("{}: {error}", one.name));
            check_arguments(&one, &metal);
            assert_eq!(shader.msl, None, "{}: a body for what the device lacks", one.name);
            review(&one.name, &metal.text);
        }
        for one in uses(384, 12, 512, 16, float, 0) {
            let Some(body) = shader(&one, GpuFeatures { tensor_ops: true, ..METAL }).msl else { continue };
            let kernel = hal::msl_kernel(&body.text).unwrap_or_else(|error| panic!("{}: {error}", one.name));
            assert_eq!(kernel.entry, body.entry, "{}", one.name);
            assert_eq!(kernel.buffers(), (0..=one.bindings.len() as u32).collect::<Vec<_>>(), "{}", one.name);
            assert_eq!(kernel.shared(), body.shared.len(), "{}", one.name);
            assert!(body.shared.iter().sum::<u32>() <= METAL.workgroup_bytes, "{}", one.name);
            review(&format!("{}.tensor", one.name), &body.text);
            own += 1;
        }
    }
    assert!(own >= 2, "linear layers have a body of their own");
}

/// Compares a text with the one that is kept, or keeps it.
#[cfg(target_os = "linux")]
fn review(name: &str, text: &str) {
    let path = golden(name);
    if std::env::var_os(BLESS).is_some() {
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be made");
        fs::write(&path, text).expect("it can be written");
        return;
    }
    let reviewed = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run once with {BLESS}=1", path.display()));
    assert!(reviewed == text, "{} is no longer what is made; review and run with {BLESS}=1", path.display());
}

/// What Metal will ask of a translation, read from its text: every buffer has an argument of its own, lengths of arrays come after the
/// parameters, workgroup memory is told of, and matrices are those that Metal has.
#[cfg(target_os = "linux")]
fn check_arguments(one: &Use, metal: &hal::MslText) {
    let name = &one.name;
    let kernel = hal::msl_kernel(&metal.text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (params, lengths) = (one.bindings.len() as u32, one.bindings.len() as u32 + 1);
    let mut buffers = kernel.buffers();
    buffers.sort_unstable();
    let unique = buffers.windows(2).all(|pair| pair[0] < pair[1]);
    assert!(unique && buffers.iter().all(|index| *index <= lengths), "{name}: {buffers:?}");
    for argument in &kernel.arguments {
        let expected = match argument.name.as_str() {
            "_buffer_sizes" => lengths,
            "params" => params,
            _ => continue,
        };
        assert_eq!(argument.slot, hal::MslSlot::Buffer(expected), "{name}: {argument:?}");
    }
    assert_eq!(kernel.shared(), metal.shared.len(), "{name}: pieces of workgroup memory");
    assert!(metal.shared.iter().all(|bytes| bytes.is_multiple_of(16)), "{name}: {:?}", metal.shared);
    assert!(metal.shared.iter().sum::<u32>() <= METAL.workgroup_bytes, "{name}: {:?}", metal.shared);
    assert_eq!(kernel.most_invocations, Some(metal.workgroup.iter().product()), "{name}: invocations of a workgroup");
    let matrices = metal.text.match_indices("simdgroup_").map(|(at, word)| &metal.text[at + word.len()..]);
    for matrix in matrices.filter(|rest| rest.starts_with("float") || rest.starts_with("half")) {
        let size = matrix.trim_start_matches("float").trim_start_matches("half");
        assert!(size.starts_with("8x8"), "{name}: a matrix of {}", &size[..size.len().min(8)]);
    }
}
