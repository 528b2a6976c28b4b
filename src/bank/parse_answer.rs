//! Between values as people write them and the answers that a question understands.

use crate::bank::answer::{Allowed, Answer, SKIP, Value};
use crate::bank::question::{Kind, Question};
use crate::bank::suggest::{UnknownWord, list, nearest_by};
use crate::bank::wrong_answer::WrongAnswer;

impl Question {
    /// Returns the answer that a value means to this question.
    ///
    /// # Errors
    ///
    /// When a word is no choice, or there are too many or too few of them.
    pub fn parse_answer(&self, value: &Value) -> Result<Answer, WrongAnswer> {
        let words = value.words();
        if words == [SKIP] {
            return Ok(Answer::Skip);
        }
        let mut picks = Vec::with_capacity(words.len());
        if words.iter().any(|word| word == SKIP) {
            return Err(WrongAnswer::SkipAmongOthers { question: self.id.clone() });
        }
        for word in &words {
            let pick = self.ids().position(|id| id == word).ok_or_else(|| self.unknown(word))?;
            if picks.contains(&pick) {
                return Err(WrongAnswer::Repeated { question: self.id.clone(), value: word.clone() });
            }
            picks.push(pick);
        }
        let (fewest, most) = self.picks_allowed();
        if !(fewest..=most).contains(&picks.len()) {
            let question = self.id.clone();
            return Err(WrongAnswer::Count { question, given: picks.len(), fewest, most, allowed: self.allowed() });
        }
        if matches!(self.kind, Kind::Multi { .. }) {
            picks.sort_unstable();
        }
        Ok(Answer::Picks(picks))
    }

    /// Returns the value that [`Question::parse_answer`] turns into this answer.
    pub fn value(&self, answer: &Answer) -> Value {
        let ids = self.picked(answer).map(|choice| choice.id.clone());
        match (answer, &self.kind) {
            (Answer::Skip, _) => Value::Text(SKIP.to_owned()),
            (Answer::Picks(picks), Kind::Scale) => {
                debug_assert_eq!(picks.len(), 1, "bug: an answer on the scale of `{}` is one step", self.id);
                Value::Integer(picks.first().and_then(|&pick| i64::try_from(pick + 1).ok()).unwrap_or_default())
            }
            (Answer::Picks(_), Kind::Single) => Value::Text(ids.collect()),
            (Answer::Picks(_), Kind::Multi { .. } | Kind::Rank { .. }) => Value::List(ids.collect()),
        }
    }

    /// Returns the answer in the words of the question, for people.
    pub fn words(&self, answer: &Answer) -> String {
        let texts: Vec<&str> = self.picked(answer).map(|choice| choice.text.as_str()).collect();
        match (answer, &self.kind) {
            (Answer::Skip, _) => "skipped".to_owned(),
            (Answer::Picks(picks), _) if picks.is_empty() => "none of these".to_owned(),
            (Answer::Picks(_), Kind::Rank { .. }) => texts.join(" > "),
            (Answer::Picks(_), _) => texts.join(", "),
        }
    }

    /// Returns the fewest and the most choices that an answer names.
    pub(crate) fn picks_allowed(&self) -> (usize, usize) {
        match &self.kind {
            Kind::Scale | Kind::Single => (1, 1),
            Kind::Multi { fewest, most } => (*fewest, *most),
            Kind::Rank { places } => (places.len(), places.len()),
        }
    }

    /// Returns all that can be answered.
    pub fn allowed(&self) -> Allowed {
        let phrase = match (&self.kind, self.choices.first(), self.choices.last()) {
            (Kind::Scale, Some(low), Some(high)) => {
                format!("{} ({}) to {} ({}), or `{SKIP}`", low.id, low.text, high.id, high.text)
            }
            _ => format!("{}, or `{SKIP}`", list(self.ids())),
        };
        let values = self.ids().chain([SKIP]).map(|id| match id.parse() {
            Ok(step) if self.kind == Kind::Scale => Value::Integer(step),
            _ => Value::Text(id.to_owned()),
        });
        Allowed::new(phrase, values)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.choices.iter().map(|choice| choice.id.as_str())
    }

    fn unknown(&self, word: &str) -> WrongAnswer {
        let nearest = nearest_by(word, self.ids(), |id| id).map(str::to_owned);
        let value = UnknownWord { word: word.to_owned(), nearest, known: self.allowed() };
        WrongAnswer::UnknownValue { question: self.id.clone(), value }
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::question_bank::Bank;

    use super::*;

    fn kinds() -> Bank {
        Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap()
    }

    #[test]
    fn every_answer_is_read_from_what_it_is_written_as() {
        for question in &kinds().questions {
            for answer in question.outcomes().into_iter().chain([Answer::Skip]) {
                assert_eq!(question.parse_answer(&question.value(&answer)), Ok(answer));
            }
        }
    }

    #[test]
    fn a_wrong_answer_says_why() {
        let bank = kinds();
        let wrong = |id: &str, value: &str| {
            let question = bank.question(id).unwrap();
            question.parse_answer(&Value::Text(value.to_owned())).unwrap_err().to_string()
        };
        for (id, value, told) in [
            ("step", "4", "`step` has no choice `4`; allowed: 1 (no) to 3 (yes), or `skip`"),
            ("some", "", "`some` got 0 choices; name 1 to 2: `x`, `y`, `z`, or `skip`"),
            ("order", "u", "`order` got 1 choice; name exactly 2: `u`, `v`, `w`, or `skip`"),
            ("some", "x,x", "`some` names `x` twice; name each choice once"),
            ("some", "x, skip", "`some` is both skipped and answered; keep one of the two"),
            ("pace", "nien", "`pace` has no choice `nien`; did you mean `nine`? allowed: `two`, `nine`, or `skip`"),
        ] {
            assert_eq!(wrong(id, value), told);
        }
    }
}
