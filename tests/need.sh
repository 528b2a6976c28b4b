# Sourced by scripts that need other people's programs. What is missing is installed where the variable CI is set;
# elsewhere it is named, and what needs it is skipped.

# need PROGRAM [PACKAGE]
need() { command -v "$1" >/dev/null || installed "$1" "${2:-$1}"; }

# Python's virtual environments are a package of their own in Debian.
need_venv() { python3 -c 'import venv, ensurepip' 2>/dev/null || installed "Python's venv" python3-venv; }

installed() {
    if [[ -z ${CI:-} ]]; then
        echo "skipped, since $1 is missing; where CI is set, the package $2 is installed"
        return 1
    fi
    apt-get update -qq && apt-get install -y -qq "$2" || exit 1
}
