using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// Watches a finished trial for the known symptoms of badly scaled problems and of unbalanced or deceptive losses. A pure function of the
/// record, so it is computed wherever it is shown and stored nowhere. A rule that lacks what it needs (too few evaluations, terms of
/// unknown scale) finds nothing. What the problem's own scales cause is told alone: no method is to blame for it, and advice on methods
/// would lead astray.
/// </summary>
public static class TrialDiagnosis
{
    private static readonly ImmutableArray<Func<DiagnosedCurve, IEnumerable<Symptom>>> OfTheProblem =
    [
        NonFiniteValue.Find,
        DistantCoordinates.Find,
        ScaledOutputs.Find,
        UnevenTerms.Find,
    ];

    private static readonly ImmutableArray<Func<DiagnosedCurve, IEnumerable<Symptom>>> OfTheMethod =
    [
        RunawayWeight.Find,
        StagnatingTerm.Find,
        ViolatedConstraint.Find,
        UnstableLosses.Find,
        DeceptiveLoss.Find,
    ];

    /// <summary>The symptoms of a trial in the order of the rules, then of the terms.</summary>
    public static ImmutableArray<Symptom> Of(TrialResult result)
    {
        var curve = new DiagnosedCurve(result);
        if (!curve.FellShort)
        {
            return [.. ScaledOutputs.FindHidden(curve)];
        }

        ImmutableArray<Symptom> causes = [.. OfTheProblem.SelectMany(rule => rule(curve))];
        return [.. causes.IsEmpty ? OfTheMethod.SelectMany(rule => rule(curve)) : causes, .. TrivialSolution.Find(curve)];
    }
}
