//! What a newer bank says otherwise: every key once, random changes made to random banks, and people whose results turn.

mod command;
mod keys;
mod people;
mod planted;

use pathquiz::internals::bank::{Bank, Change, ChangeKind};

fn read(toml: &str) -> Bank {
    Bank::parse(toml.as_bytes()).unwrap_or_else(|invalid| panic!("{:?}\n{toml}", invalid.problems))
}

/// A change in one line: what and where, without the values.
fn line(change: &Change) -> String {
    let role = match &change.kind {
        ChangeKind::Points { role, .. } => format!(" {role}"),
        _ => String::new(),
    };
    format!("{} {} {}{role}", change.entry.name(), change.id, change.kind.name())
}

fn lines(old: &str, new: &str) -> Vec<String> {
    read(old).changes(&read(new)).iter().map(line).collect()
}
