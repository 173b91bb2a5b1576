using System.Collections.Immutable;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>Made-up solutions: a wave of both signs or a hump of one, and beside it what is wrong by the error of the trial.</summary>
internal static class MadeFields
{
    private const int Points = 33;

    /// <summary>A study with solutions.</summary>
    /// <param name="results">The study.</param>
    /// <param name="reference">u* over the unit square.</param>
    /// <param name="isKnown">Whether results have the reference.</param>
    public static StudyResults WithFields(this StudyResults results, Func<double, double, double> reference, bool isKnown = true) => results with
    {
        Results = results.Results.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { Field = Field(reference, pair.Value.Outcome == Outcome.Diverged ? 0.5 : pair.Value.Final.RelativeL2, isKnown) }),
    };

    public static double Wave(double x, double y) => Math.Sin(2 * Math.PI * x) * Math.Cos(3 * Math.PI * y);

    public static double Hump(double x, double y) => 300 + (20 * Math.Exp(-8 * (((x - 0.4) * (x - 0.4)) + ((y - 0.6) * (y - 0.6)))));

    private static SolutionField Field(Func<double, double, double> reference, double error, bool isKnown)
    {
        var grid = Enumerable.Range(0, Points).Select(i => i / (Points - 1.0)).ToArray();
        float[] Values(Func<double, double, double> of) => [.. grid.SelectMany(x => grid.Select(y => (float)of(x, y)))];
        return new(
            "u",
            ["x", "t"],
            [.. grid.Select(x => (float)x)],
            [.. grid.Select(t => (float)t)],
            SolutionField.Pack(Values((x, y) => reference(x, y) * (1 + (error * (1 + Math.Sin(5 * x * y)))))),
            SolutionField.Pack(Values(isKnown ? reference : (_, _) => double.NaN)));
    }
}
