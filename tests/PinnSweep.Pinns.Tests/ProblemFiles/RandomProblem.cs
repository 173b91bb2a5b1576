using System.Globalization;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>
/// A well-posed problem made around a random solution: a sum of products of powers and sines, one factor a coordinate. The equation is
/// u_t = a u_xx + b u u_x + f, or a u_xx + b u_yy + c u = f, with f so that the solution solves it; conditions have its values.
/// </summary>
internal sealed class RandomProblem
{
    private readonly List<(double Amplitude, Func<int, string>[] Factors)> _summands = [];
    private readonly string[] _coordinates;
    private readonly bool _hasTime;
    private readonly double[] _constants;

    public RandomProblem(int seed)
    {
        var random = new Random(seed);
        _hasTime = random.Next(2) == 0;
        _coordinates = _hasTime ? ["x", "t"] : random.Next(2) == 0 ? ["x"] : ["x", "y"];
        _constants = [Positive(random), Positive(random), Positive(random)];
        for (var i = 0; i < 1 + random.Next(3); i++)
        {
            _summands.Add((Positive(random), [.. _coordinates.Select(name => Factor(name, random))]));
        }
    }

    /// <summary>What a person may do wrong, by name.</summary>
    public static readonly string[] Mutations =
    [
        "exact sign", "exact scale", "exact offset", "exact unit", "equation sign", "equation unit", "condition missing", "condition value", "condition side", "data unit", "data sign",
    ];

    /// <summary>Whether the second derivative by x vanishes.</summary>
    public bool IsFlat => _summands.All(summand => summand.Factors[0](2) == "0");

    public string Text(string? mutation = null)
    {
        var exact = Derivative(0, 0);
        var at = _coordinates.Select((name, i) => (name, i)).SelectMany(pair => _hasTime && pair.i == 1 ? [(pair.name, "lower", 0.25)] : new[] { (pair.name, "lower", 0.25), (pair.name, "upper", 1.5) }).ToList();
        var first = true;
        var conditions = new List<string>();
        foreach (var (name, side, value) in at)
        {
            var changed = first ? mutation : null;
            first = false;
            if (changed == "condition missing")
            {
                continue;
            }

            var trace = Replaced(exact, name, value);
            conditions.Add($"  {name}-{side}: {{on: {name}-{(changed == "condition side" ? side == "lower" ? "upper" : "lower" : side)}, expression: \"u = {(changed == "condition value" ? $"2*({trace})" : trace)}\"}}");
        }

        var (a, b, c) = (Number(_constants[0]), Number(_constants[1]), Number(_constants[2]));
        var shown = mutation switch
        {
            "exact sign" => $"-({exact})",
            "exact scale" => $"2*({exact})",
            "exact offset" => $"({exact}) + 0.1",
            "exact unit" => $"1000*({exact})",
            _ => exact,
        };
        var left = mutation == "equation unit" ? $"1000*{a}" : mutation == "equation sign" ? $"-{a}" : a;
        var equation = _hasTime
            ? $"u_t - {left}*u_xx - {b}*u*u_x = ({Derivative(0, 1)}) - {a}*({Derivative(2, 0)}) - {b}*({exact})*({Derivative(1, 0)})"
            : $"{left}*u_xx{(_coordinates.Length > 1 ? $" + {b}*u_yy" : "")} + {c}*u = {a}*({Derivative(2, 0)}){(_coordinates.Length > 1 ? $" + {b}*({Derivative(0, 2)})" : "")} + {c}*({exact})";
        var rows = Enumerable.Range(1, 5).Select(i => _coordinates.Select((_, k) => 0.25 + (0.2 * i) + (0.03 * k * i)).ToArray()).ToList();
        var factor = mutation switch { "data unit" => 0.001, "data sign" => -1, _ => 1 };
        return $"""
            problem: random-problem
            coordinates: {_coordinates.Aggregate("{", (text, name) => $"{text}{(text.Length > 1 ? ", " : "")}{name}: [0.25, 1.5]")}{"}"}
            {(_hasTime ? "time: t" : "")}
            equations:
              made: "{equation}"
            conditions:
            {string.Join('\n', conditions)}
            data: {"{"}columns: [{string.Join(", ", _coordinates)}, u], values: [{string.Join(", ", rows.Select(row => $"[{string.Join(", ", row.Select(Number))}, {Number(factor * Value(row))}]"))}]{"}"}
            exact: {"{"}u: "{shown}"{"}"}
            """;
    }

    private string Derivative(int byFirst, int bySecond) => string.Join(" + ", _summands.Select(summand =>
        $"{Number(summand.Amplitude)}*({summand.Factors[0](byFirst)}){(summand.Factors.Length > 1 ? $"*({summand.Factors[1](bySecond)})" : "")}"));

    private double Value(double[] point)
    {
        var symbols = PinnSweep.Problems.ProblemFiles.ExpressionSymbols.Empty with { Coordinates = [.. _coordinates] };
        return PinnSweep.Problems.References.ClosedForm.Evaluate(PinnSweep.Problems.ProblemFiles.ExpressionParser.Parse(Derivative(0, 0), symbols), point);
    }

    private static string Replaced(string expression, string name, double value) => System.Text.RegularExpressions.Regex.Replace(expression, $@"\b{name}\b", Number(value));

    private static Func<int, string> Factor(string name, Random random)
    {
        var (power, rate) = (1 + random.Next(3), Positive(random));
        return random.Next(2) == 0
            ? order => order > power ? "0" : $"{Number(Enumerable.Range(power - order + 1, order).Aggregate(1.0, (product, k) => product * k))}*{name}^{power - order}"
            : order => (order % 4) switch
            {
                0 => $"{Number(Math.Pow(rate, order))}*sin({Number(rate)}*{name})",
                1 => $"{Number(Math.Pow(rate, order))}*cos({Number(rate)}*{name})",
                2 => $"(-{Number(Math.Pow(rate, order))})*sin({Number(rate)}*{name})",
                _ => $"(-{Number(Math.Pow(rate, order))})*cos({Number(rate)}*{name})",
            };
    }

    private static double Positive(Random random) => Math.Round(0.5 + (1.5 * random.NextDouble()), 3);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
