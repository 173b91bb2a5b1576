using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Evaluations;
using PinnSweep.Training.Preparation;

namespace PinnSweep.Training.Sizes;

/// <summary>
/// The sizes of a trial's quantities. Those at the start are measured on parts that are made again from the description, so a resumed trial
/// has the same ones without a checkpoint that knows them.
/// </summary>
internal static class TrialSizing
{
    /// <summary>The sizes.</summary>
    /// <param name="trial">The last stage of the trial.</param>
    /// <param name="theta">θ at the end.</param>
    /// <param name="grid">The outputs on the test grid at the end.</param>
    public static TrialSizes Of(TrialAssembly trial, double[] theta, TestGridError grid)
    {
        var problem = trial.Target;
        var start = AtStart(trial);
        trial.Engine.SetParameters(theta);
        var end = TermSizes.Measure(problem, trial.Engine);
        var asked = problem.HasSolution ? null : AskedSizes.Of(problem);
        return new(
            [.. grid.Outputs().Select((output, j) => output with { Start = start.Outputs[j], Asked = output.Asked ?? asked?[j] })],
            [.. start.Terms.Zip(end.Terms, (from, to) => new TermSize(from, to))],
            [.. problem.Axes.Select(axis => Size(axis, trial.Engine.Precision))]);
    }

    private static CoordinateSize Size(Axis axis, Precision precision)
    {
        var largest = Math.Max(Math.Abs(axis.Lower), Math.Abs(axis.Upper));
        var spacing = precision == Precision.Float32 ? MathF.BitIncrement((float)largest) - (float)largest : Math.BitIncrement(largest) - largest;
        return new(axis.Name, largest, axis.Extent, spacing / axis.Extent);
    }

    private static (double[] Terms, double[] Outputs) AtStart(TrialAssembly trial)
    {
        var first = trial.Again();
        try
        {
            first.Engine.SetParameters(first.Theta);
            return TermSizes.Measure(trial.Target, first.Engine);
        }
        finally
        {
            first.Release();
        }
    }
}
