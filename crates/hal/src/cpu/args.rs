//! What a CPU kernel is given.

use crate::recording::Dispatch;
use bytemuck::Pod;
use std::marker::PhantomData;
use std::ops::Range;

/// The body of a kernel on CPUs: runs the groups of a range. It is called from several threads with disjoint ranges.
pub type CpuKernel = fn(&CpuArgs<'_>, Range<u32>);

/// Bindings, constants and parameters of one dispatch in one run.
pub struct CpuArgs<'a> {
    pub(super) dispatch: &'a Dispatch,
    pub(super) params: &'a [u32],
}

impl<'a> CpuArgs<'a> {
    /// The dispatch's constants, as recorded.
    pub fn constants(&self) -> &'a [u32] {
        &self.dispatch.constants
    }

    /// The run's parameters, as submitted.
    pub fn params(&self) -> &'a [u32] {
        self.params
    }

    /// How many groups the dispatch has.
    pub fn groups(&self) -> u32 {
        self.dispatch.groups
    }

    /// Binding `index` as items of `T`; bytes that do not fill an item are left off.
    ///
    /// # Safety
    /// No thread may write these items during the dispatch.
    ///
    /// # Panics
    /// If the kernel asks for a binding it was not given or one that is not aligned for `T`: an error of the operation's author.
    pub unsafe fn input<T: Pod>(&self, index: usize) -> &'a [T] {
        let (pointer, count) = self.raw::<T>(index);
        // SAFETY: the binding lies in a live block (the recording holds it), is aligned (checked), and `T` takes any bytes; that
        // nobody writes it is the caller's promise.
        unsafe { std::slice::from_raw_parts(pointer, count) }
    }

    /// Binding `index` as a place to write items of `T`. Panics as [`CpuArgs::input`] does.
    pub fn output<T: Pod>(&self, index: usize) -> Output<'a, T> {
        let (pointer, count) = self.raw::<T>(index);
        Output { pointer, count, lives: PhantomData }
    }

    fn raw<T: Pod>(&self, index: usize) -> (*mut T, usize) {
        let (block, bytes) = self.dispatch.bindings[index].0.place();
        // SAFETY: the heap only makes slices that lie inside their block.
        let pointer = unsafe { block.base().add(bytes.start as usize) }.cast::<T>();
        assert!(pointer.is_aligned(), "binding {index} of `{}` is not aligned", self.dispatch.kernel.name);
        (pointer, (bytes.end - bytes.start) as usize / size_of::<T>())
    }
}

/// A binding that groups write, each its own part.
#[derive(Clone, Copy)]
pub struct Output<'a, T> {
    pointer: *mut T,
    count: usize,
    lives: PhantomData<&'a mut [T]>,
}

impl<'a, T: Pod> Output<'a, T> {
    /// How many items it has.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Its first item, for kernels that write parts which are not one range. All writes must stay in bounds and disjoint.
    pub fn as_mut_ptr(&self) -> *mut T {
        self.pointer
    }

    /// A part of it, to write.
    ///
    /// # Safety
    /// The parts that are alive at one time, on all threads, must not overlap.
    ///
    /// # Panics
    /// If the range passes the end.
    pub unsafe fn slice(&self, range: Range<usize>) -> &'a mut [T] {
        assert!(range.start <= range.end && range.end <= self.count, "{range:?} of a binding of {} items", self.count);
        // SAFETY: in bounds (checked) of a live, aligned binding; exclusive by the caller's promise.
        unsafe { std::slice::from_raw_parts_mut(self.pointer.add(range.start), range.end - range.start) }
    }
}
