#!/usr/bin/env bash
# Installs what `make test-apple` needs on Debian: a second Rust toolchain with the source of the standard library, which it is built
# from for targets that rustup's toolchain has no library for, and Apple's coremltools, which check the package of the sentence encoder.
# Elsewhere, or without the right to install, says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

coremltools=9.0
if [ ! -x .deps/coremltools/bin/python ]; then
    echo "setup-apple: installing coremltools $coremltools into .deps/coremltools (220 MB)"
    mkdir -p .deps
    if ! { python3 -m venv .deps/coremltools.new && .deps/coremltools.new/bin/pip install --quiet --disable-pip-version-check \
        "coremltools==$coremltools"; }; then
        rm -rf .deps/coremltools.new
        echo "setup-apple: pip could not install coremltools (on Debian: apt-get install python3-venv)" >&2
        exit 1
    fi
    mv .deps/coremltools.new .deps/coremltools
fi

packages=(rustc-web cargo-web rust-web-src rust-web-clippy)

missing=()
for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "setup-apple: installing ${missing[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null \
        && exit 0
fi
echo "setup-apple: ${missing[*]} missing: the check for Apple systems cannot be run (on Debian: apt-get install ${missing[*]})" >&2
exit 1
