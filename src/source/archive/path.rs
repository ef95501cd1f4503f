//! Paths in archives: which are taken, and in what form.

use super::refusal::Refusal;
use crate::source::limits::Limits;
use crate::source::path_text::push_bytes;

/// The path of an entry in the form in which items carry it: parts that name something, with `/` between them.
/// `./a//b` is `a/b`; a folder of its own at the top of everything stays, see [`super`]. Bytes that are not UTF-8 are
/// written as in the paths of a folder, `\xE9`.
///
/// # Errors
///
/// When the path leads out of the archive, or goes beyond a limit, or has a NUL in it.
pub(in crate::source) fn clean(raw: &[u8], limits: &Limits) -> Result<String, Refusal> {
    if raw.len() > limits.path_length {
        return Err(Refusal::PathTooLong(limits.path_length));
    }
    let mut text = String::with_capacity(raw.len());
    push_bytes(&mut text, raw);
    let text = text.as_str();
    if text.contains('\0') {
        return Err(Refusal::PathNul);
    }
    if text.starts_with('/') || has_drive(text) {
        return Err(Refusal::PathAbsolute);
    }
    let parts = || text.split('/').filter(|part| !matches!(*part, "" | "."));
    if parts().any(|part| part == "..") {
        return Err(Refusal::PathOutside);
    }
    if parts().count() > limits.path_depth {
        return Err(Refusal::PathTooDeep(limits.path_depth));
    }
    Ok(parts().collect::<Vec<_>>().join("/"))
}

/// Whether a path begins with the letter of a drive, as in `C:/news`.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/', ..] | [letter, b':'] if letter.is_ascii_alphabetic())
}

/// Whether a path is that of a file which systems keep for themselves: one whose name, or the name of a folder that
/// it is in, begins with a dot; or one of those that macOS adds to zip files.
pub(in crate::source) fn is_hidden(path: &str) -> bool {
    path.starts_with("__MACOSX/") || path.split('/').any(|part| part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_in_one_form() {
        let cases = [
            ("a.md", "a.md"),
            ("./a.md", "a.md"),
            ("news//2026/./a.md", "news/2026/a.md"),
            ("folder/", "folder"),
            ("./", ""),
            ("...", "..."),
            ("a..b/..c.md", "a..b/..c.md"),
            ("back\\slash.md", "back\\slash.md"),
            ("C:a.md", "C:a.md"),
            ("ä/漢.md", "ä/漢.md"),
        ];
        for (raw, expected) in cases {
            assert_eq!(clean(raw.as_bytes(), &Limits::default()).unwrap(), expected, "{raw}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_written_as_a_folder_shows_them() {
        for (raw, expected) in
            [(&b"caf\xe9.md"[..], "caf\\xE9.md"), (b"\xdcb/\xff\xfe.md", "\\xDCb/\\xFF\\xFE.md")]
        {
            assert_eq!(clean(raw, &Limits::default()).unwrap(), expected);
        }
    }

    #[test]
    fn paths_that_lead_elsewhere_or_go_beyond_a_limit_are_refused() {
        let limits = Limits { path_length: 20, path_depth: 3, ..Limits::default() };
        let cases: [(&[u8], Refusal); 11] = [
            (b"/etc/passwd", Refusal::PathAbsolute),
            (b"//server/a.md", Refusal::PathAbsolute),
            (b"C:/a.md", Refusal::PathAbsolute),
            (b"c:", Refusal::PathAbsolute),
            (b"../a.md", Refusal::PathOutside),
            (b"a/../../b.md", Refusal::PathOutside),
            (b"a/..", Refusal::PathOutside),
            (b"a\0.md", Refusal::PathNul),
            (b"aaaaaaaaaaaaaaaaaa.md", Refusal::PathTooLong(20)),
            (b"a/b/c/d", Refusal::PathTooDeep(3)),
            (b"a/b/c/../d", Refusal::PathOutside),
        ];
        for (raw, expected) in cases {
            assert_eq!(clean(raw, &limits), Err(expected), "{}", raw.escape_ascii());
        }
    }

    #[test]
    fn what_systems_keep_for_themselves_is_hidden() {
        for path in [".a.md", "a/.git/b.md", "__MACOSX/a.md", "__MACOSX/._a.md", "._a.md", "..."] {
            assert!(is_hidden(path), "{path}");
        }
        for path in ["a.md", "a/b.c/d.md", "__macos/a.md", "a/__MACOSX/b.md"] {
            assert!(!is_hidden(path), "{path}");
        }
    }
}
