#!/usr/bin/env bash
# Writes the parts of docs/ that come from the code, whatever is set on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
env -i PATH="$PATH" SCHOOLWARD_HOME="$home" DJANGO_SETTINGS_MODULE=schoolward.config.settings \
    .venv/bin/python -m tools.write_docs "$@"
