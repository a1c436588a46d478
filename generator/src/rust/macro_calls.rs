//! The calls of the runtime's macros, as text.
//!
//! prettyplease cannot know what the tokens in a macro call stand for, and runs them together. Ours
//! have the form `name!(Head { entry, entry });`, and are laid out here, each entry on a line.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use crate::tokens::{between_commas, parsed};

/// Longer macro calls are broken into one entry a line.
const WIDTH: usize = 90;

/// A level of indentation.
const INDENT: &str = "    ";

/// Takes the calls of our macros out of `file`, and leaves `call_0!();` in their places.
pub(super) fn take(file: &mut syn::File) -> Vec<String> {
    let mut calls = Vec::new();
    for item in &mut file.items {
        let syn::Item::Macro(item) = item else { continue };
        let Some(text) = call(&item.mac) else { continue };
        let marker = parsed(&format!("call_{}", calls.len()));
        item.mac = syn::parse_quote!(#marker!());
        calls.push(text);
    }
    calls
}

/// Puts the calls back.
pub(super) fn put(text: &str, calls: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut calls = calls.iter().enumerate().peekable();
    for line in text.lines() {
        match calls.next_if(|(index, _)| line == format!("call_{index}!();")) {
            Some((_, call)) => out.push_str(call),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// `name!(Head { entry, entry });`, or `None` when the macro has another form.
fn call(mac: &syn::Macro) -> Option<String> {
    let tokens: Vec<TokenTree> = mac.tokens.clone().into_iter().collect();
    let (TokenTree::Group(body), before) = tokens.split_last()? else { return None };
    if body.delimiter() != Delimiter::Brace {
        return None;
    }
    let name = mac.path.get_ident()?;
    let head = head(before);
    let entries: Vec<String> = between_commas(body.stream()).iter().map(entry).collect();
    let solid = format!("{name}!({head} {{ {} }});", entries.join(", "));
    if solid.len() <= WIDTH && !solid.contains('\n') {
        return Some(solid);
    }
    let entries = entries.join(",\n").replace('\n', "\n    ");
    Some(format!("{name}!({head} {{\n    {entries},\n}});"))
}

/// The text of an entry: `a = b`, `a: T` or `a: T = b`, each laid out as what Rust has like it.
fn entry(tokens: &TokenStream) -> String {
    let forms = [
        (quote! { static ENTRY: E = #tokens; }, "static ENTRY: E =", ";"),
        (quote! { struct Entry { #tokens } }, "struct Entry {", "}"),
        (quote! { static #tokens; }, "static ", ";"),
    ];
    let laid_out = forms.into_iter().find_map(|(form, before, after)| {
        let text = prettyplease::unparse(&syn::parse2(form).ok()?);
        let entry = text.trim().strip_prefix(before)?.strip_suffix(after)?;
        Some(hugged(entry.trim().trim_end_matches(',')))
    });
    laid_out.unwrap_or_else(|| head(&tokens.clone().into_iter().collect::<Vec<_>>()))
}

/// Writes `f(&[` on one line where prettyplease takes two, and packs texts into lines, as rustfmt does.
fn hugged(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    hugged_lines(&lines).join("\n")
}

fn hugged_lines(lines: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let Some((end, after)) = only_list(lines, index) else {
            out.push((*line).to_owned());
            index += 1;
            continue;
        };
        let inner: Vec<&str> =
            lines[index + 2..end].iter().map(|line| line.strip_prefix(INDENT).unwrap_or(line)).collect();
        out.push(format!("{line}&["));
        out.extend(packed(&hugged_lines(&inner)));
        out.push(format!("{}]{after}", " ".repeat(indent(line))));
        index = end + 2;
    }
    out
}

/// Where the list ends that is the only argument of the call in this line, and what follows it.
fn only_list<'a>(lines: &[&'a str], start: usize) -> Option<(usize, &'a str)> {
    let opening = lines.get(start + 1).filter(|line| line.trim() == "&[" && lines[start].ends_with('('))?;
    let closes = |line: &&str| indent(line) == indent(opening) && line.trim() == "],";
    let end = start + 2 + lines[start + 2..].iter().position(closes)?;
    let after = lines.get(end + 1)?.trim();
    after.starts_with(')').then_some((end, after))
}

/// Packs lines with one text each.
fn packed(lines: &[String]) -> Vec<String> {
    let is_text = |line: &String| line.trim().starts_with('"') && line.ends_with("\",");
    if !lines.iter().all(is_text) {
        return lines.to_vec();
    }
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(last) if last.len() + line.trim().len() < WIDTH => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => out.push(line.clone()),
        }
    }
    out
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The text of what stands before the entries: names and types, nothing else.
fn head(tokens: &[TokenTree]) -> String {
    // Only the first colon: texts come later, and are left alone.
    tokens.iter().cloned().collect::<TokenStream>().to_string().replacen(" :", ":", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(items: TokenStream, expected: &str) {
        let mut file = syn::parse2(items).expect("the items are Rust");
        let calls = take(&mut file);
        assert_eq!(put(&prettyplease::unparse(&file), &calls), expected);
    }

    #[test]
    fn short_calls_of_our_macros_stay_on_one_line() {
        let items = quote! { open_enum!(Code: i64 { A = 1, B = 2 }); };
        check(items, "open_enum!(Code: i64 { A = 1, B = 2 });\n");
    }

    #[test]
    fn entries_with_types_are_laid_out_like_items() {
        let items = quote! {
            open_union!(Stop { One: String = Matcher::STRING, Many: Vec<String> = Matcher::ARRAY });
            open_union!(Chunk by "type" { Text: Box<Text> = "text" | "t : x", Image: Image = outside "image" });
            from_variants!(Stop { One: String, One: &str, Many: Vec<String>, });
        };
        check(
            items,
            "open_union!(Stop { One: String = Matcher::STRING, Many: Vec<String> = Matcher::ARRAY });
open_union!(Chunk by \"type\" {
    Text: Box<Text> = \"text\" | \"t : x\",
    Image: Image = outside \"image\",
});
from_variants!(Stop { One: String, One: &str, Many: Vec<String> });
",
        );
    }

    #[test]
    fn lists_of_texts_are_packed() {
        let name = "a_name_of_some_length";
        let items = quote! {
            open_union!(Stop { One: T = Matcher::OBJECT.known(&[#name, #name, #name, #name, #name]).required(&["a"]) });
        };
        check(
            items,
            "open_union!(Stop {
    One: T = Matcher::OBJECT
        .known(&[
            \"a_name_of_some_length\", \"a_name_of_some_length\", \"a_name_of_some_length\",
            \"a_name_of_some_length\", \"a_name_of_some_length\",
        ])
        .required(&[\"a\"]),
});
",
        );
    }

    #[test]
    fn long_calls_of_our_macros_have_an_entry_a_line() {
        let items = quote! {
            open_enum!(Purpose { FineTune = "fine-tune, or more than that", Batch = "batch in a rather long text", });
        };
        check(
            items,
            "open_enum!(Purpose {
    FineTune = \"fine-tune, or more than that\",
    Batch = \"batch in a rather long text\",
});
",
        );
    }

    #[test]
    fn types_with_commas_are_one_entry() {
        let items = quote! {
            open_union!(A { Map: BTreeMap<String, Option<A>> = Matcher::OBJECT, List: Vec<A> = Matcher::ARRAY });
        };
        check(
            items,
            "open_union!(A {
    Map: BTreeMap<String, Option<A>> = Matcher::OBJECT,
    List: Vec<A> = Matcher::ARRAY,
});
",
        );
    }
}
