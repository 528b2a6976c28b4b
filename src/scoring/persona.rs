//! The personas of a bank, which are its tests.

use crate::bank::{Answer, Count, Persona, Question, Response, Sheet, Verdict};

use super::recommendation::Recommendation;
use super::score::Contribution;
use super::scorer::Scorer;
use super::verdict::Length;

/// Answers that are named as the reason for a result.
const MAX_EVIDENCE: usize = 3;

/// A persona that comes out otherwise than its author expected.
#[derive(Debug)]
pub struct Mismatch<'m> {
    pub persona: &'m Persona,
    /// The id of the role that it expects, `None` if any role will do.
    role: Option<&'m str>,
    pub actual: Recommendation<'m>,
    /// The answers that moved it most, at most three.
    pub evidence: Vec<Contribution<'m>>,
}

impl<'m> Mismatch<'m> {
    /// Scores a persona.
    fn new(scorer: &'m Scorer<'m>, persona: &'m Persona) -> Self {
        let score = scorer.score(&persona_sheet(scorer, persona));
        let mut evidence = score.contributions();
        evidence.truncate(MAX_EVIDENCE);
        let role = persona.expect.role.map(|role| scorer.bank().roles[role].id.as_str());
        let length = Length::of(persona);
        Self { persona, role, actual: Recommendation::new(&score, length), evidence }
    }

    /// Returns true if it is none after all.
    fn is_as_expected(&self) -> bool {
        let same_role = self.role.is_none_or(|role| self.actual.role.is_some_and(|actual| actual.id == role));
        same_role && self.persona.expect.verdict.is_none_or(|verdict| verdict == self.actual.verdict)
    }

    /// Returns expected and actual result in one phrase, and what the actual one rests on most: points of the lead of its
    /// first role over its second.
    pub fn what(&self) -> String {
        let expected = phrase(self.persona.expect.verdict, self.role);
        let role = match self.actual.verdict {
            Verdict::Neither => None,
            _ => Some(self.actual.role.map_or("nobody", |role| &role.id)),
        };
        let actual = phrase(Some(self.actual.verdict), role);
        let asked = if self.persona.quick {
            format!(" after {}", Count(self.actual.asked, "question", "questions"))
        } else {
            String::new()
        };
        let moved = self.evidence.iter().map(|part| format!("`{}` {:+.1}", part.question.id, part.lead));
        let moved: Vec<String> = moved.collect();
        let most = if moved.is_empty() { String::new() } else { format!(", most by {}", moved.join(", ")) };
        format!("persona `{}` expects {expected} and gets {actual}{asked}{most}", self.persona.id)
    }
}

/// Returns the personas of the bank that do not come out as expected.
pub fn mismatches<'m>(scorer: &'m Scorer<'m>) -> Vec<Mismatch<'m>> {
    let all = scorer.bank().personas.iter().map(|persona| Mismatch::new(scorer, persona));
    all.filter(|mismatch| !mismatch.is_as_expected()).collect()
}

/// Returns the answers of a persona, skips for the others; after a quick quiz what it did not come to is open.
pub fn persona_sheet<'b>(scorer: &Scorer<'b>, persona: &Persona) -> Sheet<'b> {
    let bank = scorer.bank();
    let mut sheet = Sheet::new(bank);
    let order: Vec<&Question> =
        if persona.quick { scorer.model().by_weight() } else { bank.questions.iter().collect() };
    for question in order {
        if persona.quick && scorer.score(&sheet).quick_stop().is_some() {
            break;
        }
        let given = persona.answers.iter().find(|(index, _)| *index == question.index);
        sheet.put(Response { question, answer: given.map_or(Answer::Skip, |(_, answer)| answer.clone()) });
    }
    sheet
}

fn phrase(verdict: Option<Verdict>, role: Option<&str>) -> String {
    match (verdict.map(Verdict::name), role) {
        (Some(verdict), Some(role)) => format!("`{verdict}` for `{role}`"),
        (Some(verdict), None) => format!("`{verdict}`"),
        (None, role) => format!("`{}`", role.unwrap_or("nobody")),
    }
}

#[cfg(test)]
mod tests {
    use crate::scoring::scorer::Scorer;
    use crate::scoring::tests::{parse, text};

    use super::{Mismatch, mismatches};

    /// What becomes of a persona who gives one answer to all six activities of each role and takes the choices of the first.
    fn found([first, second]: [usize; 2], more: &str) -> Vec<String> {
        let keys = [[&[1, 0][..]; 6], [&[0, 1][..]; 6]].concat();
        let answers = (0..12).map(|number| format!("s{number} = {}", if number < 6 { first } else { second }));
        let answers: Vec<String> = answers.chain((0..2).map(|number| format!("q{number} = \"c0\""))).collect();
        let bank = text(&keys, &[&[&[1, 0][..], &[0, 1]][..]; 2]);
        let bank = parse(&format!("{bank}[[persona]]\nid = \"p\"\nanswers = {{ {} }}\n{more}\n", answers.join(", ")));
        mismatches(&Scorer::new(&bank)).iter().map(Mismatch::what).collect()
    }

    #[test]
    fn who_dislikes_everything_is_recommended_nobody() {
        let neither = "expect = { verdict = \"neither\" }";
        assert_eq!(found([1, 1], neither), Vec::<String>::new());
        let liked = found([5, 1], neither);
        assert!(liked[0].starts_with("persona `p` expects `neither` and gets `clear` for `r0`, most by"), "{liked:?}");
        let disliked = found([1, 1], "expect = { role = \"r0\", verdict = \"close\" }");
        assert!(
            disliked[0].starts_with("persona `p` expects `close` for `r0` and gets `neither`, most by"),
            "{disliked:?}"
        );
    }

    #[test]
    fn a_quick_persona_ends_where_the_quick_quiz_does() {
        assert_eq!(
            found([5, 1], "quick = true\nexpect = { role = \"r0\", verdict = \"clear\" }"),
            Vec::<String>::new()
        );
        let stopped = found([5, 1], "quick = true\nexpect = { verdict = \"close\" }");
        let (_, after) = stopped[0].split_once("gets `clear` for `r0` after ").unwrap();
        let asked: usize = after.split(' ').next().and_then(|number| number.parse().ok()).unwrap();
        assert!((6..14).contains(&asked), "{stopped:?}");
    }
}
