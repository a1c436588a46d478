//! Example code: how an operation is called, and how a value is made.
//!
//! In goes the [`Sdk`] with the examples of the document, out comes Rust that compiles, whatever the
//! examples are: one that does not fit its type is passed over for the smallest value that does. The work
//! is that of what is shown, and what is shown has a bound, however values are nested.
//! Texts of the document only ever become literals. Rustdoc, pages and generated tests all ask here,
//! so they show the same code.

mod budget;
mod call;
mod client;
mod input;
mod items;
mod json;
mod layout;
mod literal;
mod object;
mod passed;
mod scalar;
mod smallest;
mod testing;
#[cfg(test)]
mod tests;
mod topic;
mod uses;
mod value;
mod variant_of;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::sdk::{Model, ModelId, ModelKind, ModelRef, Operation, Sdk, Type};
use budget::Budget;
use layout::{indented, paragraph};
use smallest::Sizes;
pub(crate) use topic::Topic;
pub(crate) use uses::Uses;
pub(crate) use variant_of::{variant_of, variants_of};

/// How many values there may be in one that is shown, when all of them are required.
const LARGEST_SHOWN: usize = 18;

/// The same for one that is only run.
const LARGEST_RUN: usize = 1_000;

/// Writes examples for one crate.
#[derive(Debug)]
pub(crate) struct Snippets<'a> {
    sdk: &'a Sdk,
    sizes: Sizes,
    /// How many values may be required together; more are left to the reader.
    largest: usize,
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

/// A request that has not been sent.
#[derive(Clone, Debug)]
pub(crate) struct UnsentRequest {
    /// What is made before it.
    pub(crate) before: Vec<TokenStream>,
    /// The request builder, up to its `send`.
    pub(crate) builder: TokenStream,
    /// What it needs.
    pub(crate) requirements: Requirements,
}

/// An expression, and what has to be in scope for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expression {
    /// The expression.
    pub(crate) tokens: TokenStream,
    /// What it needs.
    pub(crate) requirements: Requirements,
}

/// What code needs around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Requirements {
    /// The paths that are imported.
    pub(crate) uses: Uses,
    /// Which errors `?` has to let through.
    pub(crate) errors: Errors,
}

/// The errors that `?` is used on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Errors {
    /// None, or those of the call that is shown.
    #[default]
    CallOnly,
    /// Those of the crate.
    Crate,
    /// Others as well: of a date that is read, or of a file that is opened.
    Boxed,
}

impl Requirements {
    fn add(&mut self, other: &Self) {
        self.uses.add(&other.uses);
        self.errors = self.errors.max(other.errors);
    }
}

/// Statements that use a `client`.
#[derive(Clone, Debug)]
pub(crate) struct Snippet {
    /// The statements; those that belong together stand together.
    pub(crate) paragraphs: Vec<TokenStream>,
    /// What they need.
    pub(crate) requirements: Requirements,
    /// What the crate is called in code.
    library: String,
    /// How the client is made.
    client: TokenStream,
}

impl<'a> Snippets<'a> {
    /// Looks through the models once.
    pub(crate) fn new(sdk: &'a Sdk) -> Self {
        Self { sdk, sizes: Sizes::of(sdk, LARGEST_SHOWN), largest: LARGEST_SHOWN, files: Files::OnDisk }
    }

    /// The same for code that is run, where there are no files on the disk.
    pub(crate) fn to_run(sdk: &'a Sdk) -> Self {
        Self { sdk, sizes: Sizes::of(sdk, LARGEST_RUN), largest: LARGEST_RUN, files: Files::InMemory }
    }

    /// Whether all that an operation requires can be written out: a type may have no value, or only large ones.
    pub(crate) fn is_complete(&self, operation: &Operation) -> bool {
        call::is_complete(operation, self)
    }

    /// The request of an operation with what it requires and some of what can be set, not sent.
    pub(crate) fn request(&self, operation: &Operation) -> UnsentRequest {
        call::request(operation, self)
    }

    /// Calls an operation with what it requires and some of what can be set.
    pub(crate) fn call(&self, operation: &Operation) -> Snippet {
        call::call(operation, self)
    }

    /// Goes through the items of all pages of an operation that returns its list page by page.
    pub(crate) fn items(&self, operation: &Operation) -> Snippet {
        items::items(operation, self)
    }

    /// Calls an operation and shows something other than its value.
    pub(crate) fn showing(&self, operation: &Operation, topic: Topic) -> Snippet {
        topic::showing(operation, topic, self)
    }

    /// A program that tests a call of an operation; `None` when its response cannot be made up.
    pub(crate) fn testing_program(&self, operation: &Operation) -> Option<String> {
        testing::program(operation, self)
    }

    /// Makes a client with settings of its own.
    pub(crate) fn settings(&self) -> Snippet {
        client::settings(self)
    }

    /// An expression of exactly this type, from `example` as far as that fits. It may need to be told
    /// the type: `let value: T = …`.
    fn value(&self, ty: &Type, example: Option<&Value>) -> Expression {
        let mut budget = Budget::promising(self.sizes.get(ty).unwrap_or(1));
        value::exact(ty, example, &mut budget, self)
    }

    /// A value of a model, from the examples of the document as far as those fit. `None` for a model that
    /// has no value, or only large ones.
    pub(crate) fn model(&self, id: ModelId) -> Option<Snippet> {
        self.sizes.of_id(id)?;
        let Model { name, kind, .. } = self.sdk.model(id);
        let ty = Type::Model(ModelRef { id, name: name.clone() });
        let mut value = self.value(&ty, self.sdk.examples.first.get(&id));
        let tokens = &value.tokens;
        let statement = if let ModelKind::Alias(_) = kind {
            value.requirements.uses.name(&format!("{}::models::{name}", self.library()));
            quote! { let value: #name = #tokens; }
        } else {
            quote! { let value = #tokens; }
        };
        let print = quote! { println!("{value:#?}"); };
        Some(self.snippet(vec![statement, print], value.requirements))
    }

    fn snippet(&self, paragraphs: Vec<TokenStream>, requirements: Requirements) -> Snippet {
        let library = self.library().to_owned();
        Snippet { paragraphs, requirements, library, client: client::client(self.sdk) }
    }

    /// What the crate is called in code.
    fn library(&self) -> &'a str {
        &self.sdk.package.library
    }
}

impl Snippet {
    /// The text of a doctest in rustdoc, without its fence: what surrounds the statements is hidden.
    pub(crate) fn doctest(&self) -> String {
        let Self { library, .. } = self;
        let uses = self.requirements.uses.print();
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
        let mut uses = self.requirements.uses.clone();
        uses.name(&format!("{}::Client", self.library));
        let head = format!("{}\n#[tokio::main]\nasync fn main()", uses.print());
        format!("{head} -> {} {{\n{}    Ok(())\n}}\n", self.result(), indented(&self.with_client()))
    }

    /// The text of the same program without async.
    pub(crate) fn blocking_program(&self) -> String {
        let mut uses = self.requirements.uses.clone();
        uses.name(&format!("{}::Client", self.library));
        uses.name(&format!("{}::blocking::BlockingFuture", self.library));
        let body = indented(&self.with_client()).replace(".await", ".block()");
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
        let uses = self.requirements.uses.print();
        let gap = if uses.is_empty() { "" } else { "\n" };
        match self.requirements.errors {
            Errors::CallOnly => format!("{uses}{gap}fn main() {{\n{body}}}\n"),
            Errors::Crate | Errors::Boxed => {
                format!("{uses}{gap}fn main() -> {} {{\n{body}    Ok(())\n}}\n", self.result())
            }
        }
    }

    fn statements(&self) -> String {
        self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n")
    }

    fn result(&self) -> String {
        match self.requirements.errors {
            Errors::CallOnly | Errors::Crate => format!("Result<(), {}::Error>", self.library),
            Errors::Boxed => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        }
    }
}
