//! What becomes of work that fails or gets no further, and of what it uses; and how a device ends.

use super::{LIMIT, first_record, open, options, recorded};
use crate::metal::gpu::lock;
use crate::metal::paper::record::{TROUBLES, Trouble};
use crate::{Device, Error, Recording};
use std::sync::{Arc, Mutex};

/// A device whose first commits succeed and which then fails as `trouble` says.
fn troubled(trouble: Trouble) -> Option<(Device, Recording)> {
    let options = options(|_| {});
    open(&options)?;
    TROUBLES.set([Some(trouble)].into());
    let device = Device::open(&options).expect("opened before");
    let fill = fill(&device);
    Some((device, fill))
}

fn fill(device: &Device) -> Recording {
    let buffer = device.heap().alloc(4096).expect("memory");
    let mut recorder = device.record("fill");
    recorder.fill(&buffer.all(), 1).expect("a fill");
    recorder.finish()
}

#[test]
fn work_that_fails_on_the_device_loses_it() {
    for signals in [true, false] {
        let Some((device, fill)) = troubled(Trouble::Commit { at: 2, signals, out_of_memory: false }) else { return };
        let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
        assert!(submit().is_ok() && submit().is_ok());
        let outcome = submit();
        assert!(matches!(&outcome, Err(Error::Lost(cause)) if cause.contains("as it was told")), "{outcome:?}");
        assert!(matches!(submit(), Err(Error::Lost(_))), "nothing more is accepted");
    }
}

/// Also what it waited for is gone with it: the next work that needs that waits for it again.
#[test]
fn work_whose_pass_cannot_be_opened_fails_with_the_cause() {
    for without_metal4 in [None, Some("of this test".into())] {
        let options = options(|options| options.gpu.without_metal4 = without_metal4.clone());
        if open(&options).is_none() {
            return;
        }
        TROUBLES.set([Some(Trouble::Pass { at: 1 })].into());
        let device = Device::open(&options).expect("opened before");
        // Long enough that the copies are accepted while it is being filled.
        let long = device.heap().alloc(256 << 20).expect("memory");
        let out = device.heap().alloc(4096).expect("memory");
        let mut recorder = device.record("fill");
        recorder.fill(&long.all(), 0x0909_0909).expect("a fill");
        let fill = recorder.finish();
        let mut recorder = device.record("copy");
        recorder.copy(&long.slice(long.len() - 4096..long.len()).expect("inside"), &out.all()).expect("a copy");
        let copy = recorder.finish();
        let filled = device.blit().submit(&fill, &[], &[]).expect("accepted");
        let failed = device.ml().submit(&copy, &[], std::slice::from_ref(&filled)).expect("accepted");
        let copied = device.ml().submit(&copy, &[], &[filled]).expect("accepted");
        let outcome = failed.wait(LIMIT);
        assert!(matches!(&outcome, Err(Error::Unsupported(why)) if why.contains("as it was told")), "{outcome:?}");
        copied.wait(LIMIT).expect("the next run waits for what it needs");
        let mut found = [0_u8; 4096];
        out.read(0, &mut found).expect("read");
        assert!(found.iter().all(|byte| *byte == 9));
    }
}

#[test]
fn a_host_fence_does_not_wait_for_ever() {
    let options = options(|options| options.gpu.host_fences = true);
    if open(&options).is_none() {
        return;
    }
    // The work fails alone, and its value is never reached.
    TROUBLES.set([Some(Trouble::Commit { at: 0, signals: false, out_of_memory: true })].into());
    let device = Device::open(&options).expect("opened before");
    let fill = fill(&device);
    let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
    assert!(matches!(submit(), Err(Error::OutOfMemory { .. })));
    let next = submit();
    assert!(matches!(&next, Err(Error::Lost(cause)) if cause.contains("got no further")), "{next:?}");
}

/// A report that comes when the ticket has long been reached says whether that can be relied on.
#[test]
fn a_failure_that_is_reported_late_loses_the_device() {
    for fails in [false, true] {
        let options = options(|_| {});
        if open(&options).is_none() {
            return;
        }
        TROUBLES.set([Some(Trouble::Late { at: 0, fails })].into());
        let records = recorded(|| {
            let device = Device::open(&options).expect("opened before");
            let (record, fill) = (first_record(), fill(&device));
            let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
            submit().expect("it does not wait for a report for ever");
            let noted = device.capabilities().notes.iter().any(|note| note.contains("1 submissions"));
            assert!(noted, "{:?}", device.capabilities().notes);
            record.report();
            let next = submit();
            match fails {
                true => assert!(matches!(&next, Err(Error::Lost(why)) if why.contains("counted as done")), "{next:?}"),
                false => next.expect("it runs"),
            }
        });
        assert_eq!(lock(&records[0].0).broken, None);
    }
}

/// Nothing that work which was given up uses goes away with the device, since the hardware may still be at it.
#[test]
fn what_is_given_up_keeps_all_that_it_uses() {
    for without_metal4 in [None, Some("of this test".into())] {
        let options = options(|options| options.gpu.without_metal4 = without_metal4.clone());
        if open(&options).is_none() {
            return;
        }
        // The device says that the work has failed, and never comes to the value behind it.
        TROUBLES.set([Some(Trouble::Commit { at: 1, signals: false, out_of_memory: false })].into());
        let records = recorded(|| {
            let device = Device::open(&options).expect("opened before");
            device.observe(|_| {});
            let fill = fill(&device);
            let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
            submit().expect("the first one runs");
            assert!(matches!(submit(), Err(Error::Lost(_))));
        });
        let recorded = lock(&records[0].0);
        assert_eq!(recorded.broken, None);
        assert!(recorded.rules.living() > 0, "something was in use");
    }
}

/// The last handle may go wherever an observer lets it go, while other work is still on its way.
#[test]
fn a_device_may_be_closed_on_the_thread_that_watches_it() {
    for without_metal4 in [None, Some("of this test".into())] {
        let options = options(|options| options.gpu.without_metal4 = without_metal4.clone());
        if open(&options).is_none() {
            return;
        }
        TROUBLES.set([Some(Trouble::Held { at: 0 })].into());
        let records = recorded(|| {
            let device = Device::open(&options).expect("opened before");
            let record = first_record();
            let last = Arc::new(Mutex::new(None));
            let kept = last.clone();
            device.observe(move |_| drop(lock(&kept).take()));
            let (held, free) = (fill(&device), fill(&device));
            let held = device.ml().submit(&held, &[], &[]).expect("accepted");
            let mut last = lock(&last);
            let free = device.blit().submit(&free, &[], &[]).expect("accepted");
            *last = Some(device);
            drop(last);
            free.wait(LIMIT).expect("it ends although other work does not");
            assert!(held.outcome().is_none(), "it is held back");
            record.1.open();
            held.wait(LIMIT).expect("it runs although the device is closed");
        });
        let begun = std::time::Instant::now();
        while lock(&records[0].0).rules.living() > 0 {
            assert!(begun.elapsed() < LIMIT, "{} objects were never dropped", lock(&records[0].0).rules.living());
            std::thread::yield_now();
        }
        assert_eq!(lock(&records[0].0).broken, None);
    }
}

#[test]
fn a_device_that_was_idle_for_long_is_not_lost() {
    let options = options(|_| {});
    let Some(device) = open(&options) else { return };
    // Long enough that the watching thread hears of the next one before it has ended.
    let buffer = device.heap().alloc(256 << 20).expect("memory");
    let mut recorder = device.record("fill");
    recorder.fill(&buffer.all(), 1).expect("a fill");
    let fill = recorder.finish();
    let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
    submit().expect("the first one");
    std::thread::sleep(crate::metal::watch::STUCK + std::time::Duration::from_millis(500));
    submit().expect("nothing was stuck meanwhile");
}

#[test]
fn a_lack_of_memory_on_the_device_fails_that_work_alone() {
    let Some((device, fill)) = troubled(Trouble::Commit { at: 1, signals: true, out_of_memory: true }) else { return };
    let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
    assert!(submit().is_ok());
    let outcome = submit();
    assert!(matches!(outcome, Err(Error::OutOfMemory { .. })), "{outcome:?}");
    assert!(submit().is_ok(), "later work runs");
}
