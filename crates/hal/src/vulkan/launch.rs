//! Kernels in PTX, run through `VK_NVX_binary_import`: what the driver makes of a text, and how a command buffer starts it.

use super::gpu::Gpu;
use crate::error::{Error, Result};
use crate::shader::PtxBody;
use ash::vk;
use std::ffi::CString;
use std::sync::Arc;

/// A compiled text.
pub(super) struct Function {
    gpu: Arc<Gpu>,
    calls: ash::nvx::binary_import::Device,
    module: vk::CuModuleNVX,
    raw: vk::CuFunctionNVX,
}

/// A use of one: everything but the address of the run's parameters.
pub(super) struct Launch {
    pub(super) function: Arc<Function>,
    pub(super) groups: u32,
    pub(super) workgroup: u32,
    pub(super) shared: u32,
    pub(super) values: Vec<u32>,
}

impl Function {
    /// Compiles a text.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the device has no such kernels or asks for more workgroup memory than there is; what the driver says.
    pub(super) fn new(gpu: &Arc<Gpu>, kernel: &'static str, body: &PtxBody) -> Result<Function> {
        let Some(calls) = gpu.launches.clone() else {
            return Err(Error::unsupported(format!("kernel `{kernel}`: this device takes no PTX")));
        };
        if body.shared > PtxBody::SHARED_BYTES {
            return Err(Error::unsupported(format!(
                "kernel `{kernel}`: {} bytes of workgroup memory; launches have {}",
                body.shared,
                PtxBody::SHARED_BYTES
            )));
        }
        let text = CString::new(body.text.as_str()).map_err(|_| Error::invalid("a kernel's text with a zero in it"))?;
        let wrong = |cause| gpu.failed(cause, &format!("compiling kernel `{kernel}`"));
        let device = gpu.device.handle();
        let mut info = vk::CuModuleCreateInfoNVX::default();
        (info.data_size, info.p_data) = (text.as_bytes_with_nul().len(), text.as_ptr().cast());
        let (mut module, mut raw) = (vk::CuModuleNVX::null(), vk::CuFunctionNVX::null());
        // SAFETY: the extension is on; the text and the structures live during the calls, and the entry's name ends with a zero. What a
        // call that failed left in its result is not looked at.
        unsafe {
            (calls.fp().create_cu_module_nvx)(device, &info, std::ptr::null(), &mut module).result().map_err(wrong)?;
            let info = vk::CuFunctionCreateInfoNVX::default().module(module).name(c"main");
            let made = (calls.fp().create_cu_function_nvx)(device, &info, std::ptr::null(), &mut raw).result();
            made.map_err(|cause| {
                (calls.fp().destroy_cu_module_nvx)(device, module, std::ptr::null());
                wrong(cause)
            })?;
        }
        Ok(Function { gpu: gpu.clone(), calls, module, raw })
    }
}

impl Launch {
    /// Writes the launch with the `addresses` of its bindings and of the run's parameters.
    ///
    /// # Safety
    /// `commands` is being recorded, by this thread alone; what lies at the addresses outlives every run of the commands.
    pub(super) unsafe fn write(&self, commands: vk::CommandBuffer, addresses: &[u64]) {
        let addresses = addresses.iter().map(|address| std::ptr::from_ref(address).cast());
        let arguments: Vec<_> =
            addresses.chain(self.values.iter().map(|value| std::ptr::from_ref(value).cast())).collect();
        let mut info = vk::CuLaunchInfoNVX { function: self.function.raw, ..Default::default() };
        (info.grid_dim_x, info.grid_dim_y, info.grid_dim_z) = (self.groups, 1, 1);
        (info.block_dim_x, info.block_dim_y, info.block_dim_z) = (self.workgroup, 1, 1);
        info.shared_mem_bytes = self.shared;
        (info.param_count, info.p_params) = (arguments.len(), arguments.as_ptr());
        // SAFETY: the caller's promise. The arguments need not outlive the call: like those of any command they are recorded by value.
        unsafe { (self.function.calls.fp().cmd_cu_launch_kernel_nvx)(commands, &info) };
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let device = self.gpu.device.handle();
        // SAFETY: the steps of an encoded recording hold their functions, and submitted work holds its encoded recording.
        unsafe {
            (self.calls.fp().destroy_cu_function_nvx)(device, self.raw, std::ptr::null());
            (self.calls.fp().destroy_cu_module_nvx)(device, self.module, std::ptr::null());
        }
    }
}
