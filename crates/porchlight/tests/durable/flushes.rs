//! A kill alone can't show a missing flush: what was written is in the system's memory, and outlives the process. So the
//! server's system calls are looked at.

use crate::http::ask;
use crate::porch::{Porch, Sent};
use crate::postgres::Cluster;
use crate::strace::Strace;
use std::collections::HashMap;

/// So many forms each writer sends, and as many looks.
const EACH: usize = 8;

/// Before every acknowledgement of a form and before every page that is a look, what it wrote is flushed: after the request came
/// in, the log was written, then flushed, and only then the answer begins.
#[test]
fn nothing_is_answered_before_it_is_flushed() {
    let porch = Porch::on_sqlite();
    let server = porch.serve();
    let at = server.at;
    let calls = "trace=recvfrom,sendto,sendmsg,write,writev,pwrite64,fsync,fdatasync";
    let strace = Strace::attach(server.id(), porch.house.at("").as_path(), &["-e", calls]);
    std::thread::scope(|scope| {
        for (by, who) in porch.writers() {
            scope.spawn(move || {
                for _ in 0..EACH {
                    let answer = Sent::next(by, who).unwrap().send(at, who).unwrap();
                    assert_eq!(answer.status, 303, "{}", answer.body);
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..EACH {
                let page = ask(at, "GET", "/account", &porch.looker().cookie, "").unwrap();
                assert_eq!(page.status, 200, "{}", page.body);
            }
        });
    });
    let trace = strace.detach();
    server.end();
    let log = porch.wal();
    let answers = checked(&trace, &log)
        .unwrap_or_else(|answer| panic!("answered before it was flushed: {answer}\n{trace}"));
    // A call that was under way while its thread was attached is not seen whole: nearly every answer is, or it held nothing.
    let all = EACH * (porch.writers().count() + 1);
    assert!(answers * 10 >= all * 9, "only {answers} of {all} answers were seen");

    // The same trace without flushes, or with flushes that failed, would not pass.
    let without: Vec<&str> = trace.lines().filter(|line| !line.contains("sync")).collect();
    assert!(checked(&without.join("\n"), &log).is_err());
    let failed = trace.replace(" = 0", " = -1 EIO (Input/output error)");
    assert!(checked(&failed, &log).is_err());
}

/// Counts the answers that come after their flush; the first that does not is the error.
fn checked(trace: &str, log: &str) -> Result<usize, String> {
    let mut begun: HashMap<&str, (usize, String)> = HashMap::new();
    // When each socket's request came, when the log was last written, and the last flush that succeeded, from when to when.
    let mut came: HashMap<String, (usize, bool)> = HashMap::new();
    let (mut writes, mut flushes, mut answers) = (Vec::new(), Vec::new(), 0);
    for (now, line) in trace.lines().enumerate() {
        let Some((process, said)) = line.split_once(' ') else { continue };
        let said = said.trim_start();
        let is_begun = said.ends_with("<unfinished ...>");
        let (start, call) = if let Some((_, rest)) =
            said.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>"))
        {
            let Some((start, first)) = begun.remove(process) else { continue };
            (start, first + rest)
        } else {
            (now, said.trim_end_matches("<unfinished ...>").to_owned())
        };
        let Some((name, arguments)) = call.split_once('(') else { continue };
        let file =
            arguments.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(file, _)| file);
        if matches!(name, "sendto" | "sendmsg" | "write" | "writev")
            && let Some((when, wanted)) = came.get(file).copied()
            && start == now
            && arguments.contains("HTTP/1.1 ")
            && wanted
        {
            // A flush that began after the log was written, which was after the request came; and that had ended by now.
            let flushed =
                flushes.iter().any(|(from, _)| writes.iter().any(|write| when < *write && write < from));
            if !flushed {
                return Err(line.to_owned());
            }
            answers += 1;
            came.remove(file);
        }
        if is_begun {
            begun.insert(process, (start, call));
            continue;
        }
        let result = call.rsplit_once(" = ").map_or("", |(_, result)| result);
        match name {
            "recvfrom" if !result.starts_with('0') && !result.starts_with('-') => {
                let wanted = arguments.contains("\"POST /") || arguments.contains("\"GET /account");
                // Each request has a connection of its own: more on it is the rest of the same.
                let before = came.get(file).is_some_and(|(_, wanted)| *wanted);
                came.insert(file.to_owned(), (now, wanted || before));
            }
            "pwrite64" if file == log => writes.push(now),
            "fsync" | "fdatasync" if file == log && result.starts_with('0') => flushes.push((start, now)),
            _ => {}
        }
    }
    Ok(answers)
}

/// On PostgreSQL flushing is the server's. One that is set up not to is refused, and the words say what to set.
#[test]
fn a_postgres_that_does_not_flush_is_refused() {
    let Some(mut porch) = Porch::on_postgres() else { return };
    let cluster: &mut Cluster = porch.cluster.as_mut().unwrap();
    cluster.crash();
    cluster.start(&["fsync=off"]);
    porch.house.run(&["serve"]).ended_with(1).says("fsync = off").says("Set fsync = on");
    let cluster = porch.cluster.as_mut().unwrap();
    cluster.crash();
    // What the database's own default says does not count: each connection asks for more.
    cluster.start(&["synchronous_commit=off"]);
    porch.serve().end();
}
