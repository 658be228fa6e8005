//! `cargo xtask coverage`: which of the requirements in `docs/requirements.toml` are met, and by what.
//!
//! # How a requirement is marked as met
//!
//! A mark is a comment alone on its line that starts with `covers:` and names requirements.
//!
//! * **In Rust** it stands in or directly above a test that would fail if the capability broke:
//!
//!   ```text
//!   // covers: AL-18, WI-30
//!   #[test]
//!   fn the_person_reads_what_was_signed() { … }
//!   ```
//!
//!   A test is a function with an attribute whose path ends in `test`, also inside a macro such as `proptest!`; in a
//!   `tests/` folder it is any function, since a flow there may be walked by several tests. An ignored test doesn't
//!   count.
//!
//! * **In a pack** (`packs/**/*.toml`) it stands at the entry, and the next line names the test that exercises it:
//!
//!   ```text
//!   # covers: AL-14
//!   # exercised-by: the_first_meeting_starts_with_an_introduction
//!   [[first_meeting]]
//!   ```
//!
//! Everything else is an error with its file and line: an unknown id, a mark that shares its line with code, one away
//! from a test, one at a pack entry without a test or with a test that doesn't exist or is ignored. So a mark counts
//! or is refused, and is never quietly passed over.

use crate::workshop::Workshop;
use anyhow::{Context, Result, bail};
use proc_macro2::{Delimiter, Ident, LineColumn, TokenStream, TokenTree};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};

/// Prints the coverage; with `--json` as `{"covered": N, "total": N, "missing": […]}`.
pub fn run(workshop: &Workshop, args: &[String]) -> Result<()> {
    let json = match args {
        [] => false,
        [only] if only == "--json" => true,
        _ => bail!("`cargo xtask coverage` takes `--json` or nothing"),
    };
    let coverage = Coverage::read(&workshop.root)?;
    if json {
        println!("{}", coverage.json());
    } else {
        println!("{}", coverage.list());
    }
    Ok(())
}

/// The requirements, read from `docs/requirements.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    /// What each area means.
    areas: BTreeMap<String, String>,
    document: Vec<Document>,
    requirement: Vec<Requirement>,
}

/// One of the public documents.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    /// What the ids of its requirements start with.
    prefix: String,
    publisher: String,
    name: String,
}

/// One thing that a document asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirement {
    id: String,
    asks: String,
    means: String,
    areas: Vec<String>,
}

impl Catalogue {
    fn read(root: &Path) -> Result<Catalogue> {
        let file = root.join("docs/requirements.toml");
        let text =
            std::fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
        let catalogue: Catalogue = toml::from_str(&text).context("docs/requirements.toml")?;
        catalogue.check()?;
        Ok(catalogue)
    }

    /// Ids are unique and belong to a document, areas are known, nothing is blank.
    fn check(&self) -> Result<()> {
        let mut seen = BTreeSet::new();
        for requirement in &self.requirement {
            let id = &requirement.id;
            if !seen.insert(id) {
                bail!("docs/requirements.toml: {id} is there twice");
            }
            if self.document_of(id).is_none() {
                bail!("docs/requirements.toml: {id} belongs to no document");
            }
            if requirement.asks.is_empty() || requirement.means.is_empty() || requirement.areas.is_empty() {
                bail!("docs/requirements.toml: {id} has an empty field");
            }
            if let Some(area) = requirement.areas.iter().find(|area| !self.areas.contains_key(*area)) {
                bail!("docs/requirements.toml: {id} names the area {area}, which is not listed");
            }
        }
        Ok(())
    }

    fn document_of(&self, id: &str) -> Option<&Document> {
        let (prefix, number) = id.split_once('-')?;
        let numbered = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
        self.document.iter().find(|document| numbered && document.prefix == prefix)
    }
}

/// A file of the project.
#[derive(Debug)]
struct Source {
    /// From the top of the checkout.
    path: PathBuf,
    text: String,
}

/// What is met, and by what.
#[derive(Debug)]
pub struct Coverage {
    catalogue: Catalogue,
    /// Requirement → where its marks are, as `file:line test`.
    met: BTreeMap<String, Vec<String>>,
}

impl Coverage {
    /// Reads the catalogue and every mark in the checkout.
    pub fn read(root: &Path) -> Result<Coverage> {
        let mut rust = Vec::new();
        for folder in ["crates", "xtask"] {
            collect(root, &root.join(folder), "rs", &mut rust)?;
        }
        let mut packs = Vec::new();
        collect(root, &root.join("packs"), "toml", &mut packs)?;
        Coverage::count(Catalogue::read(root)?, &rust, &packs)
    }

    fn count(catalogue: Catalogue, rust: &[Source], packs: &[Source]) -> Result<Coverage> {
        let known: BTreeSet<&str> =
            catalogue.requirement.iter().map(|requirement| requirement.id.as_str()).collect();
        let mut met: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut faults = Vec::new();
        let mut tests: BTreeMap<String, bool> = BTreeMap::new();

        for source in rust {
            let file = RustFile::read(source)?;
            for mark in marks(&source.text, "//", &file.strings) {
                let at = format!("{}:{}", source.path.display(), mark.line);
                let test = file.functions.iter().find(|function| function.lines.contains(&mark.line));
                match (mark.ids(&known), test) {
                    (Err(why), _) => faults.push(format!("{at}: {why}")),
                    (Ok(_), None) => faults
                        .push(format!("{at}: this mark stands at no test; put it in or right above one")),
                    (Ok(_), Some(test)) if test.ignored => {
                        faults.push(format!(
                            "{at}: the test `{}` is ignored, so it can't cover anything",
                            test.name
                        ));
                    }
                    (Ok(ids), Some(test)) => {
                        for id in ids {
                            met.entry(id).or_default().push(format!("{at} {}", test.name));
                        }
                    }
                }
            }
            for function in file.functions {
                let ignored = tests.entry(function.name).or_insert(true);
                *ignored = *ignored && function.ignored;
            }
        }

        for source in packs {
            for mark in marks(&source.text, "#", &[]) {
                let at = format!("{}:{}", source.path.display(), mark.line);
                let names = mark.exercised_by();
                let wrong = names.iter().find(|name| tests.get(**name) != Some(&false));
                match (mark.ids(&known), wrong) {
                    (Err(why), _) => faults.push(format!("{at}: {why}")),
                    (Ok(_), Some(name)) => faults.push(format!("{at}: there is no test `{name}` that runs")),
                    (Ok(_), None) if names.is_empty() => faults.push(format!(
                        "{at}: say which test exercises this entry, on the next line: `# exercised-by: NAME`"
                    )),
                    (Ok(ids), None) => {
                        for id in ids {
                            met.entry(id).or_default().push(format!("{at} {}", names.join(", ")));
                        }
                    }
                }
            }
        }

        if faults.is_empty() { Ok(Coverage { catalogue, met }) } else { bail!("{}", faults.join("\n")) }
    }

    fn missing(&self) -> Vec<&str> {
        let ids = self.catalogue.requirement.iter().map(|requirement| requirement.id.as_str());
        ids.filter(|id| !self.met.contains_key(*id)).collect()
    }

    fn json(&self) -> String {
        let total = self.catalogue.requirement.len();
        let missing: Vec<String> = self.missing().iter().map(|id| format!("\"{id}\"")).collect();
        format!(r#"{{"covered": {}, "total": {total}, "missing": [{}]}}"#, self.met.len(), missing.join(", "))
    }

    /// One line.
    pub fn summary(&self) -> String {
        format!("{} of {} requirements are met", self.met.len(), self.catalogue.requirement.len())
    }

    fn list(&self) -> String {
        let mut text = String::new();
        for document in &self.catalogue.document {
            let of_it = |id: &str| id.split_once('-').is_some_and(|(prefix, _)| prefix == document.prefix);
            let all: Vec<_> = self.catalogue.requirement.iter().filter(|it| of_it(&it.id)).collect();
            let met = all.iter().filter(|it| self.met.contains_key(&it.id)).count();
            let _ = writeln!(text, "{} ({}): {met} of {}", document.name, document.publisher, all.len());
            for requirement in all {
                let _ = match self.met.get(&requirement.id) {
                    Some(places) => writeln!(text, "  {}  {}", requirement.id, places.join("\n         ")),
                    None => writeln!(text, "  {}  -- {}", requirement.id, requirement.means),
                };
            }
            text.push('\n');
        }
        text + &self.summary()
    }
}

/// A `covers:` comment.
#[derive(Debug)]
struct Mark<'a> {
    line: usize,
    /// What follows `covers:`, or nothing when the mark shares its line with something else.
    rest: Option<&'a str>,
    /// The comment on the line below.
    below: &'a str,
}

impl<'a> Mark<'a> {
    fn ids(&self, known: &BTreeSet<&str>) -> Result<Vec<String>, String> {
        let rest = self.rest.ok_or("a mark stands alone on its line")?;
        rest.split(',')
            .map(|id| match id.trim() {
                "" => Err("a mark names requirements: `covers: AL-18, WI-30`".to_string()),
                id if !known.contains(id) => {
                    Err(format!("there is no requirement `{id}` in docs/requirements.toml"))
                }
                id => Ok(id.to_string()),
            })
            .collect()
    }

    fn exercised_by(&self) -> Vec<&'a str> {
        let names = self.below.strip_prefix("exercised-by:").unwrap_or_default().split(',').map(str::trim);
        names.filter(|name| !name.is_empty()).collect()
    }
}

/// Finds the marks in a text whose comments start with `comment`, but for what stands in the `strings` of the program.
fn marks<'a>(text: &'a str, comment: &str, strings: &[Range<LineColumn>]) -> Vec<Mark<'a>> {
    let inner = |line: &'a str| {
        let line = line.trim_start();
        let rest = line.strip_prefix(comment)?;
        Some(rest.trim_start_matches(['/', '!']).trim())
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut marks = Vec::new();
    for (index, line) in lines.iter().copied().enumerate() {
        let number = index + 1;
        let below = lines.get(number).and_then(|line| inner(line)).unwrap_or_default();
        let comments = line.match_indices(comment).map(|(byte, _)| (byte, line[..byte].chars().count()));
        let mut comments = comments.filter(|(_, column)| {
            let start = LineColumn { line: number, column: *column };
            !strings.iter().any(|string| string.contains(&start))
        });
        let Some((byte, _)) = comments.next() else { continue };
        let Some(rest) = inner(&line[byte..]).and_then(|rest| rest.strip_prefix("covers:")) else { continue };
        let alone = line[..byte].trim().is_empty();
        marks.push(Mark { line: number, rest: alone.then_some(rest), below });
    }
    marks
}

/// The tests of one Rust file.
#[derive(Debug, Default)]
struct RustFile {
    functions: Vec<Function>,
    /// Where strings are: what looks like a comment in one is none.
    strings: Vec<Range<LineColumn>>,
}

#[derive(Debug)]
struct Function {
    name: String,
    /// From the first comment or attribute above it to its closing brace.
    lines: RangeInclusive<usize>,
    ignored: bool,
}

impl RustFile {
    fn read(source: &Source) -> Result<RustFile> {
        let tokens: TokenStream = source
            .text
            .parse()
            .map_err(|error| anyhow::anyhow!("{}: this is not Rust: {error}", source.path.display()))?;
        let everywhere = source.path.components().any(|part| part.as_os_str() == "tests");
        let mut file = RustFile::default();
        file.walk(tokens, everywhere);
        let lines: Vec<&str> = source.text.lines().collect();
        for function in &mut file.functions {
            let mut first = *function.lines.start();
            while first > 1 && lines[first - 2].trim_start().starts_with("//") {
                first -= 1;
            }
            function.lines = first..=*function.lines.end();
        }
        Ok(file)
    }

    /// Goes through one level of braces and into those that are no function.
    fn walk(&mut self, tokens: TokenStream, everywhere: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        // The line of the first attribute of the coming item, and whether they say `test` and `ignore`.
        let mut above: Option<usize> = None;
        let (mut test, mut ignored) = (false, false);
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Punct(hash) if hash.as_char() == '#' => {
                    if let Some(TokenTree::Group(group)) = tokens.get(at + 1)
                        && group.delimiter() == Delimiter::Bracket
                    {
                        above.get_or_insert(hash.span().start().line);
                        match last_of_path(group.stream()).as_deref() {
                            Some("test") => test = true,
                            Some("ignore") => ignored = true,
                            _ => {}
                        }
                        self.strings_in(group.stream());
                        at += 1;
                    }
                }
                TokenTree::Ident(word) if word == "fn" => {
                    let Some(TokenTree::Ident(name)) = tokens.get(at + 1) else {
                        at += 1;
                        continue;
                    };
                    let body = tokens[at..].iter().position(|token| {
                        matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                            || matches!(token, TokenTree::Punct(end) if end.as_char() == ';')
                    });
                    if let Some(TokenTree::Group(group)) = body.map(|offset| &tokens[at + offset]) {
                        if test || everywhere {
                            let first = above.unwrap_or(word.span().start().line);
                            let lines = first..=group.span_close().end().line;
                            self.functions.push(Function { name: name.to_string(), lines, ignored });
                            self.strings_in(group.stream());
                        } else {
                            self.walk(group.stream(), everywhere);
                        }
                    }
                    at += body.unwrap_or(1);
                    (above, test, ignored) = (None, false, false);
                }
                TokenTree::Group(group) => {
                    self.walk(group.stream(), everywhere);
                    if group.delimiter() == Delimiter::Brace {
                        (above, test, ignored) = (None, false, false);
                    }
                }
                TokenTree::Punct(end) if end.as_char() == ';' => {
                    (above, test, ignored) = (None, false, false)
                }
                token => self.string(token),
            }
            at += 1;
        }
    }

    fn strings_in(&mut self, tokens: TokenStream) {
        for token in tokens {
            match &token {
                TokenTree::Group(group) => self.strings_in(group.stream()),
                token => self.string(token),
            }
        }
    }

    fn string(&mut self, token: &TokenTree) {
        if let TokenTree::Literal(literal) = token {
            // A doc comment is a literal too, and there a mark is a mark.
            if !literal.span().source_text().is_some_and(|text| text.starts_with('/')) {
                self.strings.push(literal.span().start()..literal.span().end());
            }
        }
    }
}

/// `test` of `#[tokio::test(flavor = "…")]`.
fn last_of_path(attribute: TokenStream) -> Option<String> {
    let mut last: Option<Ident> = None;
    for token in attribute {
        match token {
            TokenTree::Ident(ident) => last = Some(ident),
            TokenTree::Punct(colon) if colon.as_char() == ':' => {}
            _ => break,
        }
    }
    last.map(|ident| ident.to_string())
}

/// All files with an ending, in the order of their names so that what is printed is always the same.
fn collect(root: &Path, folder: &Path, ending: &str, found: &mut Vec<Source>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(root, &path, ending, found)?;
        } else if path.extension().is_some_and(|have| have == ending) {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("could not read {}", path.display()))?;
            found.push(Source { path: path.strip_prefix(root).unwrap_or(&path).to_path_buf(), text });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
    }

    fn count(rust: &[(&str, &str)], packs: &[(&str, &str)]) -> Result<Coverage> {
        let sources = |files: &[(&str, &str)]| -> Vec<Source> {
            files.iter().map(|(path, text)| Source { path: path.into(), text: (*text).into() }).collect()
        };
        Coverage::count(Catalogue::read(root()).unwrap(), &sources(rust), &sources(packs))
    }

    fn met(rust: &str) -> Vec<String> {
        count(&[("crates/a/src/a.rs", rust)], &[]).unwrap().met.into_keys().collect()
    }

    fn fault(rust: &str, pack: &str) -> String {
        count(&[("crates/a/src/a.rs", rust)], &[("packs/a/b.toml", pack)]).unwrap_err().to_string()
    }

    #[test]
    fn the_catalogue_is_whole() {
        let catalogue = Catalogue::read(root()).unwrap();
        for (prefix, first, many) in
            [("AL", 0, 72), ("GA", 1, 65), ("MO", 1, 41), ("CA", 1, 71), ("WI", 1, 45)]
        {
            let expected: Vec<String> =
                (first..first + many).map(|number| format!("{prefix}-{number:02}")).collect();
            let ids: Vec<&str> = catalogue.requirement.iter().map(|it| it.id.as_str()).collect();
            let found: Vec<&str> = ids.into_iter().filter(|id| id.starts_with(prefix)).collect();
            assert_eq!(found, expected, "{prefix}");
        }
        assert_eq!(catalogue.requirement.len(), 294);
    }

    #[test]
    fn every_mark_of_the_project_counts() {
        Coverage::read(root()).unwrap();
    }

    #[test]
    fn a_mark_counts_in_and_above_a_test() {
        assert_eq!(met("// covers: AL-18, WI-30\n#[test]\nfn a() {}"), ["AL-18", "WI-30"]);
        assert_eq!(met("/// Reads.\n/// covers: AL-18\n#[test]\nfn a() {}"), ["AL-18"]);
        assert_eq!(met("#[test]\nfn a() {\n    // covers: AL-18\n    check();\n}"), ["AL-18"]);
        assert_eq!(met("mod tests {\n  #[tokio::test]\n  // covers: AL-18\n  async fn a() {}\n}"), ["AL-18"]);
        assert_eq!(met("proptest! {\n  // covers: AL-18\n  #[test]\n  fn a(x in 0..3) {}\n}"), ["AL-18"]);
    }

    #[test]
    fn a_mark_away_from_a_test_is_refused() {
        let away = "crates/a/src/a.rs:1: this mark stands at no test; put it in or right above one";
        assert_eq!(fault("// covers: AL-18\nfn a() {}", ""), away);
        assert_eq!(fault("// covers: AL-18\n\n#[test]\nfn a() {}", ""), away);
        assert_eq!(fault("// covers: AL-18\n#[cfg(test)]\nmod tests {\n  #[test]\n  fn a() {}\n}", ""), away);
        assert!(
            fault("#[test]\nfn a() {}\n// covers: AL-18\nfn b() {}", "").starts_with("crates/a/src/a.rs:3:")
        );
        let ignored = fault("// covers: AL-18\n#[test]\n#[ignore = \"slow\"]\nfn a() {}", "");
        assert!(ignored.ends_with("the test `a` is ignored, so it can't cover anything"), "{ignored}");
    }

    #[test]
    fn in_a_tests_folder_a_flow_counts_too() {
        let flow = "// covers: AL-18\nasync fn sign(page: &Page) {}";
        let coverage = count(&[("crates/a/tests/browser/note.rs", flow)], &[]).unwrap();
        assert_eq!(coverage.met["AL-18"], ["crates/a/tests/browser/note.rs:1 sign"]);
    }

    #[test]
    fn an_unknown_or_crooked_mark_is_refused() {
        assert_eq!(
            fault("#[test]\nfn a() {\n  // covers: AL-99\n}", ""),
            "crates/a/src/a.rs:3: there is no requirement `AL-99` in docs/requirements.toml"
        );
        assert_eq!(
            fault("#[test] // covers: AL-18\nfn a() {}", ""),
            "crates/a/src/a.rs:1: a mark stands alone on its line"
        );
        assert!(fault("#[test]\n// covers: AL-18,\nfn a() {}", "").contains("a mark names requirements"));
    }

    #[test]
    fn a_mark_inside_a_text_of_the_program_is_none() {
        assert_eq!(met("#[test]\nfn a() {\n  let t = \"\n// covers: AL-18\n\";\n}"), [] as [&str; 0]);
        assert_eq!(met("#[test]\nfn a() {\n  let t = \"// covers: AL-18\";\n}"), [] as [&str; 0]);
        assert_eq!(met("#[test]\nfn a() {\n  let t = \"a\";\n  // covers: AL-18\n}"), ["AL-18"]);
    }

    #[test]
    fn a_pack_entry_needs_a_test_that_runs() {
        let tests = "#[test]\nfn runs() {}\n#[test]\n#[ignore]\nfn rests() {}\nfn helps() {}";
        let entry = |by: &str| format!("# covers: AL-14\n{by}\n[[first_meeting]]\nid = \"hello\"\n");
        let pack = entry("# exercised-by: runs");
        let coverage = count(&[("crates/a/src/a.rs", tests)], &[("packs/a/b.toml", &pack)]).unwrap();
        assert_eq!(coverage.met["AL-14"], ["packs/a/b.toml:1 runs"]);
        for wrong in ["rests", "helps", "nowhere", "runs, nowhere"] {
            let why = fault(tests, &entry(&format!("# exercised-by: {wrong}")));
            assert!(why.starts_with("packs/a/b.toml:1: there is no test `"), "{wrong}: {why}");
        }
        assert!(fault(tests, &entry("")).contains("say which test exercises this entry"));
        assert!(fault(tests, "a = 1 # covers: AL-14").contains("a mark stands alone on its line"));
    }

    #[test]
    fn the_json_says_how_many_and_which_not() {
        let coverage = count(&[("a.rs", "// covers: AL-00, WI-45\n#[test]\nfn a() {}")], &[]).unwrap();
        let json: serde_json::Value = serde_json::from_str(&coverage.json()).unwrap();
        assert_eq!(json["covered"], 2);
        assert_eq!(json["total"], 294);
        let missing = json["missing"].as_array().unwrap();
        assert_eq!(missing.len(), 292);
        assert_eq!(missing[0], "AL-01");
        assert_eq!(json.as_object().unwrap().len(), 3);
    }
}
