//! What the program prints, as documents: the README, and one file a topic.

#[test]
#[expect(clippy::expect_used, reason = "a test that cannot go on should stop right there")]
fn documents_tell_the_truth() {
    let state = tempfile::TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for what is kept");
    trycmd::TestCases::new()
        .env("LANG", "C.UTF-8")
        .env("TERM", "xterm")
        .env("XDG_STATE_HOME", state.path().to_string_lossy())
        .case("README.md")
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml");
}
