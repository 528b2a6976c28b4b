//! Texts that help and manual page share: examples, exit statuses, environment.

/// Something with what is to be said of it.
pub(crate) type TextEntry = (&'static str, &'static str);

/// Usage and examples come before the lists of flags: who asks for help wants to see a line to begin with.
pub(crate) const TEMPLATE: &str =
    "{about-with-newline}\n{usage-heading} {usage}\n\n{before-help}{all-args}{after-help}";

pub(crate) const EXAMPLES: &[TextEntry] = &[
    ("pathquiz", "take the quiz"),
    ("pathquiz --quick", "three quarters of the questions"),
    ("pathquiz -o result.html -o plan.ics", "take it, keep result and plan"),
    ("pathquiz result", "see the last result again"),
    ("pathquiz --persona", "see what a result looks like"),
    ("pathquiz questions", "see every id and value"),
    ("pathquiz -a stores=5 --no-input --json", "score some answers, skip the rest"),
    ("pathquiz --answers sheet.json -o out.txt", "score a file of answers"),
    ("pathquiz plan data-engineering", "a study plan without the quiz"),
    ("pathquiz score people.csv -o out.csv", "score a table of people"),
    ("pathquiz cohort people.csv -o group.html", "see what they say together"),
    ("pathquiz bank new mine.toml", "begin a bank of your own"),
    ("pathquiz --bank mine.toml", "take the quiz of that bank"),
    ("source <(pathquiz completions bash)", "let Tab complete all of this"),
];

pub(crate) const TAKE: &[TextEntry] = &[
    ("pathquiz take --quick", "three quarters of the questions"),
    ("pathquiz take -a stores=5 -a known=sql,python", "be asked the rest"),
    ("pathquiz take --answers sheet.json --no-input", "be asked nothing"),
    ("pathquiz take -o result.json -o plan.ics", "keep result and plan"),
];

pub(crate) const QUESTIONS: &[TextEntry] = &[
    ("pathquiz questions", "every id and value"),
    ("pathquiz questions --json | jq -r '.questions[].id'", "the ids alone"),
    ("pathquiz questions --bank mine.toml", "those of another bank"),
];

pub(crate) const RESULT: &[TextEntry] = &[
    ("pathquiz result", "the last one"),
    ("pathquiz result --list", "all of them"),
    ("pathquiz result 3 -o page.html -o plan.ics", "as files"),
    ("pathquiz result --compare", "the last two side by side"),
    ("pathquiz result --delete all", "keep none"),
];

pub(crate) const PLAN: &[TextEntry] = &[
    ("pathquiz plan data-engineering", "toward one role"),
    ("pathquiz plan --compare", "all roles side by side"),
    ("pathquiz plan data-engineering -a cloud=aws", "with an exam that fits"),
    ("pathquiz plan --answers result.json -o plan.ics", "that of a former result"),
    ("pathquiz plan data-engineering --hours-per-week 10", "at another pace"),
];

pub(crate) const SCORE: &[TextEntry] = &[
    ("pathquiz score people.csv -o results.csv", "a table in, a table out"),
    ("pathquiz score people.csv --to ndjson", "lines of JSON out"),
    ("pathquiz score people.csv --rejects bad.txt", "keep bad rows apart"),
    ("generate | pathquiz score > results.ndjson", "from a pipe"),
];

pub(crate) const COHORT: &[TextEntry] = &[
    ("pathquiz cohort people.csv", "roles, fits and how questions do"),
    ("pathquiz cohort people.csv -o group.html", "the same as a page"),
    ("pathquiz cohort people.csv --json", "the same for programs"),
];

pub(crate) const BANK: &[TextEntry] = &[
    ("pathquiz bank new mine.toml", "begin with a small one"),
    ("pathquiz bank check mine.toml", "find what is wrong with it"),
    ("pathquiz bank audit mine.toml", "see whom it favours"),
    ("pathquiz bank diff old.toml mine.toml", "see what a new version changes"),
    ("pathquiz bank show > shipped.toml", "read the shipped one"),
];

pub(crate) const DIFF: &[TextEntry] = &[
    ("pathquiz bank diff old.toml new.toml", "roles, questions, points"),
    ("pathquiz bank diff old.toml new.toml --answers all.ndjson", "and people"),
];

pub(crate) const CHECK: &[TextEntry] = &[
    ("pathquiz bank check mine.toml", "what is wrong, with its place"),
    ("pathquiz bank check --strict --json mine.toml", "for editors and CI"),
];

pub(crate) const SCHEMA: &[TextEntry] = &[
    ("pathquiz schema bank -o bank.schema.json", "for an editor of banks"),
    ("pathquiz schema answers --bank mine.toml", "of answers to that bank"),
    ("pathquiz schema result", "of what `--json` gives"),
];

pub(crate) const COMPLETIONS: &[TextEntry] = &[
    ("source <(pathquiz completions bash)", "~/.bashrc"),
    ("source <(pathquiz completions zsh)", "~/.zshrc, after compinit"),
    ("pathquiz completions fish | source", "config.fish"),
    ("eval (pathquiz completions elvish | slurp)", "rc.elv"),
    ("pathquiz completions powershell | Out-String | iex", "$PROFILE"),
];

pub(crate) const MAN: &[TextEntry] = &[
    ("pathquiz man | man -l -", "read it now"),
    ("pathquiz man > ~/.local/share/man/man1/pathquiz.1", "for `man pathquiz`"),
];

pub(crate) const STATUSES: &[TextEntry] = &[
    ("0", "done"),
    ("1", "could not be done: a file or stream failed"),
    ("2", "the command line or an answer is wrong, or questions are open"),
    ("3", "the question bank is invalid, or `bank check` finds it unfair"),
    ("4", "done, but lines of the input were rejected"),
    ("130", "or 128 + signal: stopped before the end"),
];

pub(crate) const ENVIRONMENT: &[TextEntry] = &[
    ("NO_COLOR", "no colour, unless empty; `--color` goes before"),
    ("CLICOLOR_FORCE", "colour whatever is written to, unless empty or 0"),
    ("CLICOLOR", "no colour, if 0"),
    ("TERM", "`dumb`: ask by lines and use no escape sequence"),
    ("ACCESSIBLE", "ask by lines without colour, unless 0 or false"),
    ("LC_ALL, LC_CTYPE, LANG", "plain ASCII unless the first one set names UTF-8"),
    ("COLUMNS", "width of text where no terminal tells it, else 80"),
    ("XDG_STATE_HOME", "keeps answers until the end, else ~/.local/state"),
    ("XDG_DATA_HOME", "keeps results, else ~/.local/share"),
    ("PATHQUIZ_NO_KEEP", "keep nothing, unless 0 or false; as `--no-keep`"),
    ("PATHQUIZ_COMPLETE", "set by the scripts of `pathquiz completions`"),
    ("PATHQUIZ_BREAKS", "set beside it in bash"),
];

pub(crate) const FILES: &[TextEntry] = &[
    (
        "~/.local/state/pathquiz/",
        "Answers of a quiz that is under way, one file for each version of a bank, for your eyes only. Removed once the \
         result is kept or has been shown; the whole folder can be deleted at any time.",
    ),
    (
        "~/.local/share/pathquiz/results/",
        "Results, with their questions and pages, for your eyes only. `pathquiz result --delete all` deletes them.",
    ),
];

/// A list under its heading, the meanings below each other.
fn list(heading: &str, entries: &[TextEntry]) -> String {
    let width = entries.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines = entries.iter().map(|(name, meaning)| format!("\n  {name:width$}  {meaning}"));
    std::iter::once(format!("{heading}:")).chain(lines).collect()
}

/// Examples as help shows them.
pub(crate) fn examples(entries: &[TextEntry]) -> String {
    list("Examples", entries)
}

/// What the long help ends with.
pub(crate) fn ending() -> String {
    [list("Exit status", STATUSES), list("Environment", ENVIRONMENT)].join("\n\n")
}
