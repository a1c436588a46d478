//! How the variants of a union are discriminated: by the tags of a discriminator, or by matchers of the value.
//!
//! This looks at types rather than schemas, and so runs when all of them are there.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::leaves::leaves;
use super::matcher::{are_disjoint, cost_of, matcher_of};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{
    Alias, Enum, EnumValues, JsonType, Property, Resolved, Scalar, Shape, Struct, Type, TypeDef, TypeId,
    Union, Variant, VariantMatcher, resolve,
};
use crate::lower::schema::{UnionSource, address, declared_name, default_mapping, mapping};

/// How many types and names all unions may be discriminated by. Unions of unions multiply them; the largest
/// documents have 10,000.
const LIMIT: usize = 100_000;

/// Fills in how the variants of every union are discriminated.
pub(in crate::lower) fn unions(
    types: &mut [TypeDef],
    unions: &BTreeMap<TypeId, UnionSource<'_>>,
    diagnostics: &mut Diagnostics,
) {
    let mut only_tags = OnlyTags::new();
    limit(LIMIT, types, unions, diagnostics);
    for (id, source) in unions {
        let Shape::Union(union) = &types[id.0].shape else { continue };
        let tagged = tag(types, union, source, diagnostics).or_else(|| infer(types, union));
        if let Some(tagged) = tagged {
            apply(types, *id, tagged, &mut only_tags);
        } else if let Some(tagged) = by_names(types, union, &source.names) {
            // What is sent as well is no constant because of what is received.
            apply(types, *id, tagged, &mut OnlyTags::new());
        }
    }
    fix_tags(types, only_tags);
    for id in unions.keys() {
        let Shape::Union(union) = &types[id.0].shape else { continue };
        let mut union = union.clone();
        for variant in &mut union.variants {
            variant.matcher = matcher_of(types, &variant.ty);
            if let (Some(discriminator), false) = (&union.discriminator, variant.tags.is_empty()) {
                let tags = variant.tags.iter().map(|tag| tag.as_str().into()).collect();
                variant.matcher.constants.retain(|(name, _)| name != discriminator);
                variant.matcher.constants.push((discriminator.clone(), tags));
            }
        }
        add_listed_properties(types, &mut union);
        types[id.0].shape = Shape::Union(union);
    }
    for (id, source) in unions {
        if let Shape::Union(union) = &types[id.0].shape {
            check(types, union, source, diagnostics);
        }
    }
}

/// Makes any value of the unions from which on there are more than `limit` types and names to look at.
fn limit(
    limit: usize,
    types: &mut [TypeDef],
    unions: &BTreeMap<TypeId, UnionSource<'_>>,
    diagnostics: &mut Diagnostics,
) {
    let mut left = limit;
    for (id, source) in unions {
        let Shape::Union(union) = &types[id.0].shape else { continue };
        let mut variants = union.variants.iter();
        let cost = variants.try_fold(0, |sum, variant| Some(sum + cost_of(types, &variant.ty, left - sum)?));
        if let Some(cost) = cost {
            left -= cost;
            continue;
        }
        diagnostics.error(
            "union-too-large",
            &source.schema,
            "the variants are unions of so many others that discriminating them takes too long",
            "list the variants that make sense in one `oneOf`, and give it a `discriminator`",
        );
        types[id.0].shape = Shape::Alias(Alias { target: Type::Any });
    }
}

struct Tagged {
    discriminator: String,
    tags: Vec<Vec<String>>,
    /// The variant of values without a tag that is known.
    default: Option<usize>,
}

/// The tags of a union that the document gives a discriminator.
fn tag(
    types: &[TypeDef],
    union: &Union,
    source: &UnionSource<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Tagged> {
    let schema = source.discriminator.as_ref()?;
    let Some(discriminator) = schema.str("propertyName") else {
        diagnostics.error(
            "discriminator-name",
            schema,
            "the discriminator has no `propertyName`",
            "add the name of the property that holds the tag",
        );
        return None;
    };
    let mapping = mapping(schema, diagnostics);
    let mut tags: Vec<Vec<String>> = Vec::new();
    for known_as in &source.variants {
        let known_as: HashSet<usize> = known_as.iter().map(address).collect();
        let is_known = |target: &Cursor<'_>| known_as.contains(&address(target));
        let mapped = mapping.iter().filter(|(_, target)| is_known(target) || is_known(&target.follow()));
        tags.push(mapped.map(|(tag, _)| (*tag).to_owned()).collect());
    }
    let default = default_mapping(schema, diagnostics);
    // A base type among its own subtypes is what they have in common.
    let default = default.as_ref().unwrap_or(&source.schema);
    let default = source.variants.iter().position(|known_as| {
        known_as.iter().any(|known| [address(default), address(&default.follow())].contains(&address(known)))
    });
    let is_declared = schema.get("defaultMapping").is_some();
    let is_mapped = |tag: &String| mapping.iter().any(|(mapped, _)| mapped == tag);
    for (place, variant) in
        union.variants.iter().enumerate().filter(|(_, variant)| is_object(types, &variant.ty))
    {
        // What is only the default keeps the tag that it has.
        if !tags[place].is_empty() || is_declared && default == Some(place) {
            continue;
        }
        // The constant of a variant is what is sent. Without one, the name of its schema is its tag.
        let own = constants(types, &variant.ty, discriminator);
        let name = source.variants[place].iter().find_map(declared_name);
        let own = own.unwrap_or_else(|| name.into_iter().collect());
        tags[place] = own.into_iter().filter(|tag| !is_mapped(tag)).collect();
    }
    let tagged = Tagged { discriminator: discriminator.to_owned(), tags, default };
    tagged.is_distinct().then_some(tagged)
}

impl Tagged {
    /// Whether every variant has a tag, and none that another one has.
    fn is_distinct(&self) -> bool {
        let mut seen = HashSet::new();
        let mut tags = self.tags.iter().enumerate();
        tags.all(|(place, tags)| {
            (!tags.is_empty() || self.default == Some(place)) && tags.iter().all(|tag| seen.insert(tag))
        })
    }
}

/// The tags of a union without a discriminator whose variants all have the same constant property, each
/// with a value of its own.
fn infer(types: &[TypeDef], union: &Union) -> Option<Tagged> {
    let first = struct_of(types, &union.variants.first()?.ty)?;
    first.properties.iter().filter_map(constant).find_map(|(name, _)| {
        let tags = union.variants.iter().map(|variant| {
            let property =
                struct_of(types, &variant.ty)?.properties.iter().find(|property| property.name == name)?;
            Some(vec![constant(property)?.1.to_owned()])
        });
        let tags = tags.collect::<Option<_>>()?;
        let tagged = Tagged { discriminator: name.to_owned(), tags, default: None };
        tagged.is_distinct().then_some(tagged)
    })
}

/// The tags of a union whose variants are known by `names`, where the document gives these to a property that each
/// variant has: as constant, listed values, default or examples. It may say nothing of a few variants, but says
/// nothing else of any.
fn by_names(types: &[TypeDef], union: &Union, names: &[Vec<String>]) -> Option<Tagged> {
    let variants: Option<Vec<&Struct>> =
        union.variants.iter().map(|variant| struct_of(types, &variant.ty)).collect();
    let variants = variants.filter(|variants| variants.len() == names.len())?;
    let all_names: HashSet<&str> = names.iter().flatten().map(String::as_str).collect();
    let is_named = |discriminator: &str| {
        let mut given = 0;
        let fits = variants.iter().zip(names).all(|(strukt, names)| {
            let property = strukt.properties.iter().find(|property| property.name == discriminator);
            property.filter(|property| property.constant.is_none() || property.required).is_some_and(
                |property| {
                    let mut values = given_values(types, property).peekable();
                    let has_values = values.peek().is_some();
                    given += usize::from(has_values);
                    values.all(|value| all_names.contains(value))
                        && (!has_values
                            || names.iter().all(|name| given_values(types, property).any(|one| one == name)))
                },
            )
        });
        // One that has the name by chance is not enough.
        fits && given > 1 && given * 2 > variants.len()
    };
    let property =
        variants.first()?.properties.iter().take(MOST_LIKELY).find(|property| is_named(&property.name))?;
    let tagged = Tagged { discriminator: property.name.clone(), tags: names.to_vec(), default: None };
    tagged.is_distinct().then_some(tagged)
}

/// How many properties are tried: what says which variant a value is stands at its beginning.
const MOST_LIKELY: usize = 20;

/// The texts that the document gives as values of a property.
fn given_values<'t>(types: &'t [TypeDef], property: &'t Property) -> impl Iterator<Item = &'t str> {
    let listed = match resolve(types, &property.ty) {
        Resolved::Enum(_, Enum { values: EnumValues::Strings(values) }) => values.as_slice(),
        _ => &[],
    };
    let given = property.constant.iter().chain(&property.default).chain(&property.examples);
    given.filter_map(Value::as_str).chain(listed.iter().map(|known| known.value.as_str()))
}

/// The name and value of a property that always is the same string. An optional one does not discriminate:
/// the matchers do better then.
fn constant(property: &Property) -> Option<(&str, &str)> {
    Some((&property.name, property.constant.as_ref().filter(|_| property.required)?.as_str()?))
}

/// The tags that structs have in all unions, by the property that holds them.
type OnlyTags = BTreeMap<(TypeId, String), BTreeSet<String>>;

fn apply(
    types: &mut [TypeDef],
    id: TypeId,
    Tagged { discriminator, tags, default }: Tagged,
    only_tags: &mut OnlyTags,
) {
    let Shape::Union(union) = &types[id.0].shape else { return };
    let mut union = union.clone();
    union.discriminator = Some(discriminator.clone());
    for (variant, tags) in union.variants.iter_mut().zip(tags) {
        variant.tag_outside = !has_property(types, &variant.ty, &discriminator);
        variant.tags = tags;
    }
    if let Some(default) = default {
        union.variants[default].is_default = true;
    }
    // A caller that makes a variant need not know that it is one.
    for variant in &union.variants {
        let Some(id) = struct_id(types, &variant.ty) else { continue };
        let tags = only_tags.entry((id, discriminator.clone())).or_default();
        tags.extend(variant.tags.iter().cloned());
        if let Shape::Struct(strukt) = &mut types[id.0].shape {
            let properties = strukt.properties.iter_mut().filter(|property| property.name == discriminator);
            properties
                .for_each(|property| property.prefilled |= property.constant.is_some() && !property.required);
        }
    }
    types[id.0].shape = Shape::Union(union);
}

/// Makes a constant of a property that holds a tag, where the type has the same tag in all unions.
fn fix_tags(types: &mut [TypeDef], only_tags: OnlyTags) {
    for ((id, name), tags) in only_tags {
        let mut tags = tags.into_iter();
        let (Some(tag), None) = (tags.next(), tags.next()) else { continue };
        let Shape::Struct(strukt) = &types[id.0].shape else { continue };
        // A list of tags that the variants share leaves it open which of them it is, like any text.
        let is_open = |property: &Property| {
            property.name == name
                && property.constant.is_none()
                && (property.ty == Type::Scalar(Scalar::String)
                    || listed(types, &property.ty).is_some_and(|listed| listed.contains(&tag)))
        };
        let Some(place) = strukt.properties.iter().position(is_open) else { continue };
        if let Shape::Struct(strukt) = &mut types[id.0].shape {
            let property = &mut strukt.properties[place];
            property.constant = Some(tag.as_str().into());
            property.prefilled = !property.required;
        }
    }
}

/// The texts that the property `name` of a type may have, each once, when the type lists them.
fn constants(types: &[TypeDef], ty: &Type, name: &str) -> Option<Vec<String>> {
    let (mut texts, mut seen) = (Vec::new(), HashSet::new());
    for leaf in leaves(types, ty) {
        let Resolved::Struct(_, strukt) = leaf else { return None };
        let property = strukt.properties.iter().find(|property| property.name == name)?;
        let own = match &property.constant {
            Some(constant) => vec![constant.as_str()?.to_owned()],
            None => listed(types, &property.ty)?,
        };
        texts.extend(own.into_iter().filter(|text| seen.insert(text.clone())));
    }
    Some(texts)
}

/// The texts that a type lists.
fn listed(types: &[TypeDef], ty: &Type) -> Option<Vec<String>> {
    match resolve(types, ty) {
        Resolved::Enum(_, Enum { values: EnumValues::Strings(values) }) => {
            Some(values.iter().map(|known| known.value.clone()).collect())
        }
        _ => None,
    }
}

/// Whether a value of a type has the property `name` by itself.
fn has_property(types: &[TypeDef], ty: &Type, name: &str) -> bool {
    leaves(types, ty).all(|leaf| match leaf {
        Resolved::Struct(_, strukt) => strukt.properties.iter().any(|property| property.name == name),
        _ => true,
    })
}

fn is_object(types: &[TypeDef], ty: &Type) -> bool {
    matcher_of(types, ty).json_type == Some(JsonType::Object)
}

fn struct_of<'t>(types: &'t [TypeDef], ty: &'t Type) -> Option<&'t Struct> {
    match resolve(types, ty) {
        Resolved::Struct(_, strukt) => Some(strukt),
        _ => None,
    }
}

fn struct_id(types: &[TypeDef], ty: &Type) -> Option<TypeId> {
    match resolve(types, ty) {
        Resolved::Struct(id, _) => Some(id),
        _ => None,
    }
}

/// Where the matchers of variants are equal, adds the values of properties that list them.
fn add_listed_properties(types: &[TypeDef], union: &mut Union) {
    let matchers: Vec<VariantMatcher> =
        union.variants.iter().map(|variant| variant.matcher.clone()).collect();
    for place in 0..union.variants.len() {
        if !matchers.iter().enumerate().any(|(other, matcher)| other != place && *matcher == matchers[place])
        {
            continue;
        }
        let ty = union.variants[place].ty.clone();
        let Some(strukt) = struct_of(types, &ty) else { continue };
        for property in strukt.properties.iter().filter(|property| property.constant.is_none()) {
            if let Some(values) = listed(types, &property.ty) {
                let values = values.into_iter().map(Value::from).collect();
                union.variants[place].matcher.constants.push((property.name.clone(), values));
            }
        }
    }
}

/// Reports variants with equal matchers.
fn check(types: &[TypeDef], union: &Union, source: &UnionSource<'_>, diagnostics: &mut Diagnostics) {
    for (place, variant) in union.variants.iter().enumerate() {
        let is_same =
            |other: &&Variant| other.matcher == variant.matcher && !differ(types, &other.ty, &variant.ty);
        if let Some(other) = union.variants[..place].iter().find(is_same) {
            let schema = source.variants[place].first().unwrap_or(&source.schema);
            diagnostics.warning(
                "union-ambiguous",
                schema,
                format!(
                    "nothing distinguishes `{}` from `{}`, so values are read as the latter",
                    variant.label, other.label
                ),
                "give the variants a `discriminator`, or a required property with a `const` of its own",
            );
        }
    }
}

/// Whether two structs have a property of the same name with different JSON types, or two tuples such a place
/// or another length, so that a value of one cannot be read as the other.
fn differ(types: &[TypeDef], one: &Type, other: &Type) -> bool {
    let disjoint =
        |one: &Type, other: &Type| are_disjoint(&matcher_of(types, one), &matcher_of(types, other));
    match (resolve(types, one), resolve(types, other)) {
        (Resolved::Struct(_, one), Resolved::Struct(_, other)) => one.properties.iter().any(|property| {
            let same = other.properties.iter().find(|other| other.name == property.name);
            same.is_some_and(|same| disjoint(&property.ty, &same.ty))
        }),
        (Resolved::Tuple(one), Resolved::Tuple(other)) => {
            one.len() != other.len() || one.iter().zip(other).any(|(one, other)| disjoint(one, other))
        }
        _ => false,
    }
}
