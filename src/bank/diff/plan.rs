//! The market facts and the plan of a role as nodes.

use serde_json::{Value as Json, json};

use crate::bank::date::PartialDate;
use crate::bank::diff::change::EntryKind;
use crate::bank::diff::node::{Node, keys, list, numbered};
use crate::bank::role::{Certification, Cost, Dataset, Hours, Outlook, Project, Resource, ResourceKind, Topic};

pub(super) fn outlook(fact: &Outlook, role: &str) -> Node {
    let Outlook { claim, value, as_of, source } = fact;
    let as_of = date(*as_of);
    Node::new(EntryKind::Outlook, format!("{role}/{claim}"), &**claim, keys![value, as_of, source])
}

pub(super) fn topic(topic: &Topic, role: &str) -> Node {
    let Topic { id, title, why, hours, resources } = topic;
    let id = format!("{role}/{id}");
    let resources = resources.iter().map(|resource| self::resource(resource, &id)).collect();
    let hours = self::hours(*hours);
    Node { parts: vec![numbered(resources)], ..Node::new(EntryKind::Topic, id, &**title, keys![title, why, hours]) }
}

fn resource(resource: &Resource, topic: &str) -> Node {
    let Resource { title, kind, cost, url } = resource;
    let (kind, cost) = (kind.map(ResourceKind::name), cost.map(Cost::name));
    Node::new(EntryKind::Resource, format!("{topic}/{title}"), &**title, keys![kind, cost, url])
}

pub(super) fn certification(certification: &Certification, role: &str) -> Node {
    let Certification {
        id,
        name,
        code,
        provider,
        level,
        hours,
        price_usd,
        valid_years,
        suits,
        note,
        url,
        as_of,
        retired,
        successors,
    } = certification;
    let (hours, suits, successors) = (self::hours(*hours), list(suits), list(successors));
    let (as_of, retired) = (date(*as_of), date(*retired));
    let keys =
        keys![name, code, provider, level, hours, price_usd, valid_years, suits, note, url, as_of, retired, successors];
    Node::new(EntryKind::Certification, format!("{role}/{id}"), &**name, keys)
}

pub(super) fn project(project: &Project, role: &str) -> Node {
    let Project { id, title, level, hours, dataset, done_when } = project;
    let (name, url) = match dataset {
        Some(Dataset { name, url }) => (json!(name), json!(url)),
        None => (Json::Null, Json::Null),
    };
    let hours = self::hours(*hours);
    let mut keys = keys![title, level, hours];
    keys.extend([("dataset.name", name), ("dataset.url", url), ("done_when", json!(done_when))]);
    Node::new(EntryKind::Project, format!("{role}/{id}"), &**title, keys)
}

/// Returns the range as a bank has it, null where there is no estimate.
fn hours(hours: Hours) -> Json {
    if hours == Hours::default() { Json::Null } else { json!([hours.low, hours.high]) }
}

fn date(date: Option<PartialDate>) -> Json {
    json!(date.map(|date| date.to_string()))
}
