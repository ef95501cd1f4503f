//! Asks for a bundle, and follows where the answers lead.

use std::sync::{Arc, OnceLock};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ureq::Agent;
use ureq::http::request::Builder;
use ureq::http::{HeaderValue, Request, header};
use url::Url;

use super::address::{Address, shown_host};
use super::cause::Circumstances;
use super::encoding::{Claim, Encoding};
use super::error::{Failure, ProxyName};
use super::exchange::{Event, Exchange};
use super::fetcher::Options;
use super::head::Head;
use super::network::Guide;
use super::proxies::Proxy;
use super::reach::Reach;
use super::redirect;
use super::validators::Validators;
use super::watch::{TICK, Watch};
use crate::item::SafeText;

/// What is asked for.
pub(super) struct Asking<'a> {
    pub(super) options: &'a Options,
    pub(super) address: &'a Address,
    pub(super) known: &'a Validators,
}

/// An answer that is not a redirect.
pub(super) struct Answer {
    /// Where it came from.
    pub(super) url: Url,
    pub(super) head: Head,
    /// Brings the body.
    pub(super) exchange: Exchange,
    /// The proxy that led there, as it may be shown.
    pub(super) proxy: Option<ProxyName>,
}

impl Answer {
    /// The encoding that its body is said to be sent in.
    pub(super) fn encoding(&self) -> Result<Claim, Failure> {
        Encoding::of(&self.head, &self.url).map_err(|name| Failure::Encoding(SafeText::new(&name)))
    }
}

impl Asking<'_> {
    /// Asks, and follows redirects. With `resume`, asks only for what is behind so many bytes, if the file is still
    /// the one that the proof belongs to. `host` becomes the one that is asked.
    pub(super) fn ask(
        &self,
        resume: Option<(u64, &str)>,
        host: &mut SafeText,
        watch: &mut Watch<'_>,
    ) -> Result<Answer, Failure> {
        let mut url = self.address.url().clone();
        let mut nearest = Reach::Machine;
        for hop in 0..=self.options.limits.redirects {
            *host = shown_host(&url);
            let proxy = self.options.proxies.for_url(&url).map_err(Failure::Proxy)?;
            let found = Arc::new(OnceLock::new());
            let agent = self.agent(&url, proxy.as_ref(), nearest, &found);
            let exchange = Exchange::start(&agent, self.request(&url, resume)?).map_err(Failure::Machine)?;
            let proxy = proxy.map(|proxy| proxy.name);
            let head = await_head(&exchange, &self.options.circumstances(host, proxy.as_ref()), watch)?;
            if !matches!(head.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Ok(Answer { url, head, exchange, proxy });
            }
            if hop == 0 {
                let found = found.get().copied();
                nearest = Reach::of_host(&url).or(found).unwrap_or(Reach::World);
            }
            let location = head.headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
            url = redirect::target(&url, location, nearest).map_err(Failure::Redirect)?;
        }
        Err(Failure::Redirects(self.options.limits.redirects))
    }

    fn request(&self, url: &Url, resume: Option<(u64, &str)>) -> Result<Request<()>, Failure> {
        let mut request = Request::get(url.as_str())
            .header(header::ACCEPT_ENCODING, Encoding::wanted(url, resume.is_some()));
        if let Some((bytes, proof)) = resume {
            request =
                request.header(header::RANGE, format!("bytes={bytes}-")).header(header::IF_RANGE, proof);
        }
        // A time is less exact than a tag, and some servers look at the time though both are there.
        let Validators { etag, last_modified } = self.known;
        if let Some(etag) = etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        } else if let Some(last_modified) = last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, last_modified);
        }
        self.authorized(request, url).body(()).map_err(|error| Failure::Protocol(SafeText::of(error)))
    }

    /// Adds the name and password, on the site that they were given for (RFC 7617).
    fn authorized(&self, request: Builder, url: &Url) -> Builder {
        let Some(credentials) = self.address.credentials_for(url) else { return request };
        let pair = format!("{}:{}", credentials.name, credentials.password);
        match HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(pair))) {
            Ok(mut value) => {
                value.set_sensitive(true);
                request.header(header::AUTHORIZATION, value)
            }
            Err(_) => request,
        }
    }

    fn agent(&self, url: &Url, proxy: Option<&Proxy>, nearest: Reach, found: &Arc<OnceLock<Reach>>) -> Agent {
        let guide = Guide {
            network: Arc::clone(&self.options.network),
            host: url.host_str().unwrap_or_default().to_owned(),
            nearest,
            found: Arc::clone(found),
            forward: proxy.and_then(Proxy::forward).map(|forward| forward.proxy),
        };
        self.options.agent(proxy, guide)
    }
}

/// Waits for the head of an answer.
fn await_head(
    exchange: &Exchange,
    circumstances: &Circumstances<'_>,
    watch: &mut Watch<'_>,
) -> Result<Head, Failure> {
    loop {
        match exchange.next(TICK) {
            Some(Event::Head(head)) => return Ok(head),
            Some(Event::Failed(error)) => return Err(circumstances.failure(error)),
            Some(Event::Chunk(_) | Event::End) | None => watch.check()?,
        }
    }
}
