//! Opening a link as the desktop does.

use crate::item::Link;

/// Has the desktop open a link. What the user knows the browser as comes back. `missing` is a program that `$BROWSER` names
/// and that is not installed: the desktop would try to start it as well, so it does not get to see that variable.
///
/// # Errors
///
/// In words for the user: that nothing here opens links, or that it failed.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn open(
    link: &Link,
    missing: Option<&str>,
    on_late_failure: impl Fn(String) + Clone + Send + 'static,
) -> Result<String, String> {
    for mut command in ::open::commands(link.as_str()) {
        if missing.is_some() {
            command.env_remove("BROWSER");
        }
        if super::invocation::start(command, "The browser of the desktop", on_late_failure.clone()).is_ok() {
            return Ok(name(missing));
        }
    }
    Err(failure(missing))
}

/// The same where the system itself opens links.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(super) fn open(
    link: &Link,
    missing: Option<&str>,
    _on_late_failure: impl Fn(String) + Clone + Send + 'static,
) -> Result<String, String> {
    ::open::that_detached(link.as_str()).map(|()| name(missing)).map_err(|_| failure(missing))
}

fn name(missing: Option<&str>) -> String {
    match missing {
        Some(program) => {
            format!("the browser of the desktop: BROWSER names {program}, which is not installed")
        }
        None => "the browser".to_owned(),
    }
}

fn failure(missing: Option<&str>) -> String {
    match missing {
        Some(program) => format!(
            "BROWSER names {program}, which is not installed here, and the desktop could not open the link either."
        ),
        None => "The desktop could not open it. Set BROWSER to the name of your browser.".to_owned(),
    }
}
