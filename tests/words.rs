//! Every sentence that the program can say, for reading through, and the words that do not come into one.
//!
//! `cargo test --test words -- --ignored --nocapture` prints them all, with the files that they are in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::LitStr;

/// Words that a colleague would not say, and what to say instead.
const NOT_SAID: &[(&str, &str)] = &[
    ("anew", "again"),
    ("somebody", "you, or who it is"),
    ("nobody", "no one"),
    ("whoever", "who, or you"),
    ("whosoever", "who"),
    ("thereof", "of it"),
    ("therein", "in it"),
    ("wherein", "in which"),
    ("hitherto", "until now"),
    ("so many of", "the number"),
    ("lets it go", "removes it"),
    ("let it go", "remove it"),
    ("takes no heed", "ignores"),
    ("is to be", "will be, or must be"),
    ("are to be", "will be, or must be"),
    ("by and by", "later"),
    ("ere", "before"),
    ("amiss", "wrong"),
    ("of late", "recently"),
    ("bears the", "has the"),
    ("yonder", "there"),
    ("ought to", "should"),
    ("be it", "whether"),
    ("blanks", "spaces"),
];

/// A sentence, or a part of one, and the file that it is in.
struct Said {
    place: String,
    text: String,
}

/// What is written between quotation marks in a file, but for what only tests say and what comments say.
#[cfg(test)]
fn said_in(tokens: TokenStream, place: &str, said: &mut Vec<Said>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut is_test = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                if tokens.peek().is_some_and(|next| matches!(next, TokenTree::Punct(_))) {
                    tokens.next();
                }
                let Some(TokenTree::Group(attribute)) = tokens.next() else { continue };
                let attribute = attribute.stream().to_string();
                // Messages of errors stand in attributes; comments and reasons for compilers do too.
                is_test |= attribute.replace(' ', "").starts_with("cfg(test)");
                if attribute.starts_with("error") {
                    said_in(attribute.parse().unwrap(), place, said);
                }
            }
            TokenTree::Group(group) => {
                // The body of what `cfg(test)` stands before ends what it says.
                let is_body = group.delimiter() == Delimiter::Brace;
                if !(is_test && is_body) {
                    said_in(group.stream(), place, said);
                }
                is_test &= !is_body;
            }
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                    said.push(Said { place: place.to_owned(), text: text.value() });
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => is_test = false,
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

#[cfg(test)]
fn source_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            source_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "tests.rs" {
            files.push(path);
        }
    }
}

/// What the program says of itself when it is asked for help.
#[cfg(test)]
fn help() -> Vec<Said> {
    let program = env!("CARGO_BIN_EXE_rounds");
    let print = |arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let overview = print(&["--help"]);
    let commands = overview.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let commands =
        commands.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    let pages = commands.map(|command| (format!("rounds {command} --help"), print(&[command, "--help"])));
    let pages = pages.chain([("rounds --help".to_owned(), overview.clone())]);
    pages.map(|(place, text)| Said { place, text }).collect()
}

/// Everything that is said: sentences, and what is more than one word.
#[cfg(test)]
fn all() -> Vec<Said> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    source_files(&root.join("src"), &mut files);
    files.sort();
    let mut said = Vec::new();
    for file in files {
        let place = file.strip_prefix(root).unwrap().display().to_string();
        // Tables of other languages and of SQL are not sentences.
        let text = fs::read_to_string(&file).unwrap();
        said_in(text.parse().unwrap_or_else(|error| panic!("{place}: {error}")), &place, &mut said);
    }
    said.retain(|said| {
        said.text.trim().contains(' ') && !said.text.contains("SELECT ") && !said.text.contains("INTO ")
    });
    said.extend(help());
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    said.extend(readme.lines().map(|line| Said { place: "README.md".to_owned(), text: line.to_owned() }));
    said
}

/// Whether a text has these words, one after the other.
fn has(text: &str, words: &str) -> bool {
    let folded: String = text
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    let folded = format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join(" "));
    folded.contains(&format!(" {words} "))
}

#[test]
fn nothing_is_said_that_a_colleague_would_not_say() {
    let said = all();
    assert!(said.len() > 500, "only {} sentences were found", said.len());
    let mut wrong = Vec::new();
    for Said { place, text } in &said {
        let found = NOT_SAID.iter().filter(|(words, _)| has(text, words));
        wrong.extend(found.map(|(words, better)| format!("{place}: {text:?} says {words:?}: {better}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Keys can be bound elsewhere, so that the table of keys must say which one it is.
#[test]
fn no_sentence_names_the_letter_of_a_key() {
    let mut wrong = Vec::new();
    for Said { place, text } in all().iter().filter(|said| said.place.starts_with("src")) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_key = |word: &str| {
            word.len() == 1 && word.chars().all(char::is_alphabetic) && !["a", "A", "I"].contains(&word)
        };
        let is_verb = |word: &&str| word.trim_end_matches(['.', ',', ';', ':']).ends_with('s');
        let found = words.windows(2).find(|pair| is_key(pair[0]) && is_verb(&pair[1]));
        wrong.extend(found.map(|pair| format!("{place}: {text:?} has {pair:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "prints all sentences, to be read"]
fn print() {
    for Said { place, text } in all() {
        println!("{place}: {text}");
    }
}
