//! The report on a group's answers, for a coach or an author of questions.

use crate::cohort::{Cohort, Details, Histogram, Judgement, QuestionSummary, Reliability};

use super::document::{
    Bar, Block, Document, Emphasis, ListItem, Report, RoleRank, Table, Tone, heading, list, paragraph,
};
use super::json;
use super::phrases::cohort as phrases;

impl Report for Cohort<'_> {
    fn document(&self) -> Document<'_> {
        let title = &self.bank.title;
        let mut blocks = vec![heading(1, title)];
        blocks.push(paragraph(phrases::size(self.respondents, self.rejected)));
        match &self.details {
            Some(details) => self::details(details, &mut blocks),
            None => blocks.push(paragraph(phrases::WITHHELD_GROUP)),
        }
        Document { bank: self.bank, title: title.clone(), blocks }
    }

    fn json(&self) -> String {
        json::cohort(self)
    }
}

fn details(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    outcomes(details, blocks);
    distributions(details, blocks);
    careless(details, blocks);
    reliability(details, blocks);
    questions(details, blocks);
    blocks.extend([heading(2, "What these figures do not show"), list(Tone::Plain, phrases::limits())]);
}

/// Adds verdicts and roles, and the ones by the others.
fn outcomes(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(2, "What came out"));
    let verdicts = details.verdicts.iter();
    let verdicts = verdicts.map(|&(verdict, people)| bar(phrases::verdict(verdict), people, RoleRank::Other));
    blocks.push(Block::Bars(verdicts.collect()));
    if let (Some(lead), [first, second]) = (&details.lead, &details.roles[..]) {
        blocks.push(paragraph(phrases::mean_lead([first, second].map(|role| &*role.role.name), lead)));
    }
    blocks.push(paragraph(phrases::NEARER));
    let roles = details.roles.iter().zip(RoleRank::all());
    let roles = roles.map(|(role, rank)| bar(&role.role.name, role.recommended.people, rank));
    let tied = bar(phrases::NOBODY, details.tied.people, RoleRank::Other);
    blocks.push(Block::Bars(roles.chain([tied]).collect()));
    let groups = details.roles.iter().map(|role| phrases::group(&role.role.name, &role.recommended));
    blocks.push(match groups.collect::<Option<Vec<String>>>() {
        Some(groups) => list(Tone::Plain, groups),
        None => paragraph(phrases::WITHHELD_PARTS),
    });
}

fn bar(label: &str, people: u64, rank: RoleRank) -> Bar {
    Bar { label: label.to_owned(), people, rank }
}

fn distributions(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(2, "Fits, from 0 to 100; 50 is what random answers give"));
    for (role, rank) in details.roles.iter().zip(RoleRank::all()) {
        blocks.extend([paragraph(phrases::fit(role)), histogram(&role.fit.histogram, rank)]);
    }
    blocks.push(heading(2, "Lead of the best role over the second, in points of fit"));
    blocks.push(histogram(&details.leads, RoleRank::Other));
}

fn careless(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(2, "Signs of careless answers"));
    let flags = details.flags.iter();
    let flags = flags.map(|&(flag, people)| phrases::flag(flag, people, details.straight_chance));
    blocks.extend([list(Tone::Plain, flags), paragraph(phrases::suspect(details.suspect))]);
}

/// Returns how firmly figures from this many people are said.
fn emphasis(people: u64) -> Emphasis {
    if people < phrases::MIN_RELIABLE { Emphasis::Faint } else { Emphasis::Full }
}

fn reliability(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.push(heading(2, "How far the sums can be relied on"));
    let lead = details.lead.as_ref().map(|lead| (lead_name(details), &lead.reliability));
    let roles = details.roles.iter().map(|role| (role.role.name.clone(), &role.reliability));
    let items = lead.into_iter().chain(roles).map(|(name, found): (String, &Reliability)| ListItem {
        emphasis: emphasis(found.respondents),
        ..phrases::reliability(&name, found).into()
    });
    blocks.push(list(Tone::Plain, items));
    match &details.lead {
        Some(lead) => {
            blocks.extend(phrases::reading(&lead.reliability).map(paragraph));
            blocks.push(paragraph(phrases::STRATIFIED));
        }
        None => blocks.push(paragraph(phrases::NO_LEAD)),
    }
    blocks.push(paragraph(phrases::ALPHA));
}

/// Returns the name of the lead, of which both roles are the ends.
fn lead_name(details: &Details<'_>) -> String {
    let names: Vec<&str> = details.roles.iter().map(|role| role.role.name.as_str()).collect();
    format!("Lead between {}", names.join(" and "))
}

/// Adds the questions in a table, and those that should be rewritten.
fn questions(details: &Details<'_>, blocks: &mut Vec<Block<'_>>) {
    blocks.extend([heading(2, "Questions"), Block::Table(table(details)), paragraph(phrases::COLUMNS)]);
    blocks.push(heading(2, "Questions to rewrite"));
    let judged = |judgement| details.questions.iter().filter(move |question| question.judgement == judgement);
    let too_few: Vec<&str> = judged(Some(Judgement::TooFew)).map(|question| question.question.id.as_str()).collect();
    if too_few.len() == details.questions.len() {
        blocks.push(paragraph(phrases::too_few("questions")));
        return;
    }
    let weak: Vec<String> = judged(Some(Judgement::Rewrite)).filter_map(phrases::weakness).collect();
    blocks.push(if weak.is_empty() { paragraph(phrases::NO_WEAKNESS) } else { list(Tone::Plain, weak) });
    if !too_few.is_empty() {
        blocks.push(paragraph(phrases::too_few(&too_few.join(", "))));
    }
}

fn table(details: &Details<'_>) -> Table {
    let row = |question: &QuestionSummary<'_>| {
        let stats = &question.stats;
        let mut row = vec![question.question.id.clone(), question.answered.to_string(), question.skipped.to_string()];
        row.extend([phrases::figure(stats.item_rest), phrases::interval(stats.interval)]);
        row.push(phrases::figure(stats.alpha_without));
        row
    };
    let people = details.roles.iter().map(|role| role.reliability.respondents).min();
    Table {
        about: "The questions, one in a row",
        head: vec!["question", "answered", "skipped", "item-rest", "95% interval", "alpha without"],
        rows: details.questions.iter().map(row).collect(),
        emphasis: emphasis(people.unwrap_or(0)),
    }
}

fn histogram(histogram: &Histogram, rank: RoleRank) -> Block<'static> {
    let bins: Vec<(u32, u32, u64)> = histogram.bins().collect();
    let is_filled = |&(_, _, people): &(u32, u32, u64)| people > 0;
    let first = bins.iter().position(is_filled).unwrap_or(0);
    let end = bins.iter().rposition(is_filled).map_or(0, |last| last + 1);
    let bins = bins.get(first..end).unwrap_or_default().iter();
    Block::Bars(bins.map(|(from, to, people)| bar(&format!("{from}–{to}"), *people, rank)).collect())
}
