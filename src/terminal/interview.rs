//! The way through the questions: what is asked next, when enough is known, and what is kept.

use crate::bank::{Question, Response, Sheet};
use crate::scoring::{Certainty, Length, Model};

use super::{Entry, Position, Prompt, Scene, Step, Stopped};

/// A sheet being filled by somebody.
#[derive(Debug)]
pub struct Interview<'m, 'b> {
    model: &'m Model<'b>,
    sheet: Sheet<'b>,
    length: Length,
    /// Every question, those that score in front.
    questions: Vec<&'b Question>,
    /// Whether the answer was there before anything was asked; such a question is only met in the review.
    given: Vec<bool>,
    /// Whether it has been asked; forward leads over those again.
    asked: Vec<bool>,
}

/// What to do after a question.
enum Next {
    Ask(usize),
    End,
}

impl<'m, 'b> Interview<'m, 'b> {
    /// An interview about everything that is open on a sheet. A quick one asks what weighs most first.
    #[must_use]
    pub fn new(model: &'m Model<'b>, sheet: Sheet<'b>, length: Length) -> Self {
        let mut questions = match length {
            Length::Full => model.questions().collect(),
            Length::Quick => model.by_weight(),
        };
        questions.extend(model.bank().questions.iter().filter(|question| !question.is_scored()));
        let given: Vec<bool> = questions.iter().map(|question| sheet.answer(question).is_some()).collect();
        let asked = vec![false; given.len()];
        Self { model, sheet, length, questions, given, asked }
    }

    /// Takes over the answers of an interview that was left, as far as the questions are open.
    pub fn resume(&mut self, responses: Vec<Response<'b>>) {
        for response in responses {
            if self.sheet.answer(response.question).is_none() {
                self.sheet.put(response);
            }
        }
    }

    /// The sheet as it is.
    #[must_use]
    pub fn sheet(&self) -> &Sheet<'b> {
        &self.sheet
    }

    /// The sheet at the end.
    #[must_use]
    pub fn into_sheet(self) -> Sheet<'b> {
        self.sheet
    }

    /// How many questions there are, and how many are answered or skipped.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.questions.len(), self.sheet.responses().count())
    }

    /// The questions that are still to be asked: the open ones, but no scored ones once a quick interview knows enough.
    #[must_use]
    pub fn pending(&self) -> Vec<&'b Question> {
        let open = self.questions.iter().copied().filter(|question| self.sheet.answer(question).is_none());
        let enough = self.length == Length::Quick && self.model.score(&self.sheet).quick_stop().is_some();
        open.filter(|question| !(enough && question.is_scored())).collect()
    }

    /// Asks what is pending and keeps every answer as soon as it is given; what `keep` says of its trouble is shown.
    ///
    /// # Errors
    ///
    /// When the prompt is stopped; what has been answered until then is on the sheet.
    pub fn run(
        &mut self,
        prompt: &mut impl Prompt,
        mut keep: impl FnMut(&Sheet<'b>) -> Result<(), String>,
    ) -> Result<(), Stopped> {
        let mut trouble: Option<String> = None;
        let (mut offered, mut may_finish, mut offer) = (false, false, None);
        let mut back_to: Option<usize> = None;
        let mut at = match self.first_pending() {
            Next::Ask(at) => at,
            Next::End => return Ok(()),
        };
        while let Some(&question) = self.questions.get(at) {
            self.asked.get_mut(at).into_iter().for_each(|asked| *asked = true);
            let scene = Scene {
                question,
                position: self.position(at),
                earlier: self.sheet.answer(question),
                offer: offer.take(),
                may_finish,
                trouble: trouble.as_deref(),
            };
            let next = match prompt.ask(&scene)? {
                Step::Answer(answer) => {
                    self.sheet.put(Response { question, answer });
                    trouble = keep(&self.sheet).err();
                    let certain = self.certainty();
                    may_finish = certain.is_some();
                    if let (Some(certain), false) = (certain, offered) {
                        (offered, offer) = (true, Some(self.offer(certain)));
                    }
                    back_to.take().map_or_else(|| self.after(at), Next::Ask)
                }
                Step::Forward => back_to.take().map_or_else(|| self.after(at), Next::Ask),
                Step::Back => Next::Ask(back_to.take().unwrap_or_else(|| self.before(at))),
                Step::Review => {
                    let chosen = prompt.review(&self.entries(), at)?.filter(|&chosen| chosen != at);
                    if chosen.is_some() {
                        back_to.get_or_insert(at);
                    }
                    Next::Ask(chosen.unwrap_or(at))
                }
                Step::Finish if may_finish => Next::End,
                Step::Finish => Next::Ask(at),
            };
            match next {
                Next::Ask(next) => at = next,
                Next::End => break,
            }
        }
        Ok(())
    }

    fn position(&self, at: usize) -> Position {
        let (of, answered) = self.progress();
        Position { number: at + 1, of, answered }
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        let entry = |&question: &&'b Question| Entry { question, answer: self.sheet.answer(question) };
        self.questions.iter().map(entry).collect()
    }

    fn first_pending(&self) -> Next {
        let pending = self.pending();
        let first = self.questions.iter().position(|question| pending.iter().any(|open| open.index == question.index));
        first.map_or(Next::End, Next::Ask)
    }

    /// The question that follows: asked ones are shown again, given ones and those a quick interview can do without are
    /// passed over; behind the last one whatever is still pending.
    fn after(&self, at: usize) -> Next {
        let pending = self.pending();
        if pending.is_empty() {
            return Next::End;
        }
        let follows = |&index: &usize| {
            let Some(question) = self.questions.get(index) else { return false };
            pending.iter().any(|open| open.index == question.index)
                || self.is_asked(index) && self.sheet.answer(question).is_some()
        };
        (at + 1..self.questions.len()).find(follows).map_or_else(|| self.first_pending(), Next::Ask)
    }

    /// The answered question before; the same one where there is none.
    fn before(&self, at: usize) -> usize {
        let answered = |&index: &usize| {
            !self.is_given(index)
                && self.questions.get(index).is_some_and(|question| self.sheet.answer(question).is_some())
        };
        (0..at).rev().find(answered).unwrap_or(at)
    }

    fn is_given(&self, index: usize) -> bool {
        self.given.get(index).copied().unwrap_or(false)
    }

    fn is_asked(&self, index: usize) -> bool {
        !self.is_given(index) && self.asked.get(index).copied().unwrap_or(false)
    }

    /// What is certain whatever the open questions bring. A quick interview stops before that by itself.
    fn certainty(&self) -> Option<Certainty<'m>> {
        if self.length == Length::Quick { None } else { self.model.score(&self.sheet).early_stop() }
    }

    fn offer(&self, certain: Certainty<'m>) -> String {
        let open = |scored| self.sheet.open().filter(|question| question.is_scored() == scored).count();
        let result = match certain {
            Certainty::Call(role) => format!("lean to {}", role.name),
            Certainty::Close => "be too close to call".to_owned(),
        };
        let (scored, plan) = (open(true), open(false));
        let left = if scored == 1 { "one question".to_owned() } else { format!("{scored} questions") };
        let plan = if plan == 0 { String::new() } else { format!(" and {plan} about your plan") };
        format!(
            "Whatever you answer to the {left} left that count, the result will {result}. Press e to see it now, which \
             saves {left}{plan}, or just go on."
        )
    }
}
