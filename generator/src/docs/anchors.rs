//! The anchors of headings, as the usual forges make them.

use std::collections::BTreeMap;

/// The anchors of the headings of a page, given in their order, as the usual forges make them.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// The anchor of the next heading.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let slug: String = heading
            .to_lowercase()
            .chars()
            .filter(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'))
            .map(|character| if character == ' ' { '-' } else { character })
            .collect();
        let count = self.0.entry(slug.clone()).or_insert(0);
        let anchor = if *count == 0 { slug } else { format!("{slug}-{count}") };
        *count += 1;
        anchor
    }
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn anchors_are_those_of_the_forges() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.next("Get_it, Now!"), "get_it-now");
        assert_eq!(anchors.next("get_it now"), "get_it-now-1");
        assert_eq!(anchors.next("`Vec<T>` é"), "vect-é");
    }
}
