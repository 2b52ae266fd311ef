//! Pipelines: one for each distinct text of a kernel.

use super::cache::Cache;
use super::gpu::{Gpu, lock};
use super::launch::{Function, Launch};
use super::spirv;
use crate::error::{Error, Result};
use crate::recording::{Dispatch, MAX_BINDINGS, MAX_PARAMS};
use crate::shader::{PtxBody, ShaderRequest};
use ash::vk;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Pipelines for a number of bindings that are kept although no recording uses them.
const KEPT: usize = 1024;

/// Bytes of a run's parameters.
pub(super) const PARAM_BYTES: u64 = MAX_PARAMS as u64 * 4;

/// A compiled text.
pub(super) struct Pipeline {
    gpu: Arc<Gpu>,
    pub(super) raw: vk::Pipeline,
}

/// What a dispatch keeps.
pub(super) enum Prepared {
    /// Its pipeline and its workgroups.
    Pipeline(Arc<Pipeline>, [u32; 3]),
    /// A use of a kernel in PTX.
    Launch(Arc<Launch>),
}

/// For a number of bindings: they are storage buffers, followed by the run's parameters at an offset chosen per run.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    pub(super) set: vk::DescriptorSetLayout,
    pub(super) pipeline: vk::PipelineLayout,
}

/// All pipelines of a device.
pub(super) struct Pipelines {
    gpu: Arc<Gpu>,
    checked: bool,
    cache: Cache,
    layouts: Vec<Layout>,
    /// For each number of bindings, by text.
    known: Vec<Mutex<HashMap<String, Arc<Pipeline>>>>,
    /// Kernels in PTX, by text.
    functions: Mutex<HashMap<String, Arc<Function>>>,
}

impl Pipelines {
    pub(super) fn new(gpu: Arc<Gpu>, cache: Cache, checked: bool) -> Result<Pipelines> {
        let mut pipelines =
            Pipelines { gpu, checked, cache, layouts: Vec::new(), known: Vec::new(), functions: Mutex::default() };
        for bindings in 0..=MAX_BINDINGS as u32 {
            pipelines.layouts.push(layout(&pipelines.gpu, bindings)?);
            pipelines.known.push(Mutex::default());
        }
        Ok(pipelines)
    }

    pub(super) fn layout(&self, bindings: usize) -> Layout {
        self.layouts[bindings]
    }

    /// The pipeline and workgroups of a dispatch; compiles at the first use of a text.
    pub(super) fn prepare(&self, dispatch: &Dispatch) -> Result<Prepared> {
        let kernel = dispatch.kernel.name;
        let Some(body) = dispatch.kernel.gpu else {
            return Err(Error::unsupported(format!("kernel `{kernel}`: it has no body for GPUs")));
        };
        self.check_bindings(dispatch)?;
        let lengths: Vec<u64> = dispatch.bindings.iter().map(|(slice, _)| slice.len()).collect();
        let request = ShaderRequest { constants: &dispatch.constants, bindings: &lengths, features: self.gpu.features };
        let shader = body(&request);
        let groups = shader.ptx.as_ref().map_or(shader.groups, |body| [body.groups, 1, 1]);
        let limit = self.gpu.properties.limits.max_compute_work_group_count;
        if groups.iter().zip(&limit).any(|(groups, limit)| groups > limit) {
            return Err(Error::unsupported(format!(
                "kernel `{kernel}` with {groups:?} workgroups; the device runs {limit:?}"
            )));
        }
        if let Some(body) = shader.ptx {
            return Ok(Prepared::Launch(Arc::new(self.launch(kernel, body)?)));
        }
        let pipeline = self.get(kernel, &shader.wgsl, lengths.len())?;
        Ok(Prepared::Pipeline(pipeline, groups))
    }

    /// A use of a kernel in PTX; compiles at the first use of a text.
    fn launch(&self, kernel: &'static str, body: PtxBody) -> Result<Launch> {
        let known = lock(&self.functions).get(&body.text).cloned();
        let function = match known {
            Some(function) => function,
            None => {
                let function = Arc::new(Function::new(&self.gpu, kernel, &body)?);
                let mut known = lock(&self.functions);
                if known.len() >= KEPT {
                    known.retain(|_, function| Arc::strong_count(function) > 1);
                }
                known.entry(body.text).or_insert(function).clone()
            }
        };
        let PtxBody { workgroup, groups, shared, values, .. } = body;
        Ok(Launch { function, groups, workgroup, shared, values })
    }

    /// The pipeline of a text with a number of bindings.
    pub(super) fn get(&self, kernel: &'static str, wgsl: &str, bindings: usize) -> Result<Arc<Pipeline>> {
        if let Some(pipeline) = lock(&self.known[bindings]).get(wgsl) {
            return Ok(pipeline.clone());
        }
        // Compiled outside the lock: texts of one program are compiled by several threads.
        let pipeline = Arc::new(self.compile(kernel, wgsl, bindings)?);
        let mut known = lock(&self.known[bindings]);
        if known.len() >= KEPT {
            known.retain(|_, pipeline| Arc::strong_count(pipeline) > 1);
        }
        Ok(known.entry(wgsl.to_owned()).or_insert(pipeline).clone())
    }

    fn check_bindings(&self, dispatch: &Dispatch) -> Result<()> {
        let limits = &self.gpu.properties.limits;
        for (index, (slice, _)) in dispatch.bindings.iter().enumerate() {
            let bytes = slice.len();
            if bytes > u64::from(limits.max_storage_buffer_range) {
                return Err(Error::unsupported(format!(
                    "binding {index} of `{}` has {bytes} bytes; the device binds {}",
                    dispatch.kernel.name, limits.max_storage_buffer_range
                )));
            }
            let alignment = limits.min_storage_buffer_offset_alignment;
            if !slice.offset().is_multiple_of(alignment) {
                return Err(Error::invalid(format!(
                    "binding {index} of `{}` starts at byte {}, not a multiple of {alignment}",
                    dispatch.kernel.name,
                    slice.offset()
                )));
            }
        }
        Ok(())
    }

    fn compile(&self, kernel: &'static str, wgsl: &str, bindings: usize) -> Result<Pipeline> {
        let gpu = &self.gpu;
        let translated = spirv::translate(kernel, wgsl, &gpu.features, self.checked)?;
        let wrong = |cause: vk::Result| gpu.failed(cause, &format!("compiling kernel `{kernel}`"));
        let info = vk::ShaderModuleCreateInfo::default().code(&translated.words);
        // SAFETY: naga validated the module.
        let module = unsafe { gpu.device.create_shader_module(&info, None) }.map_err(wrong)?;
        let width = gpu.features.subgroup;
        let mut required =
            vk::PipelineShaderStageRequiredSubgroupSizeCreateInfo::default().required_subgroup_size(width);
        let mut stage = vk::PipelineShaderStageCreateInfo::default()
            .stage(vk::ShaderStageFlags::COMPUTE)
            .module(module)
            .name(c"main");
        if gpu.subgroup.requirable {
            stage = stage.push_next(&mut required);
            if gpu.subgroup.full && translated.workgroup[0].is_multiple_of(width) {
                stage = stage.flags(vk::PipelineShaderStageCreateFlags::REQUIRE_FULL_SUBGROUPS);
            }
        }
        let info = vk::ComputePipelineCreateInfo::default().stage(stage).layout(self.layout(bindings).pipeline);
        // SAFETY: the module, the layout and the structures live during the call; the module is not needed after it.
        let made = unsafe {
            let made = gpu.device.create_compute_pipelines(self.cache.raw, &[info], None);
            gpu.device.destroy_shader_module(module, None);
            made
        };
        let raw = made.map_err(|(_, cause)| wrong(cause))?[0];
        self.cache.grew();
        Ok(Pipeline { gpu: gpu.clone(), raw })
    }
}

fn layout(gpu: &Gpu, bindings: u32) -> Result<Layout> {
    let wrong = |cause| gpu.failed(cause, "creating a pipeline layout");
    let slots: Vec<vk::DescriptorSetLayoutBinding<'_>> = (0..=bindings)
        .map(|index| {
            let kind = if index == bindings {
                vk::DescriptorType::STORAGE_BUFFER_DYNAMIC
            } else {
                vk::DescriptorType::STORAGE_BUFFER
            };
            vk::DescriptorSetLayoutBinding::default()
                .binding(index)
                .descriptor_type(kind)
                .descriptor_count(1)
                .stage_flags(vk::ShaderStageFlags::COMPUTE)
        })
        .collect();
    let info = vk::DescriptorSetLayoutCreateInfo::default().bindings(&slots);
    // SAFETY: the structures live during the calls.
    unsafe {
        let set = gpu.device.create_descriptor_set_layout(&info, None).map_err(wrong)?;
        let sets = [set];
        let info = vk::PipelineLayoutCreateInfo::default().set_layouts(&sets);
        let pipeline = gpu.device.create_pipeline_layout(&info, None).map_err(|cause| {
            gpu.device.destroy_descriptor_set_layout(set, None);
            wrong(cause)
        })?;
        Ok(Layout { set, pipeline })
    }
}

impl Drop for Pipelines {
    fn drop(&mut self) {
        for layout in self.layouts.drain(..) {
            // SAFETY: recordings, which use the layouts, hold this object.
            unsafe {
                self.gpu.device.destroy_pipeline_layout(layout.pipeline, None);
                self.gpu.device.destroy_descriptor_set_layout(layout.set, None);
            }
        }
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        // SAFETY: the steps of an encoded recording hold their pipelines, and submitted work holds its encoded recording.
        unsafe { self.gpu.device.destroy_pipeline(self.raw, None) };
    }
}
