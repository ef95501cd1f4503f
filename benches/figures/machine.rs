//! The machine that the figures belong to.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

/// One line: processor, cores, memory, system, compiler, and how busy the machine is.
pub fn description() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let parts = [
        field("/proc/cpuinfo", "model name").or_else(|| Some(env::consts::ARCH.to_owned())),
        Some(format!("{cores} cores")),
        memory(),
        field_with("/etc/os-release", "PRETTY_NAME", '=').or_else(|| Some(env::consts::OS.to_owned())),
        compiler(),
        load().map(|load| format!("load {load}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How busy the machine was within the last minute, in waiting processes.
pub fn load() -> Option<String> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next().map(str::to_owned)
}

fn memory() -> Option<String> {
    let kibibytes: u64 = field("/proc/meminfo", "MemTotal")?.trim_end_matches("kB").trim().parse().ok()?;
    Some(format!("{} GiB of memory", kibibytes.div_ceil(1024 * 1024)))
}

fn compiler() -> Option<String> {
    let output = Command::new("rustc").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split(" (").next().map(|version| version.trim().to_owned())
}

/// The value of the first line of a file that begins with a name and a colon.
pub fn field(file: impl AsRef<Path>, name: &str) -> Option<String> {
    field_with(file, name, ':')
}

/// The value of the first line of a file that begins with a name.
fn field_with(file: impl AsRef<Path>, name: &str, separator: char) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(separator).map(|(_, value)| value.trim().trim_matches('"').to_owned())
}
