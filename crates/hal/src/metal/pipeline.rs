//! Pipelines: one for each distinct text of a kernel.

use super::api::{Api, Facts, Source};
use super::gpu::{Gpu, Held, lock};
use super::msl::{self, COPY_WORKGROUP, Translated};
use crate::error::{Error, Result};
use crate::recording::{Dispatch, Kernel};
use crate::shader::{GpuFeatures, MslBody, Shader, ShaderRequest};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// Pipelines that are kept although no recording uses them.
const KEPT: usize = 1024;

/// The most workgroups along one side of a grid.
const GRID_SIDE: u32 = 65_535;

/// Where the offset of a binding must lie: vectors of four words are loaded whole.
pub(super) const BINDING_ALIGNMENT: u64 = 16;

/// A compiled text.
pub(super) struct Pipeline<A: Api> {
    pub(super) raw: Held<A, A::Pipeline>,
    /// Invocations of a workgroup in x, y and z.
    pub(super) workgroup: [u32; 3],
    /// Bytes of each piece of workgroup memory.
    pub(super) shared: Vec<u32>,
    /// The bindings whose lengths it is given, in order.
    pub(super) sized: Vec<u32>,
}

/// What a dispatch keeps: its pipeline and its workgroups.
pub(super) struct Prepared<A: Api> {
    pub(super) pipeline: Arc<Pipeline<A>>,
    pub(super) groups: [u32; 3],
}

/// What pipelines are known by: a number of bindings, and a text with what it is run with.
type Key = (usize, String);

type Known<A> = HashMap<Key, Arc<Pipeline<A>>>;

/// The body of a kernel, before it is translated.
struct Made<T> {
    key: Key,
    groups: [u32; 3],
    translate: T,
}

/// All pipelines of a device.
pub(super) struct Pipelines<A: Api> {
    gpu: Arc<Gpu<A>>,
    features: GpuFeatures,
    checked: bool,
    known: Mutex<Known<A>>,
    copy_bytes: OnceLock<Arc<Pipeline<A>>>,
    fill_words: OnceLock<Arc<Pipeline<A>>>,
}

impl<A: Api> Pipelines<A> {
    pub(super) fn new(gpu: Arc<Gpu<A>>, features: GpuFeatures, checked: bool) -> Pipelines<A> {
        let (copy_bytes, fill_words) = (OnceLock::new(), OnceLock::new());
        Pipelines { gpu, features, checked, known: Mutex::default(), copy_bytes, fill_words }
    }

    /// The pipeline and workgroups of a dispatch; compiles at the first use of a text.
    pub(super) fn prepare(&self, dispatch: &Dispatch) -> Result<Prepared<A>> {
        let kernel = dispatch.kernel.name;
        let Some(body) = dispatch.kernel.gpu else {
            return Err(Error::unsupported(format!("kernel `{kernel}`: it has no body for GPUs")));
        };
        self.check_bindings(dispatch)?;
        let lengths: Vec<u64> = dispatch.bindings.iter().map(|(slice, _)| slice.len()).collect();
        let request = ShaderRequest { constants: &dispatch.constants, bindings: &lengths, features: self.features };
        let made = self.made(kernel, body(&request), lengths.len());
        let groups = self.grid(kernel, made.groups)?;
        Ok(Prepared { pipeline: self.kept(kernel, made)?, groups })
    }

    /// A number for all that decides what kernels compute: their texts and how they are compiled and run, on which system, and by which
    /// of our versions. Each kernel has constants and a number of bindings.
    pub(super) fn digest(&self, kernels: &[(Kernel, Vec<u32>, usize)]) -> Result<u32> {
        let Facts { generation, identity, compiled_with, .. } = self.gpu.facts();
        let mut sum = crc32fast::Hasher::new();
        let version = env!("CARGO_PKG_VERSION");
        sum.update(format!("{version}\n{generation}\n{identity}\n{compiled_with}\n").as_bytes());
        for (kernel, constants, bindings) in kernels {
            let Some(body) = kernel.gpu else { continue };
            let shader = body(&ShaderRequest { constants, bindings: &[], features: self.features });
            let made = self.made(kernel.name, shader, *bindings);
            let translated = (made.translate)()?;
            sum.update(format!("{bindings} {:?} {translated:?}\n", made.groups).as_bytes());
        }
        Ok(sum.finalize())
    }

    /// The body of a kernel, which has `bindings`: the one in Metal's own language where it has one and the device runs it.
    fn made(&self, kernel: &'static str, shader: Shader, bindings: usize) -> Made<impl FnOnce() -> Result<Translated>> {
        let (features, checked) = (self.features, self.checked);
        let own = shader.msl.filter(|_| features.tensor_ops);
        let groups = own.as_ref().map_or(shader.groups, |own| own.groups);
        let key = match &own {
            // A text says neither how many invocations it is run with nor how much memory they share.
            Some(own) => format!("{} {:?} {:?}\n{}", own.entry, own.workgroup, own.shared, own.text),
            None => shader.wgsl.clone(),
        };
        let translate = move || match own {
            Some(MslBody { text: msl, entry, workgroup, shared, .. }) => {
                Ok(Translated { msl, entry: entry.into(), workgroup, shared, sized: Vec::new(), tensor_ops: true })
            }
            None => msl::translate(kernel, &shader.wgsl, &features, bindings, checked),
        };
        Made { key: (bindings, key), groups, translate }
    }

    fn grid(&self, kernel: &str, groups: [u32; 3]) -> Result<[u32; 3]> {
        if groups.iter().any(|side| *side > GRID_SIDE) {
            return Err(Error::unsupported(format!(
                "kernel `{kernel}` with {groups:?} workgroups; a grid has {GRID_SIDE} along a side"
            )));
        }
        Ok(groups)
    }

    /// The kernel that copies bytes.
    pub(super) fn copy_bytes(&self) -> Result<Arc<Pipeline<A>>> {
        self.own(&self.copy_bytes, "copy", "copy_bytes", msl::COPY_BYTES)
    }

    /// The kernel that fills words.
    pub(super) fn fill_words(&self) -> Result<Arc<Pipeline<A>>> {
        self.own(&self.fill_words, "fill", "fill_words", msl::FILL_WORDS)
    }

    fn own(
        &self,
        kept: &OnceLock<Arc<Pipeline<A>>>,
        kernel: &'static str,
        entry: &str,
        text: &str,
    ) -> Result<Arc<Pipeline<A>>> {
        if let Some(pipeline) = kept.get() {
            return Ok(pipeline.clone());
        }
        let workgroup = [COPY_WORKGROUP, 1, 1];
        let (shared, sized) = (Vec::new(), Vec::new());
        let (msl, entry, tensor_ops) = (text.into(), entry.into(), false);
        let translated = Translated { msl, entry, workgroup, shared, sized, tensor_ops };
        let made = Arc::new(self.compile(kernel, translated)?);
        Ok(kept.get_or_init(|| made).clone())
    }

    fn kept(&self, kernel: &'static str, made: Made<impl FnOnce() -> Result<Translated>>) -> Result<Arc<Pipeline<A>>> {
        let Made { key, translate, .. } = made;
        if let Some(pipeline) = lock(&self.known).get(&key) {
            return Ok(pipeline.clone());
        }
        // Compiled outside the lock: texts of one program are compiled by several threads.
        let pipeline = Arc::new(self.compile(kernel, translate()?)?);
        let mut known = lock(&self.known);
        if known.len() >= KEPT {
            known.retain(|_, pipeline| Arc::strong_count(pipeline) > 1);
        }
        Ok(known.entry(key).or_insert(pipeline).clone())
    }

    fn check_bindings(&self, dispatch: &Dispatch) -> Result<()> {
        let most = self.gpu.facts().buffer_bytes.min(u64::from(u32::MAX));
        for (index, (slice, _)) in dispatch.bindings.iter().enumerate() {
            let (kernel, bytes, offset) = (dispatch.kernel.name, slice.len(), slice.offset());
            if bytes > most {
                return Err(Error::unsupported(format!(
                    "binding {index} of `{kernel}` has {bytes} bytes; the device binds {most}"
                )));
            }
            if !offset.is_multiple_of(BINDING_ALIGNMENT) {
                return Err(Error::invalid(format!(
                    "binding {index} of `{kernel}` starts at byte {offset}, not a multiple of {BINDING_ALIGNMENT}"
                )));
            }
        }
        Ok(())
    }

    fn compile(&self, kernel: &'static str, translated: Translated) -> Result<Pipeline<A>> {
        let Translated { msl, entry, workgroup, shared, sized, tensor_ops } = translated;
        let source = Source { kernel, msl: &msl, entry: &entry, workgroup, tensor_ops };
        let (raw, new) = self.gpu.api.compile(&source)?;
        let raw = Held::new(raw);
        if new {
            self.gpu.unsaved.grew();
        }
        // Metal runs nothing, and says nothing, where a workgroup is larger than the compiled kernel allows.
        let (width, most) = self.gpu.api.widths(&raw);
        let invocations: u32 = workgroup.iter().product();
        if width != self.features.subgroup || invocations > most {
            return Err(Error::unsupported(format!(
                "kernel `{kernel}` in workgroups of {invocations}: compiled, it runs {width} in step and {most} together"
            )));
        }
        Ok(Pipeline { raw, workgroup, shared, sized })
    }
}
