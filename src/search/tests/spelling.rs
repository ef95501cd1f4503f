//! That words are found however they are spelled, and nothing else with them.

use proptest::prelude::*;

use super::{highlights, marked, search};
use crate::search::Term;

fn found(typed: &str, text: &str) -> String {
    marked(text, &highlights(typed).find(text))
}

#[test]
fn letters_and_digits_find_each_other_together_and_apart() {
    let covid = "[COVID-19], [covid19], [Covid 19], covid 190, 19, covid";
    let interleukin = "[IL-6], [il6], [IL 6], IL-60, il 60, IL-1, 6";
    let dose = "[400 mg], [400mg], [400-mg], 400 g, 4000 mg, 400 mgx, 1400mg";
    for (typed, text) in [
        ("covid19", covid),
        ("covid-19", covid),
        ("\"covid 19\"", covid),
        ("il6", interleukin),
        ("il-6", interleukin),
        ("400mg ", dose),
        ("400 mg", dose),
        ("400-mg", dose),
        ("\"400 mg\"", dose),
        ("1.5 mg", "[1.5 mg], [1.5mg], 1.50 mg, 15 mg"),
        ("covid19 vaccine", "[COVID-19] [vaccines]"),
        ("\"covid19 vaccine\"", "[COVID-19 vaccine], [covid19 vaccine], covid vaccine"),
        ("hba1c", "[HbA1c], [HbA-1c], [HbA 1c]"),
        ("h1n1", "[H1N1], [H-1-N-1]"),
    ] {
        assert_eq!(found(typed, &text.replace(['[', ']'], "")), text, "{typed}");
    }
}

#[test]
fn numbers_and_single_vowels_are_not_joined_to_what_stands_beside_them() {
    for (typed, text) in [
        ("a1", "[A1], [a1c], a 1-year study, A-1"),
        ("\"a 1\"", "[a 1]-year study, a1"),
        ("10-15", "[10-15], 1015, 10 to 15"),
        ("1.5", "[1.5], 1.50, 15"),
        ("3 g", "[3 g], [3g], 3 groups"),
        ("\"follow up\"", "[follow-up], [followup], follow ups"),
        ("\"side effect\"", "[side effect], sideeffect"),
        ("x-r", "[x-ray], [xr], xrays"),
        ("糖1", "[糖1], 糖-2"),
    ] {
        assert_eq!(found(typed, &text.replace(['[', ']'], "")), text, "{typed}");
    }
}

#[test]
fn hyphens_countries_and_greek_letters_make_no_difference() {
    let beta = "[β-blocker], [beta-blockers], [Beta blocker], [betablocker], blocker";
    for (typed, text) in [
        ("xray", "[X-ray], [xray], [X rays], ray x"),
        ("x-ray", "[X-ray], [xray], [X-rays], [xrays], ray x"),
        ("healthcare", "[healthcare], [health care], [health-care], care, health"),
        ("follow-up", "[follow-up], [followups], [Follow up]"),
        ("oedema", "[oedema], [edema], [oedemas]"),
        ("edema", "[oedema], [edema], [edemas]"),
        ("anaemi", "[anaemia], [anemic], [Anaemic]"),
        ("anemia", "[anaemia], [anemia]"),
        ("leukaemia hemoglobinemia", "[leukemia], [haemoglobinaemia]"),
        ("randomised", "[randomized], [randomised]"),
        ("tumor", "[tumours], [tumor]"),
        ("beta-blocker", beta),
        ("betablocker", beta),
        ("β", "[β]-agonist, [Beta]-agonist, [β2], b"),
        ("beta", "[β]-agonist, [β2], [Beta], [betablocker], b"),
        ("tnf-alpha", "[TNF-α], [TNFα], [TNF-alpha], [TNF alpha], TNF-β"),
        ("tnfα", "[TNF-α], [TNFα], [TNF-alpha], [TNF alpha], TNF-β"),
        ("50 mcg", "[50 µg], [50μg], [50 mcg], [50ug], 50 mg"),
        ("50µg", "[50 µg], [50μg], [50 mcg], [50ug], 50 mg"),
    ] {
        assert_eq!(found(typed, &text.replace(['[', ']'], "")), text, "{typed}");
    }
}

#[test]
fn the_spellings_of_a_term_are_few() {
    for typed in ["a-b-c-d-e-f-g-h", "h1n1h1n1h1n1h1n1", "alpha-beta-gamma-delta-kappa", "\"α1 β1 γ1 δ1 κ1\""]
    {
        let count = search(typed).text.wanted[0].term.spellings().len();
        assert!(count <= Term::MOST_SPELLINGS, "{typed}: {count}");
    }
}

proptest! {
    #[test]
    fn a_term_is_its_own_first_spelling_and_none_is_there_twice(
        typed in "(covid|β|alpha|edema|oedema|x|ray|mg|[a-e]|[0-9]|糖|-|[ \"é]){1,12}",
    ) {
        for wanted in search(&typed).text.wanted {
            let spellings = wanted.term.spellings();
            prop_assert_eq!(spellings.first(), Some(&wanted.term));
            prop_assert!(spellings.len() <= Term::MOST_SPELLINGS);
            for (number, spelling) in spellings.iter().enumerate() {
                prop_assert!(!spellings[..number].contains(spelling), "{spelling:?}");
                prop_assert!((1..=Term::MAX_TOKENS).contains(&spelling.tokens.len()));
                prop_assert!(spelling.tokens.iter().all(|token| crate::search::fold(token) == *token));
            }
        }
    }
}
