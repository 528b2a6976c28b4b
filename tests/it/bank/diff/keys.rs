//! One change at a time to a bank that has every key.

use pathquiz::internals::bank::SHIPPED;

use super::{line, lines, read};

const FULL: &str = include_str!("../../../data/banks/full.toml");

/// Text of the bank, what replaces it, and the one change that this is, with both values.
const EDITS: [(&str, &str, &str, &str, &str); 49] = [
    ("version = \"1\"", "version = \"2\"", "bank full version", "\"1\"", "\"2\""),
    ("Cook or baker?", "Baker or cook?", "bank full title", "\"Cook or baker?\"", "\"Baker or cook?\""),
    (
        "intro = \"Every key of the format, once at least.\"\n",
        "",
        "bank full intro",
        "\"Every key of the format, once at least.\"",
        "null",
    ),
    ("language = \"en\"", "language = \"de\"", "bank full language", "\"en\"", "\"de\""),
    (
        "\"neither\", \"yes\"]",
        "\"both\", \"yes\"]",
        "bank full scale",
        "[\"no\",\"neither\",\"yes\"]",
        "[\"no\",\"both\",\"yes\"]",
    ),
    ("close = 0.3", "close = 0.25", "bank full verdict.close", "0.3", "0.25"),
    ("clear = 0.1", "clear = 0.05", "bank full verdict.clear", "0.1", "0.05"),
    (
        ", \"Farmer: grows it.\"",
        "",
        "bank full elsewhere",
        "[\"Waiter: brings it to the table.\",\"Farmer: grows it.\"]",
        "[\"Waiter: brings it to the table.\"]",
    ),
    ("name = \"Baker\"", "name = \"The baker\"", "role baker name", "\"Baker\"", "\"The baker\""),
    ("\"Bakes.\"", "\"Bakes bread.\"", "role baker summary", "\"Bakes.\"", "\"Bakes bread.\""),
    ("growth = \"Can become a chef.\"\n", "", "role cook growth", "\"Can become a chef.\"", "null"),
    ("\"Little.\"", "\"Less.\"", "outlook cook/Pay value", "\"Little.\"", "\"Less.\""),
    ("\"2026-05\"", "\"2026-06\"", "outlook cook/Pay as_of", "\"2026-05\"", "\"2026-06\""),
    (
        "kind=cook\"",
        "kind=any\"",
        "outlook cook/Openings source",
        "\"https://example.org/openings?year=2026&kind=cook\"",
        "\"https://example.org/openings?year=2026&kind=any\"",
    ),
    ("title = \"Knives\"", "title = \"Knife\"", "topic cook/knives title", "\"Knives\"", "\"Knife\""),
    ("They come first.", "They are sharp.", "topic cook/knives why", "\"They come first.\"", "\"They are sharp.\""),
    ("hours = [1, 2]", "hours = [1, 3]", "topic cook/knives hours", "[1,2]", "[1,3]"),
    ("\"in-person\"", "\"course\"", "resource cook/knives/How to cut kind", "\"in-person\"", "\"course\""),
    ("\"paid\"", "\"free\"", "resource cook/knives/How to cut cost", "\"paid\"", "\"free\""),
    (
        "\"http://example.org/knives\"",
        "\"http://example.org/forks\"",
        "resource cook/knives/How to cut url",
        "\"http://example.org/knives\"",
        "\"http://example.org/forks\"",
    ),
    ("\"Certified cook\"", "\"Certified\"", "certification cook/new-cook name", "\"Certified cook\"", "\"Certified\""),
    ("\"NC-1\"", "\"NC-2\"", "certification cook/new-cook code", "\"NC-1\"", "\"NC-2\""),
    ("\"The guild\"", "\"A guild\"", "certification cook/new-cook provider", "\"The guild\"", "\"A guild\""),
    ("level = \"first\"", "level = \"last\"", "certification cook/new-cook level", "\"first\"", "\"last\""),
    ("hours = [10, 20]\n", "", "certification cook/new-cook hours", "[10,20]", "null"),
    ("price_usd = 100", "price_usd = 120", "certification cook/new-cook price_usd", "100", "120"),
    ("valid_years = 3", "valid_years = 2", "certification cook/new-cook valid_years", "3", "2"),
    (
        "suits = [\"town\"]",
        "suits = [\"town\", \"sea\"]",
        "certification cook/new-cook suits",
        "[\"town\"]",
        "[\"town\",\"sea\"]",
    ),
    ("Bring an apron.", "Bring a hat.", "certification cook/new-cook note", "\"Bring an apron.\"", "\"Bring a hat.\""),
    (
        "https://example.org/cook\"",
        "https://example.org/cooks\"",
        "certification cook/new-cook url",
        "\"https://example.org/cook\"",
        "\"https://example.org/cooks\"",
    ),
    ("as_of = \"2026\"", "as_of = \"2027\"", "certification cook/new-cook as_of", "\"2026\"", "\"2027\""),
    ("2024-04-08", "2024-04-09", "certification cook/old-cook retired", "\"2024-04-08\"", "\"2024-04-09\""),
    ("successors = [\"new-cook\"]\n", "", "certification cook/old-cook successors", "[\"new-cook\"]", "null"),
    ("title = \"A soup\"", "title = \"The soup\"", "project cook/soup title", "\"A soup\"", "\"The soup\""),
    ("level = 1", "level = 2", "project cook/soup level", "1", "2"),
    ("hours = [2, 3]", "hours = [2, 4]", "project cook/soup hours", "[2,3]", "[2,4]"),
    ("name = \"Vegetables\"", "name = \"Roots\"", "project cook/soup dataset.name", "\"Vegetables\"", "\"Roots\""),
    (
        ", url = \"https://example.org/vegetables\"",
        "",
        "project cook/soup dataset.url",
        "\"https://example.org/vegetables\"",
        "null",
    ),
    ("It is eaten.", "It is gone.", "project cook/soup done_when", "\"It is eaten.\"", "\"It is gone.\""),
    ("topic = \"fire\"\n", "", "question recipes topic", "\"fire\"", "null"),
    ("baker = -1", "baker = -2", "question recipes key baker", "-1", "-2"),
    ("pick = [0, 2]", "pick = [1, 2]", "question tools pick", "[0,2]", "[1,2]"),
    ("places = [2, 0]", "places = [2, 1]", "question order places", "[2,0]", "[2,1]"),
    ("prefers = [\"town\"], ", "", "choice where/town prefers", "[\"town\"]", "null"),
    ("knows = [\"knives\"]", "knows = [\"soup\"]", "choice where/town knows", "[\"knives\"]", "[\"soup\"]"),
    ("hours_per_week = 8", "hours_per_week = 9", "choice where/town hours_per_week", "8", "9"),
    ("Cooks every day.", "Cooks.", "persona chef about", "\"Cooks every day.\"", "\"Cooks.\""),
    ("recipes = 3", "recipes = 2", "answer chef/recipes answer", "3", "2"),
    (
        "{ role = \"cook\", verdict = \"clear\" }",
        "{ role = \"cook\", verdict = \"lean\" }",
        "persona chef expect.verdict",
        "\"clear\"",
        "\"lean\"",
    ),
];

#[test]
fn every_key_is_compared() {
    let old = read(FULL);
    for (text, other, what, from, to) in EDITS {
        assert_eq!(FULL.matches(text).count(), 1, "{text}");
        let changes = old.changes(&read(&FULL.replace(text, other)));
        let found: Vec<_> =
            changes.iter().map(|change| (line(change), change.from.to_string(), change.to.to_string())).collect();
        assert_eq!(found, [(what.to_owned(), from.to_owned(), to.to_owned())], "{text}");
    }
}

#[test]
fn a_bank_is_no_other_than_itself() {
    for bank in [
        SHIPPED,
        FULL,
        include_str!("../../../data/banks/kinds.toml"),
        include_str!("../../../data/banks/hostile.toml"),
    ] {
        assert_eq!(read(bank).changes(&read(bank)), []);
        assert_eq!(lines(bank, &format!("# The same.\n\n{bank}\n")), [""; 0]);
    }
    // A default says the same whether it is written or not.
    let plain = include_str!("../../../data/banks/tiny.toml");
    let written = plain.replace("title =", "language = \"en\"\nverdict = { close = 0.2, clear = 0.05 }\ntitle =");
    assert_eq!(lines(plain, &written), [""; 0]);
}

#[test]
fn what_comes_and_goes_is_told_once() {
    let cut = |from: &str, to: &str| {
        let (start, end) = (FULL.find(from).unwrap(), FULL.rfind(to).unwrap());
        format!("{}{}", &FULL[..start], &FULL[end..])
    };
    let exams = cut("  [[role.certification]]\n  id = \"new-cook\"", "  [[role.expertise]]");
    let exams = exams.replace("prefers = [\"town\"], ", "");
    let [first, second] = ["removed", "added"];
    for (old, new, what) in [(FULL, &*exams, first), (&*exams, FULL, second)] {
        let towns = "choice where/town prefers".to_owned();
        let exams = ["new-cook", "old-cook"].map(|id| format!("certification cook/{id} {what}"));
        assert_eq!(lines(old, new), [&[towns][..], &exams].concat());
    }
    let topics = cut("  [[role.knowledge]]\n", "  [[role.certification]]\n  id = \"new-cook\"")
        .replace("\"knives\"", "\"soup\"");
    assert_eq!(lines(FULL, &topics), ["choice where/town knows", "topic cook/knives removed"]);
    let projects = cut("  [[role.expertise]]", "[[role]]\nid = \"baker\"");
    assert_eq!(lines(&projects, FULL), ["project cook/soup added"]);
    let facts = cut("  [[role.outlook]]\n  claim = \"Openings\"", "  [[role.outlook]]\n  claim = \"Pay\"");
    assert_eq!(lines(FULL, &facts), ["outlook cook/Openings removed"]);
    let personas = &FULL[..FULL.find("[[persona]]").unwrap()];
    assert_eq!(lines(FULL, personas), ["persona chef removed"]);
}

#[test]
fn kinds_purposes_and_order_are_compared() {
    let single = FULL.replace("kind = \"rank\"", "kind = \"single\"").replace("places = [2, 0]\n", "");
    assert_eq!(lines(FULL, &single), ["question order kind", "question order places"]);
    let plan = FULL.replace(
        "points = { baker = 1 } }, { id = \"soup\", text = \"Soup\", points = { cook = 1 }",
        "hours_per_week = 1 }, { id = \"soup\", text = \"Soup\", hours_per_week = 2",
    );
    let changed = ["question sweet purpose", "choice sweet/cake hours_per_week", "choice sweet/soup hours_per_week"];
    assert_eq!(lines(FULL, &plan), changed);
    let (cake, soup) = (
        "{ id = \"cake\", text = \"Cake\", aka = [\"A cake\"], points = { baker = 1 } }",
        "{ id = \"soup\", text = \"Soup\", points = { cook = 1 } }",
    );
    let turned = FULL.replace(&format!("[{cake}, {soup}]"), &format!("[{soup}, {cake}]"));
    assert_eq!(lines(FULL, &turned).len(), 1);
    assert!(lines(FULL, &turned)[0].ends_with(" position"));
    // Two facts with one claim are told apart by their order.
    let twice = FULL.replace("claim = \"Openings\"", "claim = \"Pay\"");
    assert_eq!(lines(&twice, &twice.replace("Little.", "Less.")), ["outlook cook/Pay (2) value"]);
}
