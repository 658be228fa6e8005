//! Looks at the system calls of a running server, and makes some of them fail.

use crate::http::PATIENCE;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

/// The program itself. Where it is missing or may not look, nothing of this can be held: that is a failure, not a pass.
fn strace() -> Command {
    Command::new(crate::told("PORCHLIGHT_STRACE").unwrap_or("strace".into()))
}

/// Looks on until it is told to stop.
pub struct Strace {
    process: Child,
    out: PathBuf,
}

impl Strace {
    /// Looks at a process that runs, with all its threads.
    pub fn attach(process: u32, folder: &Path, arguments: &[&str]) -> Strace {
        let out = folder.join("trace");
        let mut command = strace();
        command.args(["-f", "-y", "-s", "64", "-p", &process.to_string(), "-o"]).arg(&out).args(arguments);
        let started = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut process = started.expect("strace is not there: `cargo xtask setup` installs it");
        let (tell, told) = mpsc::channel();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let said = told.recv_timeout(PATIENCE).unwrap_or_default();
        assert!(
            said.contains("attached"),
            "strace may not look at another process here ({said}); it needs ptrace: where \
             /proc/sys/kernel/yama/ptrace_scope is 1 or more, run the tests as root or set it to 0"
        );
        Strace { process, out }
    }

    /// Looks no longer; what makes calls fail stops too. Everything it saw.
    pub fn detach(mut self) -> String {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-s", "INT", &id]).status().unwrap().success());
        self.process.wait().unwrap();
        std::fs::read_to_string(&self.out).unwrap()
    }
}

impl Drop for Strace {
    fn drop(&mut self) {
        // It lets go of what it looked at when it ends so; killed, it would take the server with it.
        let id = self.process.id().to_string();
        if self.process.try_wait().is_ok_and(|ended| ended.is_none()) {
            let _ = Command::new("kill").args(["-s", "INT", &id]).status();
            let _ = self.process.wait();
        }
    }
}

/// The same program, looked at from its first call on.
pub fn under(arguments: &[&str], program: &Command) -> Command {
    traced(Path::new("/dev/null"), arguments, program)
}

/// The same, with what is seen in a file.
pub fn traced(out: &Path, arguments: &[&str], program: &Command) -> Command {
    let mut command = strace();
    command.args(["-f", "-y", "-o"]).arg(out).args(arguments).arg(program.get_program());
    command.args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::null());
    command
}
