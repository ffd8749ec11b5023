//! `tegata viewer open`, and its page as a browser without scripts uses it: a cookie, the header `Origin`, and redirects.

use crate::support::command::Pc;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::collections::HashMap;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Child;

/// The running program.
pub(crate) struct Program {
    pub(crate) child: Child,
    /// The URL that it printed.
    pub(crate) url: String,
}

impl Program {
    /// Starts `tegata viewer open` in English, without a browser.
    pub(crate) async fn start(pc: &Pc, arguments: &[&str]) -> Self {
        let open = ["--json", "--language", "en", "viewer", "open", "--no-browser"];
        Self::run(pc.start(&[&open[..], arguments].concat())).await
    }

    /// Waits for the program's URL.
    pub(crate) async fn run(mut child: Child) -> Self {
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).await.unwrap();
        let printed: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let url = printed["url"].as_str().unwrap().to_owned();
        Self { child, url }
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn origin(&self) -> String {
        let (origin, _) = self.url.split_once("/start/").unwrap();
        origin.to_owned()
    }

    pub(crate) fn key(&self) -> String {
        self.url.rsplit('/').next().unwrap().to_owned()
    }

    /// Opens the URL and presses the button.
    pub(crate) async fn enter(&self) -> Browser {
        self.try_to_enter().await.expect("the URL lets in")
    }

    /// Likewise; the answer if the URL does not let in.
    pub(crate) async fn try_to_enter(&self) -> Result<Browser, StatusCode> {
        let client = client();
        let entrance = client.get(&self.url).send().await.unwrap();
        if entrance.status() != StatusCode::OK {
            return Err(entrance.status());
        }
        let post = client.post(format!("{}/start", self.origin()));
        let post = post.header("origin", self.origin()).form(&[("key", self.key())]);
        let answer = post.send().await.unwrap();
        if answer.status() != StatusCode::SEE_OTHER {
            return Err(answer.status());
        }
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        Ok(Browser {
            client,
            home: format!("{}{}", self.origin(), header("location")),
            origin: self.origin(),
            cookie: header("set-cookie").split(';').next().unwrap().to_owned(),
        })
    }
}

/// A client that follows nothing by itself.
pub(crate) fn client() -> Client {
    Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

/// A browser that has entered.
pub(crate) struct Browser {
    pub(crate) client: Client,
    /// The URL of the first page; the others are below it.
    pub(crate) home: String,
    pub(crate) origin: String,
    pub(crate) cookie: String,
}

/// A page as it was received.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) text: String,
}

impl Shown {
    pub(crate) async fn of(response: Response) -> Self {
        let headers = response.headers().iter();
        Self {
            status: response.status().as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
            text: response.text().await.unwrap(),
        }
    }

    /// The heading of level 1.
    #[track_caller]
    pub(crate) fn heading(&self) -> &str {
        let (_, rest) = self
            .text
            .split_once("<h1>")
            .unwrap_or_else(|| panic!("no h1: {self:?}"));
        rest.split_once("</h1>").unwrap().0
    }

    /// Asserts that the page says `words`.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        assert!(self.text.contains(words), "{words}: {self:?}");
    }

    /// The fields that are marked as wrong.
    pub(crate) fn wrong(&self) -> Vec<String> {
        let inputs = self
            .text
            .split("<input ")
            .skip(1)
            .filter_map(|rest| rest.split('>').next());
        let wrong = inputs.filter(|input| input.contains("aria-invalid=\"true\""));
        let name = |input: &str| input.split("id=\"").nth(1)?.split('"').next().map(str::to_owned);
        wrong.filter_map(name).collect()
    }
}

impl Browser {
    /// A request for a page, with the cookie.
    pub(crate) fn asking(&self, path: &str) -> RequestBuilder {
        self.client
            .get(format!("{}{path}", self.home))
            .header("cookie", &self.cookie)
    }

    /// A form, with the cookie and nothing else.
    pub(crate) fn sending(&self, path: &str) -> RequestBuilder {
        self.client
            .post(format!("{}{path}", self.home))
            .header("cookie", &self.cookie)
    }

    pub(crate) async fn get(&self, path: &str) -> Shown {
        self.shown(self.asking(path).send().await.unwrap()).await
    }

    /// Sends a form from one of the pages.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let request = self.sending(path).header("origin", &self.origin).form(fields);
        self.shown(request.send().await.unwrap()).await
    }

    /// Follows redirects, which stay among the pages.
    async fn shown(&self, mut response: Response) -> Shown {
        while response.status() == StatusCode::SEE_OTHER {
            let to = response.headers()["location"].to_str().unwrap();
            let to = response.url().join(to).unwrap();
            assert!(to.as_str().starts_with(&self.home), "{to}");
            let request = self.client.get(to).header("cookie", &self.cookie);
            response = request.send().await.unwrap();
        }
        Shown::of(response).await
    }

    /// Loads the first page until its heading is this one.
    pub(crate) async fn until(&self, heading: &str) -> Shown {
        for _ in 0..200 {
            let page = self.get("").await;
            if page.heading() == heading {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the first page never became \"{heading}\": {:?}", self.get("").await);
    }
}
