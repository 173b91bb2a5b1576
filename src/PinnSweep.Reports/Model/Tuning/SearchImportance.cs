using System.Collections.Immutable;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>The importances of one search.</summary>
/// <param name="Search">The search.</param>
/// <param name="Parameters">Of its dimensions, in their order.</param>
internal sealed record SearchImportance(SearchView Search, ImmutableArray<ParameterImportance> Parameters)
{
    /// <summary>Those of all searches, on all cores: thousands of permutations each.</summary>
    public static ImmutableArray<SearchImportance> AllOf(ImmutableArray<SearchView> searches) =>
        [.. searches.AsParallel().AsOrdered().Select(search => new SearchImportance(search, ParameterImportance.Of(search)))];
}
