//! A PostgreSQL of a test's own, as it comes, with everything flushed: it can be stopped, and crash.

use crate::http::PATIENCE;
use std::fs;
use std::fs::Permissions;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The server refuses to run as root; Debian's package makes this account for it.
const ACCOUNT: &str = "postgres";

/// It ends with the test, however that ends.
pub struct Cluster {
    bin: PathBuf,
    folder: TempDir,
    port: u16,
    password: String,
    process: Option<Child>,
}

impl Cluster {
    /// A running one, or none where nobody says where its programs are.
    pub fn started() -> Option<Cluster> {
        let bin = PathBuf::from(crate::told("PORCHLIGHT_TEST_POSTGRES_BIN")?);
        let mut cluster = Cluster::of(bin, None);
        let word = cluster.folder.path().join("password");
        let mut initdb = cluster.program("initdb");
        initdb.args(["--username=porchlight", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]);
        initdb.args(["--no-sync", "--no-instructions", "--pwfile"]).arg(&word).arg("--pgdata");
        succeeds(initdb.arg(cluster.folder.path().join("data")));
        cluster.start(&[]);
        Some(cluster)
    }

    fn of(bin: PathBuf, password: Option<String>) -> Cluster {
        let folder = tempfile::Builder::new().prefix("porchlight-postgres-").tempdir_in("/tmp").unwrap();
        let own = || folder.path().file_name().unwrap().to_str().unwrap().to_owned();
        let password = password.unwrap_or_else(own);
        fs::write(folder.path().join("password"), &password).unwrap();
        if is_root() {
            succeeds(Command::new("chown").args(["-R", ACCOUNT]).arg(folder.path()));
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Cluster { bin, folder, port, password, process: None }
    }

    /// A second server that follows this one. From now on this one answers when the other has flushed too.
    pub fn followed(&mut self) -> Cluster {
        let mut other = Cluster::of(self.bin.clone(), Some(self.password.clone()));
        let mut copy = other.program("pg_basebackup");
        copy.args([
            "--host=127.0.0.1",
            "--username=porchlight",
            "--write-recovery-conf",
            "--checkpoint=fast",
        ]);
        copy.args(["--no-sync", "--port", &self.port.to_string(), "--pgdata"]);
        copy.arg(other.folder.path().join("data")).env("PGPASSWORD", &self.password);
        succeeds(&mut copy);
        other.start(&["wal_retrieve_retry_interval=200ms"]);
        self.end("INT");
        self.start(&["synchronous_standby_names=*"]);
        other
    }

    /// Makes a server that follows one that leads, as whoever watches over both does when the leader is gone.
    pub fn promote(&self) {
        let mut promote = self.program("pg_ctl");
        succeeds(promote.args(["promote", "--wait", "--pgdata"]).arg(self.folder.path().join("data")));
    }

    /// How to reach whichever of the two leads.
    pub fn address_with(&self, other: &Cluster) -> String {
        format!(
            "postgres://porchlight:{}@127.0.0.1:{},127.0.0.1:{}/postgres?target_session_attrs=read-write",
            self.password, self.port, other.port
        )
    }

    /// How to reach it, for `store.address`.
    pub fn address(&self) -> String {
        self.address_of("postgres")
    }

    fn address_of(&self, database: &str) -> String {
        format!("postgres://porchlight:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    /// One more database, with nothing in it.
    pub fn empty(&self, name: &str) -> String {
        let mut createdb = self.program("createdb");
        createdb.args(["--host=127.0.0.1", "--username=porchlight", "--port", &self.port.to_string(), name]);
        succeeds(createdb.env("PGPASSWORD", &self.password));
        self.address_of(name)
    }

    /// Starts it, at the port where it was, and waits until it takes connections.
    pub fn start(&mut self, settings: &[&str]) {
        let mut server = self.program("postgres");
        server.arg("-D").arg(self.folder.path().join("data"));
        let (port, sockets) = (
            format!("port={}", self.port),
            format!("unix_socket_directories={}", self.folder.path().display()),
        );
        let always = ["listen_addresses=127.0.0.1", &port, &sockets, "shared_buffers=64MB"];
        for setting in always.iter().chain(settings) {
            server.args(["-c", setting]);
        }
        let log = fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        server.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        self.process = Some(server.spawn().unwrap());
        let began = Instant::now();
        let port = self.port.to_string();
        let ready = || {
            let mut ask = self.program("pg_isready");
            ask.args(["--quiet", "--host=127.0.0.1", "--port", &port]).status().unwrap().success()
        };
        while !ready() {
            let log = || fs::read_to_string(self.folder.path().join("log")).unwrap();
            assert!(began.elapsed() < PATIENCE, "PostgreSQL does not start:\n{}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// From now on it takes connections through TLS alone, with this certificate.
    pub fn speaks_tls_alone(&mut self, certificate: &str, key: &str) {
        self.end("INT");
        let data = self.folder.path().join("data");
        for (name, text) in [("server.crt", certificate), ("server.key", key)] {
            fs::write(data.join(name), text).unwrap();
            fs::set_permissions(data.join(name), Permissions::from_mode(0o600)).unwrap();
        }
        fs::write(data.join("pg_hba.conf"), "hostssl all all 127.0.0.1/32 scram-sha-256\n").unwrap();
        if is_root() {
            succeeds(Command::new("chown").args(["-R", ACCOUNT]).arg(&data));
        }
        self.start(&["ssl=on"]);
    }

    /// Ends it as when its machine stops: nothing is finished, nothing is written any more.
    pub fn crash(&mut self) {
        // To the server itself; it takes its own processes with it. SIGKILL would leave them.
        self.end("QUIT");
    }

    fn end(&mut self, signal: &str) {
        if let Some(mut process) = self.process.take() {
            succeeds(Command::new("kill").args(["-s", signal, &process.id().to_string()]));
            process.wait().unwrap();
        }
    }

    fn program(&self, name: &str) -> Command {
        // Ended with the test, even when that is killed.
        let mut command = Command::new("setpriv");
        command.arg("--pdeathsig=INT");
        if is_root() {
            command.args([&format!("--reuid={ACCOUNT}"), &format!("--regid={ACCOUNT}"), "--init-groups"]);
        }
        command.arg(self.bin.join(name)).current_dir("/");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.end("INT");
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(Path::new("/proc/self")).unwrap().uid() == 0
}

fn succeeds(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
