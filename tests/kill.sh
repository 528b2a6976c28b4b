#!/usr/bin/env bash
# Kills the quiz with -9 at all moments while answers are saved, 200 times unless told otherwise, and reads what is left.
set -euo pipefail
cd "$(dirname "$0")/.."
KILLS=${1:-200} cargo test --quiet --test pty progress::every_kill_leaves_a_readable_state -- --exact --nocapture
