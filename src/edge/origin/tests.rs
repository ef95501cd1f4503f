//! What a bundle on the web comes to on this machine.
