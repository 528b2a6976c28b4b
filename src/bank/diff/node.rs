//! A bank as a tree of nodes, compared with another by ids: within a list as few as possible count as moved.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::bank::diff::change::{Change, ChangeKind, EntryKind};

/// A table of a bank.
pub(super) struct Node {
    pub(super) entry: EntryKind,
    pub(super) id: String,
    pub(super) title: Json,
    /// Keys with their values, null for what is not said; the same keys for all nodes of a kind.
    pub(super) keys: Vec<(&'static str, Json)>,
    pub(super) points: Option<Points>,
    /// Lists of what stands in it; as many for all nodes of a kind.
    pub(super) parts: Vec<Vec<Node>>,
}

/// Points by the id of a role, and the key under which a bank has them.
pub(super) struct Points {
    pub(super) key: &'static str,
    pub(super) of: Vec<(String, i64)>,
}

/// Lists keys whose names are those of the variables that hold their values.
macro_rules! keys {
    ($($key:ident),*) => { vec![$((stringify!($key), serde_json::json!($key))),*] };
}

pub(super) use keys;

impl Node {
    /// Creates a node that gives no points and has no parts.
    pub(super) fn new(entry: EntryKind, id: String, title: impl Into<Json>, keys: Vec<(&'static str, Json)>) -> Self {
        Self { entry, id, title: title.into(), keys, points: None, parts: Vec::new() }
    }

    /// Returns what a newer state of the same node says otherwise.
    pub(super) fn changes(&self, newer: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        for ((key, from), (_, to)) in self.keys.iter().zip(&newer.keys).filter(|((_, from), (_, to))| from != to) {
            changes.push(newer.change(ChangeKind::Key(key), from.clone(), to.clone()));
        }
        // Points under another key, or those of a role that one bank lacks, come and go with what they belong to.
        if let (Some(old), Some(new)) = (&self.points, &newer.points)
            && old.key == new.key
        {
            for (role, to) in &new.of {
                if let Some((_, from)) = old.of.iter().find(|(other, from)| other == role && from != to) {
                    let kind = ChangeKind::Points { key: new.key, role: role.clone() };
                    changes.push(newer.change(kind, json!(from), json!(to)));
                }
            }
        }
        for (old, new) in self.parts.iter().zip(&newer.parts) {
            compare_lists(old, new, &mut changes);
        }
        changes
    }

    fn change(&self, kind: ChangeKind, from: Json, to: Json) -> Change {
        Change { entry: self.entry, id: self.id.clone(), kind, from, to }
    }
}

/// Adds the changes between two lists of nodes, which are laid beside each other by their ids.
fn compare_lists(old: &[Node], new: &[Node], changes: &mut Vec<Change>) {
    let places: BTreeMap<&str, (usize, &Node)> =
        old.iter().enumerate().map(|(place, node)| (&*node.id, (place, node))).collect();
    let kept: Vec<usize> = new.iter().filter_map(|node| places.get(&*node.id)).map(|&(place, _)| place).collect();
    let unmoved = longest_rising(&kept);
    for (place, node) in new.iter().enumerate() {
        let Some(&(before, old)) = places.get(&*node.id) else {
            changes.push(node.change(ChangeKind::Added, Json::Null, node.title.clone()));
            continue;
        };
        if !unmoved.contains(&before) {
            changes.push(node.change(ChangeKind::Moved, json!(before + 1), json!(place + 1)));
        }
        changes.extend(old.changes(node));
    }
    let ids: BTreeSet<&str> = new.iter().map(|node| &*node.id).collect();
    let removed = old.iter().filter(|node| !ids.contains(&*node.id));
    changes.extend(removed.map(|node| node.change(ChangeKind::Removed, node.title.clone(), Json::Null)));
}

/// Returns a longest increasing subsequence, so that as few as possible count as moved.
fn longest_rising(positions: &[usize]) -> BTreeSet<usize> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for position in positions {
        let before = runs.iter().filter(|run| run.last() < Some(position)).max_by_key(|run| run.len());
        let mut run = before.cloned().unwrap_or_default();
        run.push(*position);
        runs.push(run);
    }
    runs.into_iter().max_by_key(Vec::len).unwrap_or_default().into_iter().collect()
}

/// Returns a list of words, null for an empty one, which is the same as none.
pub(super) fn list(words: &[String]) -> Json {
    if words.is_empty() { Json::Null } else { json!(words) }
}

/// Makes the ids of nodes that go by their titles different: the second of a title gets a 2 behind it.
pub(super) fn numbered(mut nodes: Vec<Node>) -> Vec<Node> {
    let mut taken = BTreeSet::new();
    for node in &mut nodes {
        let title = node.id.clone();
        let mut number = 1;
        while !taken.insert(node.id.clone()) {
            number += 1;
            node.id = format!("{title} ({number})");
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str, keys: Vec<(&'static str, Json)>) -> Node {
        Node::new(EntryKind::Choice, id.to_owned(), id, keys)
    }

    fn changes(old: &[&str], new: &[&str]) -> Vec<(String, ChangeKind)> {
        let nodes = |ids: &[&str]| ids.iter().map(|id| node(id, Vec::new())).collect::<Vec<_>>();
        let mut changes = Vec::new();
        compare_lists(&nodes(old), &nodes(new), &mut changes);
        changes.into_iter().map(|change| (change.id, change.kind)).collect()
    }

    #[test]
    fn as_few_as_possible_count_as_moved() {
        use ChangeKind::{Added, Moved, Removed};
        let change = |id: &str, kind| (id.to_owned(), kind);
        assert_eq!(changes(&["a", "b", "c", "d"], &["b", "c", "d", "a"]), [change("a", Moved)]);
        assert_eq!(
            changes(&["a", "b", "c"], &["c", "x", "a"]),
            [change("c", Moved), change("x", Added), change("b", Removed)]
        );
        assert_eq!(longest_rising(&[3, 0, 1, 4, 2]).len(), 3);
        assert!(longest_rising(&[]).is_empty());
    }

    #[test]
    fn keys_and_points_of_a_role_in_both_are_compared() {
        let points = |key, of: &[(&str, i64)]| {
            Some(Points { key, of: of.iter().map(|&(role, points)| (role.to_owned(), points)).collect() })
        };
        let old = Node { points: points("key", &[("a", 1), ("b", 2)]), ..node("q", vec![("text", json!("old"))]) };
        let new = Node { points: points("key", &[("c", 9), ("b", 3)]), ..node("q", vec![("text", json!("new"))]) };
        let kinds: Vec<ChangeKind> = old.changes(&new).into_iter().map(|change| change.kind).collect();
        assert_eq!(kinds, [ChangeKind::Key("text"), ChangeKind::Points { key: "key", role: "b".to_owned() }]);
        let other = Node { points: points("points", &[("b", 3)]), ..node("q", vec![("text", json!("old"))]) };
        assert_eq!(old.changes(&other), []);
    }

    #[test]
    fn equal_titles_are_numbered() {
        let nodes = numbered(["a", "a", "b", "a"].iter().map(|id| node(id, Vec::new())).collect());
        assert_eq!(nodes.iter().map(|node| &*node.id).collect::<Vec<_>>(), ["a", "a (2)", "b", "a (3)"]);
    }
}
