#!/usr/bin/env bash
# Everything that can be judged without running the product; all steps run, then it fails.
set -uo pipefail
cd "$(dirname "$0")/.."
export SCHOOLWARD_HOME DATABASE_URL=
SCHOOLWARD_HOME=$(mktemp -d)
trap 'rm -rf "$SCHOOLWARD_HOME"' EXIT
failed=()

step() {
    local name=$1 out
    shift
    if out=$("$@" 2>&1); then
        printf '  ok    %s\n' "$name"
    else
        printf '  FAIL  %s\n%s\n' "$name" "$out"
        failed+=("$name")
    fi
}

bin=.venv/bin
step "lint" $bin/ruff check --quiet .
step "format" $bin/ruff format --check --quiet .
step "types" $bin/mypy --no-error-summary src/schoolward
step "templates" $bin/djlint --lint --quiet src
step "floors" $bin/lint-imports --no-cache
step "migrations" $bin/python -m django makemigrations --check --dry-run --settings schoolward.config.settings
step "dependencies" $bin/deptry src
step "docs" tools/docs.sh --check

if [ ${#failed[@]} -gt 0 ]; then
    echo "Not in order: ${failed[*]}"
    exit 1
fi
echo "All in order."
