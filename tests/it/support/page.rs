//! What a reader of a page sees, found by other people's parsers.

use html5gum::{Token, Tokenizer};
use pathquiz::internals::bank::clean;
use proptest::prelude::*;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// What a reader sees: running text, and the addresses that are links.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) links: Vec<String>,
    pub(crate) boxes: Vec<bool>,
    pub(crate) headings: usize,
    pub(crate) tables: usize,
}

/// Markdown; panics at any markup that the program does not write.
pub(crate) fn markdown(markdown: &str) -> Page {
    let mut page = Page::default();
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(text) | Event::Code(text) => page.text.push_str(&text),
            Event::End(end) if !matches!(end, TagEnd::Link | TagEnd::Strong) => page.text.push('\n'),
            Event::SoftBreak | Event::HardBreak => page.text.push('\n'),
            Event::TaskListMarker(ticked) => page.boxes.push(ticked),
            Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, .. }) => {
                page.links.push(dest_url.into_string());
            }
            // Only a line of contents leads elsewhere on its page.
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) if dest_url.starts_with('#') => {}
            Event::Start(Tag::Heading { .. }) => page.headings += 1,
            Event::Start(Tag::Table(_)) => page.tables += 1,
            Event::End(_)
            | Event::Start(
                Tag::Paragraph
                | Tag::List(_)
                | Tag::Item
                | Tag::Strong
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => {}
            other => panic!("{other:?} in\n{markdown}"),
        }
    }
    page
}

/// Elements that the program writes, and attributes that do not come from a bank.
const ELEMENTS: &str = " a body details div footer h1 h2 h3 head header html li line main meta nav p rect section span \
                        strong style summary svg table tbody td th thead title tr ul ";
const ATTRIBUTES: &str = " aria-hidden aria-label charset class content height href http-equiv id lang name \
                          preserveAspectRatio rel role scope tabindex type vector-effect viewBox width x x1 x2 y1 y2 ";

/// HTML; panics at any element or attribute that the program does not write.
pub(crate) fn html(html: &str) -> Page {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut page = Page::default();
    for token in Tokenizer::new(html) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                assert!(ELEMENTS.contains(&format!(" {name} ")), "<{name}> in\n{html}");
                for (key, value) in &tag.attributes {
                    let key = text(key);
                    assert!(ATTRIBUTES.to_lowercase().contains(&format!(" {key} ")), "<{name} {key}> in\n{html}");
                    if key == "href" && !value.value.starts_with(b"#") {
                        page.links.push(text(&value.value));
                    }
                    if key == "class" && &*value.value == b"box" {
                        page.boxes.push(false);
                    }
                }
                page.headings += usize::from(matches!(name.as_str(), "h1" | "h2" | "h3"));
            }
            Token::String(string) => {
                let string = text(&string);
                // A drawn box holds a tick and no more.
                if string == "✓" {
                    page.boxes.pop();
                    page.boxes.push(true);
                } else {
                    page.text.push_str(&string);
                }
            }
            Token::EndTag(tag) if !matches!(&*text(&tag.name), "a" | "span" | "strong") => page.text.push('\n'),
            Token::EndTag(_) | Token::Doctype(_) => {}
            Token::Comment(comment) => panic!("{comment:?} in\n{html}"),
            Token::Error(error) => panic!("{error:?} in\n{html}"),
        }
    }
    page
}

/// Text in which markup is likely.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        " ",
        "*",
        "_",
        "**",
        "`",
        "```",
        "[x](http://e.org)",
        "![i](x)",
        "<b>",
        "<script>alert(1)</script>",
        "</p>",
        "&amp;",
        "|",
        "#",
        "# ",
        "- ",
        "1. ",
        "2) ",
        "+ ",
        "> ",
        "\\",
        "~~",
        "$x$",
        "---",
        "===",
        "[ ] ",
        "[^1]",
        "<!--",
        "http://",
        "www.x.org",
        "javascript:alert(1)",
        ":--",
        "é",
        "{#id}",
        "| --- |",
        "\"quoted\"",
        "'",
        "^",
        "=",
    ];
    let piece = prop_oneof![5 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,3}"];
    prop::collection::vec(piece, 1..10)
        .prop_map(|pieces| clean(&pieces.concat()).split_whitespace().collect::<Vec<_>>().join(" "))
}
