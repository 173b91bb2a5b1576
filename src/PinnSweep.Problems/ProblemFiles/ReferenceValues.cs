using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Solvers;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>A reference of a problem file, as its definition holds it: the points that errors are measured at, and the solution there.</summary>
internal static class ReferenceValues
{
    private const string GridKey = "grid";
    private const string FloorKey = "floor";

    /// <summary>Whether the program is to solve the problem itself.</summary>
    public static bool IsGrid(SpecValue? reference) => reference is SpecValue.Map map && map.Entries.ContainsKey(GridKey);

    /// <summary>The problem with these as its solution; values of outputs without a column are zero and not measured.</summary>
    /// <param name="problem">The problem as the file says it.</param>
    /// <param name="reference">What the definition holds.</param>
    /// <param name="identity">Says all that a solution depends on.</param>
    public static Problem Apply(Problem problem, SpecValue.Map reference, Func<string> identity)
    {
        if (reference.Entries.GetValueOrDefault(GridKey) is SpecValue.List counts)
        {
            return OwnSolvers.Apply(problem, identity(), [.. counts.Items.Select(count => (int)((SpecValue.Number)count).Value)]) ?? problem;
        }

        List<string> columns = [.. ((SpecValue.List)reference.Entries["columns"]).Items.Select(column => ((SpecValue.Text)column).Value)];
        var rows = StoredNumbers.Of(reference).Chunk(columns.Count).ToList();
        var values = new Lazy<Dictionary<string, double[]>>(() => rows.ToDictionary(
            row => Measurements.Key(row.AsSpan(0, problem.Dimension)),
            row => problem.Outputs.Select(output => columns.IndexOf(output) is >= 0 and var column ? row[column] : 0).ToArray(),
            StringComparer.Ordinal));
        return problem with
        {
            Exact = (point, target) => values.Value[Measurements.Key(point)].CopyTo(target),
            HasSolution = true,
            TestPoints = [.. rows.SelectMany(row => row.Take(problem.Dimension))],
            MeasureFloor = reference.Entries.GetValueOrDefault(FloorKey) is SpecValue.Number floor ? _ => floor.Value : null,
            FloorLimit = 1,
            MeasuredOutputs = [.. Enumerable.Range(0, problem.Outputs.Length).Where(output => columns.Contains(problem.Outputs[output]))],
        };
    }

    /// <summary>One line for people.</summary>
    public static string Summary(SpecValue.Map reference)
    {
        if (reference.Entries.GetValueOrDefault(GridKey) is SpecValue.List counts)
        {
            return $"errors against a solution by PinnSweep on {string.Join(" × ", counts.Items.Select(count => count.Canonical()))} points";
        }

        var columns = ((SpecValue.List)reference.Entries["columns"]).Items;
        return FormattableString.Invariant($"errors against the reference of the file at {StoredNumbers.CountOf(reference) / columns.Length} points");
    }
}
