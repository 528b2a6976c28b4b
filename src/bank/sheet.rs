//! One person's answers.

use crate::bank::answer::{Answer, Value};
use crate::bank::question::Question;
use crate::bank::question_bank::Bank;
use crate::bank::suggest::UnknownWord;
use crate::bank::wrong_answer::WrongAnswer;

/// One question answered.
#[derive(Clone, Debug)]
pub struct Response<'b> {
    /// The question.
    pub question: &'b Question,
    /// Its answer, or that it was skipped.
    pub answer: Answer,
}

/// One person's responses, at most one a question, in bank order whatever the order they came in.
#[derive(Clone, Debug)]
pub struct Sheet<'b> {
    bank: &'b Bank,
    answers: Vec<Option<Answer>>,
}

impl<'b> Sheet<'b> {
    /// Creates a sheet without answers.
    pub fn new(bank: &'b Bank) -> Self {
        Self { bank, answers: vec![None; bank.questions.len()] }
    }

    /// Returns the bank whose questions are answered.
    pub fn bank(&self) -> &'b Bank {
        self.bank
    }

    /// Writes a response down, in place of an earlier one to the same question.
    pub fn put(&mut self, response: Response<'b>) {
        let answer = self.answers.get_mut(response.question.index);
        debug_assert!(answer.is_some(), "bug: `{}` is a question of another bank", response.question.id);
        if let Some(answer) = answer {
            *answer = Some(response.answer);
        }
    }

    /// Returns the answer to a question, `None` while it is open.
    pub fn answer(&self, question: &Question) -> Option<&Answer> {
        self.answers.get(question.index).and_then(Option::as_ref)
    }

    /// Returns every question that has a response, skips included, in bank order.
    pub fn responses(&self) -> impl Iterator<Item = (&'b Question, &Answer)> {
        self.bank.questions.iter().filter_map(|question| self.answer(question).map(|answer| (question, answer)))
    }

    /// Returns the questions without a response, in bank order.
    pub fn open(&self) -> impl Iterator<Item = &'b Question> {
        self.bank.questions.iter().filter(|question| self.answer(question).is_none())
    }

    /// Counts every open question as skipped.
    pub fn skip_open(&mut self) {
        for answer in &mut self.answers {
            answer.get_or_insert(Answer::Skip);
        }
    }
}

impl Bank {
    /// Returns the response that a value to a question's id means.
    ///
    /// # Errors
    ///
    /// When there is no such question, or the value does not fit it.
    pub fn respond(&self, id: &str, value: &Value) -> Result<Response<'_>, WrongAnswer> {
        let question = self.question(id).ok_or_else(|| self.unknown_question(id))?;
        Ok(Response { question, answer: question.parse_answer(value)? })
    }

    /// Returns what is wrong with an id that no question has.
    pub(crate) fn unknown_question(&self, id: &str) -> WrongAnswer {
        WrongAnswer::UnknownQuestion(UnknownWord::new(id, self.questions.iter().map(|question| &*question.id)))
    }
}
