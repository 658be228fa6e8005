//! The agency's own pager: what leaves the server by webhook is written down here, outside of the server, so that a kill of the
//! server takes none of it.

use jiff::Timestamp;
use porchlight_outbound::{SIGNATURE_HEADER, Secret, verify};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use uuid::Uuid;

/// What both sides know.
pub const SECRET: &str = "between the porch and the pager";

/// A message that the pager took.
#[derive(Debug, Clone)]
pub struct Message {
    pub at: Timestamp,
    /// The call's id, the same when it is made again.
    pub id: Uuid,
    /// Who is called.
    pub account: Uuid,
    pub link: String,
    pub practice: bool,
}

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Takes,
    /// Fails with 500.
    Fails,
    /// Holds the line and says nothing.
    Silent,
}

#[derive(Clone)]
pub struct Pager {
    pub url: String,
    state: Arc<Mutex<State>>,
}

struct State {
    manner: Manner,
    taken: Vec<Message>,
    /// How often each call came that was not taken.
    missed: BTreeMap<Uuid, usize>,
    unsigned: usize,
}

impl Pager {
    pub fn open() -> Pager {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/in", listener.local_addr().unwrap());
        let state = State { manner: Manner::Takes, taken: Vec::new(), missed: BTreeMap::new(), unsigned: 0 };
        let pager = Pager { url, state: Arc::new(Mutex::new(state)) };
        let of = pager.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let pager = of.clone();
                std::thread::spawn(move || pager.hear(stream));
            }
        });
        pager
    }

    pub fn now(&self, manner: Manner) {
        self.state.lock().unwrap().manner = manner;
    }

    pub fn taken(&self) -> Vec<Message> {
        self.state.lock().unwrap().taken.clone()
    }

    pub fn missed(&self) -> usize {
        self.state.lock().unwrap().missed.values().sum()
    }

    pub fn unsigned(&self) -> usize {
        self.state.lock().unwrap().unsigned
    }

    fn hear(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream);
        // A server that is killed hangs up in the middle.
        while let Some((signature, body)) = read(&mut reader) {
            let at = now();
            let signed = verify(&Secret::new(SECRET), &signature, &body, at).is_ok();
            let said: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
            let id =
                |field: &str| said[field].as_str().and_then(|text| text.parse().ok()).unwrap_or_default();
            let manner = {
                let mut state = self.state.lock().unwrap();
                match state.manner {
                    _ if !signed => state.unsigned += 1,
                    // Written down before it is answered, as a pager must.
                    Manner::Takes => state.taken.push(Message {
                        at,
                        id: id("id"),
                        account: id("account"),
                        link: said["link"].as_str().unwrap_or_default().to_owned(),
                        practice: said["practice"].as_bool().unwrap_or_default(),
                    }),
                    Manner::Fails | Manner::Silent => *state.missed.entry(id("id")).or_default() += 1,
                }
                state.manner
            };
            let status = match manner {
                Manner::Takes => "204 No Content",
                Manner::Fails => "500 Internal Server Error",
                Manner::Silent => {
                    // Until it does something else, and then it hangs up.
                    while self.state.lock().unwrap().manner == Manner::Silent {
                        std::thread::sleep(Duration::from_millis(50));
                    }
                    return;
                }
            };
            let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
            if reader.get_mut().write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<(String, Vec<u8>)> {
    let (mut length, mut signature, mut line) = (0, String::new(), String::new());
    loop {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if line.trim_end().is_empty() {
                break;
            }
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().ok()?;
        } else if name.eq_ignore_ascii_case(SIGNATURE_HEADER) {
            signature = value.to_owned();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((signature, body))
}

#[expect(clippy::disallowed_methods, reason = "it stands outside of the program, and has a clock of its own")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
