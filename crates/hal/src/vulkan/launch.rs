//! Kernels in PTX, run through `VK_NVX_binary_import`: what the driver makes of a text, and how a command buffer starts it.

use super::gpu::Gpu;
use crate::error::{Error, Result};
use crate::shader::PtxBody;
use ash::vk;
use std::ffi::CString;
use std::sync::Arc;

/// Workgroup memory that a launch may ask for: the driver takes more, and loses the device.
const SHARED_BYTES: u32 = 48 << 10;

/// A compiled text.
pub(super) struct Function {
    gpu: Arc<Gpu>,
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
        let Some(calls) = &gpu.launches else {
            return Err(Error::unsupported(format!("kernel `{kernel}`: this device takes no PTX")));
        };
        if body.shared > SHARED_BYTES {
            let asked = body.shared;
            return Err(Error::unsupported(format!(
                "kernel `{kernel}`: {asked} bytes of workgroup memory; launches have {SHARED_BYTES}"
            )));
        }
        let text = CString::new(body.text.as_str()).map_err(|_| Error::invalid("a kernel's text with a zero in it"))?;
        let wrong = |cause| gpu.failed(cause, &format!("compiling kernel `{kernel}`"));
        let mut function =
            Function { gpu: gpu.clone(), module: vk::CuModuleNVX::null(), raw: vk::CuFunctionNVX::null() };
        let mut info = vk::CuModuleCreateInfoNVX::default();
        (info.data_size, info.p_data) = (text.as_bytes_with_nul().len(), text.as_ptr().cast());
        let device = gpu.device.handle();
        // SAFETY: the extension is on; the text and the structures live during the calls, and the entry's name ends with a zero.
        unsafe {
            (calls.fp().create_cu_module_nvx)(device, &info, std::ptr::null(), &mut function.module)
                .result()
                .map_err(wrong)?;
            let info = vk::CuFunctionCreateInfoNVX::default().module(function.module).name(c"main");
            (calls.fp().create_cu_function_nvx)(device, &info, std::ptr::null(), &mut function.raw)
                .result()
                .map_err(wrong)?;
        }
        Ok(function)
    }
}

impl Launch {
    /// Writes the launch with the `addresses` of its bindings and of the run's parameters.
    ///
    /// # Safety
    /// `commands` is being recorded, by this thread alone; what lies at the addresses outlives every run of the commands.
    pub(super) unsafe fn write(&self, commands: vk::CommandBuffer, addresses: &[u64]) {
        let Some(calls) = &self.function.gpu.launches else { return };
        let addresses = addresses.iter().map(|address| std::ptr::from_ref(address).cast());
        let arguments: Vec<_> =
            addresses.chain(self.values.iter().map(|value| std::ptr::from_ref(value).cast())).collect();
        let mut info = vk::CuLaunchInfoNVX { function: self.function.raw, ..Default::default() };
        (info.grid_dim_x, info.grid_dim_y, info.grid_dim_z) = (self.groups, 1, 1);
        (info.block_dim_x, info.block_dim_y, info.block_dim_z) = (self.workgroup, 1, 1);
        info.shared_mem_bytes = self.shared;
        (info.param_count, info.p_params) = (arguments.len(), arguments.as_ptr());
        // SAFETY: the caller's promise; the driver copies the arguments during the call.
        unsafe { (calls.fp().cmd_cu_launch_kernel_nvx)(commands, &info) };
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let Some(calls) = &self.gpu.launches else { return };
        let device = self.gpu.device.handle();
        // SAFETY: the steps of an encoded recording hold their functions, and submitted work holds its encoded recording. Null handles,
        // of a function that could not be made, are not handed over.
        unsafe {
            if self.raw != vk::CuFunctionNVX::null() {
                (calls.fp().destroy_cu_function_nvx)(device, self.raw, std::ptr::null());
            }
            if self.module != vk::CuModuleNVX::null() {
                (calls.fp().destroy_cu_module_nvx)(device, self.module, std::ptr::null());
            }
        }
    }
}
