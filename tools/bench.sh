#!/usr/bin/env bash
# Runs the benchmarks that need no preparation, or the one that is named: make bench ARGS=pages.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
    echo "Benchmarks (make bench ARGS=NAME); each says at its top what it needs:"
    for file in bench/*.py; do
        printf '  %-12s %s\n' "$(basename "$file" .py)" "$(sed -n '1s/^"""//;1s/"""$//;1p' "$file")"
    done
    exit 0
fi
name=$1
shift
exec .venv/bin/python "bench/$name.py" "$@"
