# The peers on plain workerd, on the same terms as the edge (xtask/src/workerd_config.rs): the same KV service, objects on
# disk, the same compatibility date. Which one is served is said on the command line, as are ports and directories.
using Workerd = import "/workerd/workerd.capnp";

const date :Text = "2026-11-17";

const ok :Workerd.Config = (
  services = [(name = "worker", worker = (
    modules = [(name = "worker.js", esModule = embed "ok.js")],
    compatibilityDate = .date,
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);

const forward :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "forward.js")],
      compatibilityDate = .date,
      bindings = [(name = "ORIGIN", fromEnvironment = "ORIGIN")],
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);

const gate :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "gate.js")],
      compatibilityDate = .date,
      bindings = [
        (name = "EDGE_URL", fromEnvironment = "EDGE_URL"),
        (name = "SIGNING_KEY", fromEnvironment = "SIGNING_KEY"),
        (name = "DIRECTORY", kvNamespace = "directory"),
        (name = "KEYS", kvNamespace = "keys"),
        (name = "REVOCATIONS", kvNamespace = "revocations"),
      ],
    )),
    (name = "internet", network = (allow = ["public", "private"])),
    (name = "objects", disk = (path = "objects", writable = true)),
    (name = "directory", worker = .directory),
    (name = "keys", worker = .keys),
    (name = "revocations", worker = .revocations),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:0", http = (), service = "worker"),
    # For the benchmark to write the copies with, as the objects would.
    (name = "directory", address = "127.0.0.1:0", http = (), service = "directory"),
    (name = "keys", address = "127.0.0.1:0", http = (), service = "keys"),
    (name = "revocations", address = "127.0.0.1:0", http = (), service = "revocations"),
  ],
);

const refresh :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "refresh.js")],
      compatibilityDate = .date,
      bindings = [
        (name = "EDGE_URL", fromEnvironment = "EDGE_URL"),
        (name = "SIGNING_KEY", fromEnvironment = "SIGNING_KEY"),
        (name = "TENANT", durableObjectNamespace = "Tenant"),
      ],
      durableObjectNamespaces = [(className = "Tenant", uniqueKey = "peer-tenant", enableSql = true)],
      durableObjectStorage = (localDisk = "objects"),
    )),
    (name = "objects", disk = (path = "objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);

const remote :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "remote.js")],
      compatibilityDate = .date,
      bindings = [
        (name = "EDGE_URL", fromEnvironment = "EDGE_URL"),
        (name = "SIGNING_KEY", fromEnvironment = "SIGNING_KEY"),
        (name = "PROVIDER", durableObjectNamespace = "Provider"),
        (name = "TENANT", durableObjectNamespace = "Tenant"),
        (name = "SESSION", durableObjectNamespace = "Session"),
      ],
      durableObjectNamespaces = [
        (className = "Provider", uniqueKey = "peer-provider", enableSql = true),
        (className = "Tenant", uniqueKey = "peer-tenant", enableSql = true),
        (className = "Session", uniqueKey = "peer-session", enableSql = true),
      ],
      durableObjectStorage = (localDisk = "objects"),
    )),
    (name = "objects", disk = (path = "objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);

const directory :Workerd.Worker = (
  modules = [(name = "kv.js", esModule = embed "kv.js")],
  compatibilityDate = .date,
  bindings = [(name = "NAMESPACE", durableObjectNamespace = "Namespace")],
  durableObjectNamespaces = [(className = "Namespace", uniqueKey = "peer-directory", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
);

const keys :Workerd.Worker = (
  modules = [(name = "kv.js", esModule = embed "kv.js")],
  compatibilityDate = .date,
  bindings = [(name = "NAMESPACE", durableObjectNamespace = "Namespace")],
  durableObjectNamespaces = [(className = "Namespace", uniqueKey = "peer-keys", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
);

const revocations :Workerd.Worker = (
  modules = [(name = "kv.js", esModule = embed "kv.js")],
  compatibilityDate = .date,
  bindings = [(name = "NAMESPACE", durableObjectNamespace = "Namespace")],
  durableObjectNamespaces = [(className = "Namespace", uniqueKey = "peer-revocations", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
);
