//! `rounds add`: gives a source a name.

use std::ffi::OsString;

use super::{Answer, CommandError, config_path};
use crate::edge::config::{self, LocationRefused, NamedSource, SourceName, typed_location};
use crate::edge::output::Console;
use crate::remote::{Address, AddressRefused};
use crate::source::signature::PublicKey;

/// Give a source a name, so that it can be opened by it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds add news ~/news
  rounds add health https://news.example.org/health.tar.zst
  rounds add ward ~/ward.tar.zst --key \"$(cat ward.pub)\"
  rounds health                           read what is called health
  rounds                                  read all that has a name

With --key, the source is only ever opened when its minisign signature, which lies beside it and \
whose name ends in .minisig, was made with this key.

Names are kept in $XDG_CONFIG_HOME/rounds/config.toml, usually in ~/.config; you may edit it.
Exit status 1 means that the name is taken, or that the file could not be changed.")]
pub struct Arguments {
    /// What to call it: letters, digits, dots, - and _
    name: String,
    /// A folder, item file, archive, or https address of an archive
    location: OsString,
    /// The minisign public key of its publisher; what is not signed with it is refused
    #[arg(long, value_name = "PUBLIC_KEY")]
    key: Option<String>,
    /// Allow an address of plain http, which can be read and changed on its way
    ///
    /// An address on this machine (localhost, 127.0.0.1) needs no permission, and is asked without a proxy.
    #[arg(long)]
    allow_http: bool,
}

/// Writes the source into the configuration.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let Arguments { name, location, key, allow_http } = arguments;
    let name = SourceName::parse(name).map_err(|reason| CommandError::argument(name, reason))?;
    let key = match key.as_deref().map(PublicKey::parse).transpose() {
        Ok(key) => key.map(|key| key.to_string()),
        Err(reason) => return Err(CommandError::argument("--key", reason)),
    };
    let location = typed_location(location, *allow_http, key.is_some()).map_err(|refused| match refused {
        LocationRefused::Source(error) => CommandError::Source(error),
        reason => CommandError::argument(&Address::shown(&location.to_string_lossy()), reason),
    })?;
    let source = NamedSource { name, location, key, allow_http: *allow_http };
    let (name, place) = (&source.name, source.shown_location());
    if config::add(&config_path()?, &source)? {
        console.say(format_args!("{name} is now the name of {place}. To read it: rounds {name}."));
        // What leads to this machine goes through no network.
        if matches!(Address::parse(&source.location, false), Err(AddressRefused::Http)) {
            console.say("it comes over plain http, so it can be read and changed on its way. Sign it, or use https if you can.");
        }
        Ok(Answer::Yes)
    } else {
        console.say(format_args!(
            "{name}: this name is taken, and stays as it was. To use it again: rounds remove {name}, then add it again."
        ));
        Ok(Answer::No)
    }
}
