//! Example code: how an operation is called, and how a value is made.
//!
//! In goes the [`Plan`] with the examples of the document, out comes Rust that compiles, whatever the
//! examples are: one that does not fit its type is passed over for the simplest value that does.
//! Texts of the document only ever become literals. Rustdoc, pages and generated tests all ask here,
//! so they show the same code.

mod call;
mod examples;
mod fit;
mod layout;
mod literal;
mod paged;
mod simplest;
#[cfg(test)]
mod tests;
mod uses;
mod value;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::Plan;
use crate::ir::{OperationId, Shape, Type, TypeId};
use examples::Examples;
use layout::{indented, paragraph};
use simplest::Heights;
pub(crate) use uses::Uses;

/// Writes examples for one plan.
#[derive(Debug)]
pub(crate) struct Snippets<'a> {
    plan: &'a Plan,
    heights: Heights,
    examples: Examples<'a>,
    files: Files,
}

/// Where the files of examples are.
#[derive(Clone, Copy, Debug)]
enum Files {
    /// On the disk, as readers expect it.
    OnDisk,
    /// In memory, so that the example runs anywhere.
    InMemory,
}

/// A call that has not been sent.
#[derive(Clone, Debug)]
pub(crate) struct Unsent {
    /// What is made before the call.
    pub(crate) before: Vec<TokenStream>,
    /// The call up to its `send`.
    pub(crate) call: TokenStream,
    /// What it needs.
    pub(crate) needs: Needs,
}

/// An expression, and what has to be in scope for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expression {
    /// The expression.
    pub(crate) tokens: TokenStream,
    /// What it needs.
    pub(crate) needs: Needs,
}

/// What code needs around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    /// What is imported.
    pub(crate) uses: Uses,
    /// Which errors `?` has to let through.
    pub(crate) errors: Errors,
}

/// The errors that `?` is used on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Errors {
    /// None, or those of the call that is shown.
    #[default]
    Own,
    /// Those of the crate.
    Crate,
    /// Others as well: of a date that is read, or of a file that is opened.
    Any,
}

impl Needs {
    fn add(&mut self, other: &Self) {
        self.uses.add(&other.uses);
        self.errors = self.errors.max(other.errors);
    }
}

/// What there is to show about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aspect {
    /// What surrounds the value that comes back.
    Response,
    /// How a failure is handled.
    Failure,
    /// What can be set for one call alone.
    Options,
}

/// Statements that use a `client`.
#[derive(Clone, Debug)]
pub(crate) struct Snippet {
    /// The statements; those that belong together stand together.
    pub(crate) paragraphs: Vec<TokenStream>,
    /// What they need.
    pub(crate) needs: Needs,
    /// What the crate is called in code.
    library: String,
    /// How the client is made.
    client: TokenStream,
}

impl<'a> Snippets<'a> {
    /// Looks through the types of `plan` once.
    pub(crate) fn new(plan: &'a Plan) -> Self {
        Self { plan, heights: Heights::of(plan), examples: Examples::of(&plan.api), files: Files::OnDisk }
    }

    /// The same for code that is run, where there are no files on the disk.
    pub(crate) fn to_run(plan: &'a Plan) -> Self {
        Self { files: Files::InMemory, ..Self::new(plan) }
    }

    /// The call of an operation with what it requires and some of what can be set, not sent.
    pub(crate) fn unsent(&self, id: OperationId) -> Unsent {
        call::unsent(id, self)
    }

    /// The operation that takes least and gives a value: what anything else is best shown on.
    pub(crate) fn shown(&self) -> Option<OperationId> {
        call::shown(self.plan)
    }

    /// Calls an operation with what it requires and some of what can be set.
    pub(crate) fn call(&self, id: OperationId) -> Snippet {
        call::call(id, self)
    }

    /// Goes through the items of all pages of an operation that gives its list page by page.
    pub(crate) fn items(&self, id: OperationId) -> Snippet {
        paged::items(id, self)
    }

    /// Calls an operation and shows some aspect of it.
    pub(crate) fn showing(&self, id: OperationId, aspect: Aspect) -> Snippet {
        call::showing(id, aspect, self)
    }

    /// Makes a client with settings of its own.
    pub(crate) fn settings(&self) -> Snippet {
        call::settings(self)
    }

    /// An expression of exactly this type, from `example` as far as that fits. It may need to be told
    /// the type: `let value: T = …`.
    pub(crate) fn value(&self, ty: &Type, example: Option<&Value>) -> Expression {
        value::exact(ty, example, self)
    }

    /// A value of a named type, from the examples of the document as far as those fit.
    pub(crate) fn model(&self, id: TypeId) -> Snippet {
        let example = self.examples.get(id);
        let mut value = self.value(&Type::Named(id), example);
        let (name, tokens) = (format_ident!("{}", self.plan.names.ty(id).ident.as_str()), &value.tokens);
        let statement = if let Shape::Alias(_) = self.plan.api.type_def(id).shape {
            value.needs.uses.name(&format!("{}::models::{name}", library(self.plan)));
            quote! { let value: #name = #tokens; }
        } else {
            quote! { let value = #tokens; }
        };
        let print = quote! { println!("{value:#?}"); };
        self.snippet(vec![statement, print], value.needs)
    }

    fn snippet(&self, paragraphs: Vec<TokenStream>, needs: Needs) -> Snippet {
        let library = library(self.plan);
        Snippet { paragraphs, needs, library, client: call::client(self.plan) }
    }
}

/// What the crate is called in code.
pub(crate) fn library(plan: &Plan) -> String {
    plan.config.package.name.replace('-', "_")
}

impl Snippet {
    /// The text of a doctest in rustdoc, without its fence: what surrounds the statements is hidden.
    pub(crate) fn doctest(&self) -> String {
        let Self { library, .. } = self;
        let uses = self.needs.uses.print();
        let mut text = format!("# async fn example(client: {library}::Client) -> {} {{\n", self.result());
        for line in uses.lines() {
            text.push_str(line);
            text.push('\n');
        }
        if !uses.is_empty() {
            text.push('\n');
        }
        text.push_str(&self.statements());
        text.push_str("# Ok(())\n# }");
        text
    }

    /// The text of a whole program, which makes its own client.
    pub(crate) fn program(&self) -> String {
        let mut uses = self.needs.uses.clone();
        uses.name(&format!("{}::Client", self.library));
        let head = format!("{}\n#[tokio::main]\nasync fn main()", uses.print());
        format!("{head} -> {} {{\n{}    Ok(())\n}}\n", self.result(), indented(&self.with_client()))
    }

    /// The text of the same program without async.
    pub(crate) fn blocking_program(&self) -> String {
        let mut uses = self.needs.uses.clone();
        uses.name(&format!("{}::Client", self.library));
        uses.name(&format!("{}::blocking::Wait", self.library));
        let body = indented(&self.with_client()).replace(".await", ".wait()");
        format!("{}\nfn main() -> {} {{\n{body}    Ok(())\n}}\n", uses.print(), self.result())
    }

    /// The statements, and before them the one that makes a client.
    fn with_client(&self) -> String {
        let client = &self.client;
        format!("{}\n{}", paragraph(&quote! { let client = #client; }), self.statements())
    }

    /// The text of a program that calls nothing, and so needs neither a client nor a runtime.
    pub(crate) fn plain_program(&self) -> String {
        let body = indented(&self.statements());
        let uses = self.needs.uses.print();
        let gap = if uses.is_empty() { "" } else { "\n" };
        match self.needs.errors {
            Errors::Own => format!("{uses}{gap}fn main() {{\n{body}}}\n"),
            Errors::Crate | Errors::Any => {
                format!("{uses}{gap}fn main() -> {} {{\n{body}    Ok(())\n}}\n", self.result())
            }
        }
    }

    fn statements(&self) -> String {
        self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n")
    }

    fn result(&self) -> String {
        match self.needs.errors {
            Errors::Own | Errors::Crate => format!("Result<(), {}::Error>", self.library),
            Errors::Any => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        }
    }
}
