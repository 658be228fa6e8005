//! The command line, tried as a user meets it: the real program, its files, what it prints and how it ends.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops, and says where")]

mod house;
mod http;

use house::{House, Said, Server, entries, finish, program, run, welcome};
use http::{PATIENCE, ask};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use tempfile::TempDir;

// ---- Setting up ----

#[test]
fn init_writes_what_is_needed_and_prints_the_link_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // The file is not there: the environment says where things go, so that the test stays in its folder.
    let init = || {
        finish(
            program()
                .arg("--config")
                .arg(at("porchlight.toml"))
                .arg("init")
                .env("PORCHLIGHT_STORE__ADDRESS", format!("sqlite:{}", at("porchlight.sqlite").display()))
                .env("PORCHLIGHT_KEYS__FILE", at("keys/key-ring"))
                .env("PORCHLIGHT_JOURNAL__HEADS", at("journal-heads")),
        )
    };
    let first = init().ended_with(0);
    let link = welcome(&first.out).expect("a link");
    assert!(link.starts_with("http://127.0.0.1:8080/welcome/"), "{link}");
    assert_eq!(first.out.matches("/welcome/").count(), 1);
    for private in ["keys/key-ring", "porchlight.sqlite"] {
        let mode = fs::metadata(at(private)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may read {private}: {mode:o}");
    }
    // Every setting is in the file, explained and not yet chosen.
    let written = fs::read_to_string(at("porchlight.toml")).unwrap();
    assert!(written.contains("# behind_proxy = false"), "{written}");

    let before = [at("porchlight.toml"), at("keys/key-ring")].map(|path| fs::read(path).unwrap());
    let second = init().ended_with(0).says("nothing has changed");
    assert_eq!(welcome(&second.out), None, "the link is printed once");
    let after = [at("porchlight.toml"), at("keys/key-ring")].map(|path| fs::read(path).unwrap());
    assert_eq!(before, after);
}

#[test]
fn the_first_link_opens_on_the_server() {
    let (house, secret) = House::founded();
    let server = house.serve();
    let page = server.get(&format!("/welcome/{secret}"), "");
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("<form"), "{}", page.body);
    assert_ne!(server.get("/welcome/another", "").status, 200);
    server.end();
}

#[test]
fn serving_without_a_proxy_is_refused_by_name() {
    let (house, _) = House::founded();
    for (behind, url) in
        [("false", "\"https://porch.example.org\""), ("true", "\"http://porch.example.org\"")]
    {
        house.configure("server", &[("behind_proxy", behind), ("public_url", url)]);
        house.run(&["serve"]).ended_with(1).says("server.behind_proxy").says("server.public_url");
    }
}

#[test]
fn a_way_in_for_nobody_changes_nothing_and_says_so() {
    let (house, _) = House::founded();
    house.run(&["way-in", "nobody"]).ended_with(1).says("Nobody signs in with this name.");
}

#[test]
fn serving_before_init_says_what_to_do() {
    House::new().run(&["serve"]).ended_with(1).says("porchlight init");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let (house, _) = House::founded();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = taken.local_addr().unwrap().to_string();
    let listen = format!("{at:?}");
    let url = "\"https://porch.example.org\"";
    house.configure("server", &[("listen", &listen), ("behind_proxy", "true"), ("public_url", url)]);
    house.run(&["serve"]).ended_with(1).says("server.listen").says(&at);
}

#[test]
fn a_setting_nobody_knows_is_refused_with_its_line() {
    let house = House::new();
    let file = house.at("porchlight.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n[log]\nlevle = \"info\"\n")).unwrap();
    let line = text.lines().count() + 3;
    for arguments in [&["serve"][..], &["init"], &["settings"], &["journal", "verify"]] {
        let place = format!("{}:{line}: ", file.display());
        house.run(arguments).ended_with(1).says(&place).says("log.levle").says("log.level");
    }
    let missing = house.at("elsewhere.toml");
    run(&["--config", missing.to_str().unwrap(), "serve"]).ended_with(1).says("elsewhere.toml is not there");
}

// ---- Packs ----

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs")
}

/// A copy of the shipped packs, to break.
fn copied() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for pack in fs::read_dir(shipped()).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        let to = folder.path().join(pack.file_name());
        fs::create_dir(&to).unwrap();
        for file in fs::read_dir(pack.path()).unwrap().map(Result::unwrap) {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
    folder
}

#[test]
fn good_packs_pass_all_together_and_each_alone() {
    let packs = shipped();
    let georgia = packs.join("us-ga-adult");
    for path in [packs, georgia] {
        let said = run(&["pack", "check", path.to_str().unwrap()]).ended_with(0);
        assert_eq!(said.all(), "");
    }
}

#[test]
fn every_fault_of_a_broken_pack_has_its_place() {
    let packs = copied();
    let file = packs.path().join("us-ga-adult/contact.toml");
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().position(|line| line.starts_with("icon = ")).unwrap() + 1;
    fs::write(&file, text.replacen("\nicon = ", "\nicno = ", 1)).unwrap();
    let other = packs.path().join("us-al-parent/work.toml");
    fs::write(&other, "[[work_kind]\n").unwrap();

    let said = run(&["pack", "check", packs.path().to_str().unwrap()]).ended_with(1);
    let place = format!("{}:{line}:1: ", file.display());
    let fault = said.out.lines().find(|fault| fault.starts_with(&place));
    let fault = fault.unwrap_or_else(|| panic!("nothing begins with {place}:\n{}", said.all()));
    assert!(fault.contains("icno") && fault.contains("icon"), "{fault}");
    assert!(said.out.contains(&format!("{}:1:", other.display())), "{}", said.all());

    // The folder of one pack is named as it was given; a good path beside it changes nothing.
    let georgia = packs.path().join("us-ga-adult");
    let said = run(&["pack", "check", shipped().to_str().unwrap(), georgia.to_str().unwrap()]).ended_with(1);
    assert!(said.out.lines().any(|fault| fault.starts_with(&place)), "{}", said.all());
}

#[test]
fn a_pack_that_is_no_text_names_the_place() {
    let packs = copied();
    let file = packs.path().join("common/words.toml");
    let mut bytes = fs::read(&file).unwrap();
    let line = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    bytes.extend(b"# \xff\n");
    fs::write(&file, bytes).unwrap();
    let folder = packs.path().to_str().unwrap();
    let place = format!("{}:{line}:3: ", file.display());
    let said = run(&["pack", "check", folder]).ended_with(1).says("UTF-8");
    assert!(said.out.lines().any(|fault| fault.starts_with(&place)), "{}", said.all());
    // And a program that is to work with them does not start.
    run(&["--packs", folder, "pack", "list"]).ended_with(1).says(&place);
}

#[test]
fn a_folder_without_packs_is_no_good_pack() {
    let empty = tempfile::tempdir().unwrap();
    run(&["pack", "check", empty.path().to_str().unwrap()]).ended_with(1).says("pack.toml");
    let missing = empty.path().join("nowhere");
    run(&["pack", "check", missing.to_str().unwrap()]).ended_with(1).says("nowhere");
}

#[test]
fn packs_are_listed_for_people_and_for_programs() {
    let plain = run(&["pack", "list"]).ended_with(0);
    let json = run(&["pack", "list", "--json"]).ended_with(0);
    let packs: Vec<serde_json::Value> = serde_json::from_str(&json.out).unwrap();
    assert!(packs.len() >= 2, "{}", json.out);
    for pack in &packs {
        for field in ["id", "version", "hash"] {
            assert!(pack[field].as_str().is_some_and(|text| !text.is_empty()), "{field} of {pack}");
        }
        for lang in ["en", "es"] {
            assert!(pack["name"][lang].as_str().is_some_and(|text| !text.is_empty()), "{lang} of {pack}");
        }
        assert!(plain.out.contains(pack["id"].as_str().unwrap()), "{}", plain.out);
    }
    for id in ["us-al-parent", "us-ca-parent", "us-ga-adult", "us-mo-adult", "us-wi-adult"] {
        assert!(packs.iter().any(|pack| pack["id"] == id), "{}", json.out);
    }
}

// ---- The journal ----

/// A house with heads signed over its journal, as a server leaves them.
fn signed() -> House {
    let (house, _) = House::founded();
    house.serve().end();
    house
}

#[test]
fn a_fresh_journal_is_whole() {
    let (house, _) = House::founded();
    assert!(entries(house.verify()) > 0);
    house.verify_with_heads().ended_with(1).says("journal-heads");
    house.serve().end();
    assert!(entries(house.verify_with_heads()) > 0);
}

#[test]
fn one_changed_byte_is_found_and_the_entry_named() {
    let house = signed();
    let database = house.database();
    let (strand, seq, bytes): (i64, i64, Vec<u8>) = database
        .query_row("SELECT strand, seq, bytes FROM journal ORDER BY strand, seq LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    for at in [0, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let put = |bytes: &[u8]| {
            let sql = "UPDATE journal SET bytes = ?3 WHERE strand = ?1 AND seq = ?2";
            assert_eq!(database.execute(sql, (strand, seq, bytes)).unwrap(), 1);
        };
        put(&changed);
        for said in [house.verify(), house.verify_with_heads()] {
            said.ended_with(1).says(&format!("Strand {strand}, entry {seq}: "));
        }
        put(&bytes);
        entries(house.verify_with_heads());
    }
}

#[test]
fn a_cut_tail_is_found_with_the_signed_heads() {
    let house = signed();
    let database = house.database();
    let (strand, last): (i64, i64) = database
        .query_row("SELECT strand, max(seq) FROM journal GROUP BY strand LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    database.execute("DELETE FROM journal WHERE strand = ?1 AND seq = ?2", (strand, last)).unwrap();
    // What is left is a whole chain: only what was kept outside of the database knows that it was longer.
    house.verify().ended_with(0);
    house.verify_with_heads().ended_with(1).says(&format!("Strand {strand}, entry {last}"));
}

#[test]
fn a_journal_that_is_not_there_is_not_whole() {
    let house = House::new();
    house.verify().ended_with(1).says("porchlight.sqlite");
    assert!(!house.at("porchlight.sqlite").exists(), "looking at a journal makes no database");
}

// ---- When things break ----

#[test]
fn a_damaged_database_is_left_as_it_is() {
    let (house, _) = House::founded();
    let file = house.at("porchlight.sqlite");
    let whole = fs::read(&file).unwrap();
    let mut scribbled = whole.clone();
    scribbled[100..3000].fill(0x5a);
    let damages = [
        ("scribbled over", scribbled),
        ("cut short", whole[..whole.len() / 2].to_vec()),
        ("no database", vec![b'x'; 8192]),
    ];
    for (damage, bytes) in damages {
        fs::write(&file, &bytes).unwrap();
        for arguments in [&["serve"][..], &["init"], &["journal", "verify"]] {
            let said = house.run(arguments).ended_with(1);
            assert!(
                said.err.contains("damaged") || said.err.contains("another program"),
                "{damage}: {}",
                said.err
            );
        }
        assert!(fs::read(&file).unwrap() == bytes, "a database {damage} was changed");
    }
    // Put back, it works as if nothing had been.
    fs::write(&file, &whole).unwrap();
    entries(house.verify());
}

/// A page that stays current holds a connection for as long as it is open: that is no reason to go on.
#[test]
fn an_open_page_does_not_hold_up_the_end() {
    let (house, secret) = House::founded();
    let server = house.serve();
    let form = "name=Ruth+Calloway&sign_in_name=ruth&password=a+porch+with+a+lantern&lang=en";
    let cookie = ask(server.at, "POST", &format!("/welcome/{secret}"), "", form).unwrap().cookies();
    let mut open = TcpStream::connect_timeout(&server.at, PATIENCE).unwrap();
    open.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(open, "GET /live HTTP/1.1\r\nHost: porch.example.org\r\nCookie: {cookie}\r\n\r\n").unwrap();
    let mut head = [0; 12];
    open.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        server.end();
        let _ = tell.send(());
    });
    told.recv_timeout(PATIENCE).expect("it ends, though a page listens");
}

fn words(arguments: &[&str], text: &[u8]) -> Said {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("note.txt");
    fs::write(&file, text).unwrap();
    let mut all = vec!["words", "check", file.to_str().unwrap()];
    all.extend(arguments);
    run(&all)
}

/// `words check` keeps its contract: a JSON list of findings with byte offsets, and how it ends says whether there were any.
///
/// covers: AL-18
#[test]
fn words_are_checked_by_contract() {
    let text = "Ñ. He said \"I'm an addict\".\nShe is an addict.\n";
    let said = words(&["--json"], text.as_bytes()).ended_with(1);
    let found: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let one = &found[0];
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    let (start, end) = (one["start"].as_u64().unwrap() as usize, one["end"].as_u64().unwrap() as usize);
    assert_eq!(&text[start..end], one["text"].as_str().unwrap());
    assert_eq!((one["line"].as_u64(), one["column"].as_u64()), (Some(2), Some(8)));
    assert_eq!((one["term"].as_str(), one["pack"].as_str()), (Some("addict"), Some("common")));
    assert!(one["try"].as_array().is_some_and(|tries| (1..=3).contains(&tries.len())));
    assert!(one["why"].as_str().is_some_and(|why| why.ends_with('.')));
    assert_eq!(one.as_object().unwrap().len(), 9);

    assert_eq!(words(&["--json"], b"We walked to the store.").ended_with(0).out.trim(), "[]");
    words(&["--lang", "es"], b"She is an addict.").ended_with(0);
    words(&["--pack", "us-ca-parent"], b"Her son is in recovery.").ended_with(1).says("resilience");
    words(&["--pack", "us-ga-adult"], b"He is in recovery.").ended_with(0);
    words(&["--pack", "us-tx"], b"x").ended_with(2).says("there is no pack `us-tx`");
    words(&[], b"one\ntw\xff").ended_with(2).says("note.txt:2:3").says("byte 6");
    words(&["--lang", "fr"], b"x").ended_with(2);
    run(&["words", "check", "/nowhere/at/all"]).ended_with(2).says("/nowhere/at/all");
}

/// How hard a text is to read, and a simpler word for a hard one.
#[test]
fn hard_text_is_measured() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("letter.txt");
    let hard = "Pursuant to the aforementioned authorization, the organization will utilize transportation assistance \
                in order to facilitate comprehensive coordination of interdisciplinary services.";
    fs::write(&file, hard.repeat(2)).unwrap();
    let said = run(&["words", "plain", file.to_str().unwrap(), "--json"]).ended_with(1);
    let found: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert!(found["grade"].as_f64().is_some_and(|grade| grade > 10.0), "{found}");
    assert!(found["hard"].as_array().unwrap().iter().any(|one| one["try"][0] == "use"), "{found}");
}

/// The example of facts for a pack.
fn example(pack: &str) -> String {
    let path = shipped().join(format!("../docs/rules/{pack}.toml"));
    path.to_str().unwrap().to_owned()
}

#[test]
fn rules_answer_as_json_and_in_words() {
    let facts = example("us-al-parent");
    let base = ["rules", "ask", "--pack", "us-al-parent", "--facts", &facts, "--day", "2026-11-26"];
    let json = run(&[&base[..], &["--json"]].concat()).ended_with(0);
    let answers: Vec<serde_json::Value> = serde_json::from_str(&json.out).unwrap();
    let alone = answers.iter().find(|answer| answer["question"] == "work_alone_with_youth").unwrap();
    assert_eq!((&alone["answer"], &alone["next_change"]), (&"not-yet".into(), &serde_json::Value::Null));
    let reason = |id: &str| {
        let reasons = alone["reasons"].as_array().unwrap();
        reasons.iter().find(|reason| reason["requirement"] == id).unwrap().clone()
    };
    // Trained on 2 November 2024, good for two years.
    assert_eq!(reason("crisis_training")["met"], false);
    assert_eq!(reason("infection_control")["met"], true);
    assert_eq!(reason("infection_control")["until"], "2027-04-09");
    assert_eq!(reason("infection_control")["source"]["requirements"][0], "AL-64");
    for answer in &answers {
        assert!(["yes", "not-yet", "no"].contains(&answer["answer"].as_str().unwrap()), "{answer}");
        assert!(answer.get("next_change").is_some(), "{answer}");
    }
    let one = run(&[&base[..], &["--json", "--question", "work_with_youth"]].concat()).ended_with(0);
    let one: Vec<serde_json::Value> = serde_json::from_str(&one.out).unwrap();
    assert_eq!(one.len(), 1);
    assert_eq!(one[0]["next_change"], "2027-04-10");
    run(&base).ended_with(0).says("May I work alone with youth? Not yet.");
    run(&[&base[..], &["--question", "work_alone_with_yuth"]].concat())
        .ended_with(1)
        .says("work_alone_with_youth");
}

#[test]
fn every_pack_lists_its_questions_and_answers_its_example() {
    for pack in ["us-al-parent", "us-ca-parent", "us-ga-adult", "us-mo-adult", "us-wi-adult"] {
        let listed = run(&["rules", "questions", "--pack", pack, "--json"]).ended_with(0);
        let listed: Vec<serde_json::Value> = serde_json::from_str(&listed.out).unwrap();
        let plain = run(&["rules", "questions", "--pack", pack]).ended_with(0);
        for question in &listed {
            assert!(plain.out.contains(question["question"].as_str().unwrap()), "{pack} {question}");
        }
        let facts = example(pack);
        let asked = ["rules", "ask", "--pack", pack, "--facts", &facts, "--day", "2026-11-26", "--json"];
        let answers: Vec<serde_json::Value> = serde_json::from_str(&run(&asked).ended_with(0).out).unwrap();
        assert_eq!(answers.len(), listed.len(), "{pack}");
    }
    run(&["rules", "questions", "--pack", "us-zz"]).ended_with(1).says("us-al-parent");
}

#[test]
fn facts_that_are_wrong_are_told_with_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("facts.toml");
    let path = file.to_str().unwrap();
    let asked = ["rules", "ask", "--pack", "us-al-parent", "--facts", path, "--day", "2026-11-26"];
    fs::write(&file, "[worker]\nborn = 1990-05-04\nbron = 1990-05-04\n").unwrap();
    run(&asked).ended_with(1).says(&format!("{path}:3:1: unknown key `bron`"));
    fs::write(&file, "\n[[choice]]\nsetting = \"hand_in_window\"\nvalue = \"page_of_2024\"\n").unwrap();
    run(&asked).ended_with(1).says(&format!("{path}:2:1: there is no setting `hand_in_window`"));
    fs::write(&file, "[[training]]\ntopics = [\"tuberculosis\"]\nended = 2026-02-29\n").unwrap();
    run(&asked).ended_with(1).says(&format!("{path}:3:9: "));
    run(&["rules", "ask", "--pack", "us-al-parent", "--facts", "nowhere.toml", "--day", "2026-11-26"])
        .ended_with(1)
        .says("nowhere.toml");
}

#[test]
fn two_versions_of_a_pack_are_compared_in_words_and_over_facts() {
    let packs = copied();
    let newer = packs.path().join("us-al-parent");
    let file = newer.join("rules.toml");
    let text = fs::read_to_string(&file).unwrap();
    let at = text.find("topic = \"tuberculosis\"\n").unwrap();
    let (before, after) = text.split_at(at);
    fs::write(&file, before.to_owned() + &after.replacen("valid_months = 12", "valid_months = 6", 1))
        .unwrap();
    let newer = newer.to_str().unwrap();
    let said = run(&["pack", "diff", "us-al-parent", newer]).ended_with(0);
    said.says("changed requirement: Tuberculosis").says("was: must: tuberculosis, good for 12 months");
    let facts = example("us-al-parent");
    let days = ["--from", "2026-07-01", "--until", "2026-07-31"];
    run(&[&["pack", "diff", "us-al-parent", newer, "--facts", &facts][..], &days].concat())
        .ended_with(0)
        .says(
            "work_alone_with_youth from 2026-07-15 to 2026-07-31: yes would have been not-yet (tuberculosis)",
        )
        .says("1 of 1 would have had another answer");
    run(&["pack", "diff", "us-al-parent", "us-al-parent"]).ended_with(0).says("Nothing changes");
    run(&["pack", "diff", "us-al-parent", newer, "--facts", &facts]).ended_with(1).says("--from and --until");
}

// ---- Backups ----

/// The drill: everything is copied while the server serves, brought to an empty machine with the key ring that was kept
/// apart, and there the first administrator's link still opens, with the name that was sealed.
#[test]
fn a_backup_made_while_serving_is_restored_on_an_empty_machine() {
    let (house, secret) = House::founded();
    let said = house.run(&["backup-key", house.at("backup-key").to_str().unwrap()]).ended_with(0);
    let recipient = said.out.split('"').nth(1).expect("the recipient, to be copied").to_owned();
    assert!(!said.all().contains("AGE-SECRET-KEY"), "the key is in its file alone");
    let empty = house.run(&["backup", house.at("all.backup").to_str().unwrap()]).ended_with(1);
    empty.says("backup.recipients is empty");
    house.configure("backup", &[("recipients", &format!("{recipient:?}"))]);
    // `configure` writes the file anew: the server's own settings are the defaults of this house.
    fs::create_dir(house.at("elsewhere")).unwrap();
    let [all, ring, key] = ["all.backup", "elsewhere/ring.backup", "backup-key"].map(|name| house.at(name));
    let [all, ring, key] = [&all, &ring, &key].map(|path| path.to_str().unwrap());

    let server = Server::start({
        let mut serve = house.command(&["serve"]);
        serve.env("PORCHLIGHT_SERVER__BEHIND_PROXY", "true");
        serve.env("PORCHLIGHT_SERVER__PUBLIC_URL", "https://porch.example.org");
        serve
    });
    let together =
        house.run(&["backup", all, "--key-ring", house.at("ring.backup").to_str().unwrap()]).ended_with(1);
    together.says("another folder");
    let made = house.run(&["backup", all, "--key-ring", ring, "--identity", key]).ended_with(0);
    made.says("were read back");
    house.run(&["backup", all]).ended_with(1).says("nothing is written over");
    server.end();
    // Nothing can be read in it: neither names nor what tables are called.
    for file in [all, ring] {
        let bytes = fs::read(file).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org/v1"), "{file}");
        for word in ["Ruth", "membership", "journal"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word} is in {file}");
        }
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o077, 0, "others may read {file}");
    }

    let there = House::new();
    let other = there.at("other-key");
    run(&["backup-key", other.to_str().unwrap()]).ended_with(0);
    there
        .run(&["restore", all, "--identity", other.to_str().unwrap()])
        .ended_with(1)
        .says("made for another key");
    let damaged = there.at("damaged.backup");
    let mut bytes = fs::read(all).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&damaged, bytes).unwrap();
    there.run(&["restore", damaged.to_str().unwrap(), "--identity", key]).ended_with(1).says("damaged");
    assert!(!there.at("porchlight.sqlite").exists(), "nothing was touched");

    let (taken, _) = House::founded();
    let kept = fs::read(taken.at("keys/key-ring")).unwrap();
    taken
        .run(&["restore", all, "--identity", key, "--key-ring", ring])
        .ended_with(1)
        .says("another key ring");
    assert_eq!(fs::read(taken.at("keys/key-ring")).unwrap(), kept);

    let back = there.run(&["restore", all, "--identity", key, "--key-ring", ring]).ended_with(0);
    back.says("are back. The journal is whole");
    there.run(&["restore", all, "--identity", key]).ended_with(1).says("there is a database already");
    assert_eq!(fs::read(house.at("keys/key-ring")).unwrap(), fs::read(there.at("keys/key-ring")).unwrap());
    let server = there.serve();
    let page = server.get(&format!("/welcome/{secret}"), "");
    assert_eq!(page.status, 200, "{}", page.head);
    assert!(page.body.contains("Ruth Calloway"), "{}", page.body);
    server.end();
    there.verify().ended_with(0);
}
