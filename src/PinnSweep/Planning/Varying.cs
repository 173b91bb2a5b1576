using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Planning;

/// <summary>The factors that tell the cells of a study apart: what a line about a trial has to name.</summary>
internal sealed record Varying(ImmutableArray<Factor> Factors)
{
    /// <summary>Factors with more than one level, or whose levels a search varies; problem and balancer where nothing varies. Methods have one name.</summary>
    public static Varying Of(StudyPlan plan)
    {
        var varying = plan.Spec.Factors
            .Where(factor => !(plan.Spec.Methods is { } methods && factor.Key != methods.Carrier && methods.Factors.Contains(factor.Key)))
            .Where(factor => factor.Value.Length > 1 || plan.Searches.Any(search => search.Levels[factor.Key].Any(level => !level.Ranges.IsEmpty)))
            .Select(factor => factor.Key).ToImmutableArray();
        return new(varying.IsEmpty ? [Factor.Problem, Factor.Balancer] : varying);
    }

    /// <summary>The labels of these factors in one line.</summary>
    public string Name(IReadOnlyDictionary<Factor, string> labels) => string.Join(" · ", Factors.Select(factor => labels[factor]));
}
