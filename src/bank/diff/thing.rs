//! Anything that a bank holds, seen as a tree that can be laid beside another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{Change, Sort, What};

/// A table of a bank.
pub(super) struct Thing {
    pub(super) sort: Sort,
    pub(super) id: String,
    pub(super) title: Json,
    /// Keys with their values, null for what is not said; the same keys for all things of a sort.
    pub(super) keys: Vec<(&'static str, Json)>,
    pub(super) points: Option<Points>,
    /// Lists of what stands in it; as many for all things of a sort.
    pub(super) parts: Vec<Vec<Thing>>,
}

/// Points by the id of a role, and the key under which a bank has them.
pub(super) struct Points {
    pub(super) key: &'static str,
    pub(super) of: Vec<(String, i64)>,
}

impl Thing {
    /// Creates a thing that gives no points and in which no others stand.
    pub(super) fn new(sort: Sort, id: String, title: impl Into<Json>, keys: Vec<(&'static str, Json)>) -> Self {
        Self { sort, id, title: title.into(), keys, points: None, parts: Vec::new() }
    }

    /// What a newer state of the same thing says otherwise.
    pub(super) fn changes(&self, newer: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        for ((key, from), (_, to)) in self.keys.iter().zip(&newer.keys).filter(|((_, from), (_, to))| from != to) {
            changes.push(newer.change(What::Key(key), from.clone(), to.clone()));
        }
        // Points of another sort, or those of a role that one bank lacks, come and go with what they belong to.
        if let (Some(old), Some(new)) = (&self.points, &newer.points)
            && old.key == new.key
        {
            for (role, to) in &new.of {
                let from = old.of.iter().find(|(other, from)| other == role && from != to);
                changes.extend(from.map(|(_, from)| {
                    newer.change(What::Points { key: new.key, role: role.clone() }, json!(from), json!(to))
                }));
            }
        }
        for (old, new) in self.parts.iter().zip(&newer.parts) {
            lists(old, new, &mut changes);
        }
        changes
    }

    fn change(&self, what: What, from: Json, to: Json) -> Change {
        Change { sort: self.sort, id: self.id.clone(), what, from, to }
    }
}

/// Lays two lists of things beside each other by their ids.
fn lists(old: &[Thing], new: &[Thing], changes: &mut Vec<Change>) {
    let places: BTreeMap<&str, (usize, &Thing)> =
        old.iter().enumerate().map(|(place, thing)| (&*thing.id, (place, thing))).collect();
    let kept: Vec<usize> = new.iter().filter_map(|thing| places.get(&*thing.id)).map(|&(place, _)| place).collect();
    let unmoved = rising(&kept);
    for (place, thing) in new.iter().enumerate() {
        let Some(&(before, former)) = places.get(&*thing.id) else {
            changes.push(thing.change(What::Added, Json::Null, thing.title.clone()));
            continue;
        };
        if !unmoved.contains(&before) {
            changes.push(thing.change(What::Moved, json!(before + 1), json!(place + 1)));
        }
        changes.extend(former.changes(thing));
    }
    let ids: BTreeSet<&str> = new.iter().map(|thing| &*thing.id).collect();
    let removed = old.iter().filter(|thing| !ids.contains(&*thing.id));
    changes.extend(removed.map(|thing| thing.change(What::Removed, thing.title.clone(), Json::Null)));
}

/// As many of these positions as rise already, so that as few as possible count as moved.
fn rising(positions: &[usize]) -> BTreeSet<usize> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for position in positions {
        let before = runs.iter().filter(|run| run.last() < Some(position)).max_by_key(|run| run.len());
        let mut run = before.cloned().unwrap_or_default();
        run.push(*position);
        runs.push(run);
    }
    runs.into_iter().max_by_key(Vec::len).unwrap_or_default().into_iter().collect()
}
