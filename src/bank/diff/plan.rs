//! What is said of a role and its plan, as things.

use serde_json::{Value as Json, json};

use super::Sort;
use super::content::{list, numbered};
use super::thing::Thing;
use crate::bank::{Certification, Cost, Dataset, Hours, Medium, Outlook, Project, Resource, Topic, When};

pub(super) fn outlook(fact: &Outlook, role: &str) -> Thing {
    let Outlook { claim, value, as_of, source } = fact;
    let keys = vec![("value", json!(value)), ("as_of", when(*as_of)), ("source", json!(source))];
    Thing::new(Sort::Outlook, format!("{role}/{claim}"), &**claim, keys)
}

pub(super) fn topic(topic: &Topic, role: &str) -> Thing {
    let Topic { id, title, why, hours, resources } = topic;
    let keys = vec![("title", json!(title)), ("why", json!(why)), ("hours", self::hours(*hours))];
    let thing = Thing::new(Sort::Topic, format!("{role}/{id}"), &**title, keys);
    let resources = resources.iter().map(|resource| self::resource(resource, &thing.id)).collect();
    Thing { parts: vec![numbered(resources)], ..thing }
}

fn resource(resource: &Resource, topic: &str) -> Thing {
    let Resource { title, kind, cost, url } = resource;
    let keys =
        vec![("kind", json!(kind.map(Medium::name))), ("cost", json!(cost.map(Cost::name))), ("url", json!(url))];
    Thing::new(Sort::Resource, format!("{topic}/{title}"), &**title, keys)
}

pub(super) fn certification(certification: &Certification, role: &str) -> Thing {
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
    let keys = vec![
        ("name", json!(name)),
        ("code", json!(code)),
        ("provider", json!(provider)),
        ("level", json!(level)),
        ("hours", self::hours(*hours)),
        ("price_usd", json!(price_usd)),
        ("valid_years", json!(valid_years)),
        ("suits", list(suits)),
        ("note", json!(note)),
        ("url", json!(url)),
        ("as_of", when(*as_of)),
        ("retired", when(*retired)),
        ("successors", list(successors)),
    ];
    Thing::new(Sort::Certification, format!("{role}/{id}"), &**name, keys)
}

pub(super) fn project(project: &Project, role: &str) -> Thing {
    let Project { id, title, level, hours, dataset, done_when } = project;
    let (data, address) = match dataset {
        Some(Dataset { name, url }) => (json!(name), json!(url)),
        None => (Json::Null, Json::Null),
    };
    let keys = vec![
        ("title", json!(title)),
        ("level", json!(level)),
        ("hours", self::hours(*hours)),
        ("dataset.name", data),
        ("dataset.url", address),
        ("done_when", json!(done_when)),
    ];
    Thing::new(Sort::Project, format!("{role}/{id}"), &**title, keys)
}

/// The range as a bank has it; null where there is no estimate.
fn hours(hours: Hours) -> Json {
    if hours == Hours::default() { Json::Null } else { json!([hours.low, hours.high]) }
}

fn when(when: Option<When>) -> Json {
    json!(when.map(|when| when.to_string()))
}
