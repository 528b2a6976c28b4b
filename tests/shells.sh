#!/usr/bin/env bash
# Lets real shells read the scripts of `pathquiz completions` and complete by them, and mandoc the manual page.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

source tests/need.sh

# The scripts find the program where a shell does, on PATH.
mkdir "$folder/bin"
ln -s "$(realpath "${PATHQUIZ:-target/release/pathquiz}")" "$folder/bin/pathquiz"
export PATH="$folder/bin:$PATH"
for shell in bash zsh fish powershell elvish; do pathquiz completions "$shell" > "$folder/$shell"; done
cp tests/data/banks/tiny.toml "$folder/my bank.toml"
touch "$folder/it's.csv"

# Fails unless the candidates, a line each, are those named.
expect() {
    local found
    found=$(cat)
    [[ $found == "$2" ]] || { printf '%s: found\n%s\ninstead of\n%s\n' "$1" "$found" "$2"; exit 1; }
}

lines() { printf '%s\n' "$@"; }
steps=$(lines stores={1..5} stores=skip)

# bash: the function is called as readline calls it, and what it is told is the line.
bash -n "$folder/bash"
in_bash() {
    bash --norc -c 'set -u; source "$1"; cd "$3"; compopt() { echo "$2"; }
        COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=9 COMP_CWORD=0 COMP_WORDS=(pathquiz)
        _pathquiz pathquiz "" ""; printf "%s\n" "${COMPREPLY[@]}"' bash "$folder/bash" "$1" "${2:-$PWD}"
}
in_bash 'pathquiz -a stor' | expect bash "$(lines nospace stores=)"
in_bash 'pathquiz -a stores=' | expect bash "$(lines {1..5} skip)"
in_bash 'pathquiz -a stores=5 plan dat' | expect bash data-engineering
in_bash 'pathquiz --bank my\ b' "$folder" | expect bash 'my\ bank.toml'
in_bash 'pathquiz --bank="my b' "$folder" | expect bash 'my bank.toml'
in_bash "pathquiz score it" "$folder" | expect bash "it\\'s.csv"
in_bash 'pathquiz --bank my\ bank.toml -a sat' "$folder" | expect bash "$(lines nospace saturday=)"
in_bash 'pathquiz --bank=nothing -a ' | expect bash ''
# And as a person does, by Tab behind another command, which shows that the line arrives.
keys() { sleep 1; printf "source '%s/bash'\n" "$folder"; sleep 1; printf '%b' "$1"; sleep 2; printf '\025exit 0\n'; sleep 1; }
keys 'true; A=b pathquiz -a known=pyth\t' |
    TERM=dumb INPUTRC=/dev/null timeout 20 script -qec 'bash --norc --noprofile' /dev/null > "$folder/typed"
grep -q 'known=python ' "$folder/typed"
echo 'bash completes'

if need zsh; then
    zsh -n "$folder/zsh"
    in_zsh() {
        timeout 20 zsh -f -c 'zmodload zsh/zpty; zpty shell "TERM=dumb PS1= zsh -f -i"
            zpty -w shell "autoload -Uz compinit; compinit -u -D; bindkey -e; setopt zle; source $1; bindkey \"^I\" expand-or-complete"
            zpty -w shell "unsetopt auto_menu list_beep; cd ${(q)3}; print re\"\"ady"; zpty -r -m shell out "*ready*"
            zpty -w -n shell "$2"$'"'"'\t\x01print -rl -- \x05\n'"'"'; zpty -w shell "print do\"\"ne"
            zpty -r -m shell out "*done*"; print -r -- $out' zsh "$folder/zsh" "$1" "${2:-$PWD}" | tr -d '\r'
    }
    in_zsh 'pathquiz -a stor' | grep -x 'stores=' > /dev/null
    in_zsh 'pathquiz -a known=pyth' | grep -x 'known=python' > /dev/null
    in_zsh 'pathquiz plan dat' | grep -x 'data-engineering' > /dev/null
    in_zsh 'pathquiz --bank my' "$folder" | grep -x 'my bank.toml' > /dev/null
    echo 'zsh completes'
fi

if need fish; then
    fish --no-execute "$folder/fish"
    in_fish() { fish --no-config -c 'source $argv[1]; cd $argv[3]; complete --do-complete $argv[2]' "$folder/fish" "$1" "${2:-$PWD}" | cut -f1; }
    in_fish 'pathquiz -a stor' | expect fish stores=
    in_fish 'pathquiz -a stores=' | expect fish "$steps"
    in_fish 'pathquiz plan dat' | expect fish data-engineering
    in_fish 'pathquiz --bank my' "$folder" | expect fish 'my bank.toml'
    in_fish 'pathquiz --bank "my bank.toml" -a sat' "$folder" | expect fish saturday=
    echo 'fish completes'
fi

if need elvish; then
    # elvish knows its editor only on a terminal, so a small one stands in for it.
    in_elvish() {
        { cat <<'ELVISH'
var edit: = (ns [&completion:=(ns [&arg-completer=[&]]) &complex-candidate~={|value &code-suffix='' &display=''|
    put $value$code-suffix
}])
ELVISH
            cat "$folder/elvish"
            # shellcheck disable=SC2016
            echo '$edit:completion:arg-completer[pathquiz] $@args | each {|candidate| echo $candidate"|" }'
        } > "$folder/run.elv"
        elvish -norc "$folder/run.elv" "$@"
    }
    in_elvish pathquiz -a stor | expect elvish 'stores=|'
    in_elvish pathquiz plan dat | expect elvish 'data-engineering |'
    in_elvish pathquiz --bank nothing -a '' | expect elvish ''
    elvish -compileonly "$folder/run.elv"
    echo 'elvish completes'
fi

if command -v pwsh >/dev/null; then
    pwsh -NoProfile -Command '. ([scriptblock]::Create((Get-Content -Raw $args[0])))
        (TabExpansion2 "pathquiz -a stor" 16).CompletionMatches.CompletionText' "$folder/powershell" |
        expect powershell stores=
    echo 'powershell completes'
else
    echo 'powershell is left out: no pwsh is installed, and Debian has none'
fi

if need mandoc; then
    pathquiz man > "$folder/pathquiz.1"
    cmp "$folder/pathquiz.1" <(pathquiz man)
    mandoc -T lint -W warning "$folder/pathquiz.1"
    wide=$(mandoc -T utf8 -O width=80 "$folder/pathquiz.1" | col -b | awk 'length > 80')
    [[ -z $wide ]] || { echo "wider than 80 columns: $wide"; exit 1; }
    mandoc -T ascii "$folder/pathquiz.1" | col -b | grep '^EXIT STATUS' > /dev/null
    echo 'the manual page is sound'
fi
