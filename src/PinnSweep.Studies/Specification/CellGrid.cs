using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Specification;

/// <summary>The full product of a study's factors: problem outermost, precision innermost, levels in the order of the file.</summary>
internal static class CellGrid
{
    /// <summary>Every combination once.</summary>
    public static IEnumerable<CellLevels> Enumerate(StudySpec spec) => spec.Combinations is { } combinations ? combinations :
        from problem in spec.Factors[Factor.Problem]
        from network in spec.Factors[Factor.Network]
        from balancer in spec.Factors[Factor.Balancer]
        from sampler in spec.Factors[Factor.Sampler]
        from optimizer in spec.Factors[Factor.Optimizer]
        from time in spec.Factors[Factor.Time]
        from precision in spec.Factors[Factor.Precision]
        select new CellLevels(problem, network, balancer, sampler, optimizer, time, PrecisionWords.FromWord(precision.Kind)!.Value);

    /// <summary>Why a cell is not trained, or null where it is.</summary>
    public static string? WhyLeftOut(CellLevels cell, ImmutableArray<ExcludeRule> exclude, Catalog catalog)
    {
        try
        {
            return WhyExcluded(cell, exclude) ?? catalog.WhyNotApplicable(cell);
        }
        catch (UserMistakeException unfit)
        {
            // A level that cannot be made for this problem; the reader has told of those that serve no problem of the study.
            return unfit.Message;
        }
    }

    /// <summary>The rule that leaves a cell out, in words; null where none does.</summary>
    public static string? WhyExcluded(CellLevels cell, ImmutableArray<ExcludeRule> exclude) =>
        exclude.FirstOrDefault(rule => rule.Matches(cell)) is { } matched ? $"excluded: {matched}" : null;

    /// <summary>Why a study trains nothing, or null where it trains something.</summary>
    public static string? WhyEmpty(StudySpec spec, Catalog catalog, PlanningWatch watch)
    {
        if (spec.Seeds.IsEmpty)
        {
            return "no seeds";
        }

        var reasons = new Dictionary<string, int>();
        foreach (var cell in Enumerate(spec))
        {
            watch.Check();
            if (WhyLeftOut(cell, spec.Exclude, catalog) is not { } reason)
            {
                return null;
            }

            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        }

        var told = reasons.OrderByDescending(reason => reason.Value).Take(3).Select(reason => FormattableString.Invariant($"{reason.Value} × {reason.Key}"));
        return reasons.Count == 0 ? "a factor without levels" : string.Join("; ", told);
    }
}
