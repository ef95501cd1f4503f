//! What each element looks like. The first tests are the weak spots of html2text against w3m and lynx.

use super::html;

/// Checks what HTML looks like at a width of 40.
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(html(text, 40), *expected, "{text}");
    }
}

#[test]
fn nothing_that_w3m_shows_is_lost() {
    check(&[
        ("<p>a<hr>b", "a\n\n────────────────────────────────────────\n\nb"),
        ("<q>one <q>two</q></q>", "“one ‘two’”"),
        ("<ul><li><input type=checkbox checked> done<li><input type=checkbox>open</ul>", "☑ done\n☐ open"),
        ("<ol type=a start=3><li>c<li>d</ol>", "c. c\nd. d"),
        ("<ol type=I><li>x<li value=9>y</ol>", " I. x\nIX. y"),
        ("<ol reversed><li>x<li>y</ol>", "2. x\n1. y"),
        ("<iframe src=https://a.org/x title='A map'></iframe>", "[embedded: A map][1]"),
        ("<iframe src=https://www.youtube.com/embed/abc></iframe>", "[video: youtube.com][1]"),
        ("<video><source src=/v.mp4>No video.</video>", "[video: example.org][1]"),
    ]);
}

#[test]
fn tables_have_captions_feet_and_numbers_on_the_right() {
    let table = "<table><caption>Doses</caption><thead><tr><th>Drug<th>mg</thead>\
                 <tbody><tr><td>Aspirin<td>75<tr><td>Metformin<td>1,000</tbody>\
                 <tfoot><tr><td>Both<td>1,075</tfoot></table>";
    let expected = "Doses\n\nDrug          mg\n─────────  ─────\nAspirin       75\nMetformin  1,000\n─────────  ─────\nBoth       1,075";
    check(&[(table, expected)]);
}

#[test]
fn words_in_cells_stay_whole() {
    let table = "<table><tr><th>Programme<th>Notes on it</tr><tr><td>Immunisation\
                 <td>Given to everyone over sixty-five years of age</table>";
    check(&[(
        table,
        "Programme     Notes on it\n────────────  ──────────────────────────\nImmunisation  Given to everyone over\n              sixty-five years of age",
    )]);
}

#[test]
fn a_table_too_wide_becomes_records() {
    let table = "<table><tr><th>Drug<th>Indication<tr><td>Paracetamol<td>Pain<tr><td>Ibuprofen<td>Inflammation</table>";
    assert_eq!(
        html(table, 20),
        "Drug: Paracetamol\nIndication: Pain\n\nDrug: Ibuprofen\nIndication:\n  Inflammation"
    );
}

#[test]
fn a_title_of_a_table_is_set_once() {
    let table = "<table><tr><th colspan=2>Doses<tr><th>Drug<th>Indication<tr><td>Paracetamol<td>Pain\
                 <tr><td colspan=2>Children<tr><td>Ibuprofen<td>Inflammation</table>";
    let records = "Doses\n\nDrug: Paracetamol\nIndication: Pain\n\nChildren\n\nDrug: Ibuprofen\nIndication:\n  Inflammation";
    assert_eq!(html(table, 20), records);
    let without_header_cells = table.replace("<th", "<td").replace("Doses", "<b>Doses</b>");
    let bold = without_header_cells.replace("<td>Drug<td>Indication", "<td><b>Drug</b><td><b>Indication</b>");
    assert_eq!(html(&bold, 20), records);
}

#[test]
fn only_rows_whose_cells_wrap_have_air_around_them() {
    let table = "<table><tr><th>Sign<th>Meaning<tr><td>a<td>one<tr><td>b<td>two<tr><td>c\
                 <td>a meaning that is too long for a single row<tr><td>d<td>four<tr><td>e<td>five</table>";
    check(&[(
        table,
        "Sign  Meaning\n────  ──────────────────────────────────\na     one\nb     two\n\nc     a meaning that is too long for a\n      single row\n\nd     four\ne     five",
    )]);
}

#[test]
fn the_heads_of_pictures_stay_with_them() {
    let framed = "<table><tr><td><img src=a.jpg alt='Mild psoriasis'></table>";
    let matrix = |cell: &str| {
        format!(
            "<table><tr><td>Mild<td>Severe<tr><td>{cell}<td><img src=b.jpg alt='Severe psoriasis'></table>"
        )
    };
    for cell in [framed, "<img src=a.jpg alt='Mild psoriasis'>"] {
        assert_eq!(
            html(&matrix(cell), 30),
            "Mild           Severe\n─────────────  ───────────────\n[image: Mild   [image: Severe\npsoriasis][1]  psoriasis][2]"
        );
        assert_eq!(
            html(&matrix(cell), 17),
            "Mild: [image:\n  Mild\n  psoriasis][1]\nSevere: [image:\n  Severe\n  psoriasis][2]"
        );
    }
    let silent =
        "<table><tr><th>Before the operation<th>Afterwards<tr><td><img alt=''><td><img alt=''></table>";
    assert_eq!(html(silent, 16), "Before the\noperation\nAfterwards");
}

#[test]
fn a_caption_stands_above_a_table_of_one_column() {
    check(&[
        ("<p>x<table><caption>Signs</caption><tr><td>one<tr><td>two</table>", "x\n\nSigns\n\none\n\ntwo"),
        ("<p>x<figure><figcaption>Signs</figcaption><p>one</figure>", "x\n\nSigns\n\none"),
    ]);
}

#[test]
fn what_stands_between_cells_stays_in_its_place() {
    check(&[
        (
            "<table>Doses<tr><td>a<td>b</tr><b>Children</b><tr><td>c<td>d</table>",
            "Doses\na    b\nChildren\nc    d",
        ),
        ("<table><tr><td>a<td>b</td></tr> <form><br><tr><td>c<td>d</table>", "a  b\nc  d"),
        ("<p>x<table><tr>a<tr>b</table>y", "x\n\na\n\nb\n\ny"),
    ]);
}

#[test]
fn cells_may_span() {
    check(&[
        ("<table><tr><td>a<td rowspan=2>tall<tr><td colspan=2>b</table>", "a  tall\nb"),
        ("<table><tr><td rowspan=2>one<td>a<td>b<tr><td colspan=2>both</table>", "one  a  b\n     both"),
        (
            "<table><tr><th colspan=2>Group<th>N<tr><td>x<td>y<td>1<tr><td rowspan=0>z<td>w<td>2</table>",
            "Group   N\n──  ──  ─\nx   y   1\nz   w   2",
        ),
    ]);
}

#[test]
fn tables_that_only_arrange_are_read_as_text() {
    check(&[
        ("<table><tr><td><h3>Left</h3><p>one<td>two</table>", "Left\n\none\n\ntwo"),
        ("<table><tr><td>one<tr><td>two</table>", "one\n\ntwo"),
        ("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", "a\n\nb\n\nc\n\nd"),
        ("<table><tr><td>a<td><table><tr><td>b<td>c<tr><td>d<td>e</table></table>", "a\n\nb  c\nd  e"),
    ]);
}

#[test]
fn blocks_have_air_between_them() {
    check(&[
        ("<h3>Head</h3><ul><li>one</ul><ol start=11><li>x</ol><p>end", "Head\n\n• one\n\n11. x\n\nend"),
        ("<h1>Big</h1><h2>Less</h2><p>x", "Big\n━━━\n\nLess\n────\nx"),
        ("<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>", "• a\n  ◦ b\n    ▪ c\n• d"),
        ("<ul><li><p>a<p>b<li>c</ul>", "• a\n\n  b\n\n• c"),
        ("a<br>b<br><br><br>c", "a\nb\n\nc"),
        ("<p>&nbsp;</p><p>a</p><p></p><div><div>b</div></div>", "a\n\nb"),
    ]);
}

#[test]
fn images_and_captions_stand_apart() {
    check(&[
        (
            "<figure><img src=x.jpg alt='A glacier'><figcaption>The valley in 1998.</figcaption></figure>",
            "[image: A glacier][1]\nThe valley in 1998.",
        ),
        (
            "<figure><img src=x alt='The valley'><figcaption>The valley</figcaption></figure>",
            "[image: The valley][1]",
        ),
        ("<img src=/a/nurses-on-a-ward-300x200.jpg>", "[image: nurses on a ward][1]"),
        ("a<img src=IMG_1234.jpg> b", "a[image: IMG_1234.jpg][1] b"),
        ("a<img alt='' src=nurses-on-ward.jpg>b<img width=1 alt=t src=t>", "ab"),
        ("<a href=full.jpg><img src=1.jpg></a>", "[image: 1.jpg][1]"),
        ("<a href=/x><img src=1.jpg alt=''></a>", "[image: 1.jpg][1]"),
        ("<a href=/x><img src='data:image/png;base64,AA'></a>", "[image][1]"),
        ("<img src='data:image/gif;base64,AA' data-src=ecg.png alt=ECG>", "[image: ECG][1]"),
        ("<a href=/x>Text <img src=1.jpg alt=''></a>", "Text[1]"),
        ("<img alt='🙂' src=x>", "🙂"),
    ]);
}

#[test]
fn code_is_as_typed() {
    check(&[
        ("<pre><code>if a:\n\tb\n\n<span>c</span></code></pre>", "  if a:\n      b\n\n  c"),
        (
            "<pre>let text = \"a line that is too long for it\";</pre>",
            "  let text = \"a line that is too long \n  ↪ for it\";",
        ),
        ("Type <code>ls  -l</code> now", "Type ls -l now"),
    ]);
}

#[test]
fn signs_are_not_markup() {
    check(&[
        ("H<sub>2</sub>O, 10<sup>-3</sup>, x<sup>k</sup>, 1<sup>st</sup>", "H₂O, 10⁻³, x^k, 1st"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "│ a\n│\n│ │ b"),
        ("<blockquote cite=https://who.int/x><p>a</p></blockquote>", "│ a\n│\n│ — who.int[1]"),
        ("a <del>b</del> <ins>c</ins>", "a [deleted: b] [inserted: c]"),
        (
            "<math><msup><mi>x</mi><mn>2</mn></msup><mo>/</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></math>",
            "x²/a/b",
        ),
        ("<ruby>漢<rt>kan</rt></ruby>", "漢(kan)"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
    ]);
}

#[test]
fn narrow_and_deep_nesting_is_still_read() {
    let quotes = format!("{}deep{}", "<blockquote>".repeat(200), "</blockquote>".repeat(200));
    let lists = "<ul><li>".repeat(60) + "deep";
    for width in [1, 2, 5, 12, 40, 72] {
        for text in [&quotes, &lists] {
            let letters: String = html(text, width).chars().filter(char::is_ascii_alphabetic).collect();
            assert_eq!(letters, "deep", "at {width}");
        }
    }
}

#[test]
fn what_is_hidden_stays_hidden() {
    check(&[
        ("a<span style='color: red; display : none'>x</span><b hidden>x</b><i aria-hidden=true>b</i>", "ab"),
        ("a<script>x</script><style>x</style><template>x</template><!-- x -->b", "ab"),
        ("<title>x</title><body style='display:none'>a<svg><title>b</title></svg>", "a[image: b]"),
        ("<frameset><frame></frameset>a<canvas>b</canvas><object data=x>c</object>", "abc"),
        ("a<noscript><img alt=x src=x></noscript><noscript>b</noscript>", "a"),
    ]);
}

#[test]
fn terms_details_and_forms_are_read() {
    check(&[
        ("<dl><dt>BP<dd>Blood pressure<dt>HR<dd>Heart rate</dl>", "BP\n  Blood pressure\n\nHR\n  Heart rate"),
        ("<details><summary>More</summary><p>Text</details>", "▾ More\n\nText"),
        (
            "<form><label>Name <input placeholder=you></label> <select><option>A<option>B</select>\
             <input type=hidden value=x> <button>Send</button></form>",
            "Name [you] [A / B] [Send]",
        ),
    ]);
}

#[test]
fn links_are_numbered_once_each() {
    check(&[
        (
            "<a href=https://a.org/>one</a>, <a href=/b>two</a> , <a href=https://a.org/>one</a>.",
            "one[1], two[2] , one[1].",
        ),
        (
            "<a href=#x>here</a> <a href=javascript:x>js</a> <a name=y>name</a>",
            "here js [link left out: javascript] name",
        ),
        (
            "<a href=mailto:a@b.org?x=y>write</a> <a href=mailto:a@b.org>a@b.org</a>",
            "write (a@b.org)[1] a@b.org[1]",
        ),
        ("Write to a@b.org, or see https://a.org/@x.", "Write to a@b.org[1], or see\nhttps://a.org/@x[2]."),
        ("At https://a.org/x or <code>https://b.org</code>.", "At https://a.org/x[1] or https://b.org."),
        ("<a href=/c><h3>Card</h3><p>Text</p></a>", "Card[1]\n\nText"),
        ("<h2>Head <a href=#head>#</a></h2>", "Head\n────"),
        ("<a href=/x></a>nothing", "nothing"),
    ]);
}

#[test]
fn links_within_an_article_have_numbers_where_there_is_such_a_place() {
    check(&[
        ("See <a href=#t1>Table 1</a>.<h3 id=t1>Table 1</h3>", "See Table 1[1].\n\nTable 1"),
        ("See <a href=#t%201>it</a> <span id='t 1'>here</span>", "See it[1] here"),
        ("See <a href=https://example.org/news/today#a>it</a> <a name=a></a>here", "See it[1] here"),
        ("See <a href=#t2>Table 2</a>.<h3 id=t1>Table 1</h3>", "See Table 2.\n\nTable 1"),
        (
            "12<sup id=r9><a href=#n9>9</a></sup> per cent<ol><li id=n9>Note <a href=#r9>↩</a></ol>",
            "12⁽⁹⁾[1] per cent\n\n1. Note ↩[2]",
        ),
        ("Note <a href=#r9>↩</a>", "Note"),
        ("<h3 id=a>Head <a href=#a>¶</a></h3>", "Head"),
    ]);
}

#[test]
fn a_link_number_never_leaves_its_word() {
    let text = "aaaa <a href=/1>bbbb cccc</a> dddd";
    for width in 8..20 {
        assert!(html(text, width).contains("cccc[1]"), "at {width}");
    }
}

#[test]
fn rows_are_broken_where_readers_expect() {
    for (text, width, expected) in [
        ("10&nbsp;mg of it", 6, "10 mg\nof it"),
        ("five 10&nbsp;mg", 9, "five\n10 mg"),
        ("un<b>break</b>able x", 12, "unbreakable\nx"),
        ("https://a.org/one/two/three", 15, "https://a.org/\none/two/\nthree[1]"),
        ("日本語は、行末で。改行", 8, "日本語\nは、行末\nで。改行"),
        ("👩‍🔬👩‍🔬👩‍🔬 ok", 4, "👩‍🔬👩‍🔬\n👩‍🔬\nok"),
        ("naïve e\u{301}e\u{301}e\u{301}", 5, "naïve\ne\u{301}e\u{301}e\u{301}"),
        ("لا إله", 4, "لا\nإله"),
    ] {
        assert_eq!(html(text, width), expected, "{text} at {width}");
    }
}
