//! Roles and their plan entries.

use super::{Ids, at_most, needed, one_of, position, within};
use crate::bank::field::{Field, Located};
use crate::bank::limits::{HIGHEST_PRICE, LEVEL, MOST_ENTRIES, MOST_HOURS, MOST_YEARS};
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::role::{Certification, Cost, Dataset, Hours, Medium, Outlook, Project, Resource, Role, Topic};
use crate::bank::source::{self, List};

/// Every role. What is broken keeps its place with empty texts, so that nothing which refers to it is reported as well.
pub(super) fn roles(tables: List<source::Role>, problems: &mut Problems<'_>) -> Vec<Role> {
    let mut ids = Ids::default();
    tables.into_iter().map(|table| role(table, &mut ids, problems)).collect()
}

fn role(table: Located<source::Role>, ids: &mut Ids, problems: &mut Problems<'_>) -> Role {
    let Located {
        value: source::Role { id, name, summary, growth, outlook, knowledge, certification, expertise },
        span,
    } = table;
    let id = ids.take(id, "role", &span, problems).unwrap_or_default();
    let name = needed(name, "name = \"...\"", "the role", &span, problems);
    let summary = needed(summary, "summary = \"...\"", "the role", &span, problems);
    // A step's id names it in calendars too, so it is unique in the role and not only among its own sort.
    let mut steps = Ids::default();
    let outlook = at_most(outlook.items(), MOST_ENTRIES, "outlook entries", problems);
    let knowledge = at_most(knowledge.items(), MOST_ENTRIES, "topics", problems);
    let certification = at_most(certification.items(), MOST_ENTRIES, "certifications", problems);
    let expertise = at_most(expertise.items(), MOST_ENTRIES, "projects", problems);
    let known = certification_ids(&certification);
    Role {
        id,
        place: problems.place(&span),
        name,
        summary,
        growth: growth.value(),
        outlook: outlook.into_iter().map(|table| fact(table, problems)).collect(),
        knowledge: knowledge.into_iter().map(|table| topic(table, &mut steps, problems)).collect(),
        certifications: certification
            .into_iter()
            .map(|table| self::certification(table, &known, &mut steps, problems))
            .collect(),
        expertise: expertise.into_iter().map(|table| project(table, &mut steps, problems)).collect(),
    }
}

fn certification_ids(tables: &List<source::Certification>) -> Vec<String> {
    let id = |table: &Located<source::Certification>| match &table.value.id {
        Field::Given(id) => Some(id.value.clone()),
        Field::Missing | Field::Wrong => None,
    };
    tables.iter().filter_map(id).collect()
}

fn fact(table: Located<source::Outlook>, problems: &mut Problems<'_>) -> Outlook {
    let Located { value: source::Outlook { claim, value, as_of, source }, span } = table;
    let claim = needed(claim, "claim = \"...\"", "the outlook entry", &span, problems);
    let value = needed(value, "value = \"...\"", "the outlook entry", &span, problems);
    let source = address(source, problems);
    Outlook { claim, value, as_of: as_of.value(), source }
}

fn topic(table: Located<source::Topic>, ids: &mut Ids, problems: &mut Problems<'_>) -> Topic {
    let Located { value: source::Topic { id, title, why, hours, resource }, span } = table;
    let id = ids.take(id, "topic", &span, problems).unwrap_or_default();
    let title = needed(title, "title = \"...\"", "the topic", &span, problems);
    let resources = at_most(resource.items(), MOST_ENTRIES, "resources", problems);
    let resources = resources.into_iter().map(|table| self::resource(table, problems)).collect();
    let hours = self::hours(hours, problems);
    Topic { id, title, why: why.value(), hours, resources }
}

fn resource(table: Located<source::Resource>, problems: &mut Problems<'_>) -> Resource {
    let Located { value: source::Resource { title, kind, cost, url }, span } = table;
    let title = needed(title, "title = \"...\"", "the resource", &span, problems);
    let kind = one_of(&Medium::ALL, Medium::name, kind.optional(), ProblemKind::UnknownKind, problems);
    let cost = one_of(&Cost::ALL, Cost::name, cost.optional(), ProblemKind::UnknownCost, problems);
    let url = address(url, problems);
    Resource { title, kind, cost, url }
}

fn certification(
    table: Located<source::Certification>,
    known: &[String],
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Certification {
    let span = table.span;
    let source = table.value;
    let id = ids.take(source.id, "certification", &span, problems).unwrap_or_default();
    let name = needed(source.name, "name = \"...\"", "the certification", &span, problems);
    let mut amount = |field: Field<i64>, most: i64, what: &'static str| {
        field.optional().and_then(|number| within(&number, 0, most, what, problems))
    };
    let price_usd = amount(source.price_usd, HIGHEST_PRICE, "a price in dollars");
    let valid_years = amount(source.valid_years, MOST_YEARS, "years of validity");
    let successors = at_most(source.successors.items(), MOST_ENTRIES, "successors", problems);
    let suits = at_most(source.suits.items(), MOST_ENTRIES, "tags", problems);
    for successor in &successors {
        position(successor, known.iter().map(String::as_str), ProblemKind::UnknownCertification, problems);
    }
    let hours = hours(source.hours, problems);
    let url = address(source.url, problems);
    Certification {
        id,
        name,
        code: source.code.value(),
        provider: source.provider.value(),
        level: source.level.value(),
        hours,
        price_usd,
        valid_years,
        suits: suits.into_iter().map(|tag| tag.value).collect(),
        note: source.note.value(),
        url,
        as_of: source.as_of.value(),
        retired: source.retired.value(),
        successors: successors.into_iter().map(|successor| successor.value).collect(),
    }
}

fn project(table: Located<source::Project>, ids: &mut Ids, problems: &mut Problems<'_>) -> Project {
    let Located { value: source::Project { id, title, level, hours, dataset, done_when }, span } = table;
    let id = ids.take(id, "project", &span, problems).unwrap_or_default();
    let title = needed(title, "title = \"...\"", "the project", &span, problems);
    let level = level.optional().and_then(|level| within(&level, LEVEL.0, LEVEL.1, "a level", problems));
    let hours = self::hours(hours, problems);
    let dataset = dataset.optional().map(|dataset| self::dataset(dataset, problems));
    Project { id, title, level, hours, dataset, done_when: done_when.value() }
}

fn dataset(table: Located<source::Dataset>, problems: &mut Problems<'_>) -> Dataset {
    let Located { value: source::Dataset { name, url }, span } = table;
    let name = needed(name, "name = \"...\"", "the dataset", &span, problems);
    let url = address(url, problems);
    Dataset { name, url }
}

/// `hours = [low, high]`; missing hours are zero.
fn hours(field: Field<List<i64>>, problems: &mut Problems<'_>) -> Hours {
    let Some(hours) = field.optional() else { return Hours::default() };
    match hours.value.as_slice() {
        [low, high] if (0..=high.value).contains(&low.value) && high.value <= MOST_HOURS => Hours {
            low: u32::try_from(low.value).unwrap_or_default(),
            high: u32::try_from(high.value).unwrap_or_default(),
        },
        _ => {
            problems.error(&hours.span, ProblemKind::HoursNoRange);
            Hours::default()
        }
    }
}

/// An address that is safe to print as a link: http or https, printable ASCII, and nothing that ends a link in any
/// output format.
fn address(field: Field<String>, problems: &mut Problems<'_>) -> Option<String> {
    let address = field.optional()?;
    let rest = address.value.strip_prefix("https://").or_else(|| address.value.strip_prefix("http://"));
    let safe = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'`' | b'\\');
    if rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(safe)) {
        return Some(address.value);
    }
    problems.error(&address.span, ProblemKind::NotAnAddress(address.value));
    None
}
