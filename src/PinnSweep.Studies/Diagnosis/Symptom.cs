using System.Collections.Immutable;
using System.Globalization;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>A known sign of trouble that the record of a trial shows.</summary>
/// <param name="Rule">Which: the rule's name.</param>
/// <param name="Term">The loss term it concerns; empty where it concerns the whole trial.</param>
/// <param name="Finding">What was found, in one sentence.</param>
/// <param name="Evidence">The numbers that crossed the rule's thresholds.</param>
/// <param name="Advice">Which factor to vary next.</param>
public sealed record Symptom(string Rule, string Term, string Finding, ImmutableArray<SymptomEvidence> Evidence, string Advice)
{
    /// <summary>The evidence in one line.</summary>
    public string EvidenceText => string.Join("; ", Evidence.Select(evidence => evidence.ToString()));

    /// <summary>A share in per cent, with two digits where it is small.</summary>
    internal static string Percent(double share) => (100 * share) switch
    {
        < 0.01 => "less than 0.01 %",
        var percent and < 10 => string.Create(CultureInfo.InvariantCulture, $"{percent:0.##} %"),
        var percent => string.Create(CultureInfo.InvariantCulture, $"{percent:0} %"),
    };
}

/// <summary>A number of a curve.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="FromStep">First step it was taken over.</param>
/// <param name="ToStep">Last step it was taken over.</param>
/// <param name="Value">The number.</param>
public sealed record SymptomEvidence(string Quantity, int FromStep, int ToStep, double Value)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Quantity} {Value:0.0e0} {(FromStep == ToStep ? $"at step {ToStep}" : $"over steps {FromStep}–{ToStep}")}");
}
