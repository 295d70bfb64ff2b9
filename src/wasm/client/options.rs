//! The options of the client, read once and checked before anything is sent.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Url};

use super::events::Events;
use super::headers;
use super::host;
use crate::api::{Profile, base_url};
use crate::error::{Error, Result};
use crate::flow::{Policy, catalog_copy};
use crate::money::Amount;
use crate::order::OrderLimits;
use crate::order::format::is_loopback;
use crate::wasm::shared::field::{boolean, function, milliseconds, option, property, text, whole};

/// More retries than anyone means.
const MOST_RETRIES: u32 = 100;

#[wasm_bindgen(module = "/pkg-templates/npm/shared/wait.js")]
extern "C" {
    /// Throws what a getter of it throws.
    #[wasm_bindgen(js_name = isSignal, catch)]
    fn is_signal(signal: &JsValue) -> core::result::Result<bool, JsValue>;
}

/// What a client is made with.
pub(super) struct Options {
    /// Without a slash at its end.
    pub(super) base_url: String,
    pub(super) credentials: CredentialSource,
    pub(super) headers: HeaderSource,
    /// Who sends: a function, or an object with a method of that name; undefined for `globalThis.fetch`, looked up at each call.
    pub(super) fetch: JsValue,
    pub(super) policy: Policy,
    pub(super) limits: OrderLimits,
    /// Face value of a whole campaign.
    pub(super) max_campaign_value: Option<Amount>,
    pub(super) events: Events,
    pub(super) cache: Cache,
    pub(super) profile: Profile,
}

/// What is kept outside of a call.
pub(super) struct Cache {
    /// The caller's store.
    pub(super) store: Option<JsValue>,
    /// Whether the token is kept there too.
    pub(super) token: bool,
    /// How long a catalog is fresh.
    pub(super) catalog_ttl_ms: u64,
}

/// Where the credentials come from.
pub(super) enum CredentialSource {
    /// The server adds them: behind a proxy.
    None,
    Fixed(Credentials),
    /// Asked for each token.
    Function(Function),
}

/// What a token is asked for with.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) email: String,
    pub(super) access_token: String,
}

/// Where the caller's own headers come from.
pub(super) enum HeaderSource {
    /// The entries of the object, checked.
    Fixed(Array),
    /// Asked for each request.
    Function(Function),
}

impl Options {
    pub(super) fn read(options: &JsValue) -> Result<Self> {
        if !options.is_object() {
            return Err(config(
                "new GiftCardPartners(options) needs an object with at least baseUrl.",
            ));
        }
        let credentials = CredentialSource::read(options)?;
        let has_credentials = !matches!(credentials, CredentialSource::None);
        let allowed = boolean(options, "dangerouslyAllowBrowser")?;
        if has_credentials && !allowed && host::is_browser() {
            return Err(config(
                "credentials are given in a browser, where everyone can read them and spend the account's money. \
                 Send the calls through your server and leave credentials out, or set dangerouslyAllowBrowser if nobody else uses this browser.",
            ));
        }
        Ok(Self {
            base_url: read_base_url(options, has_credentials && !boolean(options, "allowHttp")?)?,
            credentials,
            headers: HeaderSource::read(options)?,
            fetch: read_fetch(options)?,
            policy: read_policy(options, Policy::DEFAULT)?,
            limits: read_limits(options)?,
            max_campaign_value: match option(options, "limits")? {
                Some(limits) => amount(&limits, "maxCampaignValue")?,
                None => None,
            },
            events: Events::new(function(options, "onEvent")?),
            cache: Cache::read(options)?,
            profile: read_profile(options)?,
        })
    }
}

/// The options of one call.
pub(super) struct CallOptions {
    pub(super) policy: Policy,
    pub(super) signal: Option<AbortSignal>,
}

impl CallOptions {
    /// Reads `{ signal, timeoutMs, deadlineMs }`, the client's own values filling in.
    pub(super) fn read(options: &JsValue, policy: Policy) -> Result<Self> {
        if options.is_undefined() || options.is_null() {
            return Ok(Self {
                policy,
                signal: None,
            });
        }
        if !options.is_object() {
            return Err(config("The options of a call must be an object."));
        }
        let signal = option(options, "signal")?;
        if let Some(signal) = &signal
            && !is_signal(signal).is_ok_and(|is_signal| is_signal)
        {
            return Err(config("signal must be an AbortSignal."));
        }
        let max_retries = policy.max_retries;
        Ok(Self {
            policy: Policy {
                max_retries,
                ..read_policy(options, policy)?
            },
            signal: signal.map(JsCast::unchecked_into),
        })
    }
}

impl Cache {
    fn read(options: &JsValue) -> Result<Self> {
        let store = option(options, "cache")?;
        if let Some(store) = &store {
            let has = |name: &str| property(store, name).is_some_and(|it| it.is_function());
            if !has("get") || !has("put") {
                return Err(config(
                    "cache must be an object with get and put, such as a KV namespace.",
                ));
            }
        }
        let ttl = whole(options, "catalogTtlSeconds")?.unwrap_or(catalog_copy::TTL_SECONDS);
        if ttl == 0 {
            return Err(config("catalogTtlSeconds must be a whole number from 1."));
        }
        Ok(Self {
            store,
            token: boolean(options, "cacheToken")?,
            catalog_ttl_ms: ttl.saturating_mul(1_000),
        })
    }
}

impl CredentialSource {
    fn read(options: &JsValue) -> Result<Self> {
        let Some(given) = option(options, "credentials")? else {
            return Ok(Self::None);
        };
        if let Some(function) = given.dyn_ref::<Function>() {
            return Ok(Self::Function(function.clone()));
        }
        Credentials::read(&given).map(Self::Fixed)
    }
}

impl Credentials {
    /// Reads `{ email, accessToken }`; what is wrong with them is said without them.
    pub(super) fn read(given: &JsValue) -> Result<Self> {
        if !given.is_object() {
            return Err(config(
                "credentials must be an object with email and accessToken, or a function that returns one.",
            ));
        }
        Ok(Self {
            email: credential(given, "email")?,
            access_token: credential(given, "accessToken")?,
        })
    }
}

fn credential(given: &JsValue, name: &'static str) -> Result<String> {
    let said = |sentence: &str| Error::config(["credentials.", name, sentence].concat());
    let Some(value) = option(given, name)? else {
        return Err(said(" is missing."));
    };
    let text = value.as_string().ok_or_else(|| said(" must be a text."))?;
    if text.trim().is_empty() {
        return Err(said(" is empty."));
    }
    if text.trim().len() != text.len() || !headers::is_value(&text) {
        return Err(said(
            " must be a text in ASCII, without line breaks or space around it.",
        ));
    }
    Ok(text)
}

impl HeaderSource {
    fn read(options: &JsValue) -> Result<Self> {
        match option(options, "headers")? {
            None => Ok(Self::Fixed(Array::new())),
            Some(given) => match given.dyn_ref::<Function>() {
                Some(function) => Ok(Self::Function(function.clone())),
                None => headers::read(&given).map(Self::Fixed),
            },
        }
    }
}

fn read_fetch(options: &JsValue) -> Result<JsValue> {
    let Some(given) = option(options, "fetch")? else {
        return Ok(JsValue::UNDEFINED);
    };
    let is_sender =
        given.is_function() || property(&given, "fetch").is_some_and(|method| method.is_function());
    is_sender
        .then_some(given)
        .ok_or_else(|| config("fetch must be a function, or an object with a method fetch."))
}

/// A base URL that paths can be appended to. `is_secret` is whether nobody on the way may read what is sent.
fn read_base_url(options: &JsValue, is_secret: bool) -> Result<String> {
    let given = option(options, "baseUrl")?.ok_or_else(|| {
        config("baseUrl is required: the API's documents name no host. Ask your account manager for yours.")
    })?;
    let text = given
        .as_string()
        .or_else(|| property(&given, "href")?.as_string())
        .ok_or_else(|| config("baseUrl must be a text or a URL."))?;
    let url = Url::new(&text)
        .or_else(|fault| match host::location() {
            Some(page) => Url::new_with_base(&text, &page),
            None => Err(fault),
        })
        .map_err(|_| {
            config("baseUrl is no absolute URL, and there is no page that it could be relative to.")
        })?;

    let part = |name: &str| property(&url, name).and_then(|part| part.as_string());
    let has = |name: &str| part(name).is_some_and(|part| !part.is_empty());
    let protocol = part("protocol");
    let is_plain = protocol.as_deref() == Some("http:");
    if !is_plain && protocol.as_deref() != Some("https:") {
        return Err(config("baseUrl must begin with https:// (or http://)."));
    }
    if has("username") || has("password") {
        return Err(config("baseUrl must hold no user name and no password."));
    }
    let href = part("href").unwrap_or_default();
    // Not by `search` and `hash`: both are empty behind a bare mark.
    if href.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
        return Err(config(
            "baseUrl must have neither a query nor a fragment: paths are appended to it.",
        ));
    }
    if is_secret && is_plain && !part("hostname").is_some_and(|host| is_loopback(&host)) {
        return Err(config(
            "baseUrl is http:, where everyone on the way can read the credentials. Use https:, or set allowHttp for a sandbox of your own.",
        ));
    }
    Ok(base_url::trimmed(href))
}

fn read_policy(options: &JsValue, default: Policy) -> Result<Policy> {
    let mut policy = default;
    if let Some(given) = milliseconds(options, "timeoutMs")? {
        policy.timeout_ms = given;
    }
    if let Some(given) = milliseconds(options, "deadlineMs")? {
        policy.deadline_ms = Some(given);
    }
    if let Some(given) = whole(options, "maxRetries")? {
        policy.max_retries = u32::try_from(given)
            .ok()
            .filter(|retries| *retries <= MOST_RETRIES)
            .ok_or_else(|| config("maxRetries must be a whole number from 0 to 100."))?;
    }
    Ok(policy)
}

fn read_profile(options: &JsValue) -> Result<Profile> {
    let Some(given) = option(options, "profile")? else {
        return Ok(Profile::default());
    };
    if !given.is_object() {
        return Err(config("profile must be an object."));
    }
    let from_zero = match whole(&given, "firstPageIndex")? {
        Some(0) => true,
        None | Some(1) => false,
        Some(_) => return Err(config("profile.firstPageIndex must be 0 or 1.")),
    };
    let page_size = match whole(&given, "pageSize")? {
        None => None,
        Some(given) => Some(
            u32::try_from(given)
                .ok()
                .filter(|size| *size > 0)
                .ok_or_else(|| config("profile.pageSize must be a whole number from 1."))?,
        ),
    };
    let bare = match text(&given, "lists")?.as_deref() {
        None | Some("envelope") => false,
        Some("bare") => true,
        Some(_) => return Err(config("profile.lists must be \"envelope\" or \"bare\".")),
    };
    Ok(Profile {
        from_zero,
        page_size,
        bare,
    })
}

fn read_limits(options: &JsValue) -> Result<OrderLimits> {
    let mut limits = OrderLimits::default();
    let Some(given) = option(options, "limits")? else {
        return Ok(limits);
    };
    limits.value = amount(&given, "maxOrderValue")?;
    if let Some(lines) = whole(&given, "maxLines")? {
        if lines == 0 {
            return Err(config("maxLines must be a whole number from 1."));
        }
        limits.lines = lines;
    }
    Ok(limits)
}

/// A limit in money.
fn amount(limits: &JsValue, name: &str) -> Result<Option<Amount>> {
    let Some(value) = text(limits, name)? else {
        return Ok(None);
    };
    Amount::parse(&value).map(Some).map_err(|_| {
        Error::config(
            [
                "limits.",
                name,
                " must be a decimal text such as \"500.00\".",
            ]
            .concat(),
        )
    })
}

#[cold]
#[inline(never)]
fn config(message: &'static str) -> Box<Error> {
    Error::config(message)
}
