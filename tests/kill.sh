#!/usr/bin/env bash
# Kills the quiz with -9 at all moments while answers are saved and the result is kept, 200 times each unless told
# otherwise, and reads what is left.
set -euo pipefail
cd "$(dirname "$0")/.."
KILLS=${1:-200} cargo test --quiet --test pty progress::every_kill -- --nocapture
