//! How good the names of a crate are, as far as numbers say it.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::config::ResourceSource;
use sdk_generator::sdk::{Content, InputValue, Model, ModelId, ModelKind, Operation, Output, Sdk, Type};
use serde_json::{Value, json};

/// First words of a method that come from HTTP.
const HTTP_VERBS: [&str; 3] = ["post", "put", "patch"];

/// Where a document keeps schemas with names.
const COMPONENTS: &str = "/components/schemas/";

/// Last words of a method that come from a framework.
const FRAMEWORK: [&str; 5] = ["controller", "endpoint", "handler", "method", "route"];

/// What can be counted of the names in `sdk`.
pub(crate) fn measure(sdk: &Sdk) -> Value {
    let methods: Vec<&str> = sdk.operations.iter().map(|operation| operation.method.as_str()).collect();
    let models = || sdk.models.iter().map(|model| model.name.as_str());
    let builders = || sdk.operations.iter().map(|operation| operation.builder.as_str());
    let longest =
        |names: &mut dyn Iterator<Item = &str>| names.max_by_key(|name| name.len()).unwrap_or("").to_owned();
    json!({
        "methods": methods.len(),
        "one_word": methods.iter().filter(|method| !method.trim_end_matches('_').contains('_')).count(),
        "noise": sdk.operations.iter().filter(|operation| has_noise(operation, sdk.resource_source)).count(),
        "longest_method": longest(&mut methods.iter().copied()),
        "types": sdk.models.len() + sdk.operations.len(),
        "longest_type": longest(&mut models().chain(builders())),
        "numbered_types": models().chain(builders()).filter(|name| name.ends_with(|end: char| end.is_ascii_digit())).count(),
        "numbered_variants": numbered_variants(sdk),
        "shared_under_parent": shared_under_parent(sdk),
    })
}

/// Whether the method of `operation` has a word that comes from HTTP, from a framework or from another method of
/// its name, and that the document does not call it by.
fn has_noise(operation: &Operation, source: ResourceSource) -> bool {
    // Where the names are taken from paths, what ids repeat of HTTP is no name.
    let id = if source == ResourceSource::Paths { "" } else { operation.id.as_str() };
    is_noisy(operation.method.as_str(), id, &operation.path)
}

fn is_noisy(method: &str, id: &str, path: &str) -> bool {
    let words: Vec<&str> = method.split('_').filter(|word| !word.is_empty()).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let has = |text: &str, word: &str| text.to_ascii_lowercase().contains(word);
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit()) && !has(path, last);
    let of_http = HTTP_VERBS.contains(first) && !has(path, first) && !has(id, first);
    let of_framework = FRAMEWORK.contains(last) && !has(path, last);
    of_http || *first == "n" || words.len() > 1 && (of_framework || is_number)
}

/// How many variants of unions are told apart by a number alone.
fn numbered_variants(sdk: &Sdk) -> usize {
    let unions = sdk.models.iter().filter_map(|model| match &model.kind {
        ModelKind::Union(union) => Some(union),
        _ => None,
    });
    let counts = unions.map(|union| {
        let names: Vec<&str> = union.variants.iter().map(|variant| variant.name.as_str()).collect();
        names.iter().filter(|name| is_numbered(name, &names)).count()
    });
    counts.sum()
}

/// Whether `name` is `Variant2`, or another one of `names` with a number.
fn is_numbered(name: &str, names: &[&str]) -> bool {
    let word = name.trim_end_matches(|end: char| end.is_ascii_digit());
    word.len() < name.len() && (word == "Variant" || names.contains(&word.trim_end_matches('_')))
}

/// How many models of several resources are called after a request of one of them, unless the document itself
/// calls them so.
fn shared_under_parent(sdk: &Sdk) -> usize {
    let mut resources: BTreeMap<ModelId, BTreeSet<usize>> = BTreeMap::new();
    for operation in &sdk.operations {
        for model in reachable(operation, sdk) {
            resources.entry(model).or_default().insert(operation.resource.0);
        }
    }
    let is_called_after = |name: &str, builder: &str| {
        let rest = name.strip_prefix(builder);
        rest.is_some_and(|rest| rest.starts_with(|start: char| start.is_ascii_uppercase()))
    };
    let shared = resources.iter().filter(|(_, resources)| resources.len() > 1);
    shared
        .filter(|(model, _)| {
            let Model { name, origin, .. } = sdk.model(**model);
            let name = name.as_str();
            !origin.starts_with(COMPONENTS)
                && sdk.operations.iter().any(|operation| is_called_after(name, operation.builder.as_str()))
        })
        .count()
}

/// The models that an operation takes or returns, and those in them.
fn reachable(operation: &Operation, sdk: &Sdk) -> BTreeSet<ModelId> {
    let inputs = operation.inputs.iter().filter_map(|input| match &input.value {
        InputValue::Typed(ty) => Some(ty),
        _ => None,
    });
    let contents: Vec<&Content> = match &operation.returned.output {
        Output::One(content) => vec![content],
        Output::Several(output) => output.variants.iter().map(|variant| &variant.content).collect(),
    };
    let outputs = contents.into_iter().filter_map(Content::ty);
    let held = operation.object_body.iter().map(|body| body.model.id);
    let mut next: Vec<ModelId> = inputs.chain(outputs).flat_map(models).chain(held).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = next.pop() {
        if seen.insert(id) {
            next.extend(parts(id, sdk));
        }
    }
    seen
}

/// The models that a model is made of.
fn parts(id: ModelId, sdk: &Sdk) -> Vec<ModelId> {
    match &sdk.model(id).kind {
        ModelKind::Struct(object) => object.fields.iter().flat_map(|field| models(&field.value)).collect(),
        ModelKind::Union(union) => union.variants.iter().flat_map(|variant| models(&variant.ty)).collect(),
        ModelKind::Alias(ty) | ModelKind::Newtype(ty) => models(ty),
        ModelKind::Enum(_) => Vec::new(),
    }
}

fn models(ty: &Type) -> Vec<ModelId> {
    ty.models().into_iter().map(|model| model.id).collect()
}

#[cfg(test)]
mod tests {
    use super::is_noisy;

    #[test]
    fn words_of_http_frameworks_and_conflicts_are_noise() {
        for method in ["post_files", "put", "list_method", "search_2", "n_1"] {
            assert!(is_noisy(method, "", "/files"), "{method}");
        }
        for method in ["list", "get_webhook_config_for_app", "search_with_body", "new_", "method"] {
            assert!(!is_noisy(method, "", "/files"), "{method}");
        }
    }

    #[test]
    fn words_that_the_document_calls_an_operation_by_are_no_noise() {
        for (method, id, path) in [
            ("present_payment_method", "", "/readers/{id}/present_payment_method"),
            ("post", "", "/transfers/{id}/post"),
            ("phi_2", "", "/run/phi-2"),
            ("put_policy", "enrich-put-policy", "/policy/{name}"),
        ] {
            assert!(!is_noisy(method, id, path), "{method}");
        }
        assert!(is_noisy("list_threads_method", "listThreadsMethod", "/threads"));
    }
}
