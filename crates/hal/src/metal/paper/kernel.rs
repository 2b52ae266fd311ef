//! Kernels in MSL, compiled as C++ against a header that stands in for Metal's library, and run on a processor.

use super::super::api::Source;
use super::super::gpu::lock;
use super::signature::{MslArgument, MslKernel, MslSlot, msl_kernel};
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::ffi::{CStr, CString, c_int, c_void};
use std::fmt::Write;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What stands in for `metal_stdlib`.
const STAND_IN: &str = include_str!("stand_in.h");

/// Metal's single precision throughout; accesses behind the one item that arrays are declared with are meant.
pub(super) const FLAGS: [&str; 9] = [
    "-std=c++20",
    "-O1",
    "-fPIC",
    "-shared",
    "-w",
    "-fsingle-precision-constant",
    "-ffp-contract=off",
    "-fno-strict-aliasing",
    "-fno-aggressive-loop-optimizations",
];

type Run = unsafe extern "C" fn(*const *mut c_void, *const u32, *const u32, *const u32, u32) -> c_int;

/// A kernel that a processor runs. Its code stays loaded.
pub(super) struct Kernel {
    name: &'static str,
    pub(super) declared: MslKernel,
    run: Run,
}

impl Kernel {
    /// Compiles a text, once in the life of the process.
    pub(super) fn compile(source: &Source<'_>) -> Result<Arc<Kernel>> {
        static KNOWN: Mutex<Option<HashMap<String, Arc<Kernel>>>> = Mutex::new(None);
        if let Some(known) = lock(&KNOWN).get_or_insert_default().get(source.msl) {
            return Ok(known.clone());
        }
        let wrong = |cause: String| Error::Kernel { kernel: source.kernel, cause: cause.into() };
        let declared = msl_kernel(source.msl).map_err(|cause| wrong(cause.to_string()))?;
        if declared.entry != source.entry {
            return Err(wrong(format!("its function is `{}`, not `{}`", declared.entry, source.entry)));
        }
        let invocations = source.workgroup.iter().product();
        if declared.most_invocations.is_some_and(|most| most < invocations) {
            return Err(wrong(format!("it says that a workgroup has fewer than {invocations} invocations")));
        }
        if source.msl.contains("<metal_tensor>") != source.tensor_ops {
            return Err(wrong("tensor operations need the language they came with, and others do not".into()));
        }
        let run = load(&cpp(source.msl, &declared)).map_err(wrong)?;
        let kernel = Arc::new(Kernel { name: source.kernel, declared, run });
        lock(&KNOWN).get_or_insert_default().insert(source.msl.to_owned(), kernel.clone());
        Ok(kernel)
    }

    /// The numbers of its buffers, each with what an offset in one must be a multiple of: the size of what is loaded at once.
    pub(super) fn buffers(&self) -> Vec<(u32, u64)> {
        let buffer = |argument: &MslArgument| match argument.slot {
            MslSlot::Buffer(index) if argument.kind.contains("uchar") => Some((index, 1)),
            MslSlot::Buffer(index) if argument.kind.ends_with("uint*") => Some((index, 4)),
            MslSlot::Buffer(index) => Some((index, 16)),
            _ => None,
        };
        self.declared.arguments.iter().filter_map(buffer).collect()
    }

    /// Runs it. What stands at `buffers[n]` is argument `n`.
    ///
    /// # Safety
    /// Behind every address is what the kernel reads and writes there, and nobody else touches it meanwhile.
    pub(super) unsafe fn run(
        &self,
        buffers: &[*mut u8],
        groups: [u32; 3],
        workgroup: [u32; 3],
        shared: &[u32],
    ) -> Result<()> {
        // SAFETY: the caller's promise; the function reads arrays of these lengths.
        let code = unsafe {
            (self.run)(
                buffers.as_ptr().cast(),
                groups.as_ptr(),
                workgroup.as_ptr(),
                shared.as_ptr(),
                shared.len() as u32,
            )
        };
        if code == 0 {
            return Ok(());
        }
        let cause = "invocations of a workgroup wait for each other at different places";
        Err(Error::Kernel { kernel: self.name, cause: cause.into() })
    }
}

/// The text as C++, with a function that is called from here.
fn cpp(msl: &str, kernel: &MslKernel) -> String {
    let mut out = String::from("#include \"metal_stdlib\"\n");
    for line in msl.lines() {
        let include = line.trim_start().starts_with("#include");
        // The header leaves out the word that this attribute is called by.
        let line = line.replace("[[threadgroup(", "[[shared(");
        let _ = writeln!(out, "{}", if include { "" } else { &line });
    }
    let arguments: Vec<String> = kernel.arguments.iter().map(argument).collect();
    let _ = write!(
        out,
        "static void paper::body(paper::Self const& self, void* const* buffers, void* const* shared) {{
    {}({});
}}
extern \"C\" int paper_run(void* const* buffers, metal::uint const* groups, metal::uint const* size, metal::uint const* bytes,
                         metal::uint count) {{
    return paper::run(buffers, groups, size, bytes, count);
}}
",
        kernel.entry,
        arguments.join(", ")
    );
    out
}

fn argument(argument: &MslArgument) -> String {
    match &argument.slot {
        MslSlot::Buffer(index) => format!("paper::argument<{}>(buffers[{index}])", argument.kind),
        MslSlot::Shared(index) => format!("paper::argument<{}>(shared[{index}])", argument.kind),
        MslSlot::Builtin(name) => match name.as_str() {
            "threadgroup_position_in_grid" => "paper::Place{self.group}".into(),
            "threadgroups_per_grid" => "paper::Place{self.groups}".into(),
            "thread_position_in_threadgroup" => "paper::Place{self.local}".into(),
            "thread_position_in_grid" => "paper::Place{self.group * self.size + self.local}".into(),
            "threads_per_threadgroup" => "paper::Place{self.size}".into(),
            "thread_index_in_threadgroup" => "self.index".into(),
            "thread_index_in_simdgroup" => "(self.index % PAPER_SIMD)".into(),
            "simdgroup_index_in_threadgroup" => "(self.index / PAPER_SIMD)".into(),
            "threads_per_simdgroup" => "PAPER_SIMD".into(),
            // The compiler says what is not known.
            other => other.to_owned(),
        },
    }
}

/// Compiles and loads C++; the error is what the compiler says.
fn load(text: &str) -> std::result::Result<Run, String> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("downbeat-paper-{}-{number}", std::process::id()));
    let made = compile(&folder, text);
    // Loaded code stays, and what is left of the folder is of no use.
    let _ = std::fs::remove_dir_all(&folder);
    made
}

fn compile(folder: &std::path::Path, text: &str) -> std::result::Result<Run, String> {
    let system = |cause: std::io::Error| cause.to_string();
    std::fs::create_dir_all(folder).map_err(system)?;
    let (source, library) = (folder.join("kernel.cpp"), folder.join("kernel.so"));
    std::fs::write(folder.join("metal_stdlib"), STAND_IN).map_err(system)?;
    std::fs::write(&source, text).map_err(system)?;
    let compiler = compiler();
    let output = Command::new(&compiler)
        .args(FLAGS)
        .args(["-I".as_ref(), folder.as_os_str(), "-o".as_ref(), library.as_os_str(), source.as_os_str()])
        .output()
        .map_err(|cause| format!("the C++ compiler `{compiler}` cannot be run: {cause}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let errors: Vec<&str> = said.lines().filter(|line| line.contains("error")).take(12).collect();
        return Err(format!("as C++, it does not compile:\n{}\n{text}", errors.join("\n")));
    }
    let path = CString::new(library.as_os_str().as_encoded_bytes()).map_err(|cause| cause.to_string())?;
    // SAFETY: the library was made above, and its initialisers do nothing.
    let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
    // SAFETY: a loaded library is asked for a name; null is taken as missing.
    let symbol = unsafe { if handle.is_null() { handle } else { libc::dlsym(handle, c"paper_run".as_ptr()) } };
    if symbol.is_null() {
        // SAFETY: the message, if there is one, lives until the next call.
        let said = unsafe { libc::dlerror() };
        // SAFETY: as above.
        let said = if said.is_null() { c"no reason" } else { unsafe { CStr::from_ptr(said) } };
        return Err(format!("its code cannot be loaded: {}", said.to_string_lossy()));
    }
    // SAFETY: the text declares the function with exactly this type.
    Ok(unsafe { std::mem::transmute::<*mut c_void, Run>(symbol) })
}

/// The C++ compiler: `CXX` in the environment, or `c++`.
pub(super) fn compiler() -> String {
    std::env::var("CXX").unwrap_or_else(|_| "c++".into())
}
