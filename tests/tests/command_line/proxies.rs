//! An agent behind other people's proxies, each of which is the only way to the edge: squid and tinyproxy with Basic, an
//! acceptor that verifies NTLMv2, and one that opens encrypted connections (P8).

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tegata_acceptance::edge::{development, start};
use tegata_acceptance::front::Front;
use tegata_acceptance::wait::{PATIENCE, eventually};
use tegata_acceptance::world::World;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use xtask::http::free_port;
use xtask::tools;

use crate::agent::{Kept, enrol, light};
use crate::program::Pc;

const PASSWORD: &str = "ひみつ pass:word";

/// A proxy of somebody else's making, which ends when it is dropped.
struct Proxy {
    address: String,
    folder: PathBuf,
    _child: Child,
}

impl Proxy {
    /// Starts a program in a folder of its own, for which `prepare` gives the arguments.
    async fn start(name: &str, program: &Path, prepare: impl FnOnce(u16, &Path) -> Vec<String>) -> Self {
        // Squid gives up the rights of root, and may then not look into the repository.
        let folder = std::env::temp_dir().join(format!("tegata-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        open_to_all(&folder);
        let port = free_port().expect("a free port");
        let arguments = prepare(port, &folder);
        let log = fs::File::create(folder.join("output")).expect("a log");
        let child = Command::new(program)
            .args(&arguments)
            .current_dir(&folder)
            .env("NTLM_USER_FILE", folder.join("accounts"))
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .kill_on_drop(true)
            .spawn();
        let child = child.unwrap_or_else(|error| panic!("{name}: {error}"));
        let address = format!("127.0.0.1:{port}");
        let listens = async || TcpStream::connect(&address).await.ok().map(drop);
        eventually(name, PATIENCE, listens).await;
        Self {
            address,
            folder,
            _child: child,
        }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_default()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn open_to_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o777)).expect("ours to open");
}

/// Basic authentication against `account`, a file with user and password that may change.
async fn squid() -> Proxy {
    let prepare = |port: u16, folder: &Path| {
        let at = |name: &str| folder.join(name).display().to_string();
        fs::write(at("account"), format!("line7 {PASSWORD}\n")).expect("an account");
        let helper = "#!/usr/bin/python3\nimport sys, urllib.parse\nfor line in sys.stdin:\n    given = urllib.parse.unquote(line.strip())\n    \
                      right = open(sys.argv[1]).read().strip()\n    print('OK' if given == right else 'ERR', flush=True)\n";
        fs::write(at("helper"), helper).expect("a helper");
        open_to_all(&folder.join("helper"));
        let configuration = [
            format!("http_port 127.0.0.1:{port}"),
            format!("auth_param basic program {} {}", at("helper"), at("account")),
            "auth_param basic children 1".to_owned(),
            "auth_param basic realm Kantor".to_owned(),
            "auth_param basic utf8 on".to_owned(),
            "auth_param basic credentialsttl 1 second".to_owned(),
            "acl known proxy_auth REQUIRED".to_owned(),
            "http_access allow known".to_owned(),
            "http_access deny all".to_owned(),
            "cache deny all".to_owned(),
            "pid_filename none".to_owned(),
            "shutdown_lifetime 1 second".to_owned(),
            format!("access_log stdio:{}", at("access.log")),
            format!("cache_log {}", at("cache.log")),
            format!("coredump_dir {}", folder.display()),
        ];
        fs::write(at("squid.conf"), configuration.join("\n") + "\n").expect("a configuration");
        // In one process: a worker would outlive its master.
        vec!["-N".to_owned(), "-f".to_owned(), at("squid.conf")]
    };
    Proxy::start("squid", Path::new("/usr/sbin/squid"), prepare).await
}

/// Basic authentication; it answers with HTTP/1.0 and closes after each refusal.
async fn tinyproxy() -> Proxy {
    let prepare = |port: u16, folder: &Path| {
        let file = folder.join("tinyproxy.conf").display().to_string();
        let configuration = format!("Port {port}\nListen 127.0.0.1\nBasicAuth line7 secret\nTimeout 600\n");
        fs::write(&file, configuration).expect("a configuration");
        vec!["-d".to_owned(), "-c".to_owned(), file]
    };
    Proxy::start("tinyproxy", Path::new("/usr/bin/tinyproxy"), prepare).await
}

/// NTLM, or Negotiate with NTLM inside. It writes a line for each tunnel.
async fn ntlm(scheme: &str, tools: &Path) -> Proxy {
    let prepare = |port: u16, folder: &Path| {
        fs::write(folder.join("accounts"), format!("AOZORA:line7:{}\n", "ひみつ")).expect("an account");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/support/ntlm_proxy.py");
        vec![script.to_owned(), port.to_string(), scheme.to_owned()]
    };
    Proxy::start(scheme, &tools.join("python"), prepare).await
}

/// Opens encrypted connections, and signs with an authority of its own.
async fn mitmproxy(tools: &Path, trusted: &str) -> Proxy {
    let prepare = |port: u16, folder: &Path| {
        let set = |option: String| ["--set".to_owned(), option];
        let mut arguments = ["--listen-host", "127.0.0.1", "--listen-port"]
            .map(str::to_owned)
            .to_vec();
        arguments.push(port.to_string());
        arguments.extend(set(format!("confdir={}", folder.display())));
        arguments.extend(set(format!("ssl_verify_upstream_trusted_ca={trusted}")));
        arguments
    };
    Proxy::start("mitmproxy", &tools.join("mitmdump"), prepare).await
}

async fn set(pc: &Pc, options: &[&str]) {
    pc.run(&[&["agent", "settings"], options].concat()).await.expect(0);
}

/// The proxy with an account, in two steps: the running agent follows each.
async fn set_proxy(pc: &Pc, proxy: &Proxy, user: &str, password: &str) {
    let file = pc.file("password");
    fs::write(&file, password).expect("written");
    set(
        pc,
        &[
            "--proxy",
            &proxy.address,
            "--proxy-user",
            user,
            "--proxy-password-file",
            &file,
        ],
    )
    .await;
}

/// Waits until the running agent names trouble with `code`.
async fn trouble(pc: &Pc, code: &str) -> Value {
    let probe = async || {
        let trouble = pc.run(&["agent", "status"]).await.json()["trouble"].clone();
        (trouble["code"] == code).then_some(trouble)
    };
    eventually(code, PATIENCE, probe).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_connects_through_every_proxy_and_names_what_each_refuses() {
    let tools = tools::test_proxies().expect("pyspnego and mitmproxy");
    let front = Front::start().await;
    let options = development(env!("CARGO_TARGET_TMPDIR"), "proxies").var("EDGE_URL", &front.url);
    let mut edge = start(options);
    front.lead_to(edge.url().strip_prefix("http://").expect("plain HTTP"));
    let kept = Kept::at(&World::of(&edge)).await;
    let mut pc = Pc::new();
    let trusted = pc.file("authorities.pem");
    fs::write(&trusted, &front.authority).expect("written");
    pc.variable("SSL_CERT_FILE", &trusted);

    // Squid, from the enrolment on; then it changes the password.
    let squid = squid().await;
    set_proxy(&pc, &squid, "line7", PASSWORD).await;
    let code = kept.code().await;
    assert_eq!(
        enrol(&pc, &front.url, &kept.tenant.slug, &code).await,
        (0, String::new())
    );
    let _agent = pc.start(&["agent", "run"]);
    light(&pc, "green").await;
    let log = squid.read("access.log");
    assert!(log.contains("CONNECT localhost:") && log.contains(" line7 "), "{log}");
    fs::write(squid.folder.join("account"), "line7 another\n").expect("changed");
    set(&pc, &["--proxy-domain", "AOZORA"]).await;
    let told = trouble(&pc, "proxy_authentication").await;
    assert_eq!(
        (&told["why"], &told["schemes"][0]),
        (&"refused".into(), &"Basic".into())
    );
    set_proxy(&pc, &squid, "line7", "another").await;
    light(&pc, "green").await;

    let tinyproxy = tinyproxy().await;
    // The wrong password first, so that green cannot be the light of the connection before.
    set_proxy(&pc, &tinyproxy, "line7", "wrong").await;
    let probe = async || {
        let trouble = trouble(&pc, "proxy_authentication").await;
        (trouble["proxy"] == tinyproxy.address).then_some(trouble)
    };
    let told = eventually("tinyproxy's refusal", PATIENCE, probe).await;
    assert_eq!(
        (&told["why"], &told["schemes"][0]),
        (&"refused".into(), &"Basic".into())
    );
    set_proxy(&pc, &tinyproxy, "line7", "secret").await;
    light(&pc, "green").await;

    for scheme in ["NTLM", "Negotiate"] {
        let proxy = ntlm(scheme, &tools).await;
        set_proxy(&pc, &proxy, r"AOZORA\line7", "wrong").await;
        let told = trouble(&pc, "proxy_authentication").await;
        assert_eq!((&told["why"], &told["schemes"][0]), (&"refused".into(), &scheme.into()));
        let run = pc.run(&["agent", "diagnose"]).await.expect(5);
        assert_eq!(run.json()["outcome"], told);
        set_proxy(&pc, &proxy, r"AOZORA\line7", "ひみつ").await;
        light(&pc, "green").await;
        let accepted = format!("{scheme} AOZORA\\line7");
        assert!(proxy.read("output").contains(&accepted), "{}", proxy.read("output"));
    }

    // It is refused and named, and accepted once its authority is trusted, without a restart.
    let mitmproxy = mitmproxy(&tools, &trusted).await;
    set(&pc, &["--proxy", &mitmproxy.address]).await;
    let told = trouble(&pc, "interception").await;
    assert_eq!(told["issuer"], "mitmproxy");
    let run = pc.run(&["agent", "diagnose"]).await.expect(5);
    assert_eq!(run.json()["outcome"], told);
    let authority = mitmproxy.read("mitmproxy-ca-cert.pem");
    fs::write(&trusted, format!("{}{authority}", front.authority)).expect("written");
    // Any change of the settings brings the next try forward.
    set(&pc, &["--proxy-domain", "AOZORA"]).await;
    light(&pc, "green").await;
    let run = pc.run(&["agent", "diagnose"]).await.expect(0);
    assert_eq!(run.json()["outcome"]["code"], "ok");
    edge.stop().expect("stopped");
}
