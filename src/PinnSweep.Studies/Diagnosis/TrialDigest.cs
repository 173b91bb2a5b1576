using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>What tables say of a result's curve and field, so that neither has to be kept for them.</summary>
/// <param name="ReachedStep">Steps at the first evaluation below the threshold; null where none was.</param>
/// <param name="ReachedSeconds">Training time there; null as before.</param>
/// <param name="HasField">Whether the solution was stored.</param>
/// <param name="Symptoms">The symptoms (<see cref="TrialDiagnosis"/>) by rule and loss term.</param>
public sealed record TrialDigest(int? ReachedStep, double? ReachedSeconds, bool HasField, ImmutableArray<(string Rule, string Term)> Symptoms)
{
    /// <summary>The digest of a whole result.</summary>
    public static TrialDigest Of(TrialResult result, double threshold) => Of(result, threshold, result.Field is not null);

    /// <summary>The digest of a result with its curve.</summary>
    /// <param name="result">The result.</param>
    /// <param name="threshold">The <see cref="CurvePoint.Yardstick"/> that is looked for.</param>
    /// <param name="hasField">Whether the solution was stored.</param>
    public static TrialDigest Of(TrialResult result, double threshold, bool hasField)
    {
        var reached = result.Curve.FirstOrDefault(point => point.Yardstick() < threshold);
        return new(reached?.Step, reached?.Seconds, hasField, [.. TrialDiagnosis.Of(result).Select(symptom => (symptom.Rule, symptom.Term))]);
    }
}
