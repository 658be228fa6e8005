//! A new agency, from an empty folder to its first signed note: what the guide for starting promises, in a browser.

use crate::harness::{Page, Running, Screen, new_folder};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;

/// The program as an agency runs it, and what it calls its own address.
struct Agency {
    _server: Running,
    origin: String,
    /// Where the first administrator's link leads.
    welcome: String,
}

impl Agency {
    /// `porchlight init` and `porchlight serve`, in a folder where nothing was before.
    fn found() -> Agency {
        let folder = new_folder("agency");
        let at = |name: &str| folder.join(name).display().to_string();
        let settings = format!(
            "[server]\nlisten = \"127.0.0.1:0\"\nbehind_proxy = true\npublic_url = \"https://porch.example.org\"\n\
             [store]\naddress = \"sqlite:{}\"\n[keys]\nfile = {:?}\n[journal]\nheads = {:?}\n",
            at("porchlight.sqlite"),
            at("keys/key-ring"),
            at("journal-heads"),
        );
        fs::write(at("porchlight.toml"), settings).unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_porchlight"));
        let file = at("porchlight.toml");
        let mut init =
            Running::start(program, &["--config", &file, "init", "--name", "Ruth Calloway"], &folder);
        let welcome = init.wait_until("init", |log| {
            let (_, secret) = log.split_once("https://porch.example.org/welcome/")?;
            Some(format!("/welcome/{}", secret.split_once('\n')?.0))
        });
        drop(init);
        let mut server = Running::start(program, &["--config", &file, "serve"], &folder);
        let at: SocketAddr = server.wait_until("serve", |log| {
            let line = log.lines().find(|line| line.contains("serving"))?;
            line.rsplit_once(" on ")?.1.trim().parse().ok()
        });
        Agency { _server: server, origin: stand_in_front_of(at), welcome }
    }

    /// Somebody follows the link they were given, on a device of their own, and makes an account.
    async fn accept(&self, path: &str, name: &str, home: &str) -> Page {
        let page = Page::open_at(Screen::phone(), &self.origin).await;
        page.visit(path).await;
        page.see(&format!("Welcome, {name}")).await;
        page.type_into("Sign-in name", &name.to_lowercase().replace(' ', ".")).await;
        page.type_into("Password", "kettle harbour violet ladder").await;
        page.tap("Make my account").await;
        page.arrive(home).await;
        page
    }
}

/// Where an agency has a proxy that speaks TLS, this one speaks plain HTTP, since no browser believes a certificate that
/// a test made. The browser would keep the session's cookie only over TLS, so on this side it has another name.
fn stand_in_front_of(server: SocketAddr) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for browser in listener.incoming().flatten() {
            std::thread::spawn(move || pass(browser, server));
        }
    });
    origin
}

/// One request and its answer.
fn pass(browser: TcpStream, server: SocketAddr) -> std::io::Result<()> {
    let mut to_server = TcpStream::connect(server)?;
    let mut from_browser = BufReader::new(browser.try_clone()?);
    let mut length = 0;
    for line in head(&mut from_browser)? {
        let name = line.split(':').next().unwrap_or_default().to_lowercase();
        match name.as_str() {
            "connection" => continue,
            "content-length" => length = line[15..].trim().parse().unwrap_or(0),
            _ => {}
        }
        let line = if name == "cookie" { line.replace("session=", "__Host-session=") } else { line };
        write!(to_server, "{line}\r\n")?;
    }
    to_server.write_all(b"connection: close\r\n\r\n")?;
    std::io::copy(&mut from_browser.take(length), &mut to_server)?;

    let mut from_server = BufReader::new(to_server);
    let mut to_browser = browser;
    for line in head(&mut from_server)? {
        let line = match line.to_lowercase().starts_with("set-cookie:") {
            true => line.replace("__Host-session=", "session=").replace("; Secure", ""),
            false => line,
        };
        write!(to_browser, "{line}\r\n")?;
    }
    to_browser.write_all(b"\r\n")?;
    std::io::copy(&mut from_server, &mut to_browser)?;
    Ok(())
}

/// The lines before the empty one.
fn head(from: &mut impl BufRead) -> std::io::Result<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 || line.trim().is_empty() {
            return Ok(lines);
        }
        lines.push(line.trim_end().to_owned());
    }
}

/// The administrator invites somebody, and has a link to hand over.
async fn invite(admin: &Page, team: &str, name: &str, title: &str) -> String {
    admin.visit(&format!("{team}/invite")).await;
    admin.type_into("Their name", name).await;
    admin.tap(title).await;
    admin.tap("Make the link").await;
    admin.see(&format!("{name} is invited")).await;
    let link = admin.typed_in(&format!("The link for {name}")).await;
    let (_, path) = link.split_once("/welcome/").unwrap();
    format!("/welcome/{path}")
}

#[tokio::test]
async fn an_empty_folder_leads_to_a_first_signed_note() {
    let agency = Agency::found();

    // The administrator opens a programme from the pack of the state.
    let admin = agency.accept(&agency.welcome, "Ruth Calloway", "/programmes").await;
    admin.see("No program yet").await;
    admin.tap("Open a program").await;
    admin.tap("Use this pack Georgia: adults").await;
    admin.type_into("Name of the program", "Lantern Peer Support").await;
    admin.choose("Time zone", "Eastern (New York, Atlanta)").await;
    admin.tap("Open a program").await;
    admin.see("The program is open. Here is what to do next.").await;
    admin.see("steps left").await;
    let team = format!("{}/workers", admin.path().await);

    // Three are invited, and each comes in on a device of their own.
    let link = invite(&admin, &team, "Odessa Quill", "Peer support supervisor").await;
    let supervisor = agency.accept(&link, "Odessa Quill", "/day").await;
    let link = invite(&admin, &team, "Bram Tillery", "Program manager").await;
    let deputy = agency.accept(&link, "Bram Tillery", "/day").await;
    let link = invite(&admin, &team, "Nell Faraday", "Certified Peer Specialist").await;
    let peer = agency.accept(&link, "Nell Faraday", "/day").await;
    peer.see("You do not walk with anyone yet").await;

    // Who reads whose notes, and who stands in.
    for (name, field, other, said) in [
        (
            "NF Nell Faraday",
            "Who supervises them?",
            "Odessa Quill, Peer support supervisor",
            "Saved. They know whom to call.",
        ),
        (
            "OQ Odessa Quill",
            "Who stands in for them?",
            "Bram Tillery, Program manager",
            "Saved. Somebody stands in now.",
        ),
    ] {
        admin.visit(&team).await;
        admin.tap(name).await;
        admin.choose(field, other).await;
        admin.tap("Save").await;
        admin.see(said).await;
    }
    admin.see("Bram Tillery stands in").await;

    // The supervisor adds somebody and says who walks with them.
    supervisor.tap("People").await;
    supervisor.tap("Add a person").await;
    supervisor.type_into("What do they like to be called?", "Juniper").await;
    supervisor.type_into("Family name", "Marsh").await;
    supervisor.choose("Who walks with them?", "Nell Faraday, Certified Peer Specialist").await;
    supervisor.tap("Walks with them").await;
    supervisor.choose("Who is responsible?", "Odessa Quill, Peer support supervisor").await;
    supervisor.tap("Save").await;
    supervisor.see("Added.").await;
    supervisor.see("Nell Faraday").await;

    // The peer specialist writes the first note.
    peer.visit("/day").await;
    peer.tap("Juniper M.").await;
    peer.tap("Listened and was there").await;
    peer.type_into("Their own words", "It is good to be asked.").await;
    peer.tap("Sign").await;
    peer.see("Signed. The note is on file.").await;
    peer.see("It is good to be asked.").await;
    let note = peer.path().await;

    // The supervisor reads and signs it; the deputy could have.
    deputy.visit("/notes-to-read").await;
    deputy.see("Nell Faraday").await;
    supervisor.visit("/notes-to-read").await;
    supervisor.tap_link(&note).await;
    supervisor.see("It is good to be asked.").await;
    supervisor.tap("Sign and read next").await;
    supervisor.see("Signed. Here is what waits next.").await;
    supervisor.see("All read").await;
    peer.visit("/day").await;
    peer.see("Odessa Quill read and signed it").await;
}
