//! The type of the body of any webhook: a union of their payloads.
//!
//! It runs when duplicate types have been merged, so that webhooks with the same payload share a variant. Even a
//! single payload is in a union, because APIs add webhooks: those that are not known have a place in it.

use std::collections::{BTreeMap, HashMap};

use super::deduplicate;
use crate::document::Cursor;
use crate::ir::{Alias, Api, Docs, Shape, Type, TypeDef, TypeId, Union, Variant, VariantMatcher};
use crate::lower::schema::{UnionSource, label_of_type};
use crate::prose::Prose;

/// What the union is called.
const NAME: &str = "webhook event";

/// Adds the union of the payloads to the types of `api`.
pub(in crate::lower) fn add<'d>(
    api: &mut Api,
    unions: &mut BTreeMap<TypeId, UnionSource<'d>>,
    root: &Cursor<'d>,
) {
    let aliases = deduplicate::inline_aliases(&api.types);
    let mut places: HashMap<Type, usize> = HashMap::new();
    let (mut variants, mut names): (Vec<Variant>, Vec<Vec<String>>) = Default::default();
    for webhook in api.webhooks.webhooks() {
        let Some(mut ty) = webhook.payload.clone() else { continue };
        deduplicate::resolve_aliases(&mut ty, &aliases);
        match places.get(&ty) {
            Some(&place) => {
                variants[place].label = label_of_type(&ty, &api.types);
                variants[place].docs = Docs::default();
                names[place].push(webhook.name.clone());
            }
            None if is_any(&ty, &api.types) => {}
            None => {
                places.insert(ty.clone(), variants.len());
                variants.push(variant(&webhook.name, ty, webhook.docs.clone()));
                names.push(vec![webhook.name.clone()]);
            }
        }
    }
    if variants.is_empty() {
        return;
    }
    let id = TypeId(api.types.len());
    let sources = vec![Vec::new(); variants.len()];
    unions.insert(id, UnionSource { schema: root.clone(), discriminator: None, variants: sources, names });
    api.types.push(TypeDef {
        name_parts: vec![NAME.to_owned()],
        other_names: Vec::new(),
        location: root.location(),
        docs: Docs { summary: Prose::from("The body of a webhook."), ..Docs::default() },
        shape: Shape::Union(Union { discriminator: None, variants }),
        examples: Vec::new(),
        in_request: false,
    });
    api.webhooks.event = Some(Type::Named(id));
}

fn variant(label: &str, ty: Type, docs: Docs) -> Variant {
    let (label, matcher) = (label.to_owned(), VariantMatcher::default());
    Variant { label, ty, tags: Vec::new(), tag_outside: false, is_default: false, matcher, docs }
}

/// Whether values of a type can be anything.
fn is_any(ty: &Type, types: &[TypeDef]) -> bool {
    match ty {
        Type::Any => true,
        Type::Named(id) => matches!(types[id.0].shape, Shape::Alias(Alias { target: Type::Any })),
        _ => false,
    }
}
