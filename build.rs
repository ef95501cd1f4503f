//! Builds Rounds anew when a file is added to the sample feed: the compiler by itself only notices changes
//! to the files that were there before.

fn main() {
    println!("cargo::rerun-if-changed=sample-feed");
}
