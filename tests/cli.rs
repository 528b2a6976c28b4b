//! What the program prints, as documents: the README, and one file a topic.

#[test]
fn documents_tell_the_truth() {
    trycmd::TestCases::new()
        .env("LANG", "C.UTF-8")
        .env("TERM", "xterm")
        .env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .case("README.md")
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml");
}
