//! The choices of one question by every spelling of their names, and the answer that a text, a list or several columns mean.

use std::collections::BTreeSet;

use crate::bank::{Answer, Kind, Question, SKIP, UnknownWord, Value, WrongAnswer, nearest_by};

use super::fold::{bare, fold, fold_lines};
use super::names::{NameFold, Named, Names};
use super::scale::WrittenStep;
use super::words::{NONE, NOTHING};

/// Separators of the choices of one cell; of those that a cell has, the first one separates.
const SEPARATORS: [char; 4] = ['\n', '|', ';', ','];

/// The number of the lowest step of a scale, as a file counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::answers) enum FirstStep {
    Zero,
    #[default]
    One,
}

/// One question with the names of its choices.
#[derive(Clone, Debug)]
pub(in crate::answers) struct ChoiceNames<'b> {
    pub(super) question: &'b Question,
    names: Names<usize>,
    first: FirstStep,
}

impl<'b> ChoiceNames<'b> {
    pub(in crate::answers) fn new(question: &'b Question, first: FirstStep) -> Self {
        let id = |index: usize, id: &str| match first {
            FirstStep::Zero if question.kind == Kind::Scale => index.to_string(),
            _ => id.to_owned(),
        };
        let choices = question.choices.iter().enumerate();
        let names = Names::new(choices.map(|(index, choice)| {
            let texts = choice.aka.iter().map(String::as_str).chain([choice.text.as_str()]);
            (index, id(index, &choice.id), texts.collect())
        }));
        Self { question, names, first }
    }

    pub(super) fn names(&self) -> &Names<usize> {
        &self.names
    }

    /// Returns the answer that the text of a cell means. A blank one and a word for no answer skip the question.
    pub(in crate::answers) fn text(&self, cell: &str) -> Result<Answer, WrongAnswer> {
        let cell = cell.trim();
        if cell.is_empty() || cell == SKIP {
            return Ok(Answer::Skip);
        }
        match self.names.in_cell(cell) {
            Named::One(choice, _) => return self.picks(vec![choice]),
            Named::Several(choices) => return Err(self.ambiguous(cell, &choices)),
            Named::Nothing => {}
        }
        let folded = fold(cell);
        match bare(&folded) {
            _ if NOTHING.contains(&folded.as_str()) => Ok(Answer::Skip),
            word if word == SKIP || NOTHING.contains(&word) => Ok(Answer::Skip),
            word if NONE.contains(&word) => Ok(self.none()),
            _ if self.question.kind == Kind::Scale => self.step(cell),
            _ if self.takes_several() => self.several(cell),
            _ => Err(self.unknown(cell)),
        }
    }

    /// Returns the answer that a list means. An empty one picks no choice.
    pub(in crate::answers) fn list(&self, items: &[String]) -> Result<Answer, WrongAnswer> {
        let items: Vec<&str> = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).collect();
        match items.as_slice() {
            [] => Ok(self.none()),
            [item] => self.text(item),
            items => self.parts(items),
        }
    }

    /// Returns the answer that a value means.
    pub(in crate::answers) fn value(&self, value: &Value) -> Result<Answer, WrongAnswer> {
        match value {
            Value::Integer(number) => self.text(&number.to_string()),
            Value::Text(text) => self.text(text),
            Value::List(items) => self.list(items),
        }
    }

    /// Returns the step that a number, a label or both mean, which must be the same one.
    fn step(&self, cell: &str) -> Result<Answer, WrongAnswer> {
        let WrittenStep { number, of, label } = WrittenStep::new(cell).ok_or_else(|| self.unknown(cell))?;
        let (count, offset) = match self.first {
            FirstStep::One => (self.question.choices.len(), 1),
            FirstStep::Zero => (self.question.choices.len() - 1, 0),
        };
        if number == 0 && label.is_none() && self.first == FirstStep::One {
            return Err(WrongAnswer::FromZero { question: self.question.id.clone(), allowed: self.question.allowed() });
        }
        let step = number.checked_sub(offset).and_then(|step| usize::try_from(step).ok());
        let step = step.filter(|step| *step < self.question.choices.len()).ok_or_else(|| self.unknown(cell))?;
        let is_named =
            label.is_none_or(|label| matches!(self.names.in_cell(&label), Named::One(named, _) if named == step));
        let is_of = of.is_none_or(|of| usize::try_from(of) == Ok(count));
        if is_named && is_of { self.picks(vec![step]) } else { Err(self.unknown(cell)) }
    }

    /// Returns the answer that a cell with several choices means.
    fn several(&self, cell: &str) -> Result<Answer, WrongAnswer> {
        if let Some(items) = json_list(cell) {
            return self.list(&items);
        }
        let mut folded = fold_lines(cell);
        if matches!(self.question.kind, Kind::Rank { .. }) {
            folded = folded.replace(" > ", "; ");
        }
        if let Some(picks) = self.split(&folded) {
            return self.picks(picks);
        }
        let ids: Option<Vec<usize>> = folded.split_whitespace().map(|word| self.id(word)).collect();
        if let Some(ids) = ids {
            return self.picks(ids);
        }
        match SEPARATORS.into_iter().find(|separator| folded.contains(*separator)) {
            Some(separator) => {
                self.parts(&folded.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>())
            }
            None => Err(self.unknown(cell)),
        }
    }

    /// Returns the answer that parts mean, each of which names one choice.
    fn parts(&self, parts: &[&str]) -> Result<Answer, WrongAnswer> {
        let mut picks = Vec::with_capacity(parts.len());
        for part in parts {
            picks.push(match self.names.in_cell(part) {
                Named::One(choice, _) => choice,
                Named::Several(choices) => return Err(self.ambiguous(part, &choices)),
                Named::Nothing if fold(part) == SKIP => {
                    return Err(WrongAnswer::SkipAmongOthers { question: self.question.id.clone() });
                }
                Named::Nothing => return Err(self.unknown(part)),
            });
        }
        self.picks(picks)
    }

    /// Returns the choice whose id a word is, in either case.
    fn id(&self, word: &str) -> Option<usize> {
        self.question.choices.iter().position(|choice| choice.id.eq_ignore_ascii_case(word))
    }

    /// Returns the choices that a folded cell is made of. One may have a separator in its own text, so the longest that fits is
    /// tried first, and a shorter one where the rest makes no sense behind it.
    fn split(&self, cell: &str) -> Option<Vec<usize>> {
        let mut picks = Vec::new();
        self.follow(cell, &mut picks, &mut BTreeSet::new()).then_some(picks)
    }

    /// Adds the choices that the rest of a cell is made of, if it is. What has led nowhere once is not followed again.
    fn follow(&self, rest: &str, picks: &mut Vec<usize>, dead: &mut BTreeSet<usize>) -> bool {
        let rest = rest.trim_start();
        if rest.is_empty() {
            return true;
        }
        if dead.contains(&rest.len()) {
            return false;
        }
        let mut heads: Vec<(usize, &str)> = Vec::new();
        for (name, choices) in self.names.at(NameFold::Typography) {
            if let ([choice], Some(behind)) = (choices, behind(name, rest)) {
                heads.push((*choice, behind));
            }
        }
        heads.sort_by_key(|(choice, behind)| (behind.len(), *choice));
        for (choice, behind) in heads {
            picks.push(choice);
            if self.follow(behind, picks, dead) {
                return true;
            }
            picks.pop();
        }
        dead.insert(rest.len());
        false
    }

    /// Returns the answer that picks these choices, in their order. A choice that is named twice counts once, and of a ranking
    /// that is longer than the bank counts the first places.
    pub(super) fn picks(&self, named: Vec<usize>) -> Result<Answer, WrongAnswer> {
        let mut picks = Vec::with_capacity(named.len());
        for choice in named {
            match (picks.contains(&choice), &self.question.kind) {
                (false, _) => picks.push(choice),
                (true, Kind::Rank { .. }) => return Err(self.repeated(choice)),
                (true, _) => {}
            }
        }
        let (fewest, most) = self.question.picks_allowed();
        if matches!(self.question.kind, Kind::Rank { .. }) {
            picks.truncate(most);
        }
        if !(fewest..=most).contains(&picks.len()) {
            let (question, allowed) = (self.question.id.clone(), self.question.allowed());
            return Err(WrongAnswer::Count { question, given: picks.len(), fewest, most, allowed });
        }
        if matches!(self.question.kind, Kind::Multi { .. }) {
            picks.sort_unstable();
        }
        Ok(Answer::Picks(picks))
    }

    fn takes_several(&self) -> bool {
        matches!(self.question.kind, Kind::Multi { .. } | Kind::Rank { .. })
    }

    /// Returns the answer that picks no choice, a skip where the question wants one.
    pub(super) fn none(&self) -> Answer {
        let allows_none = matches!(self.question.kind, Kind::Multi { fewest: 0, .. });
        if allows_none { Answer::Picks(Vec::new()) } else { Answer::Skip }
    }

    pub(super) fn repeated(&self, choice: usize) -> WrongAnswer {
        let value = self.question.choices.get(choice).map(|choice| choice.id.clone()).unwrap_or_default();
        WrongAnswer::Repeated { question: self.question.id.clone(), value }
    }

    pub(super) fn ambiguous(&self, text: &str, choices: &[usize]) -> WrongAnswer {
        let ids =
            choices.iter().filter_map(|&choice| self.question.choices.get(choice)).map(|choice| choice.id.as_str());
        let value = UnknownWord::among(text, ids);
        WrongAnswer::Ambiguous { question: self.question.id.clone(), value }
    }

    pub(super) fn unknown(&self, text: &str) -> WrongAnswer {
        let choices = &self.question.choices;
        let by_id = nearest_by(text, choices, |choice| &choice.id);
        let nearest =
            by_id.or_else(|| nearest_by(text, choices, |choice| &choice.text)).map(|choice| choice.id.clone());
        let value = UnknownWord { word: text.to_owned(), nearest, known: self.question.allowed() };
        WrongAnswer::UnknownValue { question: self.question.id.clone(), value }
    }
}

/// Returns what stands behind a name and its separator, `None` if the text begins with something else. A line break in the
/// text may be a blank of the name.
fn behind<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    let is_prefix =
        text.len() >= name.len() && name.bytes().zip(text.bytes()).all(|(a, b)| a == b || (a == b' ' && b == b'\n'));
    let rest = text.get(name.len()..).filter(|_| is_prefix)?.trim_start_matches(' ');
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(SEPARATORS) }
}

/// Returns the items of a list in JSON, `None` where the text is something else.
fn json_list(text: &str) -> Option<Vec<String>> {
    if !text.starts_with('[') {
        return None;
    }
    let items: Vec<serde_json::Value> = serde_json::from_str(text).ok()?;
    let items = items.into_iter().map(|item| match item {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    items.collect()
}
