//! The programs under load: Porchlight's demo, and an empty page.

use anyhow::{Context, bail};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A program that ends with this.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A link of the demo.
#[derive(serde::Deserialize)]
pub struct Link {
    pub role: String,
    pub programme: String,
    pub url: String,
}

/// A demo in a folder of its own.
pub struct Demo {
    process: Running,
    /// Never read again, but kept open: the program may still print.
    _out: BufReader<ChildStdout>,
    folder: PathBuf,
    pub links: Vec<Link>,
    pub origin: String,
}

/// A port on this machine that nobody uses now.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

impl Demo {
    /// Starts it and waits for its links.
    pub fn start(program: &Path, folder: &Path) -> anyhow::Result<Demo> {
        let data = folder.join("demo");
        std::fs::create_dir(&data)?;
        let mut command = Command::new(program);
        command.args(["demo", "--port", "0", "--count-decisions"]).env("TMPDIR", &data);
        Demo::run(command, folder, data)
    }

    /// Starts one whose data stay when it ends, or goes on with them.
    pub fn kept(program: &Path, folder: &Path, data: &Path, arguments: &[&str]) -> anyhow::Result<Demo> {
        let mut command = Command::new(program);
        command.arg("demo").arg("--data").arg(data).args(arguments);
        Demo::run(command, folder, data.into())
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.process.0.id()
    }

    /// Asks it to end, and waits until it has.
    pub fn end(mut self) -> anyhow::Result<()> {
        Command::new("kill").arg(self.id().to_string()).status()?;
        self.process.0.wait()?;
        Ok(())
    }

    fn run(mut command: Command, folder: &Path, data: PathBuf) -> anyhow::Result<Demo> {
        let file = folder.join("links.json");
        // What an earlier one wrote is not what this one writes.
        let _ = std::fs::remove_file(&file);
        let program = command.get_program().to_owned();
        let mut process = command
            .arg("--links")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} could not be started", program.display()))?;
        let mut out = BufReader::new(process.stdout.take().context("the demo has no output")?);
        let process = Running(process);
        // It prints its links, ends with this line, and then writes the file and serves.
        let mut line = String::new();
        while !line.starts_with("Ctrl-C") {
            line.clear();
            if out.read_line(&mut line)? == 0 {
                bail!("the demo ended before it served");
            }
        }
        let links: Vec<Link> = loop {
            match std::fs::read(&file) {
                Ok(bytes) => break serde_json::from_slice(&bytes)?,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => std::thread::yield_now(),
                Err(error) => return Err(error.into()),
            }
        };
        let first = links.first().context("the demo has no links")?;
        let origin = first.url.split("/open/").next().unwrap_or_default().to_owned();
        Ok(Demo { process, _out: out, folder: data, links, origin })
    }

    /// Copies its database as it is now.
    pub fn copy_of_database(&self, to: &Path) -> anyhow::Result<PathBuf> {
        let mut folders = std::fs::read_dir(&self.folder)?;
        let database = folders.find_map(|entry| {
            let file = entry.ok()?.path().join("demo.sqlite");
            file.exists().then_some(file)
        });
        let database = rusqlite::Connection::open(database.context("the demo's database is not there")?)?;
        database.execute("VACUUM INTO ?1", [to.to_str().context("an odd folder")?])?;
        Ok(to.into())
    }
}

/// A server with nothing but one empty page.
pub struct Empty {
    _process: Running,
    pub origin: String,
}

impl Empty {
    /// Starts this very program again, as that server.
    pub fn start(argument: &str) -> anyhow::Result<Empty> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(argument)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().context("the empty page has no output")?;
        let process = Running(process);
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        Ok(Empty { _process: process, origin: line.trim().to_owned() })
    }
}

/// Serves an empty page until it is ended.
pub fn serve_empty_page() -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        println!("http://{}", listener.local_addr()?);
        let page = axum::Router::new().route("/", axum::routing::get(async || axum::response::Html("")));
        axum::serve(listener, page).await?;
        Ok(())
    })
}
