//! The lead of a sheet by topics: what the questions about one thing gave together, and how much it is liked.

use super::liking::StepSum;
use super::model::{Item, Outcome};
use super::score::{Score, rounded};

/// The answers to the questions about one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicLead<'m> {
    pub topic: &'m str,
    /// Sum of the shares that its answers have in the lead of the first role over the second, in fit points.
    pub lead: f64,
    /// Scored questions that are answered.
    pub answered: usize,
    /// Scored questions about it.
    pub of: usize,
    /// Mean step of its answered activities over the largest one, from −1 to 1, `None` without any: it repeats the person's
    /// words, whatever the signs of the keys.
    pub liking: Option<f64>,
}

impl<'m> Score<'m> {
    /// Returns all topics, the one that moved the lead most in front; equal ones in bank order.
    pub fn topics(&self) -> Vec<TopicLead<'m>> {
        let mut all: Vec<&str> = Vec::new();
        for topic in self.model().items.iter().filter_map(Item::topic) {
            if !all.contains(&topic) {
                all.push(topic);
            }
        }
        let mut topics: Vec<TopicLead<'m>> = all.into_iter().map(|topic| self.topic(topic)).collect();
        topics.sort_by_key(|topic| -rounded(topic.lead.abs()));
        topics
    }

    fn topic(&self, name: &'m str) -> TopicLead<'m> {
        let (model, activities, (first, second)) = (self.model(), self.scorer.activities(), self.top_two());
        let answers: Vec<&(&Item<'_>, &Outcome)> =
            self.answered.iter().filter(|(item, _)| item.topic() == Some(name)).collect();
        let steps = answers.iter().filter_map(|(item, outcome)| activities.step(item.index, outcome.index));
        let step_sum = StepSum::default().with(steps);
        TopicLead {
            topic: name,
            lead: model.points(answers.iter().fold(0.0, |lead, (_, outcome)| lead + outcome.lead(first, second))),
            answered: answers.len(),
            of: model.items.iter().filter(|item| item.topic() == Some(name)).count(),
            liking: (step_sum.answered > 0).then(|| activities.mean(step_sum)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{Answer, Bank, Response, Sheet, Value};
    use crate::scoring::Scorer;

    /// Two topics with an activity each, and three questions without a topic or an activity.
    fn bank() -> Bank {
        let role = |id: &str| format!("[[role]]\nid = \"{id}\"\nname = \"{id}\"\nsummary = \"-\"\n");
        let scale = |id: &str, topic: &str, key: &str| {
            format!("[[question]]\nid = \"{id}\"\ntext = \"?\"\nkind = \"scale\"\n{topic}key = {{ {key} }}\n")
        };
        let single = |id: &str, topic: &str, points: i64| {
            let choice =
                |id: &str, role: &str| format!("{{ id = \"{id}\", text = \"-\", points = {{ {role} = {points} }} }}");
            format!(
                "[[question]]\nid = \"{id}\"\ntext = \"?\"\nkind = \"single\"\n{topic}choice = [{}, {}]\n",
                choice("x", "a"),
                choice("y", "b")
            )
        };
        let parts = [
            "format = 1\nid = \"t\"\nversion = \"1\"\ntitle = \"T\"\n".to_owned(),
            role("a"),
            role("b"),
            scale("stove", "topic = \"fire\"\n", "a = -1"),
            scale("oven", "topic = \"fire\"\n", "b = 1"),
            single("flour", "topic = \"bread\"\n", 5),
            single("market", "", 1),
            single("loaf", "topic = \"bread\"\n", 1),
        ];
        Bank::parse(parts.concat().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
    }

    fn sheet<'b>(bank: &'b Bank, answers: &[(&str, &str)]) -> Sheet<'b> {
        let mut sheet = Sheet::new(bank);
        for (id, value) in answers {
            sheet.put(bank.respond(id, &Value::Text((*value).to_owned())).unwrap());
        }
        sheet
    }

    #[test]
    fn a_topic_adds_up_what_its_answers_gave() {
        let bank = bank();
        let scorer = Scorer::new(&bank);
        let score = scorer.score(&sheet(&bank, &[("stove", "5"), ("flour", "x"), ("market", "x"), ("loaf", "y")]));
        let topics = score.topics();
        let named: Vec<_> = topics.iter().map(|topic| (topic.topic, topic.answered, topic.of)).collect();
        let contributions = score.contributions();
        let share = |id: &str| contributions.iter().find(|part| part.question.id == id).unwrap().lead;
        let lead = |topic: &str| topics.iter().find(|found| found.topic == topic).unwrap().lead;
        assert!((lead("fire") - share("stove")).abs() < 1e-12, "{topics:?}");
        assert!((lead("bread") - share("flour") - share("loaf")).abs() < 1e-12, "{topics:?}");
        assert!((lead("fire") + lead("bread") + share("market") - score.lead()).abs() < 1e-9);
        assert!(lead("bread").abs() > lead("fire").abs(), "{topics:?}");
        assert_eq!(named, [("bread", 2, 2), ("fire", 1, 2)]);
    }

    #[test]
    fn liking_repeats_the_words_of_the_person() {
        let bank = bank();
        let scorer = Scorer::new(&bank);
        let liking = |answers: &[(&str, &str)]| {
            let topics = scorer.score(&sheet(&bank, answers)).topics();
            topics.iter().map(|topic| topic.liking).collect::<Vec<_>>()
        };
        // The key of the stove is negative, and a topic without an activity has no liking.
        assert_eq!(liking(&[("stove", "5"), ("oven", "4")]), [Some(0.75), None]);
        assert_eq!(liking(&[("stove", "2")]), [Some(-0.5), None]);
        assert_eq!(liking(&[("flour", "x")]), [None, None]);
    }

    #[test]
    fn without_answers_topics_stand_in_bank_order() {
        let bank = bank();
        let scorer = Scorer::new(&bank);
        let mut sheet = Sheet::new(&bank);
        sheet.put(Response { question: &bank.questions[0], answer: Answer::Skip });
        let topics = scorer.score(&sheet).topics();
        assert_eq!(topics.iter().map(|topic| topic.topic).collect::<Vec<_>>(), ["fire", "bread"]);
        assert!(topics.iter().all(|topic| topic.lead.to_bits() == 0 && topic.answered == 0), "{topics:?}");
    }
}
