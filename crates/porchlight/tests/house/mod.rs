//! The program as a user meets it: its settings, what it prints, and the server it runs.
#![allow(dead_code, reason = "each test program uses its own part")]

use crate::http::{Answer, PATIENCE, ask};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use tempfile::TempDir;

/// What a finished program said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Everything it said, on both ways out.
    pub fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    #[track_caller]
    pub fn ended_with(self, code: i32) -> Said {
        assert_eq!(self.code, Some(code), "{}", self.all());
        // A person reads this, so it is never a trace of what happened inside.
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Said {
        assert!(self.all().contains(words), "nothing says {words:?}:\n{}", self.all());
        self
    }
}

pub fn program() -> Command {
    // A long run may take another one, such as the program as it is shipped.
    let named = std::env::var_os("PORCHLIGHT_TEST_PROGRAM");
    let mut command = Command::new(named.unwrap_or(env!("CARGO_BIN_EXE_porchlight").into()));
    // The program reads its own settings from there, and ours are none of them.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PORCHLIGHT_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

pub fn finish(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    Said {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program with arguments only.
pub fn run(arguments: &[&str]) -> Said {
    finish(program().args(arguments))
}

/// An agency's files, in a folder of their own.
pub struct House {
    folder: TempDir,
    /// The database, as the settings name it.
    address: String,
}

impl House {
    /// Before `init`, with every setting in the file.
    pub fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("porchlight.sqlite").display());
        House::on(folder, address)
    }

    /// The same with its data elsewhere.
    pub fn on(folder: TempDir, address: String) -> House {
        let house = House { folder, address };
        house.configure(
            "server",
            &[("behind_proxy", "true"), ("public_url", "\"https://porch.example.org\"")],
        );
        house
    }

    /// Writes the file; `more` wins over what the house says by itself.
    pub fn configure(&self, section: &str, more: &[(&str, &str)]) {
        let path = |name| format!("{:?}", self.at(name));
        let address = format!("{:?}", self.address);
        let mut tables: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::from([
            ("server", BTreeMap::from([("listen", "\"127.0.0.1:0\"".into())])),
            ("store", BTreeMap::from([("address", address)])),
            ("keys", BTreeMap::from([("file", path("keys/key-ring"))])),
            ("journal", BTreeMap::from([("heads", path("journal-heads"))])),
        ]);
        for (key, value) in more {
            tables.entry(section).or_default().insert(key, (*value).into());
        }
        let mut text = String::new();
        for (table, keys) in tables {
            text += &format!("[{table}]\n");
            for (key, value) in keys {
                text += &format!("{key} = {value}\n");
            }
        }
        fs::write(self.at("porchlight.toml"), text).unwrap();
    }

    /// After `init`; also the secret of the first administrator's link.
    pub fn founded() -> (House, String) {
        let house = House::new();
        let said = house.run(&["init", "--name", "Ruth Calloway"]).ended_with(0);
        let link = welcome(&said.out).expect("init prints a link");
        (house, link.rsplit('/').next().unwrap().to_owned())
    }

    /// The database, as the settings name it.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.arg("--config").arg(self.at("porchlight.toml")).args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        finish(&mut self.command(arguments))
    }

    pub fn serve(&self) -> Server {
        Server::start(self.command(&["serve"]))
    }

    pub fn verify(&self) -> Said {
        self.run(&["journal", "verify"])
    }

    pub fn verify_with_heads(&self) -> Said {
        let heads = self.at("journal-heads");
        self.run(&["journal", "verify", "--heads", heads.to_str().unwrap()])
    }

    /// Opens the database behind the program's back.
    pub fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.at("porchlight.sqlite")).unwrap()
    }
}

/// The first administrator's link in what `init` printed.
pub fn welcome(out: &str) -> Option<&str> {
    out.lines().find(|line| line.contains("/welcome/"))
}

/// A serving program. It is killed when this is dropped.
pub struct Server {
    process: Child,
    pub at: SocketAddr,
    log: Option<JoinHandle<String>>,
}

impl Server {
    pub fn start(mut command: Command) -> Server {
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (tell, told) = mpsc::channel();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            for line in lines.map_while(Result::ok) {
                // The program says where it listens, since port 0 is any free one.
                if line.contains("serving")
                    && let Some((_, at)) = line.rsplit_once(" on ")
                {
                    let _ = tell.send(at.trim().to_owned());
                }
                log += &line;
                log.push('\n');
            }
            log
        });
        // The sender goes when the log ends: a program that ended is noticed at once.
        match told.recv_timeout(PATIENCE).ok().and_then(|at| at.parse().ok()) {
            Some(at) => Server { process, at, log: Some(log) },
            None => {
                let _ = process.kill();
                panic!("the server did not start:\n{}", log.join().unwrap());
            }
        }
    }

    pub fn get(&self, path: &str, cookie: &str) -> Answer {
        ask(self.at, "GET", path, cookie, "").unwrap()
    }

    /// Asks the program to end, and waits until it did. What it logged.
    pub fn end(mut self) -> String {
        let id = self.process.id().to_string();
        assert!(
            Command::new("sh").args(["-c", "kill -TERM \"$1\"", "kill", &id]).status().unwrap().success()
        );
        let status = self.process.wait().unwrap();
        let log = self.log.take().unwrap().join().unwrap();
        assert!(status.success(), "the server ended with {status}:\n{log}");
        log
    }

    /// The process, for whoever looks into it.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// As the system does it when memory runs out: SIGKILL, which no program hears. What it had logged.
    pub fn kill(mut self) -> String {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.log.take().unwrap().join().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        // A test that fails says what the server said.
        if std::thread::panicking()
            && let Some(log) = self.log.take()
        {
            eprintln!("{}", log.join().unwrap_or_default());
        }
    }
}

/// How many entries a whole journal has.
#[track_caller]
pub fn entries(said: Said) -> usize {
    let said = said.ended_with(0).says("is whole");
    said.out.split_whitespace().find_map(|word| word.parse().ok()).expect("a number of entries")
}
