//! The configuration of plain workerd (Cap'n Proto text), generated from one environment of `wrangler.toml`.

use std::{collections::BTreeSet, fmt::Write, path::Path};

use crate::wrangler_config::{Environment, WranglerConfig};

/// The values that differ between edges.
#[derive(Debug)]
pub struct Instance<'a> {
    /// The port of 127.0.0.1 to listen on.
    pub port: u16,
    /// The directory in which objects are stored.
    pub objects: &'a Path,
    /// The directory in which blobs are stored.
    pub blobs: &'a Path,
    /// Names of settings; workerd reads the values from its environment, so no secret is written to disk.
    pub settings: &'a BTreeSet<&'a str>,
    /// The directory of the console's files.
    pub assets: &'a Path,
    /// Whether a proxy in front terminates TLS and reports a request's scheme in `X-Forwarded-Proto`. Only that proxy
    /// can reach the port, which listens only on loopback.
    pub behind_tls: bool,
    /// Additional PEM certificates that outgoing TLS connections trust.
    pub trusted_certificates: &'a [String],
}

/// Renders the configuration file. The modules `index.js`, `index_bg.wasm`, `kv.js` and `assets.js` are beside it.
pub fn render(config: &WranglerConfig, environment: &Environment, instance: &Instance<'_>) -> String {
    let namespaces = &environment.kv_namespaces;
    let kv_services = lines(namespaces, |kv| {
        format!("(name = {}, worker = .kv{}),", text(&service(&kv.binding)), kv.binding)
    });
    let kv_workers = namespaces
        .iter()
        .map(|kv| kv_worker(&config.compatibility_date, &kv.binding))
        .collect::<String>();
    format!(
        r#"# Made by `cargo xtask`; a change here is lost.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    # An edge on this machine must reach a data origin and a mail server on it, which a deployed one cannot.
    (name = "internet", network = (
      allow = ["public", "private"],
      tlsOptions = (trustBrowserCas = true, trustedCertificates = [{certificates}]),
    )),
    (name = "objects", disk = (path = {objects}, writable = true)),
    # Stands for R2: src/platform/blobs.js speaks to either.
    (name = "blobs", disk = (path = {blobs}, writable = true)),
    (name = "asset-files", disk = (path = {assets})),
    (name = "assets", worker = .assets),
{kv_services}  ],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = ({http}), service = "edge")],
);

const edge :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "index.js"),
    (name = "index_bg.wasm", wasm = embed "index_bg.wasm"),
  ],
  compatibilityDate = {date},
  compatibilityFlags = [{flags}],
  bindings = [
    (name = "ASSETS", service = "assets"),
{settings}{objects_bound}{kv_bound}{buckets_bound}  ],
  durableObjectNamespaces = [
{classes}  ],
  durableObjectStorage = (localDisk = "objects"),
);

const assets :Workerd.Worker = (
  modules = [(name = "assets.js", esModule = embed "assets.js")],
  compatibilityDate = {date},
  bindings = [(name = "FILES", service = "asset-files")],
);
{kv_workers}"#,
        assets = text(&instance.assets.to_string_lossy()),
        certificates = list(instance.trusted_certificates),
        blobs = text(&instance.blobs.to_string_lossy()),
        objects = text(&instance.objects.to_string_lossy()),
        port = instance.port,
        http = match instance.behind_tls {
            true => r#"forwardedProtoHeader = "X-Forwarded-Proto""#,
            false => "",
        },
        date = text(&config.compatibility_date),
        flags = list(config.flags(environment)),
        settings = lines(instance.settings, |name| format!(
            "(name = {0}, fromEnvironment = {0}),",
            text(name)
        )),
        objects_bound = lines(&environment.durable_objects.bindings, |object| {
            format!(
                "(name = {}, durableObjectNamespace = {}),",
                text(&object.name),
                text(&object.class_name)
            )
        }),
        kv_bound = lines(namespaces, |kv| {
            format!(
                "(name = {}, kvNamespace = {}),",
                text(&kv.binding),
                text(&service(&kv.binding))
            )
        }),
        buckets_bound = lines(&environment.r2_buckets, |bucket| {
            format!("(name = {}, service = \"blobs\"),", text(&bucket.binding))
        }),
        classes = lines(&environment.durable_objects.bindings, |object| {
            let key = format!("tegata-{}", object.class_name.to_lowercase());
            format!(
                "(className = {}, uniqueKey = {}, enableSql = true),",
                text(&object.class_name),
                text(&key)
            )
        }),
    )
}

fn kv_worker(date: &str, binding: &str) -> String {
    format!(
        r#"
const kv{binding} :Workerd.Worker = (
  modules = [(name = "kv.js", esModule = embed "kv.js")],
  compatibilityDate = {date},
  bindings = [(name = "NAMESPACE", durableObjectNamespace = "Namespace")],
  durableObjectNamespaces = [(className = "Namespace", uniqueKey = {key}, enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
);
"#,
        date = text(date),
        key = text(&format!("tegata-{}", service(binding))),
    )
}

fn service(binding: &str) -> String {
    format!("kv-{}", binding.to_lowercase())
}

fn lines<T>(items: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    items.into_iter().map(|item| format!("    {}\n", line(item))).collect()
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| text(item)).collect::<Vec<_>>().join(", ")
}

/// A Cap'n Proto text literal.
fn text(value: &str) -> String {
    let mut literal = String::from("\"");
    for character in value.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            '\n' => literal.push_str("\\n"),
            control if control.is_ascii_control() => {
                let _ = write!(literal, "\\x{:02x}", u32::from(control));
            }
            other => literal.push(other),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::{Instance, render, text};
    use crate::wrangler_config::WranglerConfig;

    #[test]
    fn an_edge_has_the_flags_of_its_environment_and_learns_the_scheme_from_a_proxy_alone() {
        let config = WranglerConfig::read().expect("wrangler.toml is readable");
        for (name, behind_tls) in [("development", false), ("production", true)] {
            let instance = Instance {
                port: 8787,
                objects: Path::new("objects"),
                blobs: Path::new("blobs"),
                settings: &BTreeSet::new(),
                assets: Path::new("assets"),
                behind_tls,
                trusted_certificates: &[],
            };
            let rendered = render(&config, config.environment(name).expect("the environment"), &instance);
            let flags = r#"compatibilityFlags = ["global_fetch_strictly_public", "no_web_socket_compression"]"#;
            assert!(rendered.contains(flags), "{rendered}");
            assert_eq!(rendered.contains("forwardedProtoHeader"), behind_tls, "{rendered}");
        }
    }

    #[test]
    fn a_text_literal_cannot_be_left() {
        assert_eq!(text("a\"b\\c\nd\te"), r#""a\"b\\c\nd\x09e""#);
        assert_eq!(text("青空"), "\"青空\"");
    }
}
