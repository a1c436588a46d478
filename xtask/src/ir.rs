//! `cargo xtask ir`: what the emitters see of a document.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use sdk_generator::ir::OperationId;

use crate::project::Source;
use crate::report::{self, Format};

/// Print what the emitters see of a document.
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
        let plan = match self.source.read().and_then(|loaded| loaded.plan()) {
            Ok((plan, _)) => plan,
            Err(diagnostics) => {
                report::diagnostics(&diagnostics, Format::Human);
                return Ok(ExitCode::FAILURE);
            }
        };
        let Some(id) = &self.operation else {
            report::say(plan.api);
            return Ok(ExitCode::SUCCESS);
        };
        let Some(index) = plan.api.operations.iter().position(|operation| operation.id == *id) else {
            bail!("there is no operation {id}; `cargo xtask ir` lists them all");
        };
        report::say(plan.api.display_operation(OperationId(index)));
        Ok(ExitCode::SUCCESS)
    }
}
