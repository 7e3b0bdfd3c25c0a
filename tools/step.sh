#!/bin/sh
# Runs a slow command with its output in a log, and says every ten seconds that it still goes on:
#   step.sh "what happens" log command…
set -u
label=$1 log=$2
shift 2
mkdir -p "$(dirname "$log")"
began=$(date +%s)
printf '… %s\n' "$label"
"$@" >"$log" 2>&1 &
command=$!
trap 'kill "$command" 2>/dev/null; exit 130' INT TERM
waited=0
while kill -0 "$command" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
    if [ $((waited % 10)) -eq 0 ]; then printf '  %s: %s s\n' "$label" "$waited"; fi
done
if wait "$command"; then
    printf '✓ %s (%s s)\n' "$label" "$(($(date +%s) - began))"
else
    status=$?
    printf '✗ %s failed; the end of %s:\n' "$label" "$log" >&2
    tail -n 25 "$log" >&2
    exit "$status"
fi
