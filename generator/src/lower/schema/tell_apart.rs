//! How the variants of a union are told apart: by the tags of a discriminator, or by what a value looks
//! like.
//!
//! This looks at types rather than schemas, and so comes when all of them are there.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::hierarchy;
use super::part::address;
use super::test::{are_disjoint, test_of};
use super::union::Origins;
use super::variant;
use crate::diagnostic::Diagnostics;
use crate::ir::{
    EnumValues, JsonKind, Member, Scalar, Shape, Struct, Type, TypeDef, TypeId, Union, Variant, VariantTest,
};

/// How many names a type may have for another, and how deep unions may be nested.
const LIMIT: usize = 32;

/// Fills in how the variants of every union are told apart.
pub(super) fn tell_apart(
    types: &mut [TypeDef],
    unions: &BTreeMap<TypeId, Origins<'_>>,
    found: &mut Diagnostics,
) {
    let mut only_tags = OnlyTags::new();
    for (id, origins) in unions {
        let Shape::Union(union) = &types[id.0].shape else { continue };
        let tagged = tag(types, union, origins, found).or_else(|| infer(types, union));
        if let Some(Tagged { discriminator, tags }) = tagged {
            apply(types, *id, &discriminator, tags, &mut only_tags);
        }
    }
    fix(types, only_tags);
    for id in unions.keys() {
        let Shape::Union(union) = &types[id.0].shape else { continue };
        let mut union = union.clone();
        for variant in &mut union.variants {
            variant.test = test_of(types, &variant.ty);
            if let (Some(discriminator), false) = (&union.discriminator, variant.tags.is_empty()) {
                let tags = variant.tags.iter().map(|tag| tag.as_str().into()).collect();
                variant.test.constants.retain(|(name, _)| name != discriminator);
                variant.test.constants.push((discriminator.clone(), tags));
            }
        }
        add_listed_members(types, &mut union);
        types[id.0].shape = Shape::Union(union);
    }
    for (id, origins) in unions {
        if let Shape::Union(union) = &types[id.0].shape {
            check(types, union, origins, found);
        }
    }
}

struct Tagged {
    discriminator: String,
    tags: Vec<Vec<String>>,
}

/// The tags of a union that the document gives a discriminator.
fn tag(types: &[TypeDef], union: &Union, origins: &Origins<'_>, found: &mut Diagnostics) -> Option<Tagged> {
    let schema = origins.discriminator.as_ref()?;
    let Some(discriminator) = schema.str("propertyName") else {
        found.error(
            "discriminator-name",
            schema,
            "the discriminator does not say which member it is",
            "add `propertyName`",
        );
        return None;
    };
    let mapping = hierarchy::mapping(schema, found);
    let mut tags: Vec<Vec<String>> = Vec::new();
    for known_as in &origins.variants {
        let known_as: HashSet<usize> = known_as.iter().map(address).collect();
        let mapped = mapping.iter().filter(|(_, target)| known_as.contains(&address(target)));
        tags.push(mapped.map(|(tag, _)| (*tag).to_owned()).collect());
    }
    let is_mapped = |tag: &String| mapping.iter().any(|(mapped, _)| mapped == tag);
    for (place, variant) in
        union.variants.iter().enumerate().filter(|(_, variant)| is_object(types, &variant.ty))
    {
        if !tags[place].is_empty() {
            continue;
        }
        // What a variant says itself is what is sent. Without that, the name of its schema is its tag.
        let own = constants(types, &variant.ty, discriminator, 0);
        let name = variant::component(&origins.variants[place]).map(|schema| schema.key().to_owned());
        let own = own.unwrap_or_else(|| name.into_iter().collect());
        tags[place] = own.into_iter().filter(|tag| !is_mapped(tag)).collect();
    }
    let tagged = Tagged { discriminator: discriminator.to_owned(), tags };
    tagged.is_distinct().then_some(tagged)
}

impl Tagged {
    /// Whether every variant has a tag, and none that another one has.
    fn is_distinct(&self) -> bool {
        let mut seen = HashSet::new();
        self.tags.iter().all(|tags| !tags.is_empty() && tags.iter().all(|tag| seen.insert(tag)))
    }
}

/// The tags of a union without a discriminator whose variants all have the same constant member, each
/// with a value of its own.
fn infer(types: &[TypeDef], union: &Union) -> Option<Tagged> {
    let first = struct_of(types, &union.variants.first()?.ty)?;
    first.members.iter().filter_map(constant).find_map(|(name, _)| {
        let tags = union.variants.iter().map(|variant| {
            let member = struct_of(types, &variant.ty)?.members.iter().find(|member| member.name == name)?;
            Some(vec![constant(member)?.1.to_owned()])
        });
        let tagged = Tagged { discriminator: name.to_owned(), tags: tags.collect::<Option<_>>()? };
        tagged.is_distinct().then_some(tagged)
    })
}

/// The name and value of a member that always has the same text. One that may be absent does not do: it
/// is better to look at the whole value then.
fn constant(member: &Member) -> Option<(&str, &str)> {
    Some((&member.name, member.constant.as_ref().filter(|_| member.required)?.as_str()?))
}

/// The tags that structs have in all unions, by the member that holds them.
type OnlyTags = BTreeMap<(TypeId, String), BTreeSet<String>>;

fn apply(
    types: &mut [TypeDef],
    id: TypeId,
    discriminator: &str,
    tags: Vec<Vec<String>>,
    only_tags: &mut OnlyTags,
) {
    let Shape::Union(union) = &types[id.0].shape else { return };
    let mut union = union.clone();
    union.discriminator = Some(discriminator.to_owned());
    for (variant, tags) in union.variants.iter_mut().zip(tags) {
        variant.tag_outside = !carries(types, &variant.ty, discriminator, 0);
        variant.tags = tags;
    }
    // Whoever makes a variant need not know that it is one.
    for variant in &union.variants {
        let Some(id) = struct_id(types, &variant.ty) else { continue };
        let tags = only_tags.entry((id, discriminator.to_owned())).or_default();
        tags.extend(variant.tags.iter().cloned());
        if let Shape::Struct(strukt) = &mut types[id.0].shape {
            let members = strukt.members.iter_mut().filter(|member| member.name == discriminator);
            members.for_each(|member| member.implied |= member.constant.is_some() && !member.required);
        }
    }
    types[id.0].shape = Shape::Union(union);
}

/// Makes constants of members that hold a tag, where the type has the same one everywhere.
fn fix(types: &mut [TypeDef], only_tags: OnlyTags) {
    for ((id, name), tags) in only_tags {
        let mut tags = tags.into_iter();
        let (Some(tag), None) = (tags.next(), tags.next()) else { continue };
        let Shape::Struct(strukt) = &mut types[id.0].shape else { continue };
        let is_open = |member: &&mut Member| {
            member.name == name && member.constant.is_none() && member.ty == Type::Scalar(Scalar::String)
        };
        if let Some(member) = strukt.members.iter_mut().find(is_open) {
            member.constant = Some(tag.as_str().into());
            member.implied = !member.required;
        }
    }
}

/// The texts that the member `name` of a type may have, when the type lists them.
fn constants(types: &[TypeDef], ty: &Type, name: &str, depth: usize) -> Option<Vec<String>> {
    let (Type::Named(id) | Type::Boxed(id)) = ty else { return None };
    if depth > LIMIT {
        return None;
    }
    match &types[id.0].shape {
        Shape::Struct(strukt) => {
            let member = strukt.members.iter().find(|member| member.name == name)?;
            match &member.constant {
                Some(constant) => Some(vec![constant.as_str()?.to_owned()]),
                None => listed(types, &member.ty, depth),
            }
        }
        Shape::Union(union) => {
            let each = union.variants.iter().map(|variant| constants(types, &variant.ty, name, depth + 1));
            Some(each.collect::<Option<Vec<_>>>()?.concat())
        }
        Shape::Alias(alias) => constants(types, &alias.target, name, depth + 1),
        Shape::Enum(_) => None,
    }
}

/// The texts that a type lists.
fn listed(types: &[TypeDef], ty: &Type, depth: usize) -> Option<Vec<String>> {
    let (Type::Named(id) | Type::Boxed(id)) = ty else { return None };
    match &types[id.0].shape {
        Shape::Enum(known) => match &known.values {
            EnumValues::Strings(values) => Some(values.iter().map(|known| known.value.clone()).collect()),
            EnumValues::Integers(_) => None,
        },
        Shape::Alias(alias) if depth < LIMIT => listed(types, &alias.target, depth + 1),
        Shape::Alias(_) | Shape::Struct(_) | Shape::Union(_) => None,
    }
}

/// Whether a value of a type has the member `name` by itself.
fn carries(types: &[TypeDef], ty: &Type, name: &str, depth: usize) -> bool {
    match ty {
        Type::Named(id) | Type::Boxed(id) if depth < LIMIT => match &types[id.0].shape {
            Shape::Struct(strukt) => strukt.members.iter().any(|member| member.name == name),
            Shape::Union(union) => {
                union.variants.iter().all(|variant| carries(types, &variant.ty, name, depth + 1))
            }
            Shape::Alias(alias) => carries(types, &alias.target, name, depth + 1),
            Shape::Enum(_) => true,
        },
        _ => true,
    }
}

fn is_object(types: &[TypeDef], ty: &Type) -> bool {
    test_of(types, ty).kind == Some(JsonKind::Object)
}

fn struct_of<'t>(types: &'t [TypeDef], ty: &Type) -> Option<&'t Struct> {
    match &types[struct_id(types, ty)?.0].shape {
        Shape::Struct(strukt) => Some(strukt),
        _ => None,
    }
}

fn struct_id(types: &[TypeDef], ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    for _ in 0..LIMIT {
        let (Type::Named(id) | Type::Boxed(id)) = ty else { return None };
        match &types[id.0].shape {
            Shape::Alias(alias) => ty = &alias.target,
            Shape::Struct(_) => return Some(*id),
            Shape::Enum(_) | Shape::Union(_) => return None,
        }
    }
    None
}

/// Where variants look the same but for a member that lists its values, those values have to do.
fn add_listed_members(types: &[TypeDef], union: &mut Union) {
    let tests: Vec<VariantTest> = union.variants.iter().map(|variant| variant.test.clone()).collect();
    for place in 0..union.variants.len() {
        if !tests.iter().enumerate().any(|(other, test)| other != place && *test == tests[place]) {
            continue;
        }
        let Some(strukt) = struct_of(types, &union.variants[place].ty) else { continue };
        for member in strukt.members.iter().filter(|member| member.constant.is_none()) {
            if let Some(values) = listed(types, &member.ty, 0) {
                let values = values.into_iter().map(Value::from).collect();
                union.variants[place].test.constants.push((member.name.clone(), values));
            }
        }
    }
}

/// Reports variants that look the same.
fn check(types: &[TypeDef], union: &Union, origins: &Origins<'_>, found: &mut Diagnostics) {
    for (place, variant) in union.variants.iter().enumerate() {
        let is_same = |other: &&Variant| other.test == variant.test && !differ(types, &other.ty, &variant.ty);
        if let Some(other) = union.variants[..place].iter().find(is_same) {
            let schema = origins.variants[place].first().unwrap_or(&origins.schema);
            found.warning(
                "union-ambiguous",
                schema,
                format!(
                    "nothing tells `{}` from `{}`, so that values are read as the latter",
                    variant.hint, other.hint
                ),
                "give the variants a `discriminator`, or a required member with a `const` of its own",
            );
        }
    }
}

/// Whether two structs have a member of the same name whose kinds differ, so that a value of the one
/// cannot be read as the other.
fn differ(types: &[TypeDef], one: &Type, other: &Type) -> bool {
    let (Some(one), Some(other)) = (struct_of(types, one), struct_of(types, other)) else { return false };
    one.members.iter().any(|member| {
        let same = other.members.iter().find(|other| other.name == member.name);
        same.is_some_and(|same| are_disjoint(&test_of(types, &member.ty), &test_of(types, &same.ty)))
    })
}
