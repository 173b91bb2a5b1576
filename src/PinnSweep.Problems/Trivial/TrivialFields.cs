using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Trivial;

/// <summary>
/// The fields that a network reaches without solving anything: u = 0, the mean of the solution, the initial condition at all times, and the
/// constant states that the equations keep. Their own errors stand beside a problem's floor. A network has settled on one where it is
/// within a twentieth of the solution's distance from that field: fields are compared, not scores, since two fields may score alike by
/// chance, and a solution that itself is close to a trivial field stays apart from it.
/// </summary>
/// <remarks>
/// Where no solution is known, the values that conditions prescribe on the sides of the domain stand for it: a network has settled on u = 0
/// or a constant state where it is as close there, though these values are not, and everywhere else too. One that keeps the conditions has
/// not, however soon its solution fades.
/// </remarks>
public sealed class TrivialFields
{
    private const double Near = 0.05;

    // Below this part of the solution's norm the two are one.
    private const double Apart = 1e-9;
    private readonly ImmutableArray<int> _outputs;
    private readonly int _stride;
    private readonly ImmutableArray<Field> _fields;
    private readonly ImmutableArray<(int Index, double Value)> _prescribed;

    private TrivialFields(
        ImmutableArray<int> outputs, int stride, ImmutableArray<Field> fields, ImmutableSortedDictionary<string, double>? scores, ImmutableArray<(int Index, double Value)> prescribed) =>
        (_outputs, _stride, _fields, Scores, _prescribed) = (outputs, stride, fields, scores, prescribed);

    /// <summary>The relative L2 error of each by name; null where no solution is known.</summary>
    public ImmutableSortedDictionary<string, double>? Scores { get; }

    /// <summary>The names of those that are apart from the solution, in the order in which they are tried.</summary>
    public ImmutableArray<string> Names => [.. _fields.Select(one => one.Name)];

    /// <summary>The fields of a problem on its test grid.</summary>
    /// <param name="problem">As it is stated.</param>
    /// <param name="grid">Row-major n × dimension.</param>
    /// <param name="exact">Entry i·outputs + o, without the means that the problem leaves open.</param>
    /// <param name="removeMeans">Takes these means from a field.</param>
    public static TrivialFields Of(Problem problem, double[] grid, double[] exact, Action<double[]> removeMeans)
    {
        var (outputs, stride) = (problem.MeasuredOutputs, problem.Outputs.Length);
        var named = new List<(string Name, double[] Values)> { ("zero", new double[exact.Length]) };
        named.AddRange(problem.Equilibria.Where(state => state.Any(value => value != 0)).Select(state => (NameOf(problem, state), Constant(state, exact.Length))));
        if (!problem.HasSolution)
        {
            var prescribed = Prescribed(problem, grid);
            ImmutableArray<int> known = [.. prescribed.Select(node => node.Index % stride).Distinct()];
            return new(known, stride, [.. named.Select(field => new Field(field.Name, field.Values, prescribed.Sum(node => Squared(node.Value - field.Values[node.Index]))))], null, prescribed);
        }

        named.Add(("mean", Constant([.. Enumerable.Range(0, stride).Select(output => Mean(exact, output, stride))], exact.Length)));
        if (Frozen(problem, grid) is { } frozen)
        {
            named.Add(("initial", frozen));
        }

        named.ForEach(field => removeMeans(field.Values));
        var norm = Square(exact, new double[exact.Length], outputs, stride);
        ImmutableArray<Field> fields = [.. named.Select(field => new Field(field.Name, field.Values, Square(exact, field.Values, outputs, stride)))];
        return new(
            outputs,
            stride,
            [.. fields.Where(field => field.SquareFromSolution > Apart * Apart * norm)],
            fields.ToImmutableSortedDictionary(field => field.Name, field => Math.Sqrt(norm > 0 ? field.SquareFromSolution / norm : field.SquareFromSolution), StringComparer.Ordinal),
            []);
    }

    /// <summary>The name of the field that a network has settled on; null where it has on none.</summary>
    /// <param name="values">The network's, laid out as the solution.</param>
    public string? Settled(double[] values) => _fields.FirstOrDefault(field => field.SquareFromSolution > 0 && IsNear(values, field))?.Name;

    private bool IsNear(double[] values, Field field)
    {
        var (square, enough) = (Square(values, field.Values, _outputs, _stride), Near * Near * field.SquareFromSolution);
        return Scores is not null ? square <= enough
            : _prescribed.Sum(node => Squared(values[node.Index] - field.Values[node.Index])) <= enough
                && square / (values.Length / _stride * _outputs.Length) <= enough / _prescribed.Length;
    }

    /// <summary>
    /// Nodes of the grid on sides where a condition prescribes the value of a measured output: entry i·outputs + o, and the value.
    /// </summary>
    private static ImmutableArray<(int Index, double Value)> Prescribed(Problem problem, double[] grid)
    {
        var nodes = ImmutableArray.CreateBuilder<(int Index, double Value)>();
        foreach (var term in problem.Terms.Where(term => term.Role is TermRole.Boundary or TermRole.Initial))
        {
            if (PrescribedValue.Of(term) is not { } prescribed || !problem.MeasuredOutputs.Contains(prescribed.Output))
            {
                continue;
            }

            for (var i = 0; i < grid.Length / problem.Dimension; i++)
            {
                var point = grid.AsSpan(i * problem.Dimension, problem.Dimension).ToArray();
                if (term.Faces.Any(face => face.IsOfBox && face.Keeps(point) && point[face.Axis] == (face.Upper ? problem.Axes[face.Axis].Upper : problem.Axes[face.Axis].Lower))
                    && prescribed.Value(point) is var value && double.IsFinite(value))
                {
                    nodes.Add(((i * problem.Outputs.Length) + prescribed.Output, value));
                }
            }
        }

        return nodes.ToImmutable();
    }

    private static double Squared(double x) => x * x;

    private static string NameOf(Problem problem, ImmutableArray<double> state) =>
        string.Join(',', problem.Outputs.Zip(state, (output, value) => string.Create(CultureInfo.InvariantCulture, $"{output}={value:R}")));

    private static double[] Constant(ImmutableArray<double> state, int length) => [.. Enumerable.Range(0, length).Select(i => state[i % state.Length])];

    private static double Mean(double[] values, int output, int stride)
    {
        var sum = 0.0;
        for (var i = output; i < values.Length; i += stride)
        {
            sum += values[i];
        }

        return sum / (values.Length / stride);
    }

    /// <summary>What the initial conditions prescribe, at all times; null where they do not give every measured output.</summary>
    private static double[]? Frozen(Problem problem, double[] grid)
    {
        if (problem.TimeAxis is not { } time)
        {
            return null;
        }

        var start = new Face(time, Upper: false);
        var given = problem.Terms.Where(term => term.Role == TermRole.Initial && term.Faces is [var face] && face == start)
            .Select(PrescribedValue.Of).OfType<PrescribedValue>().GroupBy(value => value.Output).ToDictionary(values => values.Key, values => values.First());
        if (!problem.MeasuredOutputs.All(given.ContainsKey))
        {
            return null;
        }

        var (stride, dimension) = (problem.Outputs.Length, problem.Dimension);
        var frozen = new double[grid.Length / dimension * stride];
        for (var i = 0; i < grid.Length / dimension; i++)
        {
            var point = grid.AsSpan(i * dimension, dimension).ToArray();
            point[time] = problem.Axes[time].Lower;
            foreach (var output in problem.MeasuredOutputs)
            {
                frozen[(i * stride) + output] = given[output].Value(point);
            }
        }

        return Array.TrueForAll(frozen, double.IsFinite) ? frozen : null;
    }

    private static double Square(double[] a, double[] b, ImmutableArray<int> outputs, int stride)
    {
        var square = 0.0;
        foreach (var output in outputs)
        {
            for (var i = output; i < a.Length; i += stride)
            {
                square += (a[i] - b[i]) * (a[i] - b[i]);
            }
        }

        return square;
    }

    private sealed record Field(string Name, double[] Values, double SquareFromSolution);
}
