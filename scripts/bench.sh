#!/usr/bin/env bash
# Our figures and those of the peers, in one session on one machine, into one record under bench/records.
# Usage: scripts/bench.sh [--quick] [CASE…]; cases as `downbeat bench` takes them, `all` by default. Peers run if PEERS_PYTHON
# (default .venv/bin/python) exists and has bench/peers/requirements.txt installed; without it the record says so.
set -euo pipefail
cd "$(dirname "$0")/.."
quick=()
if [ "${1:-}" = --quick ]; then quick=(--quick); shift; fi
cases=("${@:-all}")
python=${PEERS_PYTHON:-.venv/bin/python}
model=.deps/models/sentence-transformers/all-MiniLM-L6-v2
commit=$(git rev-parse --short=12 HEAD)
record=bench/records/$(date -u +%Y-%m-%d)-$commit.jsonl
cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
flags=$(grep -m1 -owE 'avx512_vnni|avx512_bf16|avx512f|avx2' /proc/cpuinfo 2>/dev/null | sort -u | tr '\n' ' ' || true)
printf '{"record":"%s","commit":"%s","cores":%s,"cpu":"%s","flags":"%s","load":"%s","command":"scripts/bench.sh %s"}\n' \
    "$(date -u +%FT%TZ)" "$commit" "$(nproc)" "${cpu:-unknown}" "$flags" "$(cut -d' ' -f1-3 /proc/loadavg)" "${quick[*]} ${cases[*]}" \
    | tee "$record"

for case in "${cases[@]}"; do
    bin/downbeat bench "$case" "${quick[@]}" --models .deps/models | tee -a "$record"
done

# The scan beside a plain read of as many bytes: the part of the memory's bandwidth that it reaches.
case " ${cases[*]} " in
    *" all "* | *" search "*)
        rows=1000000
        [ ${#quick[@]} -eq 0 ] || rows=50000
        cargo run --quiet --release -p downbeat-search --example scan_speed -- "$rows" | tee -a "$record"
        ;;
esac

if [ ! -x "$python" ]; then
    echo "{\"peers\":\"not run: $python is missing; see bench/peers/README.md\"}" | tee -a "$record"
    exit 0
fi
peer() { (cd bench/peers && "$@") | tee -a "$record"; }
python=$(realpath -s "$python")
rows=1000000; repeats=()
if [ ${#quick[@]} -gt 0 ]; then rows=100000; repeats=(--repeats 2); fi
peer "$python" minilm_onnxruntime.py "../../$model" --golden ../../crates/models/tests/golden "${repeats[@]}"
peer "$python" minilm_torch.py "../../$model" "${repeats[@]}"
peer env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE "$python" exact_search.py "$rows"
peer "$python" sql_then_embed.py "../../$model"
peer "$python" static_model2vec.py ../../crates/models/assets/static-minilm
