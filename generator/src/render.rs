//! Fills in text templates. Knows nothing of what is in them.
//!
//! The folder of the templates mirrors that of the crate: `README.md.jinja` becomes `README.md`.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

/// Every template, by the path of what it becomes; capitals stand for a name.
macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../templates/", $path, ".jinja")))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "README.md",
    "USAGE.md",
    "docs/README.md",
    "docs/blocking.md",
    "docs/call_options.md",
    "docs/errors/error.md",
    "docs/models/MODEL.md",
    "docs/sdks/RESOURCE/README.md",
    "docs/testing.md",
    "docs/webhooks.md",
    "src/doctests.rs",
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

/// The text of the template `name`, with `view` filled in.
///
/// # Panics
///
/// When the template asks for something that the view does not have; both are ours.
pub(crate) fn template(name: &str, view: impl Serialize) -> String {
    let template = ENVIRONMENT.get_template(name).expect("every template is in the list");
    let text = template.render(Serde(view)).expect("a view has everything that its template asks for");
    format!("{}\n", text.trim_end())
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // Lines that hold nothing but a tag leave nothing behind.
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters are valid"));
    for (name, text) in TEMPLATES {
        environment.add_template(name, text).expect("every template is written in Jinja");
    }
    environment
}
