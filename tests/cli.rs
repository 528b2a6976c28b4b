//! What the program prints, as documents: the README, and one file a topic.

#[test]
fn documents_tell_the_truth() {
    trycmd::TestCases::new().env("LANG", "C.UTF-8").env("TERM", "xterm").case("README.md").case("tests/cmd/*.trycmd");
}
