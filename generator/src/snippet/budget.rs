//! How much an example shows.

/// How many values an example has at most, unless more of them are required. With its imports and
/// brackets, it has about 40 lines then.
const MOST_VALUES: usize = 20;

/// What is left of an example: what is promised to required values, and what others may take.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
    promised: usize,
}

impl Budget {
    /// That of an example whose required values have so many values in them, all of which are promised.
    pub(super) fn promising(required: usize) -> Self {
        Self { left: required.max(MOST_VALUES), promised: required }
    }

    /// Promises so many values if there is room for them. `None`, for what has no value, has none.
    pub(super) fn offer(&mut self, values: Option<usize>) -> bool {
        let fits = values.is_some_and(|values| values <= self.spare());
        self.promised += values.filter(|_| fits).unwrap_or(0);
        fits
    }

    /// Takes a promise of so many values back, to spend them one by one.
    pub(super) fn redeem(&mut self, values: usize) {
        self.promised = self.promised.saturating_sub(values);
    }

    /// Promises values that were just redeemed to the parts that they are.
    pub(super) fn promise(&mut self, values: usize) {
        self.promised += values;
    }

    /// Spends so many values that are shown.
    pub(super) fn spend(&mut self, values: usize) {
        self.left = self.left.saturating_sub(values);
    }

    /// Spends what brackets around a value take, if there is room for it.
    pub(super) fn spend_brackets(&mut self) {
        self.left -= self.spare().min(1);
    }

    /// How many values nothing has a claim to.
    pub(super) fn spare(&self) -> usize {
        self.left.saturating_sub(self.promised)
    }
}
