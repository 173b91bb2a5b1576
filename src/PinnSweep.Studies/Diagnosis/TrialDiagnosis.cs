using System.Collections.Immutable;

namespace PinnSweep.Studies;

/// <summary>
/// Watches a finished trial for the known symptoms of unbalanced or deceptive losses. A pure function of the record, so it is computed
/// wherever it is shown and stored nowhere. A rule that lacks what it needs (too few evaluations, terms of unknown scale) finds nothing.
/// </summary>
public static class TrialDiagnosis
{
    private static readonly ImmutableArray<Func<DiagnosedCurve, IEnumerable<Symptom>>> Rules =
    [
        StagnatingTerm.Find,
        ViolatedConstraint.Find,
        UnstableLosses.Find,
        DeceptiveLoss.Find,
    ];

    /// <summary>The symptoms of a trial in the order of the rules, then of the terms.</summary>
    public static ImmutableArray<Symptom> Of(TrialResult result)
    {
        var curve = new DiagnosedCurve(result);
        return [.. Rules.SelectMany(rule => rule(curve))];
    }
}
