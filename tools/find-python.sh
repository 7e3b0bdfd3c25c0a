#!/bin/sh
# Prints the path of a Python of the wanted version:
#   find-python.sh 3.10          exactly 3.10.x
#   find-python.sh 3.11 newer    3.11 or newer
# Looked for on PATH, then with pyenv, then fetched by uv (itself installed under var/uv).
set -eu
wanted=$1
newer=${2:-}
cd "$(dirname "$0")/.."

fits() {  # a pyenv shim may stand on PATH and yet not answer, so each candidate is asked
    "$1" - "$wanted" "$newer" 2>/dev/null <<'PY'
import sys
wanted = tuple(map(int, sys.argv[1].split(".")))
sys.exit(not (sys.version_info[:2] >= wanted if sys.argv[2] else sys.version_info[:2] == wanted))
PY
}

found() { "$1" -c 'import sys; print(sys.executable)'; exit 0; }

for name in "python$wanted" python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && fits "$name"; then found "$name"; fi
done
if command -v pyenv >/dev/null; then
    for candidate in "$(pyenv root)"/versions/*/bin/python; do
        if [ -x "$candidate" ] && fits "$candidate"; then found "$candidate"; fi
    done
fi
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    [ -x var/uv/bin/uv ] || {
        python3 -m venv var/uv
        var/uv/bin/pip install --quiet --require-hashes -r requirements/uv.txt >&2
    }
    uv=var/uv/bin/uv
fi
"$uv" python find "$wanted" 2>/dev/null || { "$uv" python install --quiet "$wanted" >&2; "$uv" python find "$wanted"; }
