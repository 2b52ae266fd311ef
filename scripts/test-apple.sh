#!/usr/bin/env bash
# Checks and lints the crates that run on devices for systems that nobody here has: macOS on Apple silicon and on Intel, and Linux on
# aarch64. Types, names, `unsafe`, features and thread safety are checked; nothing is linked or run.
# Usage: scripts/test-apple.sh [--if-installed]: with it, says so and succeeds where the toolchain is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
targets=(aarch64-apple-darwin x86_64-apple-darwin aarch64-unknown-linux-gnu)
packages=(-p downbeat-hal -p downbeat-ops -p downbeat-graph -p downbeat-models -p downbeat-search -p downbeat-bench-gpu)

if [ ! -x /usr/bin/cargo-clippy ] || [ ! -x /usr/bin/cargo ] || [ ! -d /usr/lib/rustlib/src/rust/library ]; then
    echo "test-apple: not run: Debian's Rust is not installed; scripts/setup-apple.sh installs it"
    [ "${1:-}" = --if-installed ]
    exit
fi
# Debian's own programs, found before rustup's. Its library is built from source, which a stable toolchain does only when told that it
# may. A folder of its own, so that the two toolchains do not throw away each other's work.
export PATH=/usr/bin:$PATH RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target/apple
# There is no C compiler for these systems either; C code of libraries is linked, not checked, so that none is needed.
export TARGET_CC=true TARGET_AR=true
for target in "${targets[@]}"; do
    /usr/bin/cargo clippy --quiet --locked -Z build-std=std,panic_abort --target "$target" "${packages[@]}" -- -D warnings
    echo "test-apple: $target: checked and linted without a warning"
done
