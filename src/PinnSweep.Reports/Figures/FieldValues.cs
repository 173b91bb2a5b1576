using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Figures;

/// <summary>Stored solutions as rows of numbers: by the first coordinate, then the second.</summary>
internal static class FieldValues
{
    /// <summary>Errors below this are shown as it is.</summary>
    public const double SmallestShown = 1e-16;

    public static ImmutableArray<ImmutableArray<double>> Of(SolutionField field, string packed)
    {
        var values = SolutionField.Unpack(packed);
        return [.. Enumerable.Range(0, field.First.Length).Select(i => Enumerable.Range(0, field.Second.Length).Select(j => (double)values[(i * field.Second.Length) + j]).ToImmutableArray())];
    }

    public static ImmutableArray<ImmutableArray<double>> Difference(ImmutableArray<ImmutableArray<double>> one, ImmutableArray<ImmutableArray<double>> other) =>
        [.. one.Zip(other, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).ToImmutableArray())];

    public static double Largest(ImmutableArray<ImmutableArray<double>> values) => values.SelectMany(row => row).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
