//! The commands of the workspace.
//!
//! ```text
//! cargo xtask regen     document ─▶ crate, written, compared or listed
//! cargo xtask ir        document ─▶ its lowered form
//! cargo xtask corpus    many documents ─▶ a table of how each of them fares
//! ```
//!
//! Only this crate reads and writes files; the generator is a library without I/O.

mod corpus;
mod ir;
mod output;
mod project;
mod quality;
mod regen;
mod report;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The commands of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Turn an OpenAPI document into a crate
    Regen(regen::Regen),
    /// Print the lowered form of a document
    Ir(ir::Ir),
    /// Run the generator over a folder of documents
    Corpus(corpus::Corpus),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Regen(regen) => regen.run(),
        Command::Ir(ir) => ir.run(),
        Command::Corpus(corpus) => corpus.run(),
    };
    result.unwrap_or_else(|error| {
        report::warn(format_args!("error: {error:#}"));
        ExitCode::FAILURE
    })
}
