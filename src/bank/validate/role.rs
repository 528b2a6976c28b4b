//! Roles and their plan entries.

use toml::Spanned;

use crate::bank::field::{Field, List, Owner};
use crate::bank::limits::{HIGHEST_PRICE, LEVEL, MOST_ENTRIES, MOST_HOURS, MOST_YEARS};
use crate::bank::problem::Problems;
use crate::bank::problem_kind::ProblemKind;
use crate::bank::role::{Certification, Cost, Dataset, Hours, Outlook, Project, Resource, ResourceKind, Role, Topic};
use crate::bank::source;
use crate::bank::validate::checks::Ids;

/// Returns every role. What is broken keeps its place with empty texts, so that nothing which refers to it is reported as
/// well.
pub(super) fn roles(tables: List<source::Role>, problems: &mut Problems<'_>) -> Vec<Role> {
    let mut ids = Ids::default();
    tables.into_iter().map(|table| role(table, &mut ids, problems)).collect()
}

fn role(table: Spanned<source::Role>, ids: &mut Ids, problems: &mut Problems<'_>) -> Role {
    let owner = &Owner::new("role", &table);
    let source::Role { id, name, summary, growth, outlook, knowledge, certification, expertise } = table.into_inner();
    let id = ids.take(id, owner, problems).unwrap_or_default();
    let name = problems.needed(name, "name = \"...\"", owner);
    let summary = problems.needed(summary, "summary = \"...\"", owner);
    // A step's id names it in calendars too, so it is unique in the role and not only among its own sort.
    let mut steps = Ids::default();
    let outlook = problems.at_most(outlook, MOST_ENTRIES, "outlook entries");
    let knowledge = problems.at_most(knowledge, MOST_ENTRIES, "topics");
    let exams = problems.at_most(certification, MOST_ENTRIES, "certifications");
    let expertise = problems.at_most(expertise, MOST_ENTRIES, "projects");
    let known: Vec<String> =
        exams.iter().filter_map(|exam| exam.get_ref().id.given()).map(|id| id.get_ref().clone()).collect();
    Role {
        id,
        place: problems.place(&owner.span),
        name,
        summary,
        growth: growth.value(),
        outlook: outlook.into_iter().map(|table| fact(table, problems)).collect(),
        knowledge: knowledge.into_iter().map(|table| topic(table, &mut steps, problems)).collect(),
        certifications: exams
            .into_iter()
            .map(|table| self::certification(table, &known, &mut steps, problems))
            .collect(),
        expertise: expertise.into_iter().map(|table| project(table, &mut steps, problems)).collect(),
    }
}

fn fact(table: Spanned<source::Outlook>, problems: &mut Problems<'_>) -> Outlook {
    let owner = &Owner::new("outlook entry", &table);
    let source::Outlook { claim, value, as_of, source } = table.into_inner();
    Outlook {
        claim: problems.needed(claim, "claim = \"...\"", owner),
        value: problems.needed(value, "value = \"...\"", owner),
        as_of: as_of.value(),
        source: address(source, problems),
    }
}

fn topic(table: Spanned<source::Topic>, ids: &mut Ids, problems: &mut Problems<'_>) -> Topic {
    let owner = &Owner::new("topic", &table);
    let source::Topic { id, title, why, hours, resource } = table.into_inner();
    let resources = problems.at_most(resource, MOST_ENTRIES, "resources");
    Topic {
        id: ids.take(id, owner, problems).unwrap_or_default(),
        title: problems.needed(title, "title = \"...\"", owner),
        why: why.value(),
        hours: self::hours(hours, problems),
        resources: resources.into_iter().map(|table| self::resource(table, problems)).collect(),
    }
}

fn resource(table: Spanned<source::Resource>, problems: &mut Problems<'_>) -> Resource {
    let owner = &Owner::new("resource", &table);
    let source::Resource { title, kind, cost, url } = table.into_inner();
    Resource {
        title: problems.needed(title, "title = \"...\"", owner),
        kind: problems.one_of(&ResourceKind::ALL, ResourceKind::name, kind.optional(), ProblemKind::UnknownKind),
        cost: problems.one_of(&Cost::ALL, Cost::name, cost.optional(), ProblemKind::UnknownCost),
        url: address(url, problems),
    }
}

fn certification(
    table: Spanned<source::Certification>,
    known: &[String],
    ids: &mut Ids,
    problems: &mut Problems<'_>,
) -> Certification {
    let owner = &Owner::new("certification", &table);
    let source = table.into_inner();
    let suits = problems.at_most(source.suits, MOST_ENTRIES, "tags");
    let successors = problems.at_most(source.successors, MOST_ENTRIES, "successors");
    for successor in &successors {
        problems.position(successor, known.iter().map(String::as_str), ProblemKind::UnknownCertification);
    }
    Certification {
        id: ids.take(source.id, owner, problems).unwrap_or_default(),
        name: problems.needed(source.name, "name = \"...\"", owner),
        code: source.code.value(),
        provider: source.provider.value(),
        level: source.level.value(),
        hours: hours(source.hours, problems),
        price_usd: problems.within(source.price_usd.optional(), 0..=HIGHEST_PRICE, "a price in dollars"),
        valid_years: problems.within(source.valid_years.optional(), 0..=MOST_YEARS, "years of validity"),
        suits: suits.into_iter().map(Spanned::into_inner).collect(),
        note: source.note.value(),
        url: address(source.url, problems),
        as_of: source.as_of.value(),
        retired: source.retired.value(),
        successors: successors.into_iter().map(Spanned::into_inner).collect(),
    }
}

fn project(table: Spanned<source::Project>, ids: &mut Ids, problems: &mut Problems<'_>) -> Project {
    let owner = &Owner::new("project", &table);
    let source::Project { id, title, level, hours, dataset, done_when } = table.into_inner();
    Project {
        id: ids.take(id, owner, problems).unwrap_or_default(),
        title: problems.needed(title, "title = \"...\"", owner),
        level: problems.within(level.optional(), LEVEL.0..=LEVEL.1, "a level"),
        hours: self::hours(hours, problems),
        dataset: dataset.optional().map(|dataset| self::dataset(dataset, problems)),
        done_when: done_when.value(),
    }
}

fn dataset(table: Spanned<source::Dataset>, problems: &mut Problems<'_>) -> Dataset {
    let owner = &Owner::new("dataset", &table);
    let source::Dataset { name, url } = table.into_inner();
    Dataset { name: problems.needed(name, "name = \"...\"", owner), url: address(url, problems) }
}

/// Reads `hours = [low, high]`; missing hours are zero.
fn hours(field: Field<List<i64>>, problems: &mut Problems<'_>) -> Hours {
    let Some(hours) = field.optional() else { return Hours::default() };
    if let [low, high] = hours.get_ref().as_slice()
        && let (Ok(low), Ok(high)) = (u32::try_from(*low.get_ref()), u32::try_from(*high.get_ref()))
        && low <= high
        && i64::from(high) <= MOST_HOURS
    {
        return Hours { low, high };
    }
    problems.error(&hours.span(), ProblemKind::HoursNoRange);
    Hours::default()
}

/// Returns an address that is safe to print as a link: http or https, printable ASCII, and nothing that ends a link in
/// any output format.
fn address(field: Field<String>, problems: &mut Problems<'_>) -> Option<String> {
    let address = field.optional()?;
    let rest = address.get_ref().strip_prefix("https://").or_else(|| address.get_ref().strip_prefix("http://"));
    if rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(is_safe_in_link)) {
        return Some(address.into_inner());
    }
    problems.error(&address.span(), ProblemKind::NotAnAddress(address.into_inner()));
    None
}

fn is_safe_in_link(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'`' | b'\\')
}
