#!/usr/bin/env bash
# Makes .venv with every locked package; does nothing when it is up to date.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.venv/.set-up
wanted=$(cat requirements.lock requirements-dev.lock pyproject.toml tools/set-up.sh <(pwd) | sha256sum)
if [ -x .venv/bin/schoolward ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if is_new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    echo "Schoolward needs Python 3.11 or later; python3 here is $(python3 -V 2>&1 || echo missing)." >&2
    echo "Install one, or say where it is: make setup PYTHON=/path/to/python3.12" >&2
    return 1
}

if ! is_new_enough .venv/bin/python; then
    python=$(find_python)
    echo "Setting up .venv with $($python -V) …" >&2
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        echo "Python's venv module is missing. On Debian: apt install python3-venv" >&2
        exit 1
    fi
fi

rm -f "$stamp"
[ -x .venv/bin/uv ] || .venv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9'
export VIRTUAL_ENV=$PWD/.venv
.venv/bin/uv pip sync --quiet --require-hashes requirements.lock requirements-dev.lock
# After the sync, which would remove it.
.venv/bin/uv pip install --quiet --no-deps -e .
echo "$wanted" >"$stamp"
