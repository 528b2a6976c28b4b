//! A cell of a table as form tools and spreadsheet programs write it: the answer that it means.

use std::collections::BTreeSet;

use crate::answers::column_match::is_same;
use crate::bank::{Answer, Kind, ProblemKind, Question, UnknownWord, Value, WrongAnswer, nearest_by};

/// Separators of the choices of one cell.
const SEPARATORS: [char; 2] = [',', ';'];

/// Finds out what the text of a cell answers to a question.
pub(super) type Decode = fn(&Question, &[u8]) -> Result<Answer, ProblemKind>;

/// Decodes a cell as tables have it, in UTF-8.
pub(super) fn decode_cell(question: &Question, cell: &[u8]) -> Result<Answer, ProblemKind> {
    question.parse_cell(&String::from_utf8_lossy(cell)).map_err(ProblemKind::Answer)
}

impl Question {
    /// Returns the answer that a cell of a table means: a value as everywhere else, the text of a choice or the label of a step,
    /// or several of them with commas or semicolons between. An empty cell skips the question.
    ///
    /// # Errors
    ///
    /// When something in it is no choice, or there are too many or too few of them.
    pub fn parse_cell(&self, cell: &str) -> Result<Answer, WrongAnswer> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Ok(Answer::Skip);
        }
        let wrong = match self.parse_answer(&Value::Text(cell.to_owned())) {
            Ok(answer) => return Ok(answer),
            Err(wrong) => wrong,
        };
        if let Some(one) = self.choices.iter().find(|choice| is_same(&choice.text, cell)) {
            return self.parse_answer(&Value::List(vec![one.id.clone()]));
        }
        let several = matches!(self.kind, Kind::Multi { .. } | Kind::Rank { .. }).then(|| self.split(cell)).flatten();
        if let Some(ids) = several {
            return self.parse_answer(&Value::List(ids));
        }
        // Spreadsheet programs like to write whole numbers with a point.
        match cell.parse().ok().and_then(Value::from_float) {
            Some(number) if self.kind == Kind::Scale => self.parse_answer(&number),
            _ => Err(self.with_nearest_text(wrong, cell)),
        }
    }

    /// Returns the answer that a list means whose items are ids or texts of choices.
    ///
    /// # Errors
    ///
    /// When an item is neither, or there are too many or too few of them.
    pub(crate) fn parse_list(&self, items: &[String]) -> Result<Answer, WrongAnswer> {
        let ids = items.iter().map(|item| match self.choices.iter().find(|choice| is_same(&choice.text, item)) {
            Some(choice) if self.choices.iter().all(|other| other.id != *item) => choice.id.clone(),
            _ => item.clone(),
        });
        self.parse_answer(&Value::List(ids.collect()))
    }

    /// Returns the ids of the choices that a cell is made of. A choice may have a separator in its own text, so the longest that
    /// fits is tried first, and a shorter one where the rest makes no sense behind it.
    fn split(&self, cell: &str) -> Option<Vec<String>> {
        let mut ids = Vec::new();
        self.follow(cell, &mut ids, &mut BTreeSet::new()).then_some(ids)
    }

    /// Adds the ids that the rest of a cell is made of, if it is. What has led nowhere once is not followed again.
    fn follow(&self, rest: &str, ids: &mut Vec<String>, dead: &mut BTreeSet<usize>) -> bool {
        let rest = rest.trim_start();
        if rest.is_empty() {
            return true;
        }
        if ids.len() == self.choices.len() || dead.contains(&rest.len()) {
            return false;
        }
        for (id, behind) in self.heads(rest) {
            ids.push(id.to_owned());
            if self.follow(behind, ids, dead) {
                return true;
            }
            ids.pop();
        }
        dead.insert(rest.len());
        false
    }

    /// Returns every choice that a text begins with, by id or text, and what stands behind it; the longest first.
    fn heads<'t>(&self, text: &'t str) -> Vec<(&str, &'t str)> {
        let names = self.choices.iter().flat_map(|choice| [(&choice.id, &choice.id), (&choice.id, &choice.text)]);
        let mut heads: Vec<_> =
            names.filter_map(|(id, name)| behind(name, text).map(|rest| (id.as_str(), rest))).collect();
        heads.sort_by_key(|(_, rest)| rest.len());
        heads
    }

    /// Returns the same complaint with the id of the choice whose text is like the cell.
    fn with_nearest_text(&self, wrong: WrongAnswer, cell: &str) -> WrongAnswer {
        match wrong {
            WrongAnswer::UnknownValue { question, value: UnknownWord { nearest: None, known, .. } } => {
                let nearest = nearest_by(cell, &self.choices, |choice| &choice.text).map(|choice| choice.id.clone());
                WrongAnswer::UnknownValue { question, value: UnknownWord { word: cell.to_owned(), nearest, known } }
            }
            other => other,
        }
    }
}

/// Returns what stands behind a name and its separator, `None` if the text begins with something else.
fn behind<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    let rest = text.strip_prefix(name)?.trim_start();
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(SEPARATORS) }
}

#[cfg(test)]
mod tests {
    use crate::bank::Bank;

    use super::*;

    #[test]
    fn a_cell_names_choices_by_id_or_text() {
        let bank = Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap();
        for (id, cell, picks) in [
            ("step", " yes ", Some(vec![2])),
            ("step", "2.0", Some(vec![1])),
            ("step", "2.5", None),
            ("pace", "Two  hours", Some(vec![0])),
            ("some", "The third; The first", Some(vec![0, 2])),
            ("order", "Lower,u", Some(vec![2, 0])),
            ("order", "Lower,u,", Some(vec![2, 0])),
            ("some", "The fourth", None),
        ] {
            let parsed = bank.question(id).unwrap().parse_cell(cell);
            assert_eq!(parsed.ok(), picks.map(Answer::Picks), "{id}: {cell}");
        }
        assert_eq!(bank.questions[0].parse_cell("  "), Ok(Answer::Skip));
        let near = bank.questions[0].parse_cell("Two hour").unwrap_err().to_string();
        assert!(near.contains("did you mean `two`?"), "{near}");
    }

    #[test]
    fn a_text_with_a_separator_in_it_is_tried_before_a_shorter_one() {
        let text = include_str!("../../tests/data/banks/kinds.toml").replace("The third", "The first, again");
        let bank = Bank::parse(text.as_bytes()).unwrap();
        let some = bank.question("some").unwrap();
        assert_eq!(some.parse_cell("The first, again,The second"), Ok(Answer::Picks(vec![1, 2])));
        assert_eq!(some.parse_cell("The first,The second"), Ok(Answer::Picks(vec![0, 1])));
        let items = ["The first, again".to_owned(), "x".to_owned()];
        assert_eq!(some.parse_list(&items), Ok(Answer::Picks(vec![0, 2])));
    }
}
