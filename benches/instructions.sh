#!/usr/bin/env bash
# Counts the instructions of a run on a small made-up corpus, in total, by module and by function. The counts are stable
# enough to compare commits on a busy machine. Requires valgrind, which has no AVX-512, so kernels for AVX2 are counted.
#
#     benches/instructions.sh [ARTICLES [FUNCTIONS]]
#
# The variable WIRECOPY names a binary to use instead of that of this checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
articles=${1:-1000}
functions=${2:-25}
wirecopy=${WIRECOPY:-target/release/wirecopy}

cargo build --release --quiet --bin wirecopy --example generate
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
target/release/examples/generate --articles "$articles" --output "$folder/corpus.jsonl"
valgrind --tool=callgrind --callgrind-out-file="$folder/counts" "$wirecopy" cluster --quiet --threads 1 \
    "$folder/corpus.jsonl" >"$folder/clusters.jsonl" 2>"$folder/log" || { cat "$folder/log"; exit 1; }

bytes=$(stat --format=%s "$folder/corpus.jsonl")
all=$(awk '/^(summary|totals):/ {print $2; exit}' "$folder/counts")
echo "$articles articles, $bytes bytes: $all instructions, $((all / bytes)) a byte"

# Lines of "count (share) file:function", largest first.
list() {
    callgrind_annotate --inclusive="$1" --auto=no --threshold=100 "$folder/counts" |
        grep -E '^ *[0-9][0-9,]* +\(' | sed -E 's/ \[[^]]*\]$//; s/\?\?\?://' | grep -v 'PROGRAM TOTALS'
}
echo "by module, without what it calls (an inlined function counts for its caller):"
list no | awk '{
        count = $1; gsub(",", "", count)
        module = match($0, /wirecopy::[a-z_]+/) ? substr($0, RSTART + 10, RLENGTH - 10) : "outside"
        sum[module] += count; all += count
    }
    END { for (module in sum) printf "%15d  %5.1f %%  %s\n", sum[module], 100 * sum[module] / all, module }' | sort -rn
echo "by function, without what it calls:"
list no | awk -v most="$functions" 'NR <= most'
echo "by function of this package, with what it calls:"
list yes | awk -v most="$functions" '/wirecopy::/ && shown++ < most'
