//! Rounds: a terminal news reader for clinicians.
//!
//! This page is the map of the house.
//!
//! # The rings
//!
//! ```text
//! item  ←  search  ←  article, library  ←  reader  ←  screen  ←  edge
//!   ↖                    ↖                                        │
//!     source  ←──────────  store  ←───────────────────────────────┘
//! ```
//!
//! An arrow points at what may be imported; nothing imports outward, and `tests/rings.rs` keeps it so.
//! `item`, `search`, `article`, `library` and `reader` are pure: no terminal, disk, network, process, thread or
//! clock is named there. What day it is arrives in a message.
//!
//! - [`item`]: what one item is. [`item::ItemFile::read`] makes an item, its body and a list of problems of any
//!   bytes whatever; it cannot fail. Types carry promises: an [`item::Link`] can only be http or https,
//!   an [`item::SafeText`] can only hold what no terminal could mistake for a command.
//!   `item::markup` is the one way from markup to text: it makes HTML of any body, and events of HTML, in which is
//!   decided once what is text, what is an element, how `10<sup>9</sup>` is written and which words are deleted. Titles,
//!   summaries, the index and articles are all made of these events.
//! - [`search`]: finding text. One way to take text apart into folded words serves the index, the query and the
//!   highlights, so that they agree by construction. [`search::Search::parse`] understands what is typed, and
//!   [`search::Term::spellings`] says in which ways it may be written; the index holds words as they stand in their texts.
//! - [`article`]: from a body to a page. [`article::Document::of`] (`article/read`) reads the events of
//!   `item::markup` into blocks: html2text parses, a walk of ours gathers what it knows. [`article::Page::set`]
//!   (`article/set`) sets them at a width, as rows of styled text with numbered links: html2text fills the lines
//!   of running text, every kind of block is set by us.
//! - [`library`]: all items in compact form, under the numbers that the catalogs gave them; the tree of their
//!   topics with its counts, marks, saved searches, and what a list shows in which order. Items come, change and go
//!   one by one ([`library::Library::change`]); files of one original are one item, from whichever sources.
//! - [`reader`]: the state machine. [`reader::update`] is the one door: a [`reader::Message`] comes in, what is
//!   to be done outside comes out as a list of [`reader::Effect`]s. Every key is in one table,
//!   [`reader::BINDINGS`], which the footer, the help, `rounds keys` and the README read.
//! - [`screen`]: draws a `&Reader`. It changes nothing. Where the panes are is worked out in
//!   [`reader::Layout::panes`], which the reader asks as well, so that scrolling is bounded before drawing.
//! - [`source`]: bytes in. A directory, one file, an archive or the built-in sample, walked and parsed on all cores,
//!   handed over in batches. An archive is read as a stream within [`source::Limits`] and never unpacked;
//!   [`source::pack`] makes one, [`source::signature`] says whether it comes from whom it should.
//! - [`store`]: what outlasts a run, in two SQLite files. `state` is precious: marks, positions, places, visits,
//!   saved searches, settings. It is never dropped: what is damaged is set aside and saved from. `catalog` is
//!   disposable: the items of one source, their bodies and the index of all text; `refresh` brings it up to date.
//!   `collection` makes the catalogs of all open sources look like one.
//! - [`remote`]: bundles from the web. [`remote::Fetcher`] brings one into a file, within limits, and goes on with
//!   what broke off; [`remote::LocalCopy`] keeps the last one that was good.
//! - [`edge`]: everything that touches the machine. `origin` is a source as it was asked for: what it is called,
//!   and how it is brought here; `config` holds those that have names. `runner` is the loop: take all that has
//!   arrived, update, perform the effects, draw once, wait. Around it stand services, all of one kind
//!   (`runner::service`): `loader` (sources to catalogs to reader), `persistence` (what is saved), `pages`, `searcher`
//!   (the index), `fetching` (bundles), `watcher` (files that change). `terminal` is the one door to the terminal:
//!   it decodes what comes in and writes what goes out. `signals` ends Rounds whatever blocks it. `browser` opens links,
//!   `commands` are what scripts use, `cli` reads the command line, `log` writes what each service did.
//!
//! # What happens to a key press
//!
//! `edge::terminal` decodes it and puts it into the one inbox; `edge::runner` hands it to [`reader::update`]; the
//! state changes, and one function brings into line what follows from that (`reader/tidy`); the effects are performed,
//! slow ones by services that answer into the same inbox; then [`screen::draw`] draws once.
//!
//! # Facts and answers
//!
//! An answer bears the number of its question, and is dropped when another one has been asked since. A fact (this item
//! came, changed, went; another Rounds has marked that one) counts whatever was asked since, because its sender will not
//! tell it again. Items bear the epoch of their catalogs, which only rises when a catalog is rebuilt and all numbers
//! become void. Facts come in bulk and by a door of their own: keys go before them, and a service goes on only when its
//! facts were taken.
//!
//! A mark is shown at once, and saved behind the screen. Each save is answered by its number: until then the reader
//! keeps it as unsaved, says so when that takes long, and asks before quitting would lose it. The marks of another
//! Rounds say as of which save they were read, so that an older one never undoes what was changed here since.
//!
//! `edge::runner::model` steps the real services and the real reader through random interleavings, and checks that at
//! rest the list is what the source holds, and that every mark shown without a sign is on the disk at any moment.
//!
//! A key follows the link, else the slug, else the path. When it changes and the title and the place tell that the item
//! is the same, the catalog notes the succession, and the state copies the marks to the new key.
//!
//! # The way of an item
//!
//! Source to catalog to reader, always. The catalog counts its changes, and whoever remembers the last one that it
//! has seen asks for what came after: a warm start (after nothing), a refresh, and what another Rounds has written
//! are the same thing. Commands go this way too (`commands::reading::Items`), so that they list what the reader lists and
//! read no unchanged file again; those that only ask leave the index of the text alone. An item has one number, in the
//! list, in the index and on disk. Where several sources are open, each keeps its own catalog, and `store::collection`
//! gives out the numbers in blocks, so that they still lie close together.
//!
//! A bundle on the web is fetched behind all this: it takes the place of the copy that is here when it has been
//! checked whole, and then the copy is a source like any other archive.
//!
//! # Decisions that may surprise
//!
//! - Titles come before everything: a headline takes two rows before it is cut, and its date gives way before its words do.
//!   So rows of the list have different heights, and one function, [`reader::Reader::headline`], says how each is set, for
//!   scrolling as for drawing.
//! - How the panes stand is chosen for each class of window sizes, not for each size: a window that is made a little smaller
//!   must not look like another program.
//! - The wheel moves the window of a list away from what is selected; the next key brings it back. A wheel that selected would
//!   change the article that is being read.
//! - The summary stands above the topics, and is left out where the body begins with it: on a small screen the
//!   first page must hold news.
//! - `q` leaves the article, then a search or filter, then a topic, and quits only from everything: a place is too
//!   dear to lose by leaving a search.
//! - "New since last visit" counts visits, not time: a clock set back, a crash or a moved directory loses nothing. A
//!   visit ends when Rounds is quit; on the first one nothing is new.
//! - A saved search is kept as it was typed, so that `since:7d` moves with the days.
//! - The index of the text is filled behind the list, and searches look at titles and topics until it is full.
//! - A bundle is checked whole before it takes the place of the copy, and read again into the catalog: twice the work
//!   for a wrong one never to cost the right one.
//! - Until somebody has chosen an item, what a start fetches belongs to the first screen, and the newest stays at the
//!   top; from then on nothing moves. An article that goes while it is read is not taken for its neighbour.
//! - An item without a date has that of its file, as it was when its text was first seen: a file that is only touched is no
//!   news. In a checkout of version control the times of files say when they came to this disk, so they are not used.
//! - Fetching begins with the start and with `r`, not by a clock: who reads for four minutes wants no traffic besides.
//! - What is known of a copy is when it was last what the server held; its own date is what its `bundle.yaml` says.
//! - An item without an original is never made one with another. Its key is made of its slug, or else of its path. Where
//!   several in one source share a slug, as translations do, the first by its path has the key of the slug and each other
//!   one that of its path, so that each is marked by itself. Two sources may hold copies of one file, so across sources
//!   marks of one key are shared.
//! - Items of one date and title are in the order of their paths, which are kept in memory for that: the order in which
//!   files happen to be read is another one on every machine.
//! - Esc and a key that arrive in one packet are two keys, so there is no Alt.
//! - Bytes of an escape sequence never become keys, even if a key is lost by that: half of a report that comes late would
//!   open links or mark everything as read. An Esc is the key when nothing has followed for 50 ms.
//! - After characters on whose width terminals disagree, the rest of a row is written whole whenever they are drawn.
//! - A signal that ends Rounds leaves it a second to end by itself; then the thread of signals ends it.
//! - `edge::terminal` owns the thread that reads keys. Nothing else may read the terminal, or a browser that runs
//!   in it would lose keys to us.
//! - Deleted words are marked in words, `[deleted: 10 mg]`, on every page, whether or not the terminal strikes out: who
//!   cannot see that a dose is struck out takes it for valid. Titles, summaries and hits leave them out.
//! - A mark that only refers to something is written `⁽⁹⁾`: `⁹` would be an exponent, and `[9]` the number of a link.
//! - A link to a place of its own article has a number like any other, but is not listed below the article: that list
//!   says what leads elsewhere.
//! - `a<b>c` compares, where no `</b>` follows; so does `A<B and C>D`: words are dearer than sloppy markup.
//! - Of a page only the article is shown, but a body without `<main>`, `<article>` or the tags of a whole page keeps its
//!   headers and footers: its author chose them. What might be the text stays, at the price of some banner.
//! - A body is never given to html2text whole: tables, lists and code are where it hangs or loses text.
//! - Only the fields that an item needs are read from its front matter, each when it is asked for; the rest is
//!   looked through for what is not valid, so that `check` names it, and dropped.
//!
//! - Whether an item is withheld (a draft, an embargo, an expiry) is not decided when its file is read. The item and its row in
//!   the catalog carry what the file says ([`item::Release`]), and the library decides in one place with the time that it is
//!   told, so that an embargoed item comes without being read again. A clock that says less than what was fetched is wrong,
//!   and hides nothing.
//! - Which files of a source are news is decided by their paths, before they are read: of a static site only what lies in its
//!   content folder. The paths of an archive are gone through once for that, as the file that names the folder may come last.
//! - The path of an item in an archive is the one that the archive gives it, with a folder at the top of everything: a
//!   stream does not know before its end that there is only one, and a second one must not rename every item.
//! - An archive is gone through twice, first to find out which entries count: of a path that is there twice the last one
//!   does, as for programs that unpack, and what was handed over cannot be taken back.
//! - An entry of an archive that cannot be taken is a problem; an archive that is damaged is an error, after items of it
//!   were handed over. Whoever keeps items drops those then.
//!
//! # What is not here, on purpose
//!
//! No async runtime: some threads and a queue do. No widget keeps state. No list is drawn beyond its window.
//! In memory are titles, dates, topics and marks; summaries, bodies and all text stay on disk, and come for the page
//! or the rows on the screen.

pub mod article;
pub mod edge;
pub mod item;
pub mod library;
#[cfg(test)]
mod reached;
pub mod reader;
pub mod remote;
pub mod screen;
pub mod search;
pub mod source;
pub mod store;
