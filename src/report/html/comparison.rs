//! Plans side by side as HTML.

use maud::html;

use crate::bank::Bank;
use crate::plan::Comparison;

use super::super::words;
use super::page;
use super::plan::linked;

pub(in super::super) fn comparison(bank: &Bank, comparison: &Comparison<'_>) -> String {
    let title = words::comparison_title(comparison);
    let body = html! {
        h1 { (title) }
        @for aspect in words::aspects(&comparison.plans) {
            section {
                h2 { (aspect.title) }
                div .beside {
                    @for (plan, items) in comparison.plans.iter().zip(&aspect.sides) {
                        div {
                            h3 { (plan.role.name) }
                            ul .dots { @for item in items { li { (linked(&item.head, item.url)) (item.rest) } } }
                        }
                    }
                }
            }
        }
    };
    page(bank, &title, &body)
}
