//! A private PostgreSQL for the tests: made for this run, on a free port of this machine only, gone afterwards.

use crate::workshop::output;
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ends the server when our end of the pipe on standard input closes, which it does however we end, even when we are
/// killed, and then deletes its files, the folder `$1`. The rest is the server.
const LEASH: &str = r#"folder=$1; shift; exec 3<&0
( read -r nothing <&3; kill -s INT $$
  for try in 1 2 3 4 5 6 7 8 9 10; do kill -0 $$ || break; sleep 0.2; done
  rm -rf "$folder" ) >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null"#;

/// The server refuses to run as root; Debian's package makes this account for it.
const ACCOUNT: &str = "postgres";

const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// A running server. It is stopped and its files are deleted when this is dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    folder: Folder,
    port: u16,
    password: String,
}

impl Server {
    /// Makes a new cluster with the programs in `bin` and waits until it answers.
    pub fn start(bin: &Path) -> Result<Server> {
        // Another program may take the port between our look and the server's start: then begin again.
        Server::try_start(bin).or_else(|_| Server::try_start(bin)).context("PostgreSQL did not start")
    }

    fn try_start(bin: &Path) -> Result<Server> {
        let root = output(Command::new("id").arg("-u"))?.trim() == "0";
        let as_account = |program: &Path| {
            if root {
                let mut command = Command::new("setpriv");
                command.arg(format!("--reuid={ACCOUNT}")).arg(format!("--regid={ACCOUNT}"));
                command.arg("--init-groups").arg(program);
                command
            } else {
                Command::new(program)
            }
        };

        // Root's own folder for temporary files may be closed to the other account.
        let parent = if root { PathBuf::from("/tmp") } else { std::env::temp_dir() };
        let folder = parent.join(format!("porchlight-postgres-{}", random_word()?));
        let made = fs::DirBuilder::new().mode(0o700).create(&folder);
        made.with_context(|| format!("could not make {}", folder.display()))?;
        let folder = Folder(folder);
        let password = random_word()?;
        let word_file = folder.0.join("password");
        fs::write(&word_file, &password)?;
        if root {
            let chown = output(Command::new("chown").args(["-R", ACCOUNT]).arg(&folder.0));
            chown.context("is PostgreSQL's own account missing?")?;
        }
        output(
            as_account(&bin.join("initdb"))
                .current_dir("/")
                .args([
                    "--username=porchlight",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                ])
                .args(["--no-sync", "--no-instructions", "--pwfile"])
                .arg(&word_file)
                .arg("--pgdata")
                .arg(folder.0.join("data")),
        )?;

        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let server = as_account(&bin.join("postgres"));
        let mut command = Command::new("sh");
        command.args(["-c", LEASH, "leash"]).arg(&folder.0).arg(server.get_program()).args(server.get_args());
        command.arg("-D").arg(folder.0.join("data"));
        for setting in [
            "listen_addresses=127.0.0.1",
            &format!("port={port}"),
            &format!("unix_socket_directories={}", folder.0.display()),
            "max_connections=200",
            // The data lives as long as the tests do, so nothing has to survive a crash.
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            "shared_buffers=128MB",
        ] {
            command.args(["-c", setting]);
        }
        let log = fs::File::create(folder.0.join("server.log"))?;
        let process = command
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("could not start the PostgreSQL server")?;
        let mut server = Server { process, folder, port, password };
        server.wait_until_ready(bin).with_context(|| server.log())?;
        Ok(server)
    }

    /// How to reach it, as an account that may make databases.
    pub fn url(&self) -> String {
        format!("postgres://porchlight:{}@127.0.0.1:{}/postgres", self.password, self.port)
    }

    fn wait_until_ready(&mut self, bin: &Path) -> Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            if let Some(status) = self.process.try_wait()? {
                bail!("the server ended at once ({status})");
            }
            let mut ask = Command::new(bin.join("pg_isready"));
            ask.args(["--quiet", "--host=127.0.0.1", "--timeout=2"]).arg(format!("--port={}", self.port));
            if ask.status()?.success() {
                return Ok(());
            }
            if Instant::now() > deadline {
                bail!("no answer in {} seconds", START_LIMIT.as_secs());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.0.join("server.log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let deadline = Instant::now() + STOP_LIMIT;
        while let Ok(None) = self.process.try_wait() {
            if Instant::now() > deadline {
                let _ = self.process.kill();
                let _ = self.process.wait();
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Deleted when it is dropped, which is after the server in it has ended.
#[derive(Debug)]
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Sixteen random bytes as text.
fn random_word() -> Result<String> {
    let mut bytes = [0u8; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn ends_and_leaves_nothing() {
        // Where PostgreSQL is not installed yet, `cargo xtask test` installs it before it runs this.
        let Some(bin) = crate::setup::postgres() else { return };
        let server = Server::start(&bin).unwrap();
        let (folder, port) = (server.folder.0.clone(), server.port);
        let mut ask = Command::new(bin.join("psql"));
        let answer =
            output(ask.arg(server.url()).args(["--no-align", "--tuples-only", "--command=select 6 * 7"]));
        assert_eq!(answer.unwrap().trim(), "42");
        assert!(folder.exists());
        drop(server);
        assert!(!folder.exists());
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    }
}
