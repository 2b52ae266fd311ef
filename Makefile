# Everything a person does with this repository. `make demo` and `make test` set up what they need themselves.
CARGO ?= cargo
# One profile for the program, tests and benchmarks.
PROFILE = --release
TARGET = $(or $(CARGO_TARGET_DIR),target)

.PHONY: demo test test-apple build setup lint fmt bench clean

demo: build
	bin/downbeat demo

build: setup
	$(CARGO) build $(PROFILE) -p downbeat
	@mkdir -p bin
	@ln -sf "$(abspath $(TARGET))/release/downbeat" bin/downbeat

test: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy $(PROFILE) --all-targets -- -D warnings
	$(CARGO) test $(PROFILE)
	$(CARGO) test $(PROFILE) -p downbeat-hal --features shuttle --lib interleavings
	@scripts/test-apple.sh --if-installed

# Checks what runs on devices for macOS and for Linux on aarch64, which are not here; `make test` does so too where it can.
# Apple's coremltools load the package of the sentence encoder.
test-apple: setup
	@scripts/setup-apple.sh
	@scripts/test-apple.sh
	DOWNBEAT_REQUIRE_COREMLTOOLS=1 $(CARGO) test $(PROFILE) -p downbeat-models --test coreml

setup:
	@scripts/setup.sh

lint: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy $(PROFILE) --all-targets -- -D warnings

fmt:
	$(CARGO) fmt --all

# Our benchmarks beside their peers, recorded under bench/records.
bench: build
	scripts/bench.sh

clean:
	$(CARGO) clean
	rm -rf bin
