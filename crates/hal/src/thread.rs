//! Priorities of threads: background work yields its core to the frame tick, which the scheduler of the system can only know
//! if it is told.

/// How much a thread matters, relative to a thread of normal priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Device work: behind the screen and the threads that answer a person.
    Device,
    /// Scans of a query over tables: behind device work.
    Query,
    /// Reading and preparing files: behind everything else.
    Background,
    /// The same beside work that people wait for in this process: runs only where a core is free, and hardly at all while other
    /// programs keep every core busy.
    Idle,
}

/// Lowers the priority of the calling thread. Returns whether the system did it; where it does not, all threads are equal.
pub fn lower(priority: Priority) -> bool {
    #[cfg(target_os = "linux")]
    {
        let nice = match priority {
            Priority::Device => 2,
            Priority::Query => 5,
            Priority::Background | Priority::Idle => 10,
        };
        // SAFETY: plain system calls without pointers; on Linux the nice value is a thread's own.
        let lowered = unsafe { libc::setpriority(libc::PRIO_PROCESS, libc::gettid() as libc::id_t, nice) == 0 };
        if priority != Priority::Idle {
            return lowered;
        }
        // A core that runs only idle-class threads counts as free when others are placed; one that runs nice ones does not, and
        // two threads that a person waits for would share the other core.
        let parameters = libc::sched_param { sched_priority: 0 };
        // SAFETY: the parameters live through the call, which concerns the calling thread only.
        unsafe { libc::sched_setscheduler(0, libc::SCHED_IDLE, &parameters) == 0 || lowered }
    }
    #[cfg(target_os = "macos")]
    {
        let class = match priority {
            Priority::Device | Priority::Query => libc::qos_class_t::QOS_CLASS_DEFAULT,
            Priority::Background => libc::qos_class_t::QOS_CLASS_UTILITY,
            Priority::Idle => libc::qos_class_t::QOS_CLASS_BACKGROUND,
        };
        // SAFETY: sets the class of the calling thread only; no pointers.
        unsafe { libc::pthread_set_qos_class_self_np(class, 0) == 0 }
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        let _ = priority;
        false
    }
}

/// Runs `work` on a thread of that priority and waits for it: threads that a library starts meanwhile inherit the priority.
///
/// # Errors
/// The panic of `work`, as [`std::thread::Result`] gives it.
pub fn at<T: Send>(priority: Priority, work: impl FnOnce() -> T + Send) -> std::thread::Result<T> {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            lower(priority);
            work()
        });
        thread.join()
    })
}
