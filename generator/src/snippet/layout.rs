//! The text of statements.
//!
//! prettyplease lays them out, all but the JSON in `json!`, whose notation it does not know.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// Longer JSON has a line for each member.
const WIDTH: usize = 60;

/// The text of statements as they stand in a function, without its indentation.
pub(super) fn paragraph(statements: &TokenStream) -> String {
    let mut values = Vec::new();
    let statements = take_json(statements.clone(), &mut values);
    let function: syn::File = syn::parse2(quote! { fn main() { #statements } })
        .unwrap_or_else(|error| panic!("snippets are Rust, but {error}: {statements}"));
    let text = prettyplease::unparse(&function);
    let lines = text.lines().filter_map(|line| match line.strip_prefix("    ") {
        Some(line) => Some(line),
        None if line.is_empty() => Some(""),
        None => None,
    });
    lines.map(|line| put_json(line, &values)).collect()
}

/// The text, four columns further in.
pub(super) fn indented(text: &str) -> String {
    let lines = text.lines();
    lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

/// Takes the contents of each `json!(…)` out, and leaves `json_0`, `json_1` and so on.
fn take_json(tokens: TokenStream, values: &mut Vec<TokenStream>) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        let TokenTree::Group(group) = tree else {
            out.push(tree);
            continue;
        };
        let content = if follows_json(&out) {
            let marker = format_ident!("json_{}", values.len());
            values.push(group.stream());
            quote! { #marker }
        } else {
            take_json(group.stream(), values)
        };
        out.push(Group::new(group.delimiter(), content).into());
    }
    out.into_iter().collect()
}

fn follows_json(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if name == "json" && mark.as_char() == '!')
}

/// Puts the JSON back into a line; what takes several is indented like it.
fn put_json(line: &str, values: &[TokenStream]) -> String {
    let mut line = line.to_owned();
    let indent = line.len() - line.trim_start().len();
    for (index, value) in values.iter().enumerate() {
        let marker = format!("json!(json_{index})");
        if line.contains(&marker) {
            line = line.replacen(&marker, &format!("json!({})", json(value, indent)), 1);
        }
    }
    line.push('\n');
    line
}

/// The text of JSON as `json!` takes it.
fn json(tokens: &TokenStream, indent: usize) -> String {
    let solid = solid(tokens);
    if solid.len() <= WIDTH {
        return solid;
    }
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let [head @ .., TokenTree::Group(group)] = trees.as_slice() else { return solid };
    let (open, close) = if group.delimiter() == Delimiter::Brace { ('{', '}') } else { ('[', ']') };
    let head: TokenStream = head.iter().cloned().collect();
    let key = if head.is_empty() { String::new() } else { format!("{} ", self::solid(&head)) };
    let inner = indent + 4;
    let mut text = format!("{key}{open}\n");
    for entry in entries(group.stream()) {
        text.extend([&" ".repeat(inner), &json(&entry, inner), ",\n"]);
    }
    text.push_str(&" ".repeat(indent));
    text.push(close);
    text
}

fn entries(tokens: TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let parts = trees.split(|tree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ','));
    parts.filter(|part| !part.is_empty()).map(|part| part.iter().cloned().collect()).collect()
}

/// JSON on one line.
fn solid(tokens: &TokenStream) -> String {
    let trees = tokens.clone().into_iter();
    let words = trees.map(|tree| match tree {
        TokenTree::Group(group) => {
            let inner = solid(&group.stream());
            match group.delimiter() {
                Delimiter::Brace if inner.is_empty() => "{}".to_owned(),
                Delimiter::Brace => format!("{{ {inner} }}"),
                Delimiter::Bracket => format!("[{inner}]"),
                Delimiter::Parenthesis | Delimiter::None => inner,
            }
        }
        TokenTree::Punct(mark) if mark.as_char() == '-' => "-".to_owned(),
        TokenTree::Punct(mark) => format!("{} ", mark.as_char()),
        TokenTree::Ident(word) => word.to_string(),
        TokenTree::Literal(literal) => literal.to_string(),
    });
    words.collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_as_people_write_it() {
        let text = paragraph(&quote! {
            let value = serde_json::json!({"a": -1, "b": [], "c": {}});
            call(serde_json::json!({"name": ["a long text to break the line", 1.5], "other": {"deep": "a long text, too"}}));
        });
        insta::assert_snapshot!(text);
    }
}
