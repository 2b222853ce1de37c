#!/usr/bin/env bash
# All tests on SQLite; then those bound to a database on PostgreSQL, where one answers.
# With CI=true a missing PostgreSQL or browser fails the run.
set -uo pipefail
cd "$(dirname "$0")/.."
export SCHOOLWARD_HOME DATABASE_URL=
SCHOOLWARD_HOME=$(mktemp -d)
trap 'rm -rf "$SCHOOLWARD_HOME"' EXIT
bin=.venv/bin
cores=$(nproc 2>/dev/null || echo 2)

find_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

install_browser() {
    local sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    command -v apt-get >/dev/null || return 1
    $sudo true 2>/dev/null || return 1
    echo "Installing chromium for the browser tests …"
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends chromium
}

if ! find_browser >/dev/null && ! install_browser >/dev/null 2>&1; then
    echo "No chromium here: the browser tests cannot run. On Debian: apt install chromium"
    [ "${CI:-}" = true ] && exit 1
fi

postgresql=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
answers() {
    $bin/python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()' \
        "$postgresql" 2>/dev/null
}

failed=0
echo "SQLite:"
$bin/pytest -n "$cores" --dist worksteal "$@" || failed=1

if answers; then
    echo "PostgreSQL:"
    TEST_DATABASE_URL=$postgresql DATABASE_URL=$postgresql \
        $bin/pytest -n "$cores" --dist worksteal --database-bound -m "not browser" "$@" || failed=1
else
    echo "No PostgreSQL answers; set TEST_DATABASE_URL to one to test on it too."
    [ "${CI:-}" = true ] && failed=1
fi
exit $failed
