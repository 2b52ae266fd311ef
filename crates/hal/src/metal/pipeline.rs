//! Pipelines: one for each distinct text of a kernel.

use super::api::{Api, Source};
use super::gpu::{Gpu, Held, lock};
use super::msl::{self, COPY_WORKGROUP, Translated};
use crate::error::{Error, Result};
use crate::recording::{Dispatch, Kernel};
use crate::shader::{GpuFeatures, MslBody, ShaderRequest};
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

type Known<A> = HashMap<(usize, String), Arc<Pipeline<A>>>;

/// All pipelines of a device.
pub(super) struct Pipelines<A: Api> {
    gpu: Arc<Gpu<A>>,
    features: GpuFeatures,
    checked: bool,
    /// By number of bindings and text.
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
        let shader = body(&request);
        if let Some(own) = shader.msl.filter(|_| self.features.tensor_ops) {
            let groups = self.grid(kernel, own.groups)?;
            let (entry, sized) = (own.entry.into(), Vec::new());
            let MslBody { text: msl, workgroup, shared, .. } = own;
            let translated = Translated { msl, entry, workgroup, shared, sized, tensor_ops: true };
            let key = (lengths.len(), translated.msl.clone());
            return Ok(Prepared { pipeline: self.kept(kernel, key, |_| Ok(translated))?, groups });
        }
        let groups = self.grid(kernel, shader.groups)?;
        let translate = |wgsl: &str| msl::translate(kernel, wgsl, &self.features, lengths.len(), self.checked);
        Ok(Prepared { pipeline: self.kept(kernel, (lengths.len(), shader.wgsl), translate)?, groups })
    }

    /// A number for the texts of kernels as Metal gets them. Each has constants and a number of bindings.
    pub(super) fn digest(&self, kernels: &[(Kernel, Vec<u32>, usize)]) -> Result<u32> {
        let mut sum = crc32fast::Hasher::new();
        for (kernel, constants, bindings) in kernels {
            let Some(body) = kernel.gpu else { continue };
            let shader = body(&ShaderRequest { constants, bindings: &[], features: self.features });
            let text = match shader.msl {
                Some(own) => own.text,
                None => msl::translate(kernel.name, &shader.wgsl, &self.features, *bindings, self.checked)?.msl,
            };
            sum.update(text.as_bytes());
        }
        Ok(sum.finalize())
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

    /// The pipeline of a number of bindings and a text, made of what `translate` makes of the text.
    fn kept(
        &self,
        kernel: &'static str,
        key: (usize, String),
        translate: impl FnOnce(&str) -> Result<Translated>,
    ) -> Result<Arc<Pipeline<A>>> {
        if let Some(pipeline) = lock(&self.known).get(&key) {
            return Ok(pipeline.clone());
        }
        // Compiled outside the lock: texts of one program are compiled by several threads.
        let pipeline = Arc::new(self.compile(kernel, translate(&key.1)?)?);
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
