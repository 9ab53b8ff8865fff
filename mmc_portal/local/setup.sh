#!/bin/sh
# Makes .venv with everything the portal, its tests and its checks need. `make setup` calls it.
set -eu

say() { printf '%s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

find_python() {
    for name in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is needed and was not found. Install it, or name it: make setup PYTHON=/path/to/python3.11"
}

can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Debian and Ubuntu ship Python without the part that makes virtual environments.
install_venv_part() {
    package="$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    clear="Python cannot make virtual environments here. Install its package and try again: apt-get install $package"
    command -v apt-get >/dev/null 2>&1 || fail "$clear"
    as_root true 2>/dev/null || fail "$clear"
    say "Installing $package from the system's packages ..."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy "$package" >/dev/null 2>&1 || fail "$clear"
}

cd "$(dirname "$0")/../.."
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python="$(find_python)"
    can_make_venv "$python" || install_venv_part "$python"
    say "Making the virtual environment .venv ..."
    "$python" -m venv --clear .venv
fi
say "Installing the libraries into .venv (about a minute the first time) ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --use-pep517 \
    --root-user-action=ignore -r requirements-dev.txt ||
    fail "The libraries could not be installed: see above. Is the network there?"
touch .venv/.ready
