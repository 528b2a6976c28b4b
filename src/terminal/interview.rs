//! The interview: which question comes next, when enough is known, and what is saved on the way.

use crate::bank::{Question, Response, Sheet};
use crate::scoring::{Length, Score, Scorer, SettledOutcome};
use crate::terminal::answer_counts::AnswerCounts;
use crate::terminal::prompt::{
    EarlyStop, LastStep, Position, Prompt, PromptError, PromptStep, ReviewEntry, Screen, enough,
};

/// A sheet being filled by somebody.
#[derive(Debug)]
pub struct Interview<'m, 'b> {
    scorer: &'m Scorer<'b>,
    sheet: Sheet<'b>,
    length: Length,
    /// Every question, those that score in front.
    stops: Vec<Stop<'b>>,
    /// The outcome that is certain whatever the open questions bring; it is offered once.
    certain: Option<SettledOutcome<'m>>,
    is_stop_told: bool,
    /// The sentence on the answers at the stop before the result, `None` of most; without it there is no stop.
    remark: Option<fn(&Score<'_>) -> Option<String>>,
    /// The reason why answers are not being kept.
    trouble: Option<String>,
}

/// A question on the way.
#[derive(Debug)]
struct Stop<'b> {
    question: &'b Question,
    /// True if the answer was there before anything was asked; such a question is only met in the review.
    is_given: bool,
    /// True if it has been asked on the way; forward leads over those again.
    is_asked: bool,
}

impl<'m, 'b> Interview<'m, 'b> {
    /// Begins an interview about everything that is open on a sheet. A quick one asks what weighs most first.
    pub fn new(scorer: &'m Scorer<'b>, sheet: Sheet<'b>, length: Length) -> Self {
        let weighed: Vec<&Question> = match length {
            Length::Full => scorer.model().questions().collect(),
            Length::Quick => scorer.model().by_weight(),
        };
        let unscored = scorer.bank().questions.iter().filter(|question| !question.is_scored());
        let questions = weighed.into_iter().chain(unscored);
        let stops = questions
            .map(|question| Stop { question, is_given: sheet.answer(question).is_some(), is_asked: false })
            .collect();
        Self { scorer, sheet, length, stops, certain: None, is_stop_told: false, remark: None, trouble: None }
    }

    /// Takes over the answers of an interview that was left, as far as the questions are open.
    pub fn resume(&mut self, responses: Vec<Response<'b>>) {
        for response in responses {
            if self.sheet.answer(response.question).is_none() {
                self.sheet.put(response);
            }
        }
    }

    /// Tells from the first question on why answers are not being kept.
    pub fn warn(&mut self, trouble: Option<&str>) {
        self.trouble = trouble.map(str::to_owned);
    }

    /// Stops before the result, so that the person can look at the answers once more; `remark` says what there is to be
    /// said of them.
    pub fn stop_before_result(&mut self, remark: fn(&Score<'_>) -> Option<String>) {
        self.remark = Some(remark);
    }

    /// Returns the reason why the last answers were not kept, `None` if they were.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Returns true if anything has been asked.
    pub(crate) fn is_begun(&self) -> bool {
        self.stops.iter().any(|stop| stop.is_asked)
    }

    pub fn sheet(&self) -> &Sheet<'b> {
        &self.sheet
    }

    pub(crate) fn into_sheet(self) -> Sheet<'b> {
        self.sheet
    }

    /// Returns the questions that are still to be asked: the open ones, but no scored ones once a quick interview knows
    /// enough.
    pub(crate) fn pending(&self) -> Vec<&'b Question> {
        let open = self.stops.iter().map(|stop| stop.question).filter(|question| self.sheet.answer(question).is_none());
        let enough = self.length == Length::Quick && self.scorer.score(&self.sheet).quick_stop().is_some();
        open.filter(|question| !(enough && question.is_scored())).collect()
    }

    /// Asks what is pending and keeps every answer as soon as it is given; what `keep` says of its trouble is shown.
    pub fn run(
        &mut self,
        prompt: &mut impl Prompt,
        mut keep: impl FnMut(&Sheet<'b>) -> Result<(), String>,
    ) -> Result<(), PromptError> {
        let mut at = self.first_pending();
        self.certain = self.certainty();
        loop {
            self.ask_from(at, prompt, &mut keep)?;
            let Some(remark) = self.last_words() else { return Ok(()) };
            at = match prompt.stop(&remark)? {
                LastStep::Finish => return Ok(()),
                LastStep::Back => Some(self.before(self.stops.len())),
                LastStep::Review => {
                    self.review(0, prompt, &mut keep)?;
                    if self.certain.is_some() { None } else { self.first_pending() }
                }
            };
        }
    }

    /// Shows all answers, and changes those that are chosen, until the person leaves the list.
    pub fn review(
        &mut self,
        mut at: usize,
        prompt: &mut impl Prompt,
        keep: &mut impl FnMut(&Sheet<'b>) -> Result<(), String>,
    ) -> Result<(), PromptError> {
        while let Some(chosen) = prompt.review(&self.entries(), at)? {
            let question = self.stops[chosen].question;
            let screen = Screen { may_finish: false, ..self.screen(chosen, question, None) };
            if let PromptStep::Answer(answer) = prompt.ask(&screen)? {
                self.put(Response { question, answer }, keep);
            }
            at = chosen;
        }
        Ok(())
    }

    fn put(&mut self, response: Response<'b>, keep: &mut impl FnMut(&Sheet<'b>) -> Result<(), String>) {
        self.sheet.put(response);
        self.trouble = keep(&self.sheet).err();
        self.certain = self.certainty();
    }

    /// Asks a question and what follows, up to the end.
    fn ask_from(
        &mut self,
        mut at: Option<usize>,
        prompt: &mut impl Prompt,
        keep: &mut impl FnMut(&Sheet<'b>) -> Result<(), String>,
    ) -> Result<(), PromptError> {
        let mut early_stop = None;
        while let Some(index) = at {
            let stop = &mut self.stops[index];
            stop.is_asked |= !stop.is_given;
            let question = stop.question;
            at = match prompt.ask(&self.screen(index, question, early_stop.take()))? {
                PromptStep::Answer(answer) => {
                    self.put(Response { question, answer }, keep);
                    early_stop = self.early_stop();
                    self.after(index)
                }
                PromptStep::Forward => self.after(index),
                PromptStep::Back => Some(self.before(index)),
                PromptStep::Review => {
                    self.review(index, prompt, keep)?;
                    Some(index)
                }
                PromptStep::Finish if self.certain.is_some() => None,
                PromptStep::Finish => Some(index),
            };
        }
        Ok(())
    }

    /// Returns what is said before the result, `None` where it is shown at once: where nobody is there to look again, or
    /// the person has asked for it and there is no remark on the answers.
    fn last_words(&self) -> Option<String> {
        let remark = self.remark?(&self.scorer.score(&self.sheet));
        let end = match self.enough() {
            _ if !self.pending().is_empty() => return remark,
            Some(counts) => enough(counts),
            None => "All answered.".to_owned(),
        };
        Some([Some(end), remark].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    /// Returns how many questions a quick quiz has asked of those that count, `None` while it is not enough.
    fn enough(&self) -> Option<AnswerCounts> {
        if self.length == Length::Full || self.scorer.score(&self.sheet).quick_stop().is_none() {
            return None;
        }
        let scored = self.stops.iter().map(|stop| stop.question).filter(|question| question.is_scored());
        Some(AnswerCounts::of(scored.map(|question| self.sheet.answer(question))))
    }

    fn first_pending(&self) -> Option<usize> {
        self.pending().first().and_then(|first| self.place(first))
    }

    fn screen<'s>(&'s self, at: usize, question: &'s Question, early_stop: Option<EarlyStop<'s>>) -> Screen<'s> {
        Screen {
            question,
            position: self.position(at),
            earlier: self.sheet.answer(question),
            early_stop,
            may_finish: self.certain.is_some(),
            trouble: self.trouble.as_deref(),
        }
    }

    /// Returns the place of a question. Where a quick quiz will end is not known before; about three quarters of the
    /// questions that count are enough.
    fn position(&self, at: usize) -> Position {
        let answered = self.sheet.responses().count();
        if self.length == Length::Full {
            return Position { number: at + 1, of: self.stops.len(), is_estimate: false, answered };
        }
        let number = self.stops[..at].iter().filter(|stop| self.is_answered(stop)).count() + 1;
        let (scored, plan): (Vec<_>, Vec<_>) = self.stops.iter().partition(|stop| stop.question.is_scored());
        let known = scored.iter().filter(|stop| self.is_answered(stop)).count();
        let is_estimate = self.enough().is_none() && known < scored.len();
        let expected = if is_estimate { (3 * scored.len()).div_ceil(4).max(known + 1) } else { known };
        Position { number, of: expected + plan.len(), is_estimate, answered }
    }

    fn is_answered(&self, stop: &Stop<'_>) -> bool {
        self.sheet.answer(stop.question).is_some()
    }

    fn entries(&self) -> Vec<ReviewEntry<'_>> {
        let questions = self.stops.iter().map(|stop| stop.question);
        questions.map(|question| ReviewEntry { question, answer: self.sheet.answer(question) }).collect()
    }

    fn place(&self, question: &Question) -> Option<usize> {
        self.stops.iter().position(|stop| stop.question.index == question.index)
    }

    /// Returns the question that follows: asked ones are shown again, given ones and those a quick interview can do
    /// without are passed over; behind the last one whatever is still pending.
    fn after(&self, at: usize) -> Option<usize> {
        let pending = self.pending();
        let first = pending.first()?;
        let follows = self.stops.iter().skip(at + 1).find(|stop| {
            let is_pending = pending.iter().any(|open| open.index == stop.question.index);
            is_pending || stop.is_asked && self.sheet.answer(stop.question).is_some()
        });
        self.place(follows.map_or(first, |stop| stop.question))
    }

    /// Returns the answered question before, or the same one where there is none.
    fn before(&self, at: usize) -> usize {
        let answered = |stop: &Stop<'_>| !stop.is_given && self.sheet.answer(stop.question).is_some();
        self.stops[..at].iter().rposition(answered).unwrap_or(at)
    }

    /// Returns the outcome that is certain whatever the open questions bring. A quick interview stops before that by
    /// itself.
    fn certainty(&self) -> Option<SettledOutcome<'m>> {
        if self.length == Length::Quick { None } else { self.scorer.score(&self.sheet).early_stop() }
    }

    /// Returns that open questions can be left out, once.
    fn early_stop(&mut self) -> Option<EarlyStop<'m>> {
        if self.is_stop_told {
            return None;
        }
        let (scored, plan): (Vec<_>, Vec<_>) = self.sheet.open().partition(|question| question.is_scored());
        let offered =
            self.certain.map(|certain| EarlyStop::Offered { certain, scored: scored.len(), plan: plan.len() });
        let early_stop = offered.or_else(|| self.enough().map(EarlyStop::Reached));
        self.is_stop_told = early_stop.is_some();
        early_stop
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::bank::{Answer, Bank, Value};

    fn kinds() -> Bank {
        Bank::parse(include_bytes!("../../tests/data/banks/kinds.toml")).unwrap()
    }

    /// Answers by a list; writes down what was asked, with the earlier answer if there was one.
    struct Script {
        steps: Vec<Result<PromptStep, PromptError>>,
        /// What is chosen in the reviews, the last one first.
        chosen: Vec<Option<usize>>,
        asked: Vec<String>,
    }

    impl Script {
        fn new(steps: impl IntoIterator<Item = PromptStep>) -> Self {
            Self { steps: steps.into_iter().map(Ok).collect(), chosen: Vec::new(), asked: Vec::new() }
        }
    }

    impl Prompt for Script {
        fn ask(&mut self, screen: &Screen<'_>) -> Result<PromptStep, PromptError> {
            let mut line = format!("{}/{} {}", screen.position.number, screen.position.of, screen.question.id);
            if let Some(earlier) = screen.earlier {
                let _ = write!(line, " was {}", screen.question.words(earlier));
            }
            if let Some(trouble) = screen.trouble {
                let _ = write!(line, " ({trouble})");
            }
            self.asked.push(line);
            if self.steps.is_empty() { Err(PromptError::Ended) } else { self.steps.remove(0) }
        }

        fn review(&mut self, entries: &[ReviewEntry<'_>], at: usize) -> Result<Option<usize>, PromptError> {
            let answered = entries.iter().filter(|entry| entry.answer.is_some()).count();
            self.asked.push(format!("review at {at}: {answered} of {}", entries.len()));
            Ok(self.chosen.pop().flatten())
        }

        fn stop(&mut self, remark: &str) -> Result<LastStep, PromptError> {
            self.asked.push(remark.to_owned());
            Ok(if self.chosen.is_empty() { LastStep::Finish } else { LastStep::Review })
        }
    }

    fn pick(position: usize) -> PromptStep {
        PromptStep::Answer(Answer::Picks(vec![position]))
    }

    fn words(sheet: &Sheet<'_>) -> Vec<String> {
        sheet.responses().map(|(question, answer)| format!("{}: {}", question.id, question.words(answer))).collect()
    }

    #[test]
    fn scored_questions_come_first_and_a_way_leads_back_and_forward() {
        let bank = kinds();
        let scorer = Scorer::new(&bank);
        let mut interview = Interview::new(&scorer, Sheet::new(&bank), Length::Full);
        let steps = [
            PromptStep::Back,
            pick(2),
            pick(0),
            PromptStep::Back,
            PromptStep::Back,
            PromptStep::Forward,
            pick(1),
            PromptStep::Answer(Answer::Picks(vec![0, 1])),
        ];
        let mut script = Script::new(steps.into_iter().chain([PromptStep::Answer(Answer::Skip)]));
        let mut saved = Vec::new();
        let run = interview.run(&mut script, |sheet| {
            saved.push(sheet.responses().count());
            Ok(())
        });
        run.unwrap();
        let expected = [
            "1/4 step",
            "1/4 step",
            "2/4 some",
            "3/4 order",
            "2/4 some was The first",
            "1/4 step was yes",
            "2/4 some was The first",
            "3/4 order",
            "4/4 pace",
        ];
        assert_eq!(script.asked, expected);
        assert_eq!(
            words(interview.sheet()),
            ["pace: skipped", "step: yes", "some: The second", "order: Upper > Middle"]
        );
        assert_eq!(saved, [1, 2, 2, 3, 4], "every answer is kept as it is given");
    }

    #[test]
    fn the_review_leads_to_any_question_and_back() {
        let bank = kinds();
        let scorer = Scorer::new(&bank);
        let mut sheet = Sheet::new(&bank);
        sheet.put(bank.respond("some", &Value::Text("y".to_owned())).unwrap());
        let mut interview = Interview::new(&scorer, sheet, Length::Full);
        let mut script = Script::new([pick(0), PromptStep::Review, pick(2), PromptStep::Back, pick(1)]);
        script.chosen = vec![Some(1)];
        assert!(matches!(interview.run(&mut script, |_| Ok(())), Err(PromptError::Ended)));
        let expected = [
            "1/4 step",
            "3/4 order",
            "review at 2: 2 of 4",
            "2/4 some was The second",
            "review at 1: 2 of 4",
            "3/4 order",
            "1/4 step was no",
            "3/4 order",
        ];
        assert_eq!(script.asked, expected, "what was given beforehand is met in the review alone");
        assert_eq!(words(interview.sheet()), ["step: neither", "some: The third"]);
    }

    #[test]
    fn the_review_stays_until_it_is_left() {
        let bank = kinds();
        let scorer = Scorer::new(&bank);
        let mut interview = Interview::new(&scorer, Sheet::new(&bank), Length::Full);
        let order = PromptStep::Answer(Answer::Picks(vec![1, 0]));
        let mut script =
            Script::new([pick(0), pick(0), PromptStep::Review, pick(1), order, PromptStep::Forward, pick(1)]);
        script.chosen = vec![None, Some(2), Some(0)];
        interview.run(&mut script, |_| Ok(())).unwrap();
        let expected = [
            "1/4 step",
            "2/4 some",
            "3/4 order",
            "review at 2: 2 of 4",
            "1/4 step was no",
            "review at 0: 2 of 4",
            "3/4 order",
            "review at 2: 3 of 4",
            "3/4 order was Middle > Upper",
            "4/4 pace",
        ];
        assert_eq!(script.asked, expected);
    }

    #[test]
    fn the_interview_stops_before_the_result_and_says_what_there_is_to_say() {
        let bank = kinds();
        let scorer = Scorer::new(&bank);
        let mut interview = Interview::new(&scorer, Sheet::new(&bank), Length::Full);
        interview.stop_before_result(|score| {
            let is_first = score.contributions().iter().any(|part| part.question.words(part.answer) == "The first");
            is_first.then(|| "Look again.".to_owned())
        });
        let order = PromptStep::Answer(Answer::Picks(vec![1, 0]));
        let mut script = Script::new([pick(0), pick(0), order, pick(0), pick(2), pick(1)]);
        script.chosen = vec![None, Some(1), Some(0), None];
        interview.run(&mut script, |_| Ok(())).unwrap();
        let expected = [
            "All answered. Look again.",
            "review at 0: 4 of 4",
            "All answered. Look again.",
            "review at 0: 4 of 4",
            "1/4 step was no",
            "review at 0: 4 of 4",
            "2/4 some was The first",
            "review at 1: 4 of 4",
            "All answered.",
        ];
        assert_eq!(script.asked[4..], expected);
        assert_eq!(words(interview.sheet())[1..3], ["step: yes", "some: The second"]);
    }

    #[test]
    fn a_quick_interview_counts_to_where_it_will_end_and_says_that_it_is_enough() {
        let bank = Bank::parse(crate::bank::SHIPPED.as_bytes()).unwrap();
        let scorer = Scorer::new(&bank);
        let mut interview = Interview::new(&scorer, Sheet::new(&bank), Length::Quick);
        let (mut asked, mut told) = (Vec::new(), None);
        for question in scorer.model().by_weight() {
            asked.push(interview.position(interview.place(question).unwrap()).words());
            let choices = question.choices.iter().enumerate();
            let pick =
                choices.max_by_key(|(_, choice)| choice.points[0] - choice.points[1]).map_or(0, |(pick, _)| pick);
            interview.sheet.put(Response { question, answer: Answer::Picks(vec![pick]) });
            told = interview.early_stop().map(|early_stop| early_stop.words(""));
            if told.is_some() {
                break;
            }
        }
        assert_eq!((&*asked[0], &*asked[5]), ("1 of about 21", "6 of about 21"));
        let (count, plan) = (asked.len(), interview.first_pending().unwrap());
        assert!((6..20).contains(&count), "{count}");
        assert_eq!(interview.position(plan).words(), format!("{} of {}", count + 1, count + 3));
        let expected =
            format!("That is enough: {count} of 24 questions make it all but certain. The rest shapes only your plan.");
        assert_eq!(told, Some(expected));
        assert!(interview.early_stop().is_none(), "it is told once");
    }

    #[test]
    fn only_what_is_open_is_asked_and_trouble_is_told() {
        let bank = kinds();
        let scorer = Scorer::new(&bank);
        let mut interview = Interview::new(&scorer, Sheet::new(&bank), Length::Full);
        interview.warn(Some("locked"));
        interview.resume(vec![bank.respond("step", &Value::Integer(1)).unwrap()]);
        let mut script = Script::new([pick(0), PromptStep::Answer(Answer::Picks(vec![0, 1])), PromptStep::Finish]);
        let stopped = interview.run(&mut script, |_| Err("no room".to_owned()));
        assert!(matches!(stopped, Err(PromptError::Ended)), "a result that can still change is not shown");
        assert_eq!(
            script.asked,
            ["2/4 some (locked)", "3/4 order (no room)", "4/4 pace (no room)", "4/4 pace (no room)"]
        );
    }
}
