//! The report of a group as blocks.

use crate::cohort::{Cohort, Details, Item, Worth};

use super::super::page::Side;
use super::block::{Bar, Block, Line, Table, Weight, histogram};
use super::words;

/// Everything told about a group.
pub(super) fn blocks(cohort: &Cohort<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(words::size(cohort.respondents, cohort.rejected))];
    let Some(details) = &cohort.details else {
        blocks.push(Block::Paragraph(words::WITHHELD_GROUP.to_owned()));
        return blocks;
    };
    outcomes(details, &mut blocks);
    distributions(details, &mut blocks);
    careless(details, &mut blocks);
    trust(details, &mut blocks);
    questions(details, &mut blocks);
    heading(words::LIMITS, &mut blocks);
    blocks.push(Block::List(words::limits().map(Line::new).into()));
    blocks
}

fn heading(text: &str, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(text.to_owned()));
}

fn paragraph(text: &str, blocks: &mut Vec<Block>) {
    blocks.push(Block::Paragraph(text.to_owned()));
}

/// Verdicts and roles, and the ones by the others.
fn outcomes(details: &Details<'_>, blocks: &mut Vec<Block>) {
    heading(words::OUTCOMES, blocks);
    let bar = |label: &str, people, side| Bar { label: label.to_owned(), people, side };
    let verdicts = details.verdicts.iter();
    blocks.push(Block::Bars(
        verdicts.map(|&(verdict, people)| bar(words::verdict(verdict), people, Side::Other)).collect(),
    ));
    paragraph(words::NEARER, blocks);
    let roles = details.roles.iter().zip(Side::ranks());
    let roles = roles.map(|(standing, side)| bar(&standing.role.name, standing.recommended.people, side));
    let tied = bar(words::NOBODY, details.tied.people, Side::Other);
    blocks.push(Block::Bars(roles.chain([tied]).collect()));
    let groups = details.roles.iter().map(|standing| words::group(&standing.role.name, &standing.recommended));
    match groups.collect::<Option<Vec<String>>>() {
        Some(groups) => blocks.push(Block::List(groups.into_iter().map(Line::new).collect())),
        None => paragraph(words::WITHHELD_PARTS, blocks),
    }
}

fn distributions(details: &Details<'_>, blocks: &mut Vec<Block>) {
    heading(words::FITS, blocks);
    for (standing, side) in details.roles.iter().zip(Side::ranks()) {
        blocks.push(Block::Paragraph(words::fit(standing)));
        blocks.push(histogram(&standing.fit.histogram, side));
    }
    heading(words::LEADS, blocks);
    blocks.push(histogram(&details.leads, Side::Other));
}

fn careless(details: &Details<'_>, blocks: &mut Vec<Block>) {
    heading(words::CARELESS, blocks);
    let line = |&(flag, people)| Line::new(words::flag(flag, people, details.straight_chance));
    blocks.push(Block::List(details.flags.iter().map(line).collect()));
    blocks.push(Block::Paragraph(words::suspect(details.suspect)));
}

/// How grey figures from this many people are.
fn weight(people: u64) -> Weight {
    if people < words::ROUGH { Weight::Grey } else { Weight::Full }
}

fn trust(details: &Details<'_>, blocks: &mut Vec<Block>) {
    heading(words::TRUST, blocks);
    let lead = details.lead.as_ref().map(|lead| (lean(details), lead));
    let roles = details.roles.iter().map(|standing| (standing.role.name.clone(), &standing.reliability));
    let line = |(name, found): (String, _)| {
        let found: &crate::cohort::Reliability = found;
        Line { text: words::reliability(&name, found), weight: weight(found.respondents) }
    };
    blocks.push(Block::List(lead.into_iter().chain(roles).map(line).collect()));
    match &details.lead {
        Some(lead) => blocks.extend(words::reading(lead).map(Block::Paragraph)),
        None => paragraph(words::NO_LEAN, blocks),
    }
    paragraph(words::ALPHA, blocks);
}

/// The name of the sum of which both roles are the ends.
fn lean(details: &Details<'_>) -> String {
    let names: Vec<&str> = details.roles.iter().map(|standing| standing.role.name.as_str()).collect();
    format!("Lean between {}", names.join(" and "))
}

/// The questions in a table for each sum that they are part of, and those that should be rewritten.
fn questions(details: &Details<'_>, blocks: &mut Vec<Block>) {
    heading(words::QUESTIONS, blocks);
    let roles = details.roles.iter();
    let of_role = roles.map(|standing| (standing.role.name.clone(), standing.reliability.respondents));
    let of_lean = details.lead.as_ref().map(|lead| vec![(lean(details), lead.respondents)]);
    let sums: Vec<(String, u64)> = of_lean.unwrap_or_else(|| of_role.collect());
    let mut weak = Vec::new();
    for (index, (name, people)) in sums.iter().enumerate() {
        if sums.len() > 1 {
            blocks.push(Block::Paragraph(format!("For {name}:")));
        }
        blocks.push(Block::Table(table(details, index, weight(*people))));
        let weakness = |(item, worth): (&Item<'_>, &Worth)| words::weakness(&item.question.id, worth.item_total);
        let found = worths(details, index).filter_map(weakness);
        weak.extend(found.map(|text| Line {
            text: if sums.len() > 1 { format!("{text} ({name})") } else { text },
            weight: weight(*people),
        }));
    }
    paragraph(words::COLUMNS, blocks);
    if details.has_upper_lower() {
        paragraph(words::UPPER_LOWER, blocks);
    }
    heading(words::REWRITE, blocks);
    if weak.is_empty() {
        paragraph(words::NO_WEAKNESS, blocks);
    } else {
        blocks.push(Block::List(weak));
    }
}

/// The questions of one sum, each with what it is worth for it.
fn worths<'d>(details: &'d Details<'_>, sum: usize) -> impl Iterator<Item = (&'d Item<'d>, &'d Worth)> {
    details.questions.iter().filter_map(move |item| item.worth.get(sum)?.as_ref().map(|worth| (item, worth)))
}

fn table(details: &Details<'_>, sum: usize, weight: Weight) -> Table {
    let with_index = details.has_upper_lower();
    let mut head = vec!["question", "answered", "skipped", "item-total", "alpha without"];
    head.extend(with_index.then_some("upper-lower"));
    let row = |(item, worth): (&Item<'_>, &Worth)| {
        let mut row = vec![item.question.id.clone(), item.answered.to_string(), item.skipped.to_string()];
        row.extend([worth.item_total, worth.alpha_without].map(words::figure));
        row.extend(with_index.then(|| words::figure(worth.upper_lower)));
        row
    };
    Table { head, rows: worths(details, sum).map(row).collect(), weight }
}
