//! Random changes planted in random banks: all of them are found, and nothing else.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{line, read};
use crate::support::{Spec, bank, specs, toml};

/// A bank as tables of TOML, with what has been changed in it.
struct Draft {
    roles: usize,
    specs: Vec<Spec>,
    /// Texts that stand for others, each behind the beginning of the table that it is in.
    texts: Vec<(String, &'static str, &'static str)>,
    expected: BTreeSet<String>,
}

impl Draft {
    fn toml(&self) -> String {
        let mut text = toml(self.roles, &self.specs);
        for (table, from, to) in &self.texts {
            let start = text.find(table.as_str()).unwrap();
            let at = start + text[start..].find(from).unwrap();
            text.replace_range(at..at + from.len(), to);
        }
        text
    }

    fn expect(&mut self, change: String) {
        self.expected.insert(change);
    }

    /// Changes a question in one of the ways that its kind has.
    fn change(&mut self, index: usize, way: u8, by: i64) {
        let roles = self.roles;
        let role = usize::from(way) % roles;
        match (way % 6, &mut self.specs[index]) {
            (0, Spec::Scale(key)) => {
                key[role] += by;
                self.expect(format!("question q{index} key r{role}"));
            }
            (0, Spec::Single(rows) | Spec::Multi(rows, ..) | Spec::Rank(rows, _)) => {
                let row = usize::from(way) / 6 % rows.len();
                rows[row][role] += by;
                self.expect(format!("choice q{index}/c{row} points r{role}"));
            }
            (1, _) => {
                self.texts.push((format!("id = \"q{index}\""), "text = \"?\"", "text = \"!\""));
                self.expect(format!("question q{index} text"));
            }
            (2, Spec::Single(rows)) => {
                rows.push(vec![by; roles]);
                let added = rows.len() - 1;
                self.expect(format!("choice q{index}/c{added} added"));
            }
            (2, Spec::Multi(_, fewest, _)) => {
                *fewest = 1 - *fewest;
                self.expect(format!("question q{index} pick"));
            }
            (2, Spec::Rank(_, places)) => {
                places[0] += by;
                self.expect(format!("question q{index} places"));
            }
            (3, Spec::Single(rows)) if rows.len() > 2 => {
                rows.pop();
                let removed = rows.len();
                self.expect(format!("choice q{index}/c{removed} removed"));
            }
            (4, spec @ Spec::Multi(..)) => {
                let Spec::Multi(rows, ..) = spec.clone() else { return };
                *spec = Spec::Single(rows);
                self.expect(format!("question q{index} kind"));
                self.expect(format!("question q{index} pick"));
            }
            _ => {}
        }
    }

    /// Changes the bank around its questions.
    fn frame(&mut self, way: u8, points: &[i64]) {
        let row = || points.iter().copied().cycle();
        match way % 5 {
            0 => {
                self.specs.push(Spec::Scale(row().take(self.roles).collect()));
                let added = self.specs.len() - 1;
                self.expect(format!("question q{added} added"));
            }
            1 => {
                for spec in &mut self.specs {
                    match spec {
                        Spec::Scale(key) => key.push(points[0]),
                        Spec::Single(rows) | Spec::Multi(rows, ..) | Spec::Rank(rows, _) => {
                            rows.iter_mut().zip(row()).for_each(|(choice, points)| choice.push(points));
                        }
                    }
                }
                let added = self.roles;
                self.roles += 1;
                self.expect(format!("role r{added} added"));
            }
            2 => {
                self.texts.push(("id = \"r1\"".to_owned(), "summary = \"-\"", "summary = \"+\""));
                self.expect("role r1 summary".to_owned());
            }
            3 => {
                self.texts.push((String::new(), "version = \"1\"", "version = \"2\""));
                self.expect("bank test version".to_owned());
            }
            _ => {}
        }
    }
}

/// Changes as they are read from the newer bank to the older one.
fn reversed(expected: &BTreeSet<String>) -> BTreeSet<String> {
    let reverse = |change: &String| match change.rsplit_once(' ') {
        Some((what, "added")) => format!("{what} removed"),
        Some((what, "removed")) => format!("{what} added"),
        _ => change.clone(),
    };
    expected.iter().map(reverse).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_planted_change_is_found_and_nothing_else(
        (roles, specs) in specs(),
        ways in vec((any::<u8>(), prop_oneof![-2_i64..=-1, 1_i64..=2]), 4),
        frame in any::<u8>(),
        points in vec(-3_i64..=3, 4),
    ) {
        let Some(old) = bank(roles, &specs) else { return Ok(()) };
        let mut draft = Draft { roles, specs, texts: Vec::new(), expected: BTreeSet::new() };
        for (index, (way, by)) in (0..draft.specs.len()).zip(ways) {
            draft.change(index, way, by);
        }
        draft.frame(frame, &points);
        let Ok(new) = pathquiz::internals::bank::Bank::parse(draft.toml().as_bytes()) else { return Ok(()) };
        let found: Vec<String> = old.changes(&new).iter().map(line).collect();
        prop_assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), draft.expected.clone());
        prop_assert_eq!(found.len(), draft.expected.len());
        let back: BTreeSet<String> = new.changes(&old).iter().map(line).collect();
        prop_assert_eq!(back, reversed(&draft.expected));
    }

    #[test]
    fn as_few_as_possible_count_as_moved(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let text = toml(2, &vec![Spec::Scale(vec![1, -1]); 6]);
        let (head, tables) = text.split_once("[[question]]").unwrap();
        let tables: Vec<&str> = tables.split("[[question]]").collect();
        let shuffled: Vec<&str> = [head].into_iter().chain(order.iter().map(|&index| tables[index])).collect();
        let changes = read(&text).changes(&read(&shuffled.join("[[question]]")));
        let rises = |set: u32| {
            let kept: Vec<usize> = order.iter().copied().filter(|index| set >> index & 1 == 1).collect();
            kept.is_sorted().then_some(kept.len())
        };
        let most = (0..64).filter_map(rises).max().unwrap();
        prop_assert_eq!(changes.len(), 6 - most);
        for change in &changes {
            prop_assert!(line(change).ends_with(" position"));
            let index: usize = change.id[1..].parse().unwrap();
            let place = order.iter().position(|&other| other == index).unwrap();
            prop_assert_eq!((&change.from, &change.to), (&(index + 1).into(), &(place + 1).into()));
        }
        // What is left when the moved ones are taken out stands in one order in both.
        let moved: Vec<&str> = changes.iter().map(|change| &*change.id).collect();
        let left: Vec<String> = order.iter().map(|index| format!("q{index}")).collect();
        prop_assert!(left.iter().filter(|id| !moved.contains(&id.as_str())).is_sorted());
    }
}
