//! Simulated people: two latent interests, a liking style, noise and popular choices.

use std::f64::consts::TAU;

use pathquiz::internals::bank::{Choice, Kind, Question};

/// A population: correlation of the two interests, and the share of people who click at random.
pub(crate) const POPULATIONS: [(&str, f64, f64); 5] = [
    ("typical, interests correlate .2", 0.2, 0.0),
    ("decided, interests correlate -.4", -0.4, 0.0),
    ("undecided, interests correlate .8", 0.8, 0.0),
    ("typical, one in ten careless", 0.2, 0.1),
    ("everybody clicks at random", 0.2, 1.0),
];

/// `SplitMix64` with normal draws by Box and Muller.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (TAU * self.unit()).cos()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below a bound of a few choices")]
    fn below(&mut self, bound: usize) -> usize {
        (self.unit() * bound as f64) as usize
    }
}

/// Somebody's interest in each role, and how much they like everything.
pub(crate) struct Person {
    interests: [f64; 2],
    style: f64,
    careless: bool,
}

impl Person {
    pub(crate) fn new(random: &mut Random, correlation: f64, careless: f64) -> Self {
        let (a, b) = (random.normal(), random.normal());
        let interests = [a, correlation * a + (1.0 - correlation * correlation).sqrt() * b];
        Self { interests, style: 0.5 * random.normal(), careless: random.unit() < careless }
    }

    /// Returns the position of the choice taken; `popularity` holds what everybody finds attractive about each choice.
    pub(crate) fn pick(&self, question: &Question, popularity: &[f64], random: &mut Random) -> usize {
        let interest = |points: &[i64]| -> f64 { self.interests.iter().zip(points).map(|(i, &p)| i * p as f64).sum() };
        if self.careless {
            return random.below(question.choices.len());
        }
        if question.kind == Kind::Scale {
            let top = question.choices.last().map_or(&[][..], |choice| &choice.points);
            let size: i64 = top.iter().map(|points| points.abs()).sum();
            let liking = interest(top) / size as f64 + self.style + popularity[0] + random.normal();
            return [-1.5, -0.5, 0.5, 1.5].iter().filter(|&&cut| liking > cut).count();
        }
        let taste = |(choice, popular): (&Choice, &f64)| {
            let gumbel = -(-(1.0 - random.unit()).ln()).ln();
            0.4 * interest(&choice.points) + popular + 0.8 * gumbel
        };
        let tastes: Vec<f64> = question.choices.iter().zip(popularity).map(taste).collect();
        (0..tastes.len()).max_by(|&a, &b| tastes[a].total_cmp(&tastes[b])).unwrap_or(0)
    }
}

/// Returns how attractive everybody in a crowd finds each choice of a question.
pub(crate) fn popular(question: &Question, random: &mut Random) -> Vec<f64> {
    let scale = if question.kind == Kind::Scale { 0.3 } else { 0.5 };
    question.choices.iter().map(|_| scale * random.normal()).collect()
}
