//! Networks and tensors of Metal 4.

use super::super::api::Socket;
use super::common::{self, Buffer};
use super::four::TABLE_BUFFERS;
use super::{Crossing, Obj, Own, failed, nothing};
use crate::error::{Error, Result};
use crate::network::{Form, Number};
use objc2::AnyThread;
use objc2::rc::Retained;
use objc2_foundation::NSString;
use objc2_metal::*;
use std::path::Path;

/// The function that the network of a package is.
const ENTRY: &str = "main";

/// The least memory that a network is given to work in.
const LEAST_SCRATCH: usize = 4096;

pub(in super::super) struct Network {
    pub(super) state: Own<dyn MTL4MachineLearningPipelineState>,
    /// One run at a time works in it.
    pub(super) scratch: Crossing<Own<dyn MTLHeap>>,
}

impl Network {
    pub(super) fn open(
        device: &Obj<dyn MTLDevice>,
        compiler: &Obj<dyn MTL4Compiler>,
        package: &Path,
    ) -> Result<(Network, Vec<Socket>)> {
        let library = device.newLibraryWithURL_error(&common::url(package));
        let library = library.map_err(|cause| failed(&format!("opening {}", package.display()), &cause))?;
        if !library.functionNames().iter().any(|name| name.to_string() == ENTRY) {
            return Err(Error::invalid(format!("{}: it has no network `{ENTRY}`", package.display())));
        }
        let function = MTL4LibraryFunctionDescriptor::new();
        function.setName(Some(&NSString::from_str(ENTRY)));
        function.setLibrary(Some(&library));
        let options = MTL4PipelineOptions::new();
        options.setShaderReflection(MTL4ShaderReflection::BindingInfo);
        let described = MTL4MachineLearningPipelineDescriptor::new();
        described.setMachineLearningFunctionDescriptor(Some(&function));
        described.setOptions(Some(&options));
        let state = compiler.newMachineLearningPipelineStateWithDescriptor_error(&described);
        let state = state.map_err(|cause| failed(&format!("compiling {}", package.display()), &cause))?;
        let reflection = state.reflection();
        let reflection =
            reflection.ok_or_else(|| Error::unsupported("Metal: a network that says nothing of its ports"))?;
        let sockets = reflection.bindings().iter().map(|binding| socket(&binding)).collect::<Result<_>>()?;
        let bytes = state.intermediatesHeapSize().max(LEAST_SCRATCH);
        let described = MTLHeapDescriptor::new();
        described.setType(MTLHeapType::Placement);
        described.setStorageMode(MTLStorageMode::Private);
        described.setSize(bytes);
        let scratch = device.newHeapWithDescriptor(&described).map(Crossing).ok_or_else(|| nothing(bytes as u64))?;
        Ok((Network { state, scratch }, sockets))
    }
}

fn socket(binding: &Obj<dyn MTLBinding>) -> Result<Socket> {
    let (name, index) = (binding.name().to_string(), binding.index());
    let unfit = |what: &str| Error::unsupported(format!("port `{name}` of a network: {what}"));
    if binding.r#type() != MTLBindingType::Tensor {
        return Err(unfit("it is no tensor"));
    }
    if index >= TABLE_BUFFERS {
        return Err(unfit("there is no such place in a table"));
    }
    // SAFETY: a binding of this type has this protocol, and both are pointers to one object.
    let tensor = unsafe { &*std::ptr::from_ref(binding).cast::<Obj<dyn MTLTensorBinding>>() };
    let number = match tensor.tensorDataType() {
        MTLTensorDataType::Float32 => Number::F32,
        MTLTensorDataType::Float16 => Number::F16,
        MTLTensorDataType::Int32 => Number::I32,
        _ => return Err(unfit("numbers of a type that is not known here")),
    };
    let dimensions = tensor.dimensions().ok_or_else(|| unfit("it has no dimensions"))?;
    let mut shape = Vec::new();
    for at in (0..dimensions.rank()).rev() {
        // SAFETY: there are so many.
        let extent = unsafe { dimensions.extentAtDimensionIndex(at) };
        shape.push(u64::try_from(extent).map_err(|_| unfit("a dimension that is not fixed"))?);
    }
    let output = binding.access() != MTLBindingAccess::ReadOnly;
    Ok(Socket { index: index as u32, form: Form::new(number, &shape)?, output, name })
}

/// The numbers of a buffer from its start on.
pub(super) fn tensor(buffer: &Buffer, form: &Form) -> Result<Own<dyn MTLTensor>> {
    let (sides, strides): (Vec<isize>, Vec<isize>) =
        form.strides().into_iter().map(|(side, stride)| (side as isize, stride as isize)).unzip();
    let described = MTLTensorDescriptor::new();
    described.setDimensions(&*extents(&sides)?);
    described.setStrides(Some(&*extents(&strides)?));
    described.setDataType(match form.number() {
        Number::F32 => MTLTensorDataType::Float32,
        Number::F16 => MTLTensorDataType::Float16,
        Number::I32 => MTLTensorDataType::Int32,
    });
    described.setUsage(MTLTensorUsage::Compute | MTLTensorUsage::MachineLearning);
    described.setStorageMode(MTLStorageMode::Shared);
    described.setResourceOptions(common::shared_options());
    described.setHazardTrackingMode(MTLHazardTrackingMode::Untracked);
    if form.bytes() > buffer.raw.0.length() as u64 {
        return Err(Error::invalid(format!(
            "a tensor of {} bytes in a buffer of {}",
            form.bytes(),
            buffer.raw.0.length()
        )));
    }
    // SAFETY: all of its numbers lie in the buffer, which lives longer.
    let tensor = unsafe { buffer.raw.0.newTensorWithDescriptor_offset_error(&described, 0) };
    tensor.map_err(|cause| failed("making a tensor", &cause))
}

fn extents(values: &[isize]) -> Result<Retained<MTLTensorExtents>> {
    // SAFETY: as many values as are said, which are copied.
    let extents =
        unsafe { MTLTensorExtents::initWithRank_values(MTLTensorExtents::alloc(), values.len(), values.as_ptr()) };
    extents.ok_or_else(|| Error::unsupported(format!("a tensor of {} dimensions", values.len())))
}
