//! Names the reasons why a member represents its cluster.

/// The reason why a member represents its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceReason {
    /// It is on the own site of an agency, and a member on another site credits that agency.
    AgencyThatOthersCredit,
    /// A line at the beginning or the end of a member on another site names the site of the representative as the source
    /// or as the owner of the copyright.
    NamedAsSource,
    /// No other member that contains the whole passage has a date as early.
    EarliestSeen,
    /// No other member that contains the whole passage has an earlier date, but at least one has the same date, or a
    /// time on the same day where only the day of the representative is known. Among members of the same time, it is
    /// on an agency's own site, or has the least text other than the passage.
    AmongEarliest,
    /// No dates are known; it is on an agency's own site.
    OnAgencySite,
    /// No dates are known; it has the least text other than the passage.
    LeastBesides,
    /// No other criterion decides; its key is the first.
    FirstByKey,
    /// It is on a site that the caller prefers.
    PreferredSite,
    /// It has the most words that are not boilerplate, which the caller prefers.
    LongestCore,
    /// It is on an agency's own site or is credited to an agency, which the caller prefers.
    Agency,
    /// It was read first, which the caller prefers.
    FirstRead,
    /// Every member aligns with it, but most do not align with the members that would have been preferred.
    SharedByAll,
}

impl ChoiceReason {
    /// All reasons.
    const ALL: [Self; 12] = [
        Self::AgencyThatOthersCredit,
        Self::NamedAsSource,
        Self::EarliestSeen,
        Self::AmongEarliest,
        Self::OnAgencySite,
        Self::LeastBesides,
        Self::FirstByKey,
        Self::PreferredSite,
        Self::LongestCore,
        Self::Agency,
        Self::FirstRead,
        Self::SharedByAll,
    ];

    /// Returns the reason with a number, which is that of the reason as an integer.
    pub(super) fn with_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|&reason| reason as u8 == number)
    }

    /// Returns the name of the reason in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::AgencyThatOthersCredit => "agency that others credit",
            Self::NamedAsSource => "named as the source by another site",
            Self::EarliestSeen => "earliest seen",
            Self::AmongEarliest => "among the earliest seen",
            Self::OnAgencySite => "on an agency's own site",
            Self::LeastBesides => "least text besides the passage",
            Self::FirstByKey => "first by key",
            Self::PreferredSite => "on a preferred site",
            Self::LongestCore => "longest core",
            Self::Agency => "agency's text",
            Self::FirstRead => "first read",
            Self::SharedByAll => "shares the passage with every member",
        }
    }
}
