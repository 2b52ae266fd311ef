//! Ctrl-C: the first press asks the work to stop at its next border, the second one ends the program.

use crate::failure::Exit;
use engine::Cancel;
use std::sync::OnceLock;

static CANCEL: OnceLock<Cancel> = OnceLock::new();

/// The flag that Ctrl-C, and a request of the system to end, sets from now on.
pub fn watch() -> Cancel {
    CANCEL
        .get_or_init(|| {
            let cancel = Cancel::new();
            let flag = cancel.clone();
            // Without a handler Ctrl-C ends the program at once, which loses nothing that was acknowledged.
            let _ = ctrlc::set_handler(move || {
                if flag.is_set() {
                    std::process::exit(Exit::Interrupted as i32);
                }
                flag.set();
                eprintln!("\ndownbeat: finishing what has begun; press Ctrl-C again to stop at once");
            });
            cancel
        })
        .clone()
}
