//! The harness itself: what it finds, and that it finds what is wrong.

use crate::harness::{Link, Page, Screen};
use fantoccini::key::Key;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// A few pages of our own, so that these tests need no demo. The answer to any POST is to go to `/home`.
fn pages(pages: &[(&str, &str)]) -> String {
    let pages: HashMap<String, String> =
        pages.iter().map(|(path, body)| ((*path).into(), whole(body))).collect();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let pages = pages.clone();
            std::thread::spawn(move || answer(stream, &pages));
        }
    });
    origin
}

fn whole(body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>
        <title>A page</title><style>@media (prefers-color-scheme: dark) {{ .day {{ display: none }} }}
        @media (prefers-color-scheme: light) {{ .night {{ display: none }} }}</style><main><h1>A page</h1>{body}</main>"
    )
}

fn answer(mut stream: TcpStream, pages: &HashMap<String, String>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut first, mut length, mut cookie) = (String::new(), 0, String::new());
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim().split_once(": ").map(|(name, value)| (name.to_lowercase(), value)) {
            Some((name, value)) if name == "content-length" => length = value.parse().ok()?,
            Some((name, value)) if name == "cookie" => cookie = value.to_string(),
            Some(_) => {}
            None => break,
        }
    }
    reader.read_exact(&mut vec![0; length]).ok()?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let head = match (method, pages.get(path)) {
        ("POST", _) => "303 See Other\r\nLocation: /home".to_string(),
        (_, Some(_)) => "200 OK".to_string(),
        (_, None) => "404 Not Found".to_string(),
    };
    let body = pages.get(path).cloned().unwrap_or_default().replace("COOKIE", &cookie);
    let kind = "Content-Type: text/html\r\nConnection: close";
    write!(stream, "HTTP/1.1 {head}\r\n{kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).ok()
}

#[tokio::test]
async fn taps_types_and_counts() {
    let form = "<form method=post action=/save><label>First name <input name=a></label>
        <label for=day>Day</label><input id=day type=date name=d>
        <label for=kind>Kind</label><select id=kind><option>Call<option>Visit</select>
        <label><input type=radio name=r> By phone</label><label><input type=radio name=r> By post</label>
        <p hidden><button>Save</button></p><button>Save <b>it</b></button></form><a href=/home>Home</a><a href=/home>Home page</a>";
    let origin = pages(&[("/", form), ("/home", "<p>It is   saved.</p>")]);
    let page = Page::open_at(Screen::phone(), &origin).await;
    page.visit("/").await;
    page.type_into("First name", "Dana Ñuñez").await;
    page.type_into("First name", "Dana").await;
    assert_eq!(page.typed_in("First name").await, "Dana");
    page.type_into("Day", "2026-11-22").await;
    assert_eq!(page.typed_in("Day").await, "2026-11-22");
    page.choose("Kind", "Visit").await;
    page.tap("By post").await;
    assert_eq!(page.count("input:checked").await, 1);
    assert_eq!(page.taps(), 3);
    page.tap("Save").await;
    page.arrive("/home").await;
    page.see("It is saved.").await;
    page.do_not_see("First name").await;
    assert_eq!(page.taps(), 4);
    page.visit("/").await;
    page.count_taps_from_here();
    page.tap("Home").await;
    page.arrive("/home").await;
    assert_eq!(page.taps(), 1);
    assert_eq!(page.links().await, [] as [&str; 0]);
}

#[tokio::test]
async fn signs_in_with_a_link() {
    let ask = "<form method=post><button>Yes, sign me in</button></form>";
    let origin =
        pages(&[("/link/1", ask), ("/home", "<p>Hello</p><a href=/b?x=1>b</a><a href=/a.txt>a</a>")]);
    let page = Page::open_at(Screen::desktop(), &origin).await;
    let link = Link {
        role: "person".into(),
        name: "A".into(),
        programme: "P".into(),
        url: format!("{origin}/link/1"),
    };
    page.sign_in_with(&link).await;
    assert_eq!(page.path().await, "/home");
    assert_eq!(page.taps(), 0);
    assert_eq!(page.links().await, ["/b"]);
}

#[tokio::test]
async fn moves_the_focus_as_a_keyboard_does() {
    let form = "<a href=/home>One</a> <button>Two</button> <label>Three <input></label>";
    let origin = pages(&[("/", form), ("/home", "")]);
    let page = Page::open_at(Screen::desktop(), &origin).await;
    page.visit("/").await;
    assert_eq!(page.press_tab_until("Three").await, 3);
    page.press(Key::Up).await;
    page.visit("/").await;
    page.press_tab_until("One").await;
    page.press(Key::Enter).await;
    page.arrive("/home").await;
}

#[tokio::test]
async fn finds_where_the_focus_hides() {
    let bad = "<style>.no:focus { outline: none }</style><button>Yes</button> <a class=no href=/>No</a>";
    let origin = pages(&[
        ("/", bad),
        (
            "/good",
            "<button>Yes</button> <label>Day <input type=date></label> <label><input type=checkbox> Box</label>",
        ),
    ]);
    let page = Page::open_at(Screen::desktop(), &origin).await;
    page.visit("/").await;
    let found = page.what_hides_the_focus().await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(">No</a>"), "{found:?}");
    page.visit("/good").await;
    assert_eq!(page.what_hides_the_focus().await, [] as [&str; 0]);
}

#[tokio::test]
async fn walks_to_each_kind_of_page_once() {
    let (one, two) = ("/people/0199a7c2-aaaa", "/people/0199a7c2-bbbb");
    let home = format!("<a href={one}>One</a><a href={two}>Two</a><a href=/away rel=noreferrer>Away</a>");
    let origin = pages(&[("/", &home), (one, "<a href=/people>All</a>"), ("/people", "<a href=/>Home</a>")]);
    let page = Page::open_at(Screen::desktop(), &origin).await;
    page.visit("/").await;
    assert_eq!(page.walk(10).await, ["/", one, "/people"]);
    page.visit("/").await;
    assert_eq!(page.walk(2).await, ["/", one]);
}

#[tokio::test]
async fn finds_broken_accessibility_by_day_and_by_night() {
    let good = "<p>Some text.</p>";
    let bad = "<img src=x width=20 height=20>";
    let pale = "<p class=night style='color:#eee;background:#fff'>Pale text.</p>";
    let origin = pages(&[("/good", good), ("/bad", bad), ("/pale", pale)]);
    let page = Page::open_at(Screen::phone(), &origin).await;
    page.visit("/good").await;
    page.axe_in_both_themes().await;
    page.visit("/bad").await;
    let found = page.what_axe_finds().await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("image-alt: ") && found[0].contains("<img src=\"x\""), "{found:?}");
    page.visit("/pale").await;
    assert_eq!(page.what_axe_finds().await, [] as [&str; 0]);
    page.set_dark(true);
    assert!(page.what_axe_finds().await[0].starts_with("color-contrast: "));
}

#[tokio::test]
async fn finds_what_is_too_wide() {
    let table =
        "<div style='overflow-x:auto' tabindex=0><div style='width:900px'>In a box of its own</div></div>";
    let wide = "<p style='width:330px;margin:0'>Too wide for a small phone</p>";
    let hidden = "<style>body{overflow-x:hidden}</style><p style='width:330px;margin:0'>Cut off</p>";
    let large = "<p style='width:15rem'>Grows with the text</p>";
    let stiff = "<style>body{font-size:16px}</style>";
    let origin = pages(&[
        ("/table", table),
        ("/wide", wide),
        ("/hidden", hidden),
        ("/large", large),
        ("/stiff", stiff),
    ]);
    let page = Page::open_at(Screen::phone(), &origin).await;
    page.visit("/table").await;
    page.no_sideways_scroll().await;
    for (path, why) in [
        ("/wide", "320 px wide: "),
        ("/hidden", "320 px wide: "),
        ("/large", "text twice the size, 390 px wide: "),
    ] {
        page.visit(path).await;
        let found = page.what_does_not_fit().await;
        assert!(found.len() > 1 && found.iter().all(|what| what.starts_with(why)), "{path}: {found:?}");
    }
    page.visit("/stiff").await;
    assert_eq!(
        page.what_does_not_fit().await,
        ["text 16 px high becomes 16 px when its reader asks for twice the size"]
    );
}

#[tokio::test]
async fn switches_scripts_theme_and_language() {
    let body = "<p id=p>before</p><script>p.textContent = 'after'</script><p class=day>Day</p><p class=night>Night</p><p>COOKIE</p>";
    let origin = pages(&[("/", body)]);
    let page = Page::open_at(Screen::phone().spanish().dark(), &origin).await;
    page.visit("/").await;
    page.see("after").await;
    page.see("Night").await;
    page.see("lang=es").await;
    page.do_not_see("Day").await;
    let page = Page::open_at(Screen::desktop().without_scripts(), &origin).await;
    page.visit("/").await;
    page.see("Day").await;
    page.see("before").await;
    page.see("lang=en").await;
}
