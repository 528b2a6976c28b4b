//! Circles between files. A file uses another when it imports a name that the other defines, or writes a path that leads
//! there; `mod` lines and re-exports tie nothing, and a name that is re-exported belongs to the file that defines it.

use std::collections::{BTreeMap, BTreeSet};

use super::sources;
use super::syntax::{is_word, leaves, tokens};

/// A module's path, without `crate`.
type Module = Vec<String>;

/// A file with the names that its `use` lines bring in and the paths in its code, each from the root of the crate.
#[derive(Default)]
struct File {
    name: String,
    imports: Vec<Import>,
    paths: Vec<Vec<String>>,
}

struct Import {
    name: String,
    path: Vec<String>,
    is_reexport: bool,
}

struct Tree(BTreeMap<Module, File>);

impl Tree {
    fn new<'s>(files: impl IntoIterator<Item = (&'s str, &'s str)> + Clone) -> Self {
        let module = |name: &str| -> Module {
            let path = name.trim_end_matches(".rs").trim_end_matches("lib").trim_end_matches("mod");
            path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
        };
        let mut tree = Self(files.clone().into_iter().map(|(name, _)| (module(name), File::default())).collect());
        for (name, text) in files {
            let module = module(name);
            let file = tree.read(name, &module, &tokens(text));
            tree.0.insert(module, file);
        }
        tree
    }

    fn read(&self, name: &str, module: &Module, tokens: &[&str]) -> File {
        let mut file = File { name: name.to_owned(), ..File::default() };
        let (mut paths, mut words) = (Vec::new(), BTreeSet::new());
        let mut rest = tokens;
        let mut is_public = false;
        while let Some((token, behind)) = rest.split_first() {
            rest = behind;
            match *token {
                "use" => {
                    let end = rest.iter().position(|token| *token == ";").unwrap_or(rest.len());
                    for (name, path) in leaves(&rest[..end]) {
                        let path = self.absolute(module, &[], &path);
                        file.imports.extend(path.map(|path| Import { name, path, is_reexport: is_public }));
                    }
                    rest = &rest[end..];
                }
                "pub" => {
                    is_public = true;
                    if rest.first() == Some(&"(") {
                        let end = rest.iter().position(|token| *token == ")").unwrap_or(0);
                        rest = &rest[end + 1..];
                    }
                    continue;
                }
                // The declaration of a child uses nothing of it.
                "mod" => rest = &rest[1..],
                word if is_word(word) => {
                    let mut path = vec![word.to_owned()];
                    while let ["::", next, behind @ ..] = rest
                        && is_word(next)
                    {
                        path.push((*next).to_owned());
                        rest = behind;
                    }
                    words.insert(word);
                    paths.push(path);
                }
                _ => {}
            }
            is_public = false;
        }
        paths.retain(|path| path.len() > 1);
        file.paths = paths.iter().filter_map(|path| self.absolute(module, &file.imports, path)).collect();
        let used = file.imports.iter().filter(|import| !import.is_reexport || words.contains(import.name.as_str()));
        file.paths.extend(used.map(|import| import.path.clone()).collect::<Vec<_>>());
        file
    }

    /// Returns the path from the root of the crate, `None` if it leads into another crate or to a name of the file itself.
    fn absolute(&self, module: &Module, imports: &[Import], path: &[String]) -> Option<Vec<String>> {
        let (first, mut rest) = path.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.clone(),
            "super" => module[..module.len().saturating_sub(1)].to_vec(),
            name => {
                let child = [module.as_slice(), &[name.to_owned()]].concat();
                let imported = imports.iter().find(|import| import.name == name).map(|import| import.path.clone());
                imported.or_else(|| self.0.contains_key(&child).then_some(child))?
            }
        };
        while let Some(("super", behind)) = rest.split_first().map(|(first, behind)| (first.as_str(), behind)) {
            base.pop();
            rest = behind;
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// Returns the file that defines what the path leads to, with its name; `None` for a module as such.
    fn definition(&self, path: &[String]) -> Option<(&File, String)> {
        let mut module = Module::new();
        for (index, name) in path.iter().enumerate() {
            let child = [module.as_slice(), std::slice::from_ref(name)].concat();
            let is_last = index + 1 == path.len();
            let file = self.0.get(&module)?;
            let import = file.imports.iter().find(|import| import.name == *name);
            if self.0.contains_key(&child) && !(is_last && import.is_some()) {
                module = child;
                continue;
            }
            return match import {
                Some(import) => self.definition(&[import.path.as_slice(), &path[index + 1..]].concat()),
                None => Some((file, name.clone())),
            };
        }
        None
    }

    /// Returns each file with the files it uses and the names by which it does.
    fn edges(&self) -> BTreeMap<&str, BTreeMap<&str, BTreeSet<String>>> {
        let mut edges: BTreeMap<_, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
        for file in self.0.values() {
            let used = edges.entry(file.name.as_str()).or_default();
            for (target, name) in file.paths.iter().filter_map(|path| self.definition(path)) {
                if target.name != file.name {
                    used.entry(target.name.as_str()).or_default().insert(name);
                }
            }
        }
        edges
    }

    /// Returns each circle: its files, and what ties them.
    fn circles(&self) -> BTreeMap<Vec<&str>, Vec<String>> {
        let edges = self.edges();
        let reached: BTreeMap<&str, BTreeSet<&str>> = edges
            .keys()
            .map(|start| {
                let (mut found, mut open) = (BTreeSet::new(), vec![*start]);
                while let Some(file) = open.pop() {
                    open.extend(edges[file].keys().filter(|next| found.insert(**next)));
                }
                (*start, found)
            })
            .collect();
        let mut circles = BTreeMap::new();
        for (file, all) in reached.iter().filter(|(file, all)| all.contains(*file)) {
            let circle: Vec<&str> = all.iter().copied().filter(|other| reached[other].contains(file)).collect();
            let ties =
                circle.iter().flat_map(|file| edges[file].iter().map(move |(target, names)| (file, target, names)));
            let ties = ties.filter(|(_, target, _)| circle.contains(*target));
            let ties = ties
                .map(|(file, target, names)| {
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    format!("{file} uses {} of {target}", names.join(", "))
                })
                .collect();
            circles.insert(circle, ties);
        }
        circles
    }
}

#[test]
fn files_make_no_circles() {
    let sources = sources();
    let files = sources.iter().map(|source| (source.path.as_str(), source.text.as_str()));
    let tree = Tree::new(files.filter(|(path, _)| !["main.rs", "build.rs"].contains(path)));
    let circles = tree.circles();
    let told: Vec<String> =
        circles.iter().map(|(circle, ties)| format!("{}:\n  {}", circle.join(", "), ties.join("\n  "))).collect();
    assert!(told.is_empty(), "circles between files:\n{}", told.join("\n"));
}

/// Returns the files of each circle among files with these names and texts.
fn found(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let tree = Tree::new(files.iter().copied());
    tree.circles().into_keys().map(|circle| circle.into_iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let back = [
        "use crate::a::one::One;",
        "use super::one::{self, Three};\nfn f() { one::f() }",
        "fn f() -> crate::a::One {}",
    ];
    for back in back {
        let files = [
            ("lib.rs", "pub mod a;"),
            ("a/mod.rs", "mod one;\nmod two;\npub use one::One;\npub(crate) use two::{Two as Other};"),
            ("a/one.rs", "use super::Other;\npub struct One(Other);"),
            ("a/two.rs", back),
        ];
        assert_eq!(found(&files), [["a/one.rs", "a/two.rs"]], "{back}");
    }
}

#[test]
fn a_module_that_is_used_by_its_children_must_not_use_them() {
    let child = ("a/one.rs", "use super::Top;\npub struct One;");
    for (top, expected) in [
        ("mod one;\npub use one::One;\npub struct Top;", 0),
        ("mod one;\npub use one::One;\npub struct Top(One);", 1),
        ("mod one;\npub struct Top(one::One);", 1),
    ] {
        assert_eq!(found(&[("lib.rs", "mod a;"), ("a/mod.rs", top), child]).len(), expected, "{top}");
    }
}

#[test]
fn comments_literals_and_other_crates_tie_nothing() {
    let first = "use std::two::Two; // crate::two::Two\nfn f<'a>(x: &'a str) { g('\"', r#\"crate::two::Two\"#, \"\\\"crate::two::Two\") }";
    assert!(found(&[("lib.rs", ""), ("one.rs", first), ("two.rs", "use crate::one::f;")]).is_empty());
}
