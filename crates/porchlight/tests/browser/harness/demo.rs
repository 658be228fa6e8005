//! Programs that a test starts: the demo, and others, each on a leash.

use super::LOOK;
use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// How long a program may take to start. The demo invents its people first.
const START_LIMIT: Duration = Duration::from_secs(120);

/// Ends the program when our end of the pipe on standard input closes, which it does even when we are killed. A pipe that
/// breaks, such as the driver's to a browser that was killed, is an error to it and not its end.
const LEASH: &str = r#"trap '' PIPE
exec 3<&0
( read -r nothing <&3; kill $$ ) >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null"#;

/// A setting from the environment; an empty one counts as not given.
pub fn setting(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// A new empty folder. Those of runs that ended are swept first. They lie in the system's folder for such things and
/// not in cargo's: the browser makes a socket there, and the path of a socket may not have more than 107 bytes.
pub fn new_folder(what: &str) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    static SWEPT: OnceLock<PathBuf> = OnceLock::new();
    let mine = SWEPT.get_or_init(|| {
        let all = std::env::temp_dir().join("porchlight-browser");
        fs::create_dir_all(&all).unwrap();
        for entry in fs::read_dir(&all).unwrap().flatten() {
            if !Path::new("/proc").join(entry.file_name()).exists() {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        all.join(std::process::id().to_string())
    });
    let folder = mine.join(format!("{what}-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A program we started. It ends when this is dropped, or when we end.
#[derive(Debug)]
pub struct Running {
    pub(super) process: Child,
    log: PathBuf,
}

impl Running {
    /// Starts it in a folder, where its log is written too.
    pub fn start(program: &Path, args: &[&str], folder: &Path) -> Running {
        let log = folder.join("log.txt");
        let file = fs::File::create(&log).unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", LEASH, "leash"])
            .arg(program)
            .args(args)
            .current_dir(folder)
            .env("TMPDIR", folder);
        // The program reads its own settings from there, and ours are none of them.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PORCHLIGHT_") {
                command.env_remove(name);
            }
        }
        let process = command
            .stdin(Stdio::piped())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap_or_else(|error| panic!("could not start {}: {error}", program.display()));
        Running { process, log }
    }

    /// Waits until `ready` finds what it looks for in the program's log or elsewhere.
    pub fn wait_until<T>(&mut self, what: &str, mut ready: impl FnMut(&str) -> Option<T>) -> T {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            // Asked first: what it said before it ended is in the log then.
            let ended = self.process.try_wait().unwrap();
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            if let Some(found) = ready(&log) {
                return found;
            }
            if let Some(status) = ended {
                panic!("{what} ended before it was ready ({status}):\n{log}");
            }
            assert!(Instant::now() < deadline, "{what} was not ready in {} s:\n{log}", START_LIMIT.as_secs());
            std::thread::sleep(LOOK);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// A sign-in link of the demo.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Link {
    /// As in `Role::as_str`.
    pub role: String,
    /// Who it signs in.
    pub name: String,
    /// The programme's name.
    pub programme: String,
    /// Where to.
    pub url: String,
}

/// A running demo.
#[derive(Debug)]
pub struct Demo {
    server: Running,
    links: Vec<Link>,
    origin: String,
}

impl Demo {
    /// The one that tests share.
    pub fn shared() -> &'static Demo {
        static SHARED: OnceLock<Demo> = OnceLock::new();
        static FAILED: Mutex<bool> = Mutex::new(false);
        // Held while it starts; when it could not, the tests after the first one need not wait for it again.
        let mut failed = FAILED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(demo) = SHARED.get() {
            return demo;
        }
        assert!(!*failed, "the demo did not start; another test says why");
        *failed = true;
        let demo = SHARED.get_or_init(Demo::start);
        *failed = false;
        demo
    }

    /// A new one, for a test that changes what everyone sees.
    pub fn start() -> Demo {
        Demo::start_with(&[])
    }

    /// A new one, told more on its command line.
    pub fn start_with(more: &[&str]) -> Demo {
        let folder = new_folder("demo");
        let file = folder.join("links.json");
        let path = file.to_str().unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_porchlight"));
        let port: &[&str] = if more.contains(&"--port") { &[] } else { &["--port", "0"] };
        let arguments = [&["demo", "--links", path, "--seed", "7"], port, more].concat();
        let mut server = Running::start(program, &arguments, &folder);
        let (links, origin) = server.wait_until("the demo", |_| {
            let links: Vec<Link> = serde_json::from_str(&fs::read_to_string(&file).ok()?).ok()?;
            let origin = origin_of(&links.first()?.url);
            let host = origin.split_once("://")?.1;
            let address: SocketAddr = host.replace("localhost", "127.0.0.1").parse().ok()?;
            TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
            Some((links, origin))
        });
        Demo { server, links, origin }
    }

    /// Ends it in the middle of whatever it does, as a machine that loses its power.
    pub fn kill(mut self) {
        self.server.process.kill().unwrap();
    }

    /// Every sign-in link there is.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The link of the first with this role in the first programme whose name contains `programme`.
    pub fn link(&self, role: &str, programme: &str) -> &Link {
        let has = |whole: &str, part: &str| whole.to_lowercase().contains(&part.to_lowercase());
        self.links.iter().find(|link| link.role == role && has(&link.programme, programme)).unwrap_or_else(
            || {
                let known: Vec<_> = self.links.iter().map(|link| (&link.role, &link.programme)).collect();
                panic!("no {role} in a programme like {programme:?}; there are {known:?}")
            },
        )
    }

    /// Such as `http://127.0.0.1:41234`.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

fn origin_of(url: &str) -> String {
    url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
}
