//! Front matter in the dialect of the curators, with all its sections and all its repetition.

use std::fmt::Write as _;

use super::fields::Fields;

/// How many columns a folded text is wide.
const FOLD_COLUMNS: usize = 76;

/// Writes the front matter of an item, between its two lines of dashes.
pub fn write(fields: &Fields) -> String {
    let mut yaml = Yaml(String::with_capacity(8192));
    yaml.0.push_str("---\n");
    head(&mut yaml, fields);
    topics(&mut yaml, fields);
    middle(&mut yaml, fields);
    page_metadata(&mut yaml, fields);
    links(&mut yaml, fields);
    open_graph(&mut yaml, fields);
    project(&mut yaml, fields);
    offerings(&mut yaml, fields);
    twitter(&mut yaml, fields);
    yaml.0.push_str("---\n");
    yaml.0
}

fn head(yaml: &mut Yaml, fields: &Fields) {
    yaml.quoted(0, "aliases", &format!("/news/{}", fields.slug));
    yaml.plain(0, "archetype", "curated-content");
    yaml.list(0, "author", &fields.authors);
    yaml.plain(0, "basePath", "/news/");
    yaml.list(0, "breadcrumbLinks", &["/", "/news/", ""].map(str::to_owned));
    yaml.list(0, "breadcrumbs", &["Home".to_owned(), "News".to_owned(), fields.title.clone()]);
}

fn topics(yaml: &mut Yaml, fields: &Fields) {
    let urls: Vec<String> = fields.topics.iter().map(|topic| format!("topic/{}", slug(topic))).collect();
    let lower: Vec<String> = fields.topics.iter().map(|topic| topic.to_lowercase()).collect();
    let term = |topic: &String| topic.split_once(": ").map_or(topic.clone(), |(_, term)| term.to_owned());
    let labels: Vec<String> = fields.topics.iter().map(term).collect();
    yaml.list(0, "categories", &fields.topics);
    yaml.list(0, "categorySlug", &lower);
    yaml.list(0, "categoryUrl", &urls);
    yaml.list(0, "categoryLabel", &labels);
}

fn middle(yaml: &mut Yaml, fields: &Fields) {
    yaml.plain(0, "contentCategories", "curated-content");
    yaml.nulls(0, &["institution", "offering"]);
    yaml.plain(0, "layOut", "single");
    if let Some(date) = &fields.date {
        yaml.quoted(0, "date", date);
    }
    yaml.folded(0, "description", &fields.description);
    yaml.nulls(0, &["favIconImage"]);
    yaml.open(0, "featuredImage");
    yaml.quoted(2, "alt", &fields.title);
    yaml.plain(2, "format", "JPEG");
    yaml.plain(2, "href", &format!("{}-featuredImage.jpeg", fields.number));
    yaml.plain(2, "size", "\n    - 630\n    - 1200");
    yaml.plain(2, "valid", "true");
    yaml.plain(2, "workPackage", &fields.number.to_string());
    yaml.nulls(0, &["featuredPdf"]);
}

fn page_metadata(yaml: &mut Yaml, fields: &Fields) {
    yaml.open(0, "htmlMetaData");
    yaml.nulls(2, &["author"]);
    yaml.folded(2, "description", &fields.summary);
    yaml.quoted(2, "generator", "Sitebuilder 4 (https://sitebuilder.example)");
    yaml.quoted(2, "viewport", "width=device-width, initial-scale=1.0");
    yaml.quoted(2, "articlemodified_time", &fields.published);
    yaml.quoted(2, "articlepublished_time", &fields.published);
    yaml.folded(2, "ogdescription", &fields.summary);
    yaml.folded(2, "ogimage", &fields.image);
    yaml.quoted(2, "ogsite_name", &fields.site_name);
    yaml.quoted(2, "ogtitle", &fields.title);
    yaml.plain(2, "ogtype", "article");
    yaml.folded(2, "ogurl", &fields.link);
    yaml.nulls(2, &["robots", "fbapp_id", "oglocale", "fbadmins", "articlepublisher", "keywords"]);
    yaml.plain(0, "id", &fields.number.to_string());
    yaml.plain(0, "identifier", "News");
    yaml.quoted(0, "lastMod", &fields.published);
}

fn links(yaml: &mut Yaml, fields: &Fields) {
    yaml.open(0, "link");
    yaml.plain(2, "brand", &fields.site);
    yaml.folded(2, "href", &fields.link);
    yaml.folded(2, "original", &fields.link);
    yaml.folded(0, "href", &fields.link);
    yaml.folded(0, "original", &fields.link);
    yaml.plain(0, "mastHead", "NEWS");
    yaml.plain(0, "mdName", &format!("{}.md", fields.slug));
}

fn open_graph(yaml: &mut Yaml, fields: &Fields) {
    yaml.open(0, "openGraphMetaData");
    yaml.folded(2, "ogdescription", &fields.summary);
    yaml.quoted(2, "ogtitle", &fields.title);
    yaml.folded(2, "ogurl", &fields.link);
    yaml.folded(2, "ogimage", &fields.image);
    yaml.quoted(2, "ogsite_name", &fields.site_name);
    yaml.plain(2, "ogtype", "article");
    yaml.quoted(2, "ogupdated_time", &fields.published);
    yaml.nulls(2, &["ogimageheight"]);
}

fn project(yaml: &mut Yaml, fields: &Fields) {
    yaml.open(0, "openProjectCustomFields");
    yaml.folded(2, "cleanUrl", &fields.link);
    yaml.list(2, "medigyTopics", &fields.topics);
    yaml.folded(2, "sourceUrl", &fields.link);
    yaml.plain(0, "openProjectWorkPackageType", "Curated Content");
    yaml.plain(0, "searchCategory", "News");
    yaml.folded(0, "slug", &fields.slug);
    yaml.plain(0, "source", "open-project-curations");
    yaml.quoted(0, "status", "");
    yaml.plain(0, "sub", "brief");
    yaml.list(0, "tags", &["News".to_owned()]);
    yaml.quoted(0, "title", &fields.title);
    yaml.quoted(0, "via", " ");
    yaml.nulls(0, &["insights_description", "insights_name", "viaLink"]);
}

fn offerings(yaml: &mut Yaml, fields: &Fields) {
    if fields.offerings.is_empty() {
        return yaml.plain(0, "relatedOfferings", "[]");
    }
    yaml.open(0, "relatedOfferings");
    for offering in &fields.offerings {
        yaml.quoted(2, "- label", offering);
        yaml.plain(4, "permalink", &format!("/offering/{}", slug(offering)));
        yaml.list(4, "categories", fields.topics.get(..1).unwrap_or_default());
        yaml.plain(4, "offeringId", &fields.number.to_string());
    }
}

fn twitter(yaml: &mut Yaml, fields: &Fields) {
    yaml.open(0, "twitterMetaData");
    yaml.plain(2, "twittercard", "summary_large_image");
    yaml.folded(2, "twitterdescription", &fields.summary);
    yaml.quoted(2, "twittertitle", &fields.title);
    yaml.folded(2, "twitterimage", &fields.image);
    yaml.folded(2, "twitterurl", &fields.link);
}

/// A text as the last part of an address: `Precision Medicine` becomes `precision-medicine`.
pub fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// YAML as the curators' tools write it.
struct Yaml(String);

impl Yaml {
    fn line(&mut self, indent: usize, key: &str, value: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{:indent$}{key}:{value}", "");
    }

    /// A key whose value follows on lines of its own.
    fn open(&mut self, indent: usize, key: &str) {
        self.line(indent, key, "");
    }

    fn plain(&mut self, indent: usize, key: &str, value: &str) {
        self.line(indent, key, &format!(" {value}"));
    }

    fn quoted(&mut self, indent: usize, key: &str, value: &str) {
        self.line(indent, key, &format!(" {}", quoted(value)));
    }

    fn nulls(&mut self, indent: usize, keys: &[&str]) {
        for key in keys {
            self.plain(indent, key, "null");
        }
    }

    fn list(&mut self, indent: usize, key: &str, values: &[String]) {
        if values.is_empty() {
            return self.plain(indent, key, "[]");
        }
        self.open(indent, key);
        for value in values {
            let _ = writeln!(self.0, "{:indent$}  - {}", "", quoted(value));
        }
    }

    /// A text folded over as many lines as it needs.
    fn folded(&mut self, indent: usize, key: &str, text: &str) {
        self.line(indent, key, " >-");
        let mut column = usize::MAX;
        for word in text.split(' ') {
            if column.saturating_add(word.len()) > FOLD_COLUMNS {
                let newline = if column == usize::MAX { "" } else { "\n" };
                let _ = write!(self.0, "{newline}{:indent$}  {word}", "");
                column = indent.saturating_add(2).saturating_add(word.len());
            } else {
                let _ = write!(self.0, " {word}");
                column = column.saturating_add(1).saturating_add(word.len());
            }
        }
        self.0.push('\n');
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
