//! The scoring against numbers computed elsewhere: six small banks with every constant, contribution and chance, and a
//! bank of 24 questions with its tails and ranges.

use std::fmt::Write as _;

use pathquiz::internals::bank::{Bank, Response, Sheet};
use pathquiz::internals::scoring::{Attainability, Audit, Chance, Forecast, LeadBounds, Score, Scorer};
use serde_json::{Map, Value};

/// Each small bank of `test_vectors.json` in the format of bank files; conditional questions are not part of it.
const BANKS: [(&str, &str); 5] = [
    ("TV1_two_single", include_str!("../../data/vectors/tv1.toml")),
    ("TV2_scale_single", include_str!("../../data/vectors/tv2.toml")),
    ("TV3_multi", include_str!("../../data/vectors/tv3.toml")),
    ("TV4_ranking", include_str!("../../data/vectors/tv4.toml")),
    ("TV6_three_roles", include_str!("../../data/vectors/tv6.toml")),
];

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../data/vectors/test_vectors.json")).unwrap()
}

fn demo() -> Value {
    serde_json::from_str(include_str!("../../data/vectors/demo_bank.json")).unwrap()
}

/// The 24 questions as single choices: what gives points is the list of outcomes, whatever the kind.
fn demo_bank() -> Bank {
    let mut text = "format = 1\nid = \"demo\"\nversion = \"1\"\ntitle = \"Demo\"\n".to_owned();
    for role in ["de", "mle"] {
        let _ = write!(text, "[[role]]\nid = \"{role}\"\nname = \"{role}\"\nsummary = \"-\"\n");
    }
    for question in list(&demo()["questions"]) {
        let id = string(&question["id"]);
        let _ = write!(text, "[[question]]\nid = \"{id}\"\nkind = \"single\"\ntext = \"?\"\n");
        for (index, points) in list(&question["outcomes"]).iter().enumerate() {
            let _ = write!(text, "[[question.choice]]\nid = \"o{index}\"\ntext = \"-\"\n");
            let _ = writeln!(text, "points = {{ de = {}, mle = {} }}", points[0], points[1]);
        }
    }
    Bank::parse(text.as_bytes()).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn table(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A number, or a fraction such as "3/4".
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| {
        let (above, below) = string(value).split_once('/').unwrap();
        above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap()
    })
}

#[track_caller]
fn near(actual: f64, expected: &Value, what: &str) {
    let expected = number(expected);
    assert!((actual - expected).abs() < 1e-9, "{what}: {actual} instead of {expected}");
}

/// A sheet with the n-th outcome of some questions; the rest is skipped.
fn sheet(bank: &Bank, outcomes: impl IntoIterator<Item = (String, usize)>) -> Sheet<'_> {
    let mut sheet = Sheet::new(bank);
    for (id, outcome) in outcomes {
        let question = bank.question(&id).unwrap();
        // Outcomes of the vectors are listed by size and then by position, those of a bank by position alone.
        let mut answers = question.outcomes();
        answers.sort_by_key(|answer| answer.picks().len());
        sheet.put(Response { question, answer: answers.swap_remove(outcome) });
    }
    sheet
}

fn position(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn outcome_index(value: &Value) -> Vec<(String, usize)> {
    table(value).iter().map(|(id, index)| (id.clone(), position(index))).collect()
}

fn fit_of(score: &Score<'_>, role: usize) -> f64 {
    score.fits.iter().find(|fit| fit.index == role).unwrap().fit
}

#[test]
fn constants_of_the_small_banks() {
    for (name, text) in BANKS {
        let bank = Bank::parse(text.as_bytes()).unwrap();
        let scorer = Scorer::new(&bank);
        let expected = &vectors()[name];
        near(scorer.model().reach(), &expected["Z"], name);
        for (role, spec) in bank.roles().iter().enumerate() {
            let constants = scorer.model().constants(role);
            near(constants.variance, &expected["variance"][role], name);
            near(constants.variance.sqrt(), &expected["sigma"][role], name);
            near(constants.highest, &expected["z_max"][role], name);
            near(constants.lowest, &expected["z_min"][role], name);
            let key = string(&expected["roles"][role]);
            assert_eq!(key.to_lowercase(), spec.id);
            near(50.0 + 50.0 * constants.highest / scorer.model().reach(), &expected["max_fit"][key], name);
            near(50.0 + 50.0 * constants.lowest / scorer.model().reach(), &expected["min_fit"][key], name);
        }
        if let Some(shares) = expected.get("variance_share") {
            for (question, share) in scorer.model().questions().zip(scorer.model().shares(0, 1)) {
                near(share, &shares[&question.id], name);
            }
        }
    }
}

/// Means and variances by question from the outcomes, and the swing: how far one answer alone can move the lead.
#[test]
fn questions_of_the_small_banks() {
    for (name, text) in BANKS {
        let bank = Bank::parse(text.as_bytes()).unwrap();
        let scorer = Scorer::new(&bank);
        let expected = &vectors()[name];
        for question in bank.questions() {
            let what = format!("{name} {}", question.id);
            let outcomes = question.outcomes();
            let count = f64::from(u16::try_from(outcomes.len()).unwrap());
            for role in 0..bank.roles().len() {
                let points =
                    outcomes.iter().map(|outcome| f64::from(i16::try_from(question.points(outcome, role)).unwrap()));
                let mean = points.clone().sum::<f64>() / count;
                let variance = points.map(|points| (points - mean) * (points - mean)).sum::<f64>() / count;
                near(mean, &expected["mean_per_question"][&question.id][role], &what);
                near(variance, &expected["variance_per_question"][&question.id][role], &what);
            }
            let Some(swing) = expected.get("swing_z").map(|swing| &swing[&question.id]) else { continue };
            let lead = |outcome: usize| {
                let score = scorer.score(&sheet(&bank, [(question.id.clone(), outcome)]));
                let z = |role: usize| score.fits.iter().find(|fit| fit.index == role).unwrap().z;
                z(0) - z(1)
            };
            let leads: Vec<f64> = (0..outcomes.len()).map(lead).collect();
            let largest = leads.iter().copied().fold(f64::MIN, f64::max);
            near(largest - leads.iter().copied().fold(f64::MAX, f64::min), swing, &what);
        }
    }
}

#[test]
fn random_answering_on_the_small_banks() {
    for (name, text) in BANKS {
        let bank = Bank::parse(text.as_bytes()).unwrap();
        let chance = Chance::of_bank(Scorer::new(&bank).model());
        let expected = &vectors()[name];
        for (role, win) in chance.wins().iter().enumerate() {
            near(*win, &expected["chance"]["p_win"][string(&expected["roles"][role])], name);
        }
        near(chance.tie(), &expected["chance"]["p_tie_for_best"], name);
    }
}

#[test]
fn sheets_of_the_small_banks() {
    for (name, text) in BANKS {
        let bank = Bank::parse(text.as_bytes()).unwrap();
        let scorer = Scorer::new(&bank);
        let expected = &vectors()[name];
        let roles: Vec<&str> = list(&expected["roles"]).iter().map(string).collect();
        for case in list(&expected["sheets"]) {
            let what = format!("{name} {}", case["answers"]);
            let mut sheet = sheet(&bank, outcome_index(&case["outcome_index"]));
            sheet.skip_open();
            let score = scorer.score(&sheet);
            for fit in &score.fits {
                near(fit.z, &case["z"][roles[fit.index]], &what);
                near(fit.fit, &case["fit"][roles[fit.index]], &what);
            }
            for contribution in score.contributions() {
                for (role, share) in contribution.shares.iter().enumerate() {
                    near(*share, &case["contributions"][&contribution.question.id][roles[role]], &what);
                }
            }
            near(score.gap(), &case["gap_z"], &what);
            near(score.lead(), &case["gap_fit"], &what);
            let recommendation = scorer.recommend(&sheet);
            near(recommendation.chance.unwrap(), &case["chance_p_gap_at_least"], &what);
            let flips = recommendation.flip.as_ref().map(|flip| flip.changes.len() as u64);
            assert_eq!(flips, case.get("min_answers_to_flip").and_then(Value::as_u64), "{what}");
            if let (Some(flip), Some(example)) = (recommendation.flip, case.get("flip_example")) {
                assert_eq!(flip.to.map(|role| role.id.to_uppercase()).as_deref(), example["to"].as_str(), "{what}");
            }
        }
    }
}

#[test]
fn what_open_questions_can_change() {
    let bank = Bank::parse(BANKS[0].1.as_bytes()).unwrap();
    let scorer = Scorer::new(&bank);
    for case in list(&vectors()["TV1_two_single"]["early_stop"]) {
        let score = scorer.score(&sheet(&bank, outcome_index(&case["answered"])));
        let bounds = LeadBounds::new(&score);
        let (low, high) = bounds.range(0, 1);
        near(low, &case["lean_z_range"][0], "lowest");
        near(high, &case["lean_z_range"][1], "highest");
        assert_eq!(Some(low > 1e-9 || high < -1e-9), case["leader_settled"].as_bool());
    }
}

#[test]
fn constants_and_chance_of_the_demo_bank() {
    let (bank, expected) = (demo_bank(), demo());
    let scorer = Scorer::new(&bank);
    let chance = scorer.chance();
    near(scorer.model().reach(), &expected["Z"], "Z");
    near(50.0 / scorer.model().reach(), &expected["chance_sd_of_fit"], "spread of fit");
    for (role, win) in chance.wins().iter().enumerate() {
        let constants = scorer.model().constants(role);
        near(constants.variance, &expected["variance"][role], "variance");
        near(constants.highest, &expected["z_max"][role], "highest");
        near(constants.lowest, &expected["z_min"][role], "lowest");
        near(*win, &expected["p_win"][role], "win");
    }
    near(chance.tie(), &expected["p_tie"], "tie");
    for alpha in ["0.2", "0.05", "0.01"] {
        let threshold = chance.threshold(alpha.parse().unwrap()).unwrap();
        near(threshold, &expected["tau_z"][alpha], alpha);
        // The file rounds the threshold to nine digits before it turns it into fit points.
        let rounded = (threshold * 1e9).round() / 1e9;
        near(50.0 * rounded / scorer.model().reach(), &expected["tau_fit"][alpha], alpha);
    }
    assert!((chance.at_least(2.195_209_001) - 0.199_624_424).abs() < 1e-9);
    assert!((chance.at_least(3.228_240_864) - 0.049_507_286).abs() < 1e-9);
    let mut order: Vec<(f64, &str)> =
        scorer.model().shares(0, 1).into_iter().zip(scorer.model().questions().map(|q| &*q.id)).collect();
    for (share, id) in &order {
        near(*share, &expected["variance_share"][id], id);
    }
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let sorted = list(&expected["order_by_variance"]).iter().map(|id| number(&expected["variance_share"][string(id)]));
    assert!(order.iter().zip(sorted).all(|((share, _), other)| (share - other).abs() < 1e-9));
}

#[test]
fn sheets_of_the_demo_bank() {
    let (bank, expected) = (demo_bank(), demo());
    let scorer = Scorer::new(&bank);
    for (name, case) in table(&expected["sheets"]) {
        let outcomes = list(&case["outcome_index"]).iter().zip(bank.questions());
        let outcomes = outcomes.map(|(index, question)| (question.id.clone(), position(index)));
        let sheet = sheet(&bank, outcomes);
        let score = scorer.score(&sheet);
        for role in 0..2 {
            let fit = score.fits.iter().find(|fit| fit.index == role).unwrap();
            assert_eq!(Some(fit.points), case["raw"][role].as_i64(), "{name}");
            near(fit.z, &case["z"][role], name);
            near(fit_of(&score, role), &case["fit"][role], name);
        }
        near(score.gap(), &case["gap_z"], name);
        let recommendation = scorer.recommend(&sheet);
        near(recommendation.chance.unwrap(), &case["chance_p"], name);
        let flips = recommendation.flip.map(|flip| flip.changes.len() as u64);
        assert_eq!(flips, case["flips"].as_u64(), "{name}");
    }
}

#[test]
fn the_lead_while_the_demo_bank_is_answered() {
    let (bank, expected) = (demo_bank(), demo());
    let scorer = Scorer::new(&bank);
    for (name, trace) in table(&expected["early_stop"]["trace"]) {
        let answers = &expected["sheets"][name]["outcome_index"];
        let mut given = Vec::new();
        let (mut settled_at, mut foreseen_at) = (None, None);
        for step in list(&trace["steps"]) {
            let id = string(&step["question"]);
            given.push((id.to_owned(), position(&answers[bank.question(id).unwrap().index])));
            let sheet = sheet(&bank, given.clone());
            let score = scorer.score(&sheet);
            let bounds = LeadBounds::new(&score);
            let z = |role| score.fits.iter().find(|fit| fit.index == role).unwrap().z;
            near(z(0) - z(1), &step["lean_z"], name);
            near(bounds.range(0, 1).0, &step["lowest"], name);
            near(bounds.range(0, 1).1, &step["highest"], name);
            let forecast = Forecast::new(&score);
            near(forecast.called[0], &step["p_de"], name);
            near(forecast.called[1], &step["p_mle"], name);
            near(forecast.close(), &step["p_close"], name);
            if [forecast.called[0], forecast.called[1], forecast.close()].iter().any(|probability| *probability >= 0.99)
            {
                foreseen_at.get_or_insert(given.len() as u64);
            }
            if bounds.is_settled() {
                settled_at.get_or_insert(given.len() as u64);
            }
        }
        assert_eq!(settled_at, trace["stop_exact"].as_u64(), "{name}");
        assert_eq!(foreseen_at, trace["stop_uniform_001"].as_u64(), "{name}");
    }
}

/// Six roles with five items of 0 to 4 points each: too many states to list, but roles that share no question are
/// independent.
#[test]
fn six_roles_without_shared_questions() {
    let mut text = "format = 1\nid = \"six\"\nversion = \"1\"\ntitle = \"Six\"\n".to_owned();
    for role in 0..6 {
        let _ = write!(text, "[[role]]\nid = \"r{role}\"\nname = \"r{role}\"\nsummary = \"-\"\n");
    }
    for (role, item) in (0..6).flat_map(|role| (0..5).map(move |item| (role, item))) {
        let _ = write!(text, "[[question]]\nid = \"q{role}-{item}\"\nkind = \"scale\"\ntext = \"?\"\n");
        let _ = writeln!(text, "key = {{ r{role} = 1 }}");
    }
    let bank = Bank::parse(text.as_bytes()).unwrap();
    let scorer = Scorer::new(&bank);
    let chance = scorer.chance();
    assert!(chance.wins().iter().all(|win| (win - 0.135_966_867_988).abs() < 1e-9));
    assert!((chance.tie() - 0.184_198_792_072).abs() < 1e-9);
    let point = 1.0 / scorer.model().constants(0).variance.sqrt();
    let tails = [0.815_801, 0.512_823, 0.300_475, 0.162_906, 0.081_007, 0.036_543, 0.014_747, 0.005_230];
    for (points, tail) in (1..).zip(tails) {
        assert!((chance.at_least(f64::from(points) * point) - tail).abs() < 1e-6, "{points} points");
    }
    assert!((chance.threshold(0.20).unwrap() - 4.0 * point).abs() < 1e-9);
    assert_eq!(chance.standard_error(), None);
    assert!(Audit::new(&scorer).roles.iter().all(|role| role.attainability == Attainability::Reached));
}
