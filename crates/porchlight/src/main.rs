//! The program: sets up, serves, shows a demo, checks packs and the journal.
#![forbid(unsafe_code)]

mod backup;
mod config;
mod corner;
mod demo;
mod figures;
mod init;
mod journal;
mod ladder;
mod listen;
mod packs;
mod rules;
mod serve;
mod way_in;
mod words;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A page is thousands of small texts, made by one thread and let go by another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Porchlight: the system a certified peer-support programme runs on.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The configuration file.
    #[arg(long, global = true, value_name = "FILE", default_value = config::DEFAULT_FILE)]
    config: PathBuf,
    /// A folder of packs to use instead of those inside the program.
    #[arg(long, global = true, value_name = "DIR")]
    packs: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the key ring, the agency and a link for the first administrator.
    Init {
        /// What the first administrator is called.
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Make a link for a new password, for somebody whom nobody else can let in, such as the only administrator.
    WayIn {
        /// The name they sign in with.
        sign_in_name: String,
    },
    /// Serve the site.
    Serve,
    /// Show programmes full of invented people, on this machine only.
    Demo(demo::Wish),
    /// Work with packs.
    #[command(subcommand)]
    Pack(PackCommand),
    /// Ask what a pack's rules say about a worker.
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Work with the journal.
    #[command(subcommand)]
    Journal(JournalCommand),
    /// Read text for words that hurt or label a person, and suggest others.
    #[command(subcommand)]
    Words(WordsCommand),
    /// Open what somebody took along of their own corner, on any machine.
    #[command(subcommand)]
    Corner(CornerCommand),
    /// Work with the ladders of safety reports.
    #[command(subcommand)]
    Ladder(LadderCommand),
    /// Copy everything, while others go on working, into one sealed file.
    Backup {
        /// The file to write.
        file: PathBuf,
        /// Seal the key ring into this file too, in another folder.
        #[arg(long, value_name = "FILE")]
        key_ring: Option<PathBuf>,
        /// A key that opens it, to open it again after writing.
        #[arg(long, value_name = "FILE")]
        identity: Option<PathBuf>,
    },
    /// Make a key that opens backups, and say what to write into the configuration.
    BackupKey {
        /// The file to write it into.
        file: PathBuf,
    },
    /// Fill an empty database from a backup, as it was then.
    Restore {
        /// The backup.
        file: PathBuf,
        /// The file with the key that opens it.
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
        /// The sealed key ring that was kept apart from it, to be put where keys.file says.
        #[arg(long, value_name = "FILE")]
        key_ring: Option<PathBuf>,
    },
    /// Print every setting, what it means and what it is now.
    Settings,
}

#[derive(Subcommand)]
enum LadderCommand {
    /// List the hours of the coming 14 days in which nobody would be called; ends with 1 when there is one.
    Check {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum PackCommand {
    /// Check pack folders; every fault is printed as `file:line:col: message`.
    Check {
        /// Folders of packs, or of one pack.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Say in words what another pack, or another version of one, changes and when.
    Diff {
        /// A pack's name, or the folder of one.
        before: String,
        /// Another.
        after: String,
        /// Facts about workers: what would have been answered about them otherwise.
        #[arg(long, value_name = "FILE")]
        facts: Vec<PathBuf>,
        /// The first day to look at; with --facts.
        #[arg(long, value_name = "YYYY-MM-DD", requires = "facts")]
        from: Option<jiff::civil::Date>,
        /// The last day to look at; with --facts.
        #[arg(long, value_name = "YYYY-MM-DD", requires = "facts")]
        until: Option<jiff::civil::Date>,
    },
    /// List the packs.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum WordsCommand {
    /// Find words that could be said with more respect; ends with 1 when there are some, with 2 when it can't read.
    Check {
        /// The file, or - for what comes in.
        file: PathBuf,
        /// The pack whose words count.
        #[arg(long, value_name = "ID", default_value = porchlight_practice::pack::COMMON)]
        pack: String,
        /// Only the words of one language.
        #[arg(long, value_parser = ["en", "es"])]
        lang: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Measure how hard a text is to read, and suggest simpler words.
    Plain {
        /// The file, or - for what comes in.
        file: PathBuf,
        /// The pack whose words count.
        #[arg(long, value_name = "ID", default_value = porchlight_practice::pack::COMMON)]
        pack: String,
        /// The language of the text.
        #[arg(long, value_parser = ["en", "es"], default_value = "en")]
        lang: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum RulesCommand {
    /// Answer the pack's questions about one worker on one day.
    Ask {
        /// The pack's name.
        #[arg(long, value_name = "ID", default_value = porchlight_practice::pack::COMMON)]
        pack: String,
        /// The facts about the worker, a TOML file; docs/rules.md has its tables and keys.
        #[arg(long, value_name = "FILE")]
        facts: PathBuf,
        /// The day, such as 2026-03-01.
        #[arg(long, value_name = "YYYY-MM-DD")]
        day: jiff::civil::Date,
        /// Only this question.
        #[arg(long, value_name = "ID")]
        question: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the pack's questions.
    Questions {
        /// The pack's name.
        #[arg(long, value_name = "ID", default_value = porchlight_practice::pack::COMMON)]
        pack: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum CornerCommand {
    /// Read a sealed file: asks for the passphrase or the printed code, and prints every word.
    Open {
        /// The file, such as `mine.sealed`.
        file: PathBuf,
        /// The language of the questions.
        #[arg(long, default_value = "en")]
        lang: String,
    },
}

#[derive(Subcommand)]
enum JournalCommand {
    /// Check every entry, and the signed heads if a file of them is given.
    Verify {
        /// The file of signed heads.
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("porchlight: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { config: file, packs: folder, command } = arguments;
    match command {
        Command::Init { name } => init::init(&file, folder.as_deref(), &name),
        Command::WayIn { sign_in_name } => way_in::way_in(&file, folder.as_deref(), &sign_in_name),
        Command::Serve => serve::serve(&config::read(&file)?, folder.as_deref()),
        Command::Demo(wish) => demo::demo(&wish, folder.as_deref()),
        Command::Pack(PackCommand::Check { paths }) => packs::check(&paths),
        Command::Pack(PackCommand::List { json }) => packs::list(folder.as_deref(), json),
        Command::Pack(PackCommand::Diff { before, after, facts, from, until }) => {
            let days = from.zip(until);
            rules::diff(folder.as_deref(), [&before, &after], &facts, days)
        }
        Command::Rules(RulesCommand::Ask { pack, facts, day, question, json }) => {
            rules::ask(folder.as_deref(), &pack, &facts, day, question.as_deref(), json)
        }
        Command::Rules(RulesCommand::Questions { pack, json }) => {
            rules::questions(folder.as_deref(), &pack, json)
        }
        Command::Journal(JournalCommand::Verify { heads }) => {
            journal::verify(&config::read(&file)?, heads.as_deref())
        }
        Command::Words(command) => Ok(words::run(command, folder.as_deref())),
        Command::Corner(CornerCommand::Open { file, lang }) => corner::open(&file, &lang),
        Command::Ladder(LadderCommand::Check { json }) => {
            ladder::check(&config::read(&file)?, folder.as_deref(), json)
        }
        Command::Backup { file: to, key_ring, identity } => {
            backup::make(&config::read(&file)?, &to, key_ring.as_deref(), identity.as_deref())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::BackupKey { file } => backup::key(&file).map(|()| ExitCode::SUCCESS),
        Command::Restore { file: from, identity, key_ring } => {
            backup::restore(&config::read(&file)?, &from, &identity, key_ring.as_deref())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Settings => {
            print!("{}", config::read(&file)?.describe());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// A runtime with as many threads as the machine has cores.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
