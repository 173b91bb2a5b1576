using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>A reference of a problem file, as its definition holds it: the points that errors are measured at, and the solution there.</summary>
internal static class ReferenceValues
{
    /// <summary>The problem with these as its solution; values of outputs without a column are zero and not measured.</summary>
    public static Problem Apply(Problem problem, SpecValue.Map reference)
    {
        List<string> columns = [.. ((SpecValue.List)reference.Entries["columns"]).Items.Select(column => ((SpecValue.Text)column).Value)];
        var rows = ((SpecValue.List)reference.Entries["values"]).Items.Select(value => ((SpecValue.Number)value).Value).Chunk(columns.Count).ToList();
        var values = new Lazy<Dictionary<string, double[]>>(() => rows.ToDictionary(
            row => Measurements.Key(row.AsSpan(0, problem.Dimension)),
            row => problem.Outputs.Select(output => columns.IndexOf(output) is >= 0 and var column ? row[column] : 0).ToArray(),
            StringComparer.Ordinal));
        return problem with
        {
            Exact = (point, target) => values.Value[Measurements.Key(point)].CopyTo(target),
            HasSolution = true,
            TestPoints = [.. rows.SelectMany(row => row.Take(problem.Dimension))],
            MeasuredOutputs = [.. Enumerable.Range(0, problem.Outputs.Length).Where(output => columns.Contains(problem.Outputs[output]))],
        };
    }

    /// <summary>One line for people.</summary>
    public static string Summary(SpecValue.Map reference)
    {
        var columns = ((SpecValue.List)reference.Entries["columns"]).Items;
        return FormattableString.Invariant($"errors against the reference of the file at {((SpecValue.List)reference.Entries["values"]).Items.Length / columns.Length} points");
    }
}
