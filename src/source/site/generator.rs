//! The generators of static sites, each known by its configuration file.

use super::tree::Tree;

/// A generator of static sites, with where it has its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Generator {
    /// Hugo (<https://gohugo.io/content-management/organization/>) or Zola
    /// (<https://www.getzola.org/documentation/content/overview/>), with the content folder.
    Hugo(String),
    /// Jekyll (<https://jekyllrb.com/docs/structure/>), with the folders of its posts and collections, such as `_posts`.
    Jekyll(Vec<String>),
    /// Eleventy (<https://www.11ty.dev/docs/config/#input-directory>), with the input folder, empty at the top.
    Eleventy(String),
}

/// Configuration files that only Hugo has.
const HUGO: [&str; 5] = ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default/hugo.toml"];
/// Configuration files of Hugo and of Zola. Other programs have files of these names too.
const HUGO_OR_ZOLA: [&str; 7] = [
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/config.toml",
    "config/_default/config.yaml",
    "zola.toml",
];
const JEKYLL: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];
const ELEVENTY: [&str; 6] = [
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
    "eleventy.config.mts",
];

/// Folders of Eleventy that hold no articles.
const ELEVENTY_OTHERS: [&str; 6] = ["_includes", "_layouts", "_data", "_site", "node_modules", "public"];

/// Whether a file is one by which a generator is known.
pub(super) fn is_configuration(path: &str) -> bool {
    [&HUGO[..], &HUGO_OR_ZOLA, &JEKYLL, &ELEVENTY].into_iter().flatten().any(|name| *name == path)
}

impl Generator {
    /// The generator of the site in a folder, whose path is empty or ends in a slash. `None` where there is none, and
    /// where what it says of its content folder does not fit.
    pub(super) fn of_tree(tree: &dyn Tree, prefix: &str) -> Option<Self> {
        let text = |names: &[&str]| names.iter().find_map(|name| tree.text(&format!("{prefix}{name}")));
        let has = |folder: &str| tree.has_folder(&format!("{prefix}{folder}"));
        if let Some(text) = text(&HUGO).or_else(|| text(&HUGO_OR_ZOLA)) {
            let content =
                setting(&text, &["contentDir", "contentdir"]).unwrap_or_else(|| "content".to_owned());
            let content = clean(&content);
            if !content.is_empty() && has(&content) {
                return Some(Self::Hugo(content));
            }
        }
        if let Some(text) = text(&JEKYLL) {
            let posts = std::iter::once("_posts".to_owned()).chain(collections(&text));
            return Some(Self::Jekyll(posts.collect()))
                .filter(|_| tree.has_folder(&format!("{prefix}_posts")));
        }
        let input = clean(&setting(&text(&ELEVENTY)?, &["input"]).unwrap_or_default());
        (input.is_empty() || has(&input)).then_some(Self::Eleventy(input))
    }

    /// The generator as it is seen from a folder of the site, where that lies in its content, and whether that is the content
    /// folder itself.
    pub(super) fn below(self, folder: &str) -> Option<(Self, bool)> {
        match self {
            Self::Hugo(content) if is_within(folder, &content) => {
                Some((Self::Hugo(String::new()), folder == content))
            }
            Self::Hugo(_) | Self::Jekyll(_) | Self::Eleventy(_) => None,
        }
    }

    /// The path of a file of the site below its content folder; `None` where it is not there.
    pub(super) fn content<'a>(&self, path: &'a str) -> Option<&'a str> {
        let below = |folder: &str| match folder {
            "" => Some(path),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        };
        match self {
            Self::Hugo(content) => below(content),
            Self::Jekyll(folders) => {
                let mut parts = path.split('/');
                parts.next_back();
                parts.any(|part| folders.iter().any(|folder| folder == part)).then_some(path)
            }
            Self::Eleventy(input) => {
                below(input).filter(|path| !path.split('/').any(|part| ELEVENTY_OTHERS.contains(&part)))
            }
        }
    }

    /// Whether a folder with an `index.md` is one article.
    pub(super) fn has_leaf_bundles(&self) -> bool {
        matches!(self, Self::Hugo(_))
    }
}

fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A folder as it may be written: without `./`, without slashes around it. One that leads outside is none.
fn clean(folder: &str) -> String {
    let parts: Vec<&str> = folder.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.contains(&"..") { String::new() } else { parts.join("/") }
}

/// The text that a configuration gives a setting, found without running it: `name = "text"`, `name: text`. The first one
/// that stands in quotation marks, or to the end of its line.
fn setting(text: &str, names: &[&str]) -> Option<String> {
    text.lines().filter(|line| !line.trim_start().starts_with(['#', '/', '*'])).find_map(|line| {
        let mut rest = line;
        while let Some((at, name)) = names.iter().filter_map(|name| Some((rest.find(name)?, *name))).min() {
            let before = rest.get(..at)?.chars().next_back();
            let behind = rest.get(at..)?.get(name.len()..)?;
            let is_word =
                before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | '-' | '.'));
            let value =
                behind.trim_start_matches(['"', '\'', ' ']).strip_prefix([':', '=']).filter(|_| !is_word);
            if let Some(value) = value.and_then(text_of) {
                return Some(value);
            }
            rest = behind;
        }
        None
    })
}

/// The text that a value begins with, in quotation marks or as a bare word.
fn text_of(value: &str) -> Option<String> {
    let value = value.trim_start();
    let text = match value.chars().next()? {
        mark @ ('"' | '\'' | '`') => value.get(1..)?.split(mark).next()?,
        _ => value.split([' ', ',', '#', '}', '\t']).next()?.trim_end_matches(';'),
    };
    let is_path = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '_' | '-' | ' ');
    (!text.is_empty() && text.chars().all(is_path)).then(|| text.to_owned())
}

/// The folders of the collections of a Jekyll site whose documents become pages: those with `output: true`.
fn collections(text: &str) -> Vec<String> {
    const DEEPEST: usize = 64;
    if text.bytes().filter(|byte| matches!(byte, b'[' | b'{' | b'&')).count() > DEEPEST {
        return Vec::new();
    }
    let Ok(serde_yaml::Value::Mapping(fields)) = serde_yaml::from_str(text) else { return Vec::new() };
    let Some(serde_yaml::Value::Mapping(collections)) = fields.get("collections") else { return Vec::new() };
    let has_output =
        |value: &serde_yaml::Value| value.get("output").and_then(serde_yaml::Value::as_bool) == Some(true);
    let names =
        collections.iter().filter(|(_, value)| has_output(value)).filter_map(|(name, _)| name.as_str());
    names.map(|name| format!("_{name}")).collect()
}
