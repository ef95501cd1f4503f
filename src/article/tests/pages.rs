//! Whole pages, to be looked at as pictures.

use super::{bare_item, base, page};
use crate::item::{BodyKind, Item, Link, Offering, SafeText, Topic};

/// The item of the curators' own specimen.
fn specimen() -> Item {
    let topic = |taxonomy, term| Topic { taxonomy: Some(SafeText::new(taxonomy)), term: SafeText::new(term) };
    let offering = |label, path| Offering { label: SafeText::new(label), permalink: SafeText::new(path) };
    Item {
        title: SafeText::new("How data intelligence will drive precision healthcare in the NHS"),
        date: Some(jiff::civil::date(2021, 12, 5).at(0, 0, 0, 0)),
        site: Some(SafeText::new("healthcareitnews.com")),
        link: Link::parse(
            "https://www.healthcareitnews.com/news/emea/how-data-intelligence-will-drive-precision-healthcare-nhs",
        ),
        authors: vec![SafeText::new("Radhika Narayanan")],
        topics: vec![
            topic("Healthcare IT News", "Precision Medicine"),
            topic("Medical Subject Headings (MeSH)", "Data Interpretation, Statistical"),
        ],
        offerings: vec![
            offering("Precision Medicine", "/offering/precision-medicine"),
            offering(
                "Vanderbilt's SMART Precision Cancer Medicine",
                "/offering/vanderbilts-smart-precision-cancer-medicine",
            ),
        ],
        summary: SafeText::new(
            "In the move towards value-based care, digitally maturing healthcare systems can integrate AI to \
             generate high quality data to personalise and integrate care.",
        ),
        minutes: 1,
        ..bare_item()
    }
}

const BODY: &str = "<p>With considerable pressure to develop workflow processes to manage the 10 million plus \
patient backlog, many <a href='https://www.nhs.uk/'>NHS trusts</a> are seeking to leverage technology.
3M has developed speech recognition that simplifies clinicians’ documentation.</p>
<h2>What changes</h2>
<ul><li>Aggregated regional data sets</li><li>Prioritisation models, which tackle the current <em>backlog</em> of \
patients<ol><li>by need</li><li>by <a href='/wait'>waiting time</a></li></ol></li></ul>
<table><thead><tr><th>Trust</th><th>Beds</th><th>Share</th></tr></thead>
<tr><td>North</td><td>1,204</td><td>61.5%</td></tr><tr><td>South</td><td>754</td><td>38.5%</td></tr></table>
<blockquote><p>It saves an hour a day.</p><footer>— A consultant</footer></blockquote>
<figure><img src='a.jpg' alt='A ward at night'><figcaption>Photograph: NHS</figcaption></figure>
<pre>dose = weight * 5
if dose &gt; 400: dose = 400</pre>";

#[test]
fn pages_at_three_widths() {
    for width in [72, 40, 20] {
        insta::assert_snapshot!(
            format!("page_{width}"),
            page(&specimen(), BodyKind::Html, BODY, width).text()
        );
    }
}

#[test]
fn a_page_without_text_names_the_way_to_it() {
    let item = Item { link: Some(base()), ..bare_item() };
    insta::assert_snapshot!("page_empty", page(&item, BodyKind::Empty, "", 40).text());
    assert!(page(&bare_item(), BodyKind::Empty, "", 40).text().contains("There is no text here.\n"));
}

#[test]
fn a_summary_that_the_body_repeats_is_left_out() {
    let item = Item { summary: SafeText::new("The first sentence – of it."), ..bare_item() };
    let count = |body| page(&item, BodyKind::Html, body, 40).text().matches("first sentence").count();
    assert_eq!(count("<p>The <b>first</b> sentence, of it. And more.</p>"), 1);
    assert_eq!(count("<p>Another first sentence.</p>"), 2);
}

#[test]
fn an_address_is_never_cut() {
    let page = page(&specimen(), BodyKind::Empty, "", 30).text();
    let joined: String = page.lines().map(str::trim).collect();
    assert!(joined.contains(
        "https://www.healthcareitnews.com/news/emea/how-data-intelligence-will-drive-precision-healthcare-nhs"
    ));
}
