//! One person's answers.

use super::answer::{Answer, Value};
use super::nearest::UnknownWord;
use super::wrong_answer::WrongAnswer;
use super::{Bank, Question};

/// One question answered.
#[derive(Clone, Debug)]
pub struct Response<'b> {
    /// What was asked.
    pub question: &'b Question,
    /// What was answered, or that it was skipped.
    pub answer: Answer,
}

/// One person's responses, at most one a question, in bank order whatever the order they came in.
#[derive(Clone, Debug)]
pub struct Sheet<'b> {
    bank: &'b Bank,
    answers: Vec<Option<Answer>>,
}

impl<'b> Sheet<'b> {
    /// A sheet on which nothing is answered yet.
    #[must_use]
    pub fn new(bank: &'b Bank) -> Self {
        Self { bank, answers: vec![None; bank.questions.len()] }
    }

    /// The bank whose questions are answered.
    #[must_use]
    pub fn bank(&self) -> &'b Bank {
        self.bank
    }

    /// Writes a response down, in place of an earlier one to the same question.
    pub fn put(&mut self, response: Response<'b>) {
        if let Some(answer) = self.answers.get_mut(response.question.index) {
            *answer = Some(response.answer);
        }
    }

    /// The answer to a question, or nothing while it is open.
    #[must_use]
    pub fn answer(&self, question: &Question) -> Option<&Answer> {
        self.answers.get(question.index).and_then(Option::as_ref)
    }

    /// Every question that has a response, skips included, in bank order.
    pub fn responses(&self) -> impl Iterator<Item = (&'b Question, &Answer)> {
        self.bank.questions.iter().filter_map(|question| self.answer(question).map(|answer| (question, answer)))
    }

    /// The questions without a response, in bank order.
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
    /// The response that a value to a question's id means.
    ///
    /// # Errors
    ///
    /// When there is no such question, or the value does not fit it.
    pub fn respond(&self, id: &str, value: &Value) -> Result<Response<'_>, WrongAnswer> {
        let question = self.question(id).ok_or_else(|| self.unknown_question(id))?;
        Ok(Response { question, answer: question.accept(value)? })
    }

    /// Returns what is wrong with an id that no question has.
    pub(crate) fn unknown_question(&self, id: &str) -> WrongAnswer {
        WrongAnswer::UnknownQuestion(UnknownWord::new(id, self.questions.iter().map(|question| &*question.id)))
    }
}
