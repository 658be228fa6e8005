//! Rules every template, sentence and asset keeps, whoever writes the next one.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use fluent_syntax::ast;
use porchlight_practice::pack::WordKey;
use porchlight_web::{assets, icon};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with that ending: its path and its text.
fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "no .{ending} below {}", folder.display());
    found.sort();
    found
}

// ---- nothing inline ----

#[test]
fn no_template_has_inline_styles_scripts_or_handlers() {
    for (path, text) in files(&root().join("templates"), "html") {
        let name = path.display();
        assert!(!text.contains("style="), "{name}: an inline style; use a class of app.css");
        assert!(!text.contains("<style"), "{name}: a style block; use app.css");
        assert!(!text.contains("javascript:"), "{name}: a script address");
        for tag in text.split("<script").skip(1) {
            let (open, rest) = tag.split_once('>').expect("the tag ends");
            assert!(open.contains("src=\"{{ page.asset("), "{name}: a script that is not a file of ours");
            assert!(rest.starts_with("</script>"), "{name}: an inline script");
        }
        for tag in text.split('<').filter_map(|tag| tag.split('>').next()) {
            let handler = tag.split_whitespace().skip(1).find(|word| {
                let name = word.split('=').next().unwrap_or_default();
                word.contains('=') && name.starts_with("on") && name[2..].chars().all(char::is_alphabetic)
            });
            assert_eq!(handler, None, "{name}: a handler in the markup");
        }
        assert!(!text.contains("|safe"), "{name}: text that is not escaped");
    }
}

#[test]
fn every_asset_a_template_names_is_there_and_hashed() {
    for (path, text) in files(&root().join("templates"), "html") {
        for name in quoted_after(&text, "page.asset(") {
            let address = assets::all().find(|(known, _)| *known == name).map(|(_, address)| address);
            let address = address.unwrap_or_else(|| panic!("{}: no asset {name}", path.display()));
            let hash = address.split('/').nth(2).unwrap();
            assert!(hash.len() == 16 && hash.chars().all(|digit| digit.is_ascii_hexdigit()), "{address}");
        }
        assert!(!text.contains("\"/assets/"), "{}: an address without page.asset(…)", path.display());
    }
}

#[test]
fn every_icon_named_is_drawn() {
    for (path, text) in
        files(&root().join("templates"), "html").into_iter().chain(files(&root().join("src"), "rs"))
    {
        for name in quoted_after(&text, "page.icon(") {
            assert!(icon::is_icon(&name), "{}: no icon {name}", path.display());
        }
    }
}

fn gzipped(names: &BTreeSet<String>) -> usize {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    for name in names {
        packed.write_all(assets::text(name).as_bytes()).unwrap();
    }
    packed.finish().unwrap().len()
}

/// A script with everything it imports.
fn with_imports(name: &str, found: &mut BTreeSet<String>) {
    if found.insert(name.to_owned()) {
        for imported in
            quoted_after(&std::fs::read_to_string(root().join("assets").join(name)).unwrap(), "from ")
        {
            with_imports(imported.trim_start_matches("./"), found);
        }
    }
}

/// What a page loads is what counts on a bad connection: the frame's scripts and its own.
#[test]
fn the_browser_gets_little_to_load() {
    let of = |ending: &str| {
        assets::all().map(|(name, _)| name.to_owned()).filter(|name| name.ends_with(ending)).collect()
    };
    let sheet = gzipped(&of("css"));
    assert!(sheet < 12_000, "app.css is {sheet} bytes gzipped");
    let frame = std::fs::read_to_string(root().join("templates/layout.html")).unwrap();
    let mut most = (0, PathBuf::new());
    for (path, text) in files(&root().join("templates"), "html") {
        let mut scripts = BTreeSet::new();
        for name in quoted_after(&format!("{frame}{text}"), "page.asset(") {
            if name.ends_with(".js") {
                with_imports(&name, &mut scripts);
            }
        }
        most = most.max((gzipped(&scripts), path));
    }
    assert!(most.0 < 8_000, "{} loads {} bytes of scripts, gzipped", most.1.display(), most.0);
    let scripts: BTreeSet<String> = of("js");
    let all = gzipped(&scripts);
    // No page loads them all: this holds the whole to what somebody can still read through.
    assert!(all < 9_200, "the scripts of all pages are {all} bytes gzipped");
    for name in scripts {
        let length = assets::text(&name).len();
        assert!(length < 3_400, "{name} is {length} bytes: a second job belongs into a second file");
    }
}

#[test]
fn every_class_a_template_uses_is_in_the_style_sheet() {
    let sheet = std::fs::read_to_string(root().join("assets/app.css")).unwrap();
    // States that only mark something for a script, a test or the reader of the markup.
    let unstyled = ["plain", "page", "signed-out", "back"];
    for (path, text) in files(&root().join("templates"), "html") {
        for value in attribute(&text, "class") {
            let fixed = without_expressions(&value);
            for class in fixed.split_whitespace().filter(|class| !unstyled.contains(class)) {
                let known = sheet.match_indices(&format!(".{class}")).any(|(at, found)| {
                    !sheet[at + found.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '-')
                });
                assert!(known, "{}: app.css has no .{class}", path.display());
            }
        }
    }
}

// ---- words ----

/// Every key of one language: the file it stands in, and the arguments it takes.
fn sentences(lang: &str) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut found = BTreeMap::new();
    for (path, text) in files(&root().join("../../locales").join(lang), "ftl") {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if lang != "en" {
            let head: String = text.lines().take_while(|line| line.starts_with('#')).collect();
            let says_so = head.to_lowercase().contains("needs native review");
            assert!(says_so, "{}: says at its head that it needs native review", path.display());
        }
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            if let ast::Entry::Message(message) = entry {
                let key = message.id.name.to_owned();
                let noun = name.replace('_', "-");
                assert!(
                    key.starts_with(&format!("{noun}-")),
                    "{}: {key} begins with {noun}-",
                    path.display()
                );
                let mut arguments = BTreeSet::new();
                let pattern = message.value.unwrap_or_else(|| panic!("{key} says something"));
                arguments_of(&pattern, &mut arguments);
                assert!(found.insert(key.clone(), (name.clone(), arguments)).is_none(), "{key} stands twice");
            }
        }
    }
    found
}

fn arguments_of(pattern: &ast::Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_arguments(expression, found);
        }
    }
}

fn expression_arguments(expression: &ast::Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => inline_arguments(inline, found),
        ast::Expression::Select { selector, variants } => {
            inline_arguments(selector, found);
            for variant in variants {
                arguments_of(&variant.value, found);
            }
        }
    }
}

fn inline_arguments(inline: &ast::InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => expression_arguments(expression, found),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                inline_arguments(argument, found);
            }
        }
        _ => {}
    }
}

#[test]
fn both_languages_say_the_same_things_with_the_same_arguments() {
    let (english, spanish) = (sentences("en"), sentences("es"));
    let keys = |of: &BTreeMap<String, _>| of.keys().cloned().collect::<BTreeSet<_>>();
    let (en, es) = (keys(&english), keys(&spanish));
    assert_eq!(en.difference(&es).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in Spanish");
    assert_eq!(es.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
    for (key, (file, arguments)) in &english {
        assert_eq!((file, arguments), (&spanish[key].0, &spanish[key].1), "{key}");
    }
}

#[test]
fn every_key_that_is_used_exists_and_every_key_is_used() {
    let known = sentences("en");
    let mut used = BTreeSet::new();
    let mut beginnings = BTreeSet::new();
    let sources = files(&root().join("templates"), "html")
        .into_iter()
        .chain(files(&root().join("src"), "rs"))
        // What is said outside of the pages.
        .chain(files(&root().join("../outbound/src"), "rs"));
    for (path, text) in sources {
        // What a comment shows as an example is said by nobody.
        let text: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| format!("{line}\n"))
            .collect();
        // Called by its key: these must exist, arguments and all.
        for call in [
            "page.t(",
            "self.t(",
            "titled(",
            "page.t1(",
            "self.t1(",
            "page.t2(",
            "self.t2(",
            "titled_with(",
            "page.t3(",
        ] {
            for key in quoted_after(&text, call) {
                assert!(known.contains_key(&key), "{}: no sentence {key}", path.display());
            }
        }
        for word in quoted_after(&text, ".w(").into_iter().chain(quoted_after(&text, ".heading(")) {
            assert!(WordKey::parse(&word).is_some(), "{}: no pack has the word {word}", path.display());
            assert!(known.contains_key(&format!("word-{word}")), "{}: no word {word}", path.display());
            used.insert(format!("word-{word}"));
        }
        for quoted in text.split('"') {
            if known.contains_key(quoted) {
                used.insert(quoted.to_owned());
            }
            // A key that is put together: `format!("role-{}", …)`.
            if let Some((start, _)) = quoted.split_once("-{")
                && !start.is_empty()
                && start.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
            {
                beginnings.insert(format!("{start}-"));
            }
        }
    }
    let unused: Vec<_> = known
        .keys()
        .filter(|key| !used.contains(*key) && !beginnings.iter().any(|start| key.starts_with(start)))
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn no_sentence_uses_a_word_that_hurts() {
    let hurts =
        ["patient", "caseload", "client", "non-compliant", "refused", "suffers", "paciente", "caso clínico"];
    for lang in ["en", "es"] {
        for (path, text) in files(&root().join("../../locales").join(lang), "ftl") {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let said = line.split_once(" = ").map_or(line, |(_, said)| said).to_lowercase();
                for word in hurts {
                    let whole = said
                        .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
                        .any(|found| found == word);
                    assert!(
                        !(whole || word.contains(" ") && said.contains(word)),
                        "{}: {word}",
                        path.display()
                    );
                }
            }
        }
    }
}

// ---- reading markup ----

/// The string literals that follow a call, such as `page.t("…")`.
fn quoted_after(text: &str, call: &str) -> Vec<String> {
    let found = text.match_indices(call).filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        call.contains('.') || !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    });
    found
        .filter_map(|(at, _)| text[at + call.len()..].trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// The values of an attribute, with what the template puts in still inside.
fn attribute(text: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let mut values = Vec::new();
    for (at, _) in text.match_indices(&start) {
        let (mut value, mut depth) = (String::new(), 0);
        let mut letters = text[at + start.len()..].chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '{' if matches!(letters.peek(), Some('{' | '%')) => depth += 1,
                '}' if value.ends_with(['}', '%']) && depth > 0 => depth -= 1,
                '"' if depth == 0 => break,
                _ => {}
            }
            value.push(letter);
        }
        values.push(value);
    }
    values
}

/// A class list without `{{ … }}` and without the tags of `{% … %}`.
fn without_expressions(value: &str) -> String {
    let mut left = String::new();
    let mut rest = value;
    while let Some(at) = rest.find('{') {
        left.push_str(&rest[..at]);
        let end = if rest[at..].starts_with("{%") { "%}" } else { "}}" };
        let Some(stop) = rest[at..].find(end) else { return left };
        // What is put in may stick to a fixed part (`size-{{ n }}`); then the whole word is left out.
        if end == "}}" && !left.is_empty() && !left.ends_with(' ') {
            left.truncate(left.rfind(' ').map_or(0, |space| space + 1));
        } else {
            left.push(' ');
        }
        rest = &rest[at + stop + 2..];
    }
    left.push_str(rest);
    left
}
