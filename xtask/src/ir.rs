//! `cargo xtask ir`: the lowered form of a document.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use sdk_generator::ir::OperationId;

use crate::project::Source;
use crate::report::{self, Format};

/// Print the lowered form of a document.
#[derive(Args)]
pub(crate) struct Ir {
    #[command(flatten)]
    source: Source,
    /// The operation to print, by its operationId [default: all, and the types]
    operation: Option<String>,
}

impl Ir {
    /// Runs the command.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let api = match self.source.read().and_then(|loaded| loaded.read()) {
            Ok((api, _)) => api,
            Err(diagnostics) => {
                report::diagnostics(&diagnostics, Format::Human);
                return Ok(ExitCode::FAILURE);
            }
        };
        let Some(id) = &self.operation else {
            report::say(api);
            return Ok(ExitCode::SUCCESS);
        };
        let Some(index) = api.operations.iter().position(|operation| operation.id == *id) else {
            bail!("there is no operation {id}; `cargo xtask ir` lists them all");
        };
        report::say(api.display_operation(OperationId(index)));
        Ok(ExitCode::SUCCESS)
    }
}
