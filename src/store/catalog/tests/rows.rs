//! Items as rows and back.

use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use rusqlite::types::Value;

use crate::item::{
    Body, BodyKind, Condition, DateSource, Item, ItemFile, ItemKey, Link, Offering, PROBLEM_CODES, Problem,
    Release, Rule, SafeText, Severity, Topic,
};
use crate::library::{Headline, ItemId};
use crate::source::{self, Stamp};
use crate::store::catalog::{Catalog, CatalogError, Writer};

fn safe() -> impl Strategy<Value = SafeText> {
    "(\\PC|[ -~]|[\u{1d}-\u{1f}]){0,12}".prop_map(|text| SafeText::new(&text))
}

fn texts() -> impl Strategy<Value = Vec<SafeText>> {
    prop::collection::vec(safe(), 0..4)
}

fn topics() -> impl Strategy<Value = Vec<Topic>> {
    let topic = (prop::option::of(safe()), safe()).prop_map(|(taxonomy, term)| Topic { taxonomy, term });
    prop::collection::vec(topic, 0..4)
}

fn offerings() -> impl Strategy<Value = Vec<Offering>> {
    let offering = (safe(), safe()).prop_map(|(label, permalink)| Offering { label, permalink });
    prop::collection::vec(offering, 0..3)
}

fn problems() -> impl Strategy<Value = Vec<Problem>> {
    let codes: Vec<&str> =
        PROBLEM_CODES.iter().chain(source::PROBLEM_CODES).map(|known| known.code).collect();
    let severity = prop_oneof![Just(Severity::Notice), Just(Severity::Warning), Just(Severity::Error)];
    let problem = (prop::option::of(any::<u32>()), severity, prop::sample::select(codes), safe())
        .prop_map(|(line, severity, code, message)| Problem { line, severity, code, message });
    prop::collection::vec(problem, 0..3)
}

fn dates() -> impl Strategy<Value = Option<DateTime>> {
    let time = (-9999..=9999_i16, 1..=12_i8, 1..=28_i8, 0..24_i8, 0..60_i8, 0..60_i8, 0..1_000_000_000);
    let time = time.prop_map(|(year, month, day, h, m, s, n)| date(year, month, day).at(h, m, s, n));
    prop::option::of(prop_oneof![time, Just(DateTime::MIN), Just(DateTime::MAX)])
}

fn bodies() -> impl Strategy<Value = Body> {
    use BodyKind::{Empty, Fragment, Html, Markdown, Plain};
    let kind = prop::sample::select(vec![Html, Fragment, Markdown, Plain, Empty]);
    (kind, any::<String>(), prop::option::of(any::<String>()), any::<u32>())
        .prop_map(|(kind, raw, repaired, first_line)| Body { kind, raw, repaired, first_line })
}

fn releases() -> impl Strategy<Value = Release> {
    let time = (0..4_000_000_000_i64).prop_map(|second| Timestamp::from_second(second).unwrap());
    let rule = prop_oneof![
        Just(Rule::Draft),
        Just(Rule::Unlisted),
        Just(Rule::Template),
        time.clone().prop_map(Rule::From),
        time.clone().prop_map(Rule::Dated),
        time.prop_map(Rule::Until),
    ];
    let condition = (rule, prop::option::of(any::<u32>())).prop_map(|(rule, line)| Condition { rule, line });
    prop::collection::vec(condition, 0..4).prop_map(Release)
}

prop_compose! {
    fn items()(
        key in any::<u64>(), path in any::<String>(), slug in safe(), title in safe(), date in dates(),
        (site, link) in (prop::option::of(safe()), prop::option::of("https?://[a-z]{1,9}\\.org/[!-~]{0,20}")),
        authors in texts(), topics in topics(), offerings in offerings(), summary in safe(),
        (minutes, problems, release) in (any::<u16>(), problems(), releases()),
        date_source in prop::sample::select(vec![DateSource::Item, DateSource::File]),
    ) -> Item {
        let link = link.as_deref().and_then(Link::parse);
        let key = ItemKey(key);
        Item {
            key,
            path,
            slug,
            title,
            date,
            date_source,
            site,
            link,
            authors,
            topics,
            offerings,
            summary,
            minutes,
            release,
            problems,
        }
    }
}

fn put(catalog: &Catalog, file: &ItemFile) -> ItemId {
    let mut writer = Writer::begin(catalog.connection().unwrap()).unwrap();
    let put = writer.put(file, Stamp { size: u64::MAX, modified: i64::MIN, hash: u64::MAX }).unwrap();
    writer.commit().unwrap();
    put.id
}

#[test]
fn an_item_of_any_shape_comes_out_as_it_went_in() {
    let catalog = Catalog::temporary();
    proptest!(ProptestConfig::with_cases(80), |(item in items(), body in bodies())| {
        let file = ItemFile { item, body };
        let id = put(&catalog, &file);
        let mut reader = catalog.reader();
        prop_assert_eq!(reader.file(id).unwrap(), Some(file.clone()));
        prop_assert_eq!(reader.link(id).unwrap(), file.item.link.clone());
        let newest = reader.newest(u32::MAX).unwrap();
        let headline = newest.iter().find(|headline| headline.id == id);
        prop_assert_eq!(headline, Some(&Headline::of(id, &file.item)));
    });
}

#[test]
fn the_order_of_the_index_is_that_of_the_library() {
    let catalog = Catalog::temporary();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for number in 0..200_usize {
        let mut item = items().new_tree(&mut runner).unwrap().current();
        item.path = number.to_string();
        // Few dates and few beginnings of titles, so that all that decides an order comes to decide.
        item.date =
            [None, Some(date(2021, 1, 1).at(0, 0, 0, i32::from(number % 2 == 0))), item.date][number % 3];
        item.title = SafeText::new(&format!("{}{}", ["", "é", "Title ", "Title of"][number % 4], item.title));
        put(
            &catalog,
            &ItemFile {
                item,
                body: Body { kind: BodyKind::Empty, raw: String::new(), repaired: None, first_line: 1 },
            },
        );
    }
    let newest = catalog.reader().newest(u32::MAX).unwrap();
    let mut sorted = newest.clone();
    sorted.sort_by(|one, other| {
        let rank = |item: &Headline| (std::cmp::Reverse(item.date), item.title.clone(), item.path.clone());
        rank(one).cmp(&rank(other))
    });
    assert_eq!(newest, sorted);
}

fn sample() -> ItemFile {
    ItemFile::read("a.md", b"---\ntitle: Title\nlink: https://example.org\ndate: 2021-01-01\n---\nText")
}

#[test]
fn a_row_that_was_changed_behind_our_back_is_refused() {
    for (table, column, value) in [
        ("items", "title", "'Another'"),
        ("items", "link", "'https://evil.example'"),
        ("items", "second", "17"),
        ("items", "topics", "'Evil\u{1e}'"),
        ("items", "name", "17"),
        ("items", "release", "'evil'"),
        ("pages", "raw", "'Another body'"),
        ("pages", "repaired", "''"),
        ("pages", "seal", "0"),
    ] {
        let catalog = Catalog::temporary();
        let id = put(&catalog, &sample());
        let change = format!("UPDATE {table} SET {column} = {value}");
        assert_eq!(catalog.connection().unwrap().execute(&change, []).unwrap(), 1);
        let mut reader = catalog.reader();
        assert!(matches!(reader.file(id), Err(CatalogError::Damaged)), "{change}");
        if table == "items" {
            assert!(matches!(reader.newest(9), Err(CatalogError::Damaged)), "{change}");
            assert!(matches!(reader.link(id), Err(CatalogError::Damaged)), "{change}");
        }
        assert!(catalog.check().is_err(), "nobody remembers the damage for the next refresh");
    }
}

/// Writes rows as somebody does who knows how a seal is made.
fn forge(catalog: &Catalog, item: &[Value; 15], page: &[Value; 9]) {
    use crate::store::catalog::seal;
    let connection = catalog.connection().unwrap();
    let marks = |count| vec!["?"; count].join(", ");
    let mut statement = connection.prepare(&format!("REPLACE INTO items VALUES ({})", marks(18))).unwrap();
    let values: Vec<_> = item.iter().map(Into::into).collect();
    seal::write(&mut statement, &values, &[0, 1]).unwrap();
    let mut statement = connection.prepare(&format!("REPLACE INTO pages VALUES ({})", marks(10))).unwrap();
    let values: Vec<_> = page.iter().map(Into::into).collect();
    seal::write(&mut statement, &values, &[]).unwrap();
}

#[test]
fn what_is_forged_is_still_not_trusted() {
    let evil = || Value::from("a\u{1b}]52;c;x\u{7}\u{202e}b\u{1e}c\u{1f}d\u{9b}31m".to_owned());
    let item = |second: i64, nanosecond: i64, link: &str| {
        [
            Value::from(1),
            evil(),
            Value::from(-1),
            Value::from(second),
            Value::from(nanosecond),
            evil(),
            evil(),
            Value::from(link.to_owned()),
            Value::from(7),
            evil(),
            evil(),
            evil(),
            Value::Null,
            Value::from(String::new()),
            Value::from(0),
        ]
    };
    let dated_by = |source: i64| {
        let mut item = item(0, 0, "https://example.org");
        item[14] = Value::from(source);
        item
    };
    let page = |kind: i64, line: i64| {
        [
            Value::from(1),
            evil(),
            evil(),
            evil(),
            evil(),
            Value::from(kind),
            Value::from(line),
            evil(),
            Value::Null,
        ]
    };
    let catalog = Catalog::temporary();
    let id = ItemId::new(1);
    forge(&catalog, &item(0, 0, "https://example.org"), &page(0, 1));
    let file = catalog.reader().file(id).unwrap().unwrap();
    for text in [&file.item.title, &file.item.summary, &file.item.authors[0], &file.item.topics[0].term] {
        assert!(!text.chars().any(|letter| letter.is_control() || letter == '\u{202e}'), "{text:?}");
    }
    for (item, page) in [
        (item(i64::MAX, 0, "https://example.org"), page(0, 1)),
        (item(i64::MIN, -1, "https://example.org"), page(0, 1)),
        (item(0, 2_000_000_000, "https://example.org"), page(0, 1)),
        (item(0, i64::MIN, "https://example.org"), page(0, 1)),
        (item(0, 0, "javascript:alert(1)"), page(0, 1)),
        (dated_by(2), page(0, 1)),
        (dated_by(-1), page(0, 1)),
        (item(0, 0, "https://example.org"), page(5, 1)),
        (item(0, 0, "https://example.org"), page(-1, 1)),
        (item(0, 0, "https://example.org"), page(0, -1)),
    ] {
        forge(&catalog, &item, &page);
        assert!(matches!(catalog.reader().file(id), Err(CatalogError::Damaged)), "{item:?} {page:?}");
    }
}
