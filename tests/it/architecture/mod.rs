//! The rules of the source tree: layers that only look down, files without circles, and the style of the code.

mod circles;
mod layers;
mod style;
mod syntax;

use std::fs;
use std::path::{Path, PathBuf};

/// A file of `src` without its test module.
struct Source {
    /// Path below `src`.
    path: String,
    text: String,
}

impl Source {
    /// Returns the numbered lines that are no comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Returns the name of the folder directly below `src`, empty for a file that is in none.
    fn layer(&self) -> &str {
        self.path.split_once('/').map_or("", |(layer, _)| layer)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns every file of `src`, in order of their paths.
fn sources() -> Vec<Source> {
    let mut folders = vec![root()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let whole = fs::read_to_string(&path).unwrap();
                let end = ["\n#[cfg(test)]", "\n#[cfg(all(test"].iter().filter_map(|start| whole.find(start)).min();
                let path = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                sources.push(Source { path, text: end.map_or(whole.as_str(), |end| &whole[..=end]).to_owned() });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}
