//! Plans side by side: what each says of one thing after the other.

use crate::bank::Bank;
use crate::plan::{Phase, Plan, Step};

use super::document::{Block, Document, ListItem, Report, heading, section};
use super::phrases::DateStyle;
use super::plan::outlook;
use super::{json, phrases};

/// Plans side by side; what no plan says anything of is left out.
#[derive(Clone, Copy, Debug)]
pub struct PlanComparison<'r> {
    /// The bank they are made of.
    pub bank: &'r Bank,
    /// The plans, in the order in which they stand.
    pub plans: &'r [Plan<'r>],
}

impl Report for PlanComparison<'_> {
    fn document(&self) -> Document<'_> {
        type Items = for<'p> fn(&'p Plan<'_>, DateStyle) -> Vec<ListItem<'p>>;
        let aspects: [(&str, Items); 7] = [
            ("Time and work", time),
            ("In all of these plans, so a start before you decide", shared_topics),
            ("Other topics", other_topics),
            ("Certification", exam),
            ("Projects", projects),
            ("Where it leads", |plan, _| plan.role.growth.iter().map(|text| ListItem::new(text, "", None)).collect()),
            (phrases::OUTLOOK, outlook),
        ];
        let dates = DateStyle::of(&self.bank.language);
        let title = phrases::comparison_title(self.plans);
        let mut blocks = vec![heading(1, &title)];
        for (title, items) in aspects {
            let mut lists: Vec<_> = self.plans.iter().map(|plan| (&*plan.role.name, items(plan, dates))).collect();
            if lists.iter().all(|(_, items)| items.is_empty()) {
                continue;
            }
            lists.iter_mut().filter(|(_, items)| items.is_empty()).for_each(|(_, items)| items.push("none".into()));
            blocks.push(section(2, title, vec![Block::Columns(lists)]));
        }
        Document { bank: self.bank, title, blocks }
    }

    fn json(&self) -> String {
        json::document(self.bank, json::object! { plans: self.plans.iter().map(json::Plan::new).collect::<Vec<_>>() })
    }
}

fn time<'p>(plan: &'p Plan<'_>, dates: DateStyle) -> Vec<ListItem<'p>> {
    let phases = Phase::ALL
        .into_iter()
        .filter_map(|phase| Some(format!("{}. {}", phrases::phase(phase), phrases::phase_span(plan, phase, dates)?)));
    std::iter::once(phrases::span(plan, dates)).chain(phases).chain(phrases::long_plan(plan)).map(Into::into).collect()
}

fn shared_topics<'p>(plan: &'p Plan<'_>, _: DateStyle) -> Vec<ListItem<'p>> {
    plan.phase(Phase::Knowledge).filter(|step| is_shared(step, plan)).map(titled).collect()
}

fn other_topics<'p>(plan: &'p Plan<'_>, _: DateStyle) -> Vec<ListItem<'p>> {
    plan.phase(Phase::Knowledge).filter(|step| !is_shared(step, plan)).map(titled).collect()
}

fn is_shared(step: &Step<'_>, plan: &Plan<'_>) -> bool {
    plan.shared.iter().any(|topic| topic.id == step.kind.id())
}

fn exam<'p>(plan: &'p Plan<'_>, dates: DateStyle) -> Vec<ListItem<'p>> {
    let exams = plan.phase(Phase::Certification);
    exams
        .filter_map(|step| {
            let certification = step.kind.certification()?;
            let facts = Some(phrases::certification(certification, dates)).filter(|facts| !facts.is_empty());
            let facts = facts.map_or_else(String::new, |facts| format!(": {facts}"));
            Some(ListItem::new(&certification.name, facts + &work(step), certification.url.as_deref()))
        })
        .collect()
}

fn projects<'p>(plan: &'p Plan<'_>, _: DateStyle) -> Vec<ListItem<'p>> {
    plan.phase(Phase::Expertise).map(titled).collect()
}

fn titled<'p>(step: &Step<'p>) -> ListItem<'p> {
    ListItem::new(step.kind.title(), work(step), None)
}

/// Returns the work of a step, to stand behind its title.
fn work(step: &Step<'_>) -> String {
    if step.dates.is_none() { " (known)".to_owned() } else { format!(" ({})", phrases::hours(step.kind.hours())) }
}
