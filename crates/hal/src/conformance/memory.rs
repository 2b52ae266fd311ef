//! The heap: reuse, limits, frees in queue order, host access.

use super::{Bench, Case, CaseResult, LIMIT, check, nothing};
use crate::error::Error;
use crate::heap::Buffer;
use crate::recording::Recorder;
use crate::sparse::PAGE_BYTES;

pub(super) const CASES: &[Case] = &[
    ("memory/buffers are zeroed, also when reused", zeroed),
    ("memory/buffers are aligned and do not overlap", apart),
    ("memory/a full heap refuses with its numbers", full),
    ("memory/an injected refusal passes", injected),
    ("memory/a buffer in use lives until its queue has passed", queue_order),
    ("memory/the host is refused a buffer in use", busy),
    ("memory/large buffers are zeroed, written and read whole", large),
    ("memory/pages are bound and taken back in queue order", pages),
    ("memory/pages are used on the queue that binds them", pages_in_order),
    ("memory/buffers at the host are read, written and copied like others", at_host),
    ("memory/ranges are checked", ranges),
    ("memory/a tiny heap works by reuse", tiny),
];

fn zeroed(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    for round in 0..4_u64 {
        let buffers: Vec<Buffer> = (1..20).map(|i| device.heap().alloc(i * 1000 + round)).collect::<Result<_, _>>()?;
        for buffer in &buffers {
            let clean = buffer.with_host(|bytes| {
                let clean = bytes.iter().all(|byte| *byte == 0);
                bytes.fill(0xff);
                clean
            })?;
            check(clean, || format!("round {round}: a new buffer is not zero"))?;
        }
    }
    Ok(())
}

fn apart(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let buffers: Vec<Buffer> = (1..200_u64).map(|i| device.heap().alloc(i * 37)).collect::<Result<_, _>>()?;
    for (index, buffer) in (0_u8..).zip(&buffers) {
        buffer.with_host(|bytes| bytes.fill(index))?;
    }
    for (index, buffer) in (0_u8..).zip(&buffers) {
        let whole = buffer.with_host(|bytes| bytes.iter().all(|byte| *byte == index))?;
        check(whole, || format!("buffer {index} was overwritten by another"))?;
    }
    Ok(())
}

fn full(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device_with(|options| options.heap_limit = 1 << 20)?;
    let kept = device.heap().alloc(900 << 10)?;
    let refused = device.heap().alloc(200 << 10).err();
    check(matches!(refused, Some(Error::OutOfMemory { requested: 204_800, limit: 1_048_576, .. })), || {
        format!("{refused:?}")
    })?;
    drop(kept);
    device.heap().alloc(200 << 10)?;
    check(device.heap().alloc(u64::MAX - 5).is_err() && device.heap().alloc(0).is_err(), || "nonsense sizes".into())
}

fn injected(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    device.heap().inject_out_of_memory();
    let refused = device.heap().alloc(64).err();
    check(matches!(refused, Some(Error::OutOfMemory { .. })), || format!("{refused:?}"))?;
    device.heap().alloc(64)?;
    Ok(())
}

fn fill_recording(
    bench: &Bench<'_>,
    device: &crate::Device,
    buffer: &Buffer,
) -> Result<crate::Recording, super::Fault> {
    let _ = bench;
    let mut recorder = device.record("fill");
    recorder.fill(&buffer.all(), 1)?;
    Ok(Recorder::finish(recorder))
}

fn at_host(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let heap = device.heap();
    check(heap.alloc_at_host(0).is_err() && heap.alloc_at_host(u64::MAX - 5).is_err(), || "nonsense sizes".into())?;
    heap.inject_out_of_memory();
    check(heap.alloc_at_host(64).is_err() && heap.alloc_at_host(64).is_ok(), || "an injected refusal".into())?;
    let (near, far, back) = (heap.alloc_at_host(70_000)?, heap.alloc(70_000)?, heap.alloc_at_host(70_000)?);
    let clean = near.with_host(|bytes| bytes.iter().all(|byte| *byte == 0))?;
    check(clean, || "a new buffer is not zero".into())?;
    let data: Vec<u8> = (0..70_000_u32).map(|i| (i % 251) as u8).collect();
    near.write(0, &data)?;
    let mut recorder = device.record("there and back");
    recorder.copy(&near.all(), &far.all())?;
    recorder.barrier();
    recorder.copy(&far.all(), &back.all())?;
    // Whoever submitted it may let go of the buffer before it has run.
    let recording = recorder.finish();
    let ticket = device.blit().submit(&recording, &[], &[])?;
    drop((near, far, recording));
    ticket.wait(LIMIT)?;
    let mut found = vec![0_u8; data.len()];
    back.read(0, &mut found)?;
    check(!device.capabilities().computes || found == data, || "the bytes that came back are others".into())
}

fn queue_order(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    let buffer = device.heap().alloc(1 << 16)?;
    let recording = fill_recording(bench, &device, &buffer)?;
    let data = input.promise()?;
    let ticket = device.ml().submit(&recording, &[], std::slice::from_ref(&data))?;
    drop((buffer, recording));
    let during = device.heap().usage();
    check(during.used >= 1 << 16, || format!("freed while a queue may use it: {during:?}"))?;
    input.signal(&data)?;
    ticket.wait(LIMIT)?;
    // The queue lets go of the recording just after it signals; a submission behind it is finished later still.
    device.ml().submit(&nothing(&device), &[], &[])?.wait(LIMIT)?;
    let after = device.heap().usage();
    check(after.used == 0, || format!("not freed after the queue passed: {after:?}"))
}

fn busy(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    let buffer = device.heap().alloc(4096)?;
    bench.runs(
        4,
        || fill_recording(bench, &device, &buffer),
        |_, recording| {
            let data = input.promise()?;
            let ticket = device.ml().submit(recording, &[], std::slice::from_ref(&data))?;
            let read = buffer.read(0, &mut [0_u32]);
            check(matches!(read, Err(Error::Busy)), || format!("read while in use: {read:?}"))?;
            input.signal(&data)?;
            ticket.wait(LIMIT)?;
            Ok(buffer.write(0, &[1_u32])?)
        },
    )
}

/// Longer than the pieces that backends stage copies in.
fn large(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let items = (20 << 20) / 4 + 5;
    for round in 0..2_u32 {
        let buffer = device.heap().alloc(items * 4)?;
        let mut found = vec![1_u32; items as usize];
        buffer.read(0, &mut found)?;
        check(found.iter().all(|item| *item == 0), || format!("round {round}: a new buffer is not zero"))?;
        let input: Vec<u32> = (0..items as u32).map(|i| i.wrapping_mul(747_796_405) ^ round).collect();
        buffer.write(0, &input)?;
        buffer.read(0, &mut found)?;
        check(found == input, || format!("round {round}: other items were read than were written"))?;
        buffer.write(8_000_001, &[7_u8, 8, 9])?;
        let mut some = [0_u8; 3];
        buffer.read(8_000_001, &mut some)?;
        check(some == [7, 8, 9], || format!("round {round}: read {some:?}"))?;
    }
    Ok(())
}

fn pages(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let sparse = device.reserve(5 * PAGE_BYTES - 1)?;
    check(sparse.pages() == (5, 0), || format!("{:?} of a new buffer", sparse.pages()))?;
    check(sparse.is_plain() != device.capabilities().sparse, || "another buffer than the device says".into())?;
    check(device.blit().bind(&sparse, 4..6, &[]).is_err(), || "a page too many was bound".into())?;
    let nonsense = [1 << 60, u64::MAX].map(|bytes| device.reserve(bytes).is_err());
    check(nonsense == [true; 2], || "more than any address space was reserved".into())?;
    // Around the border of two pages.
    let part = sparse.buffer().slice(PAGE_BYTES * 2 - 4096..PAGE_BYTES * 2 + 4096)?;
    let out = device.heap().alloc(part.len())?;
    let copied = |to_sparse: bool| {
        let mut recorder = device.record("copy");
        if to_sparse {
            recorder.copy(&out.all(), &part)?
        } else {
            recorder.copy(&part, &out.all())?
        }
        Ok::<_, super::Fault>(recorder.finish())
    };
    let computes = device.capabilities().computes;
    bench.runs(
        3,
        || copied(false),
        |run, read| {
            let bound = device.blit().bind(&sparse, 1..3, &[])?;
            let again = device.blit().bind(&sparse, 1..4, std::slice::from_ref(&bound))?;
            check(sparse.pages() == (5, 3), || format!("{:?} after binding", sparse.pages()))?;
            device.ml().submit(read, &[], &[again])?.wait(LIMIT)?;
            let mut found = vec![1_u8; out.len() as usize];
            out.read(0, &mut found)?;
            check(!computes || found.iter().all(|byte| *byte == 0), || format!("run {run}: new pages are not zero"))?;
            let marks: Vec<u8> = (0..out.len()).map(|at| (at % 251) as u8 + 1).collect();
            out.write(0, &marks)?;
            let written = device.ml().submit(&copied(true)?, &[], &[])?;
            written.wait(LIMIT)?;
            out.write(0, &vec![0_u8; marks.len()])?;
            let back = device.ml().submit(read, &[], &[])?;
            let gone = device.blit().unbind(&sparse, 0..5, std::slice::from_ref(&back))?;
            gone.wait(LIMIT)?;
            out.read(0, &mut found)?;
            check(!computes || found == marks, || format!("run {run}: pages lost what was written"))?;
            check(sparse.pages() == (5, 0), || format!("{:?} after unbinding", sparse.pages()))
        },
    )?;
    // The memory of pages that were taken back is free once the queue has passed.
    device.blit().submit(&nothing(&device), &[], &[])?.wait(LIMIT)?;
    let most = if sparse.is_plain() { 6 * PAGE_BYTES } else { PAGE_BYTES };
    check(device.heap().usage().used < most, || format!("{:?} after unbinding", device.heap().usage()))
}

/// All on one queue, whose order holds for pages as well: nothing here waits on the host before the end.
fn pages_in_order(bench: &Bench<'_>) -> CaseResult {
    let device = bench.computing()?;
    let sparse = device.reserve(4 * PAGE_BYTES)?;
    let out = device.heap().alloc(sparse.buffer().len())?;
    bench.runs(
        3,
        || {
            let mut recorder = device.record("fill and copy");
            recorder.fill(&sparse.buffer().all(), 0x0506_0708)?;
            recorder.barrier();
            recorder.copy(&sparse.buffer().all(), &out.all())?;
            Ok(recorder.finish())
        },
        |run, used| {
            let queue = device.blit();
            let bound = queue.bind(&sparse, 0..4, &[])?;
            queue.submit(used, &[], &[bound])?;
            queue.unbind(&sparse, 0..4, &[])?.wait(LIMIT)?;
            let mut found = vec![0_u32; out.len() as usize / 4];
            out.read(0, &mut found)?;
            let wrong = found.iter().position(|word| *word != 0x0506_0708);
            check(wrong.is_none(), || format!("run {run}: word {wrong:?} of pages that were used in order is wrong"))?;
            Ok(out.write(0, &vec![0_u8; out.len() as usize])?)
        },
    )
}

fn ranges(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let buffer = device.heap().alloc(100)?;
    let part = buffer.slice(10..60)?;
    let refused = [
        buffer.slice(0..101).is_err(),
        buffer.slice(5..5).is_err(),
        part.slice(0..51).is_err(),
        part.slice(1..u64::MAX).is_err(),
        buffer.write(96, &[0_u64]).is_err(),
        buffer.read(u64::MAX, &mut [0_u8]).is_err(),
    ];
    check(refused == [true; 6], || format!("{refused:?}"))?;
    check(part.slice(0..50)?.offset() == 10, || "a part of a part is misplaced".into())
}

fn tiny(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device_with(|options| options.heap_limit = 256 << 10)?;
    bench.runs(
        40,
        || Ok(nothing(&device)),
        |run, _| {
            let buffer = device.heap().alloc(100 << 10)?;
            let recording = fill_recording(bench, &device, &buffer)?;
            device.ml().submit(&recording, &[], &[])?.wait(LIMIT)?;
            let mut word = [0_u32];
            buffer.read(0, &mut word)?;
            let computes = device.capabilities().computes;
            check(!computes || word == [1], || format!("run {run} read {word:?}"))?;
            drop((buffer, recording));
            Ok(device.ml().submit(&nothing(&device), &[], &[])?.wait(LIMIT)?)
        },
    )
}
