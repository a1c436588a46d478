//! The text of statements.
//!
//! prettyplease lays them out, all but what stands in macros, which it takes as it comes: a `vec!` is
//! passed off as a call, and JSON, whose notation it does not know, is laid out here.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::tokens::{between_commas, parsed};

/// Longer JSON has a line for each member.
const WIDTH: usize = 60;

/// The text of statements as they stand in a function, without its indentation.
pub(super) fn paragraph(statements: &TokenStream) -> String {
    let mut values = Vec::new();
    let statements = take_json(statements.clone(), &mut values);
    let function: syn::File = syn::parse2(quote! { fn main() { #statements } })
        .unwrap_or_else(|error| panic!("snippets are Rust, but {error}: {statements}"));
    let text = put_vecs(&prettyplease::unparse(&function));
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

/// The text of `use` lines, broken where they are too long.
pub(super) fn uses(lines: &str) -> String {
    let file = syn::parse_str(lines).unwrap_or_else(|error| panic!("imports are Rust, but {error}: {lines}"));
    prettyplease::unparse(&file)
}

/// What a `vec!` is called for as long as prettyplease looks at it.
const VEC: &str = "vec_of";

/// Takes the contents of each `json!(…)` out, and leaves `json_0`, `json_1` and so on; makes each
/// `vec![…]` a call.
fn take_json(tokens: TokenStream, values: &mut Vec<TokenStream>) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        let TokenTree::Group(group) = tree else {
            out.push(tree);
            continue;
        };
        if follows(&out, "vec") {
            out.truncate(out.len() - 2);
            let list = Group::new(Delimiter::Bracket, take_json(group.stream(), values));
            let call = parsed(VEC);
            out.extend(quote! { #call(#list) });
            continue;
        }
        let content = if follows(&out, "json") {
            let marker = parsed(&format!("json_{}", values.len()));
            values.push(group.stream());
            quote! { #marker }
        } else {
            take_json(group.stream(), values)
        };
        out.push(Group::new(group.delimiter(), content).into());
    }
    out.into_iter().collect()
}

fn follows(tokens: &[TokenTree], macro_name: &str) -> bool {
    matches!(tokens, [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if name == macro_name && mark.as_char() == '!')
}

/// Makes each call that stands for a `vec!` one again.
fn put_vecs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // For each open bracket, whether it is that of a `vec!`.
    let mut open = Vec::new();
    while let Some(first) = rest.chars().next() {
        if let Some(list) = rest.strip_prefix(VEC).and_then(|call| call.strip_prefix('(')) {
            out.push_str("vec![");
            open.push(true);
            rest = list.trim_start().strip_prefix('[').unwrap_or(list);
            continue;
        }
        let length = if first == '"' { literal_length(rest) } else { first.len_utf8() };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
        match first {
            '[' => open.push(false),
            ']' if open.pop() == Some(true) => {
                let after = rest.trim_start_matches(',').trim_start();
                rest = after.strip_prefix(')').unwrap_or(rest);
            }
            _ => {}
        }
    }
    out
}

/// How long the text literal at the beginning of `text` is.
fn literal_length(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, letter)| {
        let is_end = *letter == '"' && !is_escaped;
        is_escaped = *letter == '\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |(at, _)| at + 1)
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
    for entry in between_commas(group.stream()) {
        text.extend([&" ".repeat(inner), &json(&entry, inner), ",\n"]);
    }
    text.push_str(&" ".repeat(indent));
    text.push(close);
    text
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
    fn lists_are_laid_out_like_arrays() {
        let text = paragraph(&quote! {
            let value = call(vec![]);
            let value = call(vec![Item::new("vec_of([\"]"), Item::new(vec![1, 2])]);
            let value = call(vec![Item::new("a long text to break the line", 1.5), Other::new(vec!["another long text to break the line"])]);
        });
        insta::assert_snapshot!(text);
    }

    #[test]
    fn json_is_laid_out_as_people_write_it() {
        let text = paragraph(&quote! {
            let value = serde_json::json!({"a": -1, "b": [], "c": {}});
            call(serde_json::json!({"name": ["a long text to break the line", 1.5], "other": {"deep": "a long text, too"}}));
        });
        insta::assert_snapshot!(text);
    }
}
