//! The style of the code as a table: what may stand in `src` only so many times.

use std::collections::BTreeMap;

use super::{Source, sources};

/// Finds what breaks a rule, each with its place.
type Find = fn(&[Source]) -> Vec<String>;

/// What is counted, how often it may be found, and how it is found.
const RULES: [(&str, usize, Find); 6] = [
    ("`super::super`", 0, |sources| lines(sources, |line| line.contains("super::super"))),
    ("closures bound by `let`, not functions", 90, closures),
    ("docs that say `nothing`, not `None`", 24, |sources| lines(sources, says_nothing)),
    ("docs that begin with a question word, not a verb or a noun", 106, question_docs),
    ("type names used twice", 0, repeated_types),
    ("files of more than 350 lines", 0, long_files),
];

#[test]
fn the_style_is_kept() {
    let sources = sources();
    for (rule, limit, find) in RULES {
        let found = find(&sources);
        let count = found.len();
        assert!(count <= limit, "{rule}: {count} of at most {limit}\n  {}", found.join("\n  "));
    }
}

fn lines(sources: &[Source], is_found: fn(&str) -> bool) -> Vec<String> {
    let of_source = |source: &Source| {
        let lines = (1..).zip(source.text.lines()).filter(|(_, line)| is_found(line.trim_start()));
        lines.map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim())).collect::<Vec<_>>()
    };
    sources.iter().flat_map(of_source).collect()
}

/// Finds closures that begin on the line of `let` or, where that ends with `=`, on the next.
fn closures(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let mut before = "";
        for (number, line) in (1..).zip(source.text.lines().map(str::trim)) {
            let wrapped = before.starts_with("let ") && before.ends_with(" =");
            let value = line.strip_prefix("let ").and_then(|rest| rest.split_once(" = ")).map(|(_, value)| value);
            let value = if wrapped { Some(line) } else { value };
            if value.is_some_and(|value| value.trim_start_matches("move ").starts_with('|')) {
                found.push(format!("{}:{number}: {line}", source.path));
            }
            before = line;
        }
    }
    found
}

fn says_nothing(line: &str) -> bool {
    let is_doc = line.starts_with("///") || line.starts_with("//!");
    is_doc && line.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "nothing")
}

/// Finds docs of items by their first line.
fn question_docs(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let mut before = "";
        for (number, line) in (1..).zip(source.text.lines().map(str::trim_start)) {
            let first = line.strip_prefix("/// ").filter(|_| !before.starts_with("///"));
            let word = first.and_then(|doc| doc.split(|c: char| !c.is_alphanumeric()).next());
            if word.is_some_and(|word| ["What", "How", "Whether", "Where", "Who", "Why", "When"].contains(&word)) {
                found.push(format!("{}:{number}: {line}", source.path));
            }
            before = line;
        }
    }
    found
}

fn repeated_types(sources: &[Source]) -> Vec<String> {
    let mut types: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources {
        for (_, line) in source.code() {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            let keyword = words.iter().position(|word| ["struct", "enum", "trait", "type"].contains(word));
            let name =
                keyword.and_then(|keyword| words.get(keyword + 1)).filter(|name| name.starts_with(char::is_uppercase));
            // `Self::Item` and the like belong to the trait that they are written for.
            if let Some(name) = name.filter(|_| !line.starts_with(' ')) {
                types.entry(name).or_default().push(&source.path);
            }
        }
    }
    let repeated = types.into_iter().filter(|(_, files)| files.len() > 1);
    repeated.map(|(name, files)| format!("{name}: {}", files.join(", "))).collect()
}

fn long_files(sources: &[Source]) -> Vec<String> {
    let long = sources.iter().map(|source| (source, source.text.lines().count())).filter(|(_, lines)| *lines > 350);
    long.map(|(source, lines)| format!("{}: {lines} lines", source.path)).collect()
}
