#!/usr/bin/env bash
# One question, one process, start to end: `hcpcs search` and the sqlite3 program asking
# FTS5 the same; and the peak memory of ours.
#
#   benches/process.sh [WORDS]        (default: hemin)
#
# Needs: `cargo build --release` before (or HCPCS=path of the program; `cargo static` makes a
# faster one); sqlite3 with FTS5, unzip and iconv; CMS's January 2026 zip in ../shared/cms
# (or in $HCPCS_SHARED/cms). Takes hyperfine where it is installed, else a loop of its own; GNU time
# in /usr/bin/time for the memory, else that is left out. What is missing is said.
set -euo pipefail
cd "$(dirname "$0")/.."

words=${1:-hemin}
runs=${RUNS:-300}
target=${CARGO_TARGET_DIR:-target}
hcpcs=${HCPCS:-$target/release/hcpcs}
zip=${HCPCS_SHARED:-../shared}/cms/january-2026-alpha-numeric-hcpcs-file.zip
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

skip() {
    echo "process: skipped, because $1"
    exit 0
}
[ -x "$hcpcs" ] || skip "there is no $hcpcs; run cargo build --release"
[ -f "$zip" ] || skip "there is no $zip"
for program in sqlite3 unzip iconv; do
    command -v $program > /dev/null || skip "the program $program is not installed"
done

"$hcpcs" index "$zip" --index "$folder/index" > /dev/null 2> "$folder/log" || {
    cat "$folder/log"
    skip "$hcpcs could not index $zip"
}

# The same records for sqlite3, out of the fixed-width text: a first line (3 a procedure, 7 a
# modifier) has the short descriptor, the lines behind it (4, 8) go on with the long one.
unzip -p "$zip" '*ANWEB*.txt' | LC_ALL=C awk -v OFS='\t' '
    function put() { if (code ~ /^[A-CE-Z0-9]/) print code, long, short }
    { kind = substr($0, 11, 1); text = substr($0, 12, 80); gsub(/^ +| +$/, "", text) }
    kind ~ /[37]/ {
        put()
        code = substr($0, 1, 5); gsub(/ /, "", code)
        long = text
        short = substr($0, 92, 28); gsub(/ +$/, "", short)
    }
    kind ~ /[48]/ { long = long " " text }
    END { put() }' | iconv -f cp1252 -t utf-8 > "$folder/codes.tsv"
sqlite3 "$folder/fts5.db" > /dev/null << SQL
CREATE VIRTUAL TABLE codes USING fts5(
    code, long_descriptor, short_descriptor, tokenize = 'porter unicode61');
INSERT INTO codes(codes, rank) VALUES ('rank', 'bm25(10.0, 5.0, 1.0)');
.mode ascii
.separator "\t" "\n"
.import $folder/codes.tsv codes
INSERT INTO codes(codes) VALUES ('optimize');
SQL
count=$(sqlite3 "$folder/fts5.db" 'SELECT count(*) FROM codes')
[ "$count" -gt 8000 ] || skip "only $count codes could be read out of $zip"
# In one line: hyperfine cannot read the quoting of a line break.
match=$(printf '"%s" ' $words | sed 's/" $/"*/')
select="SELECT code, long_descriptor, short_descriptor FROM codes WHERE codes MATCH '$match' ORDER BY rank LIMIT 10"

ours=("$hcpcs" search $words --json --index "$folder/index")
peer=(sqlite3 -readonly -json "$folder/fts5.db" "$select")
for name in ours peer; do
    declare -n command=$name
    "${command[@]}" | grep -q '[A-V][0-9]\{4\}' || skip "${command[0]} answers \"$words\" with no code"
done
unset -n command

# The median of the runs of a command, in milliseconds, its start by this shell counted in.
median() {
    local run begin end
    for ((run = 0; run < runs; run++)); do
        begin=${EPOCHREALTIME/[.,]/}
        "$@" > /dev/null
        end=${EPOCHREALTIME/[.,]/}
        echo $((end - begin))
    done | sort -n | awk '{ all[NR] = $1 } END { printf "%.2f ms\n", all[int((NR + 1) / 2)] / 1000 }'
}

echo "\"$words\" over $count codes, page cache warm"
if command -v hyperfine > /dev/null; then
    hyperfine --shell=none --warmup 20 --runs "$runs" --output null \
        -n true true -n hcpcs "${ours[*]@Q}" -n sqlite3 "${peer[*]@Q}"
else
    echo "hyperfine is not installed: medians of $runs runs in a loop of this shell"
    for name in warm-up true hcpcs sqlite3; do
        case $name in
            warm-up) runs=20 median "${ours[@]}" > /dev/null; continue ;;
            true) command=("$(type -P true)") ;;
            hcpcs) command=("${ours[@]}") ;;
            sqlite3) command=("${peer[@]}") ;;
        esac
        printf '%-9s' "$name"
        median "${command[@]}"
    done
fi

if [ -x /usr/bin/time ]; then
    for name in hcpcs sqlite3; do
        [ $name = hcpcs ] && command=("${ours[@]}") || command=("${peer[@]}")
        printf '%-9s' "$name"
        /usr/bin/time --format '%M KB of memory at most' "${command[@]}" 2>&1 > /dev/null
    done
else
    echo "the memory is not measured: GNU time is not installed in /usr/bin/time"
fi
