using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Solutions that were computed elsewhere, as tables beside a problem file, measure errors as formulas do.</summary>
public sealed class ReferenceFileTests
{
    private const string Poisson = """
        problem: poisson-of-mine
        coordinates: {x: [0, 1], y: [0, 1]}
        equations: {p: "u_xx + u_yy + 2*pi^2*sin(pi*x)*sin(pi*y)"}
        conditions: {ends: {on: [x, y], expression: u}}
        test_points: 11
        """;

    // Lines of the file and of the table count from 1.
    public static TheoryData<string, string> Mistakes => new()
    {
        { "x,y,v\n0,0,1\n", "ref.csv:1:5: reference: 'v' is neither a coordinate nor an output; nearest" },
        { "x,u\n0,1\n", "ref.csv:1:1: reference: expected each of x, y and one or more of u, each once; found 'x, u'" },
        { "x,y,u\n0,0,0\n0.5,0.5,1\n", "ref.csv:1:1: reference: 2 points; an error is measured at 3 or more" },
        { "x,y,u\n0,0,0\n0.5,0.5,1\n0.5,0.5,1\n", "ref.csv:4:1: reference: the point stands twice, first in line 3" },
        { "x,y,u\n0,0,0\n0.5,0.5,1\n2,0.5,1\n", "ref.csv:4:1: reference: the point lies outside the domain" },
        { "x,y,u\n0,0.5,1\n0.5,0.5,1\n1,0.5,0\n", "my.yaml:6:1: reference: does not keep the condition 'ends': u is 1 at x = 0, y = 0.5, where the condition prescribes 0" },
        { "x;y;u\n0;0;\n", "ref.csv:2:5: reference: expected a number; found nothing" },
    };

    [Fact]
    public void A_table_of_the_solution_gives_the_error_that_its_formula_gives()
    {
        using var byFormula = Trials.Begin(Trials.Small(steps: 50, problem: Files.Read(Poisson + "\nexact: {u: sin(pi*x)*sin(pi*y)}"))).RunToEnd();
        using var byTable = Trials.Begin(Trials.Small(steps: 50, problem: Read(Grid()))).RunToEnd();

        Assert.Equal(byFormula.Curve[^1].RelativeL2, byTable.Curve[^1].RelativeL2, 1e-9);
        Assert.Equal(byFormula.Theta.ToArray(), byTable.Theta.ToArray());
        Assert.NotNull(byTable.Result(Trials.Evidence).Field);
        Assert.Contains("errors against the reference of the file at 121 points", ProblemFile.Summary(Read(Grid())));
    }

    [Fact]
    public void Scattered_points_measure_errors_too()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 500).Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).Select(point => Row(point.X, point.Y)).ToList();
        using var training = Trials.Begin(Trials.Small(steps: 50, problem: Read($"x,y,u\n{string.Join('\n', rows)}\n"))).RunToEnd();
        using var byFormula = Trials.Begin(Trials.Small(steps: 50, problem: Files.Read(Poisson + "\nexact: {u: sin(pi*x)*sin(pi*y)}"))).RunToEnd();

        Assert.Equal(1, training.Curve[^1].RelativeL2 / byFormula.Curve[^1].RelativeL2, 0.2);
        Assert.True(PinnCatalog.Instance.WhyNoMetric(Read(Grid()), "relative_l2") is null);
    }

    [Fact]
    public void A_coarser_one_tells_the_floor()
    {
        string Table(int n, double off) => "x,y,u\n" + string.Concat(Enumerable.Range(0, n + 1).SelectMany(i => Enumerable.Range(0, n + 1), (i, j) => FormattableString.Invariant(
            $"{i / (double)n},{j / (double)n},{(1 + off) * Math.Sin(Math.PI * i / n) * Math.Sin(Math.PI * j / n):R}\n")));
        string Text(string path) => path switch { "ref.csv" => Table(10, 0), "half.csv" => Table(5, 0.02), _ => "x,y,u\n0.13,0.1,0\n0.23,0.1,0\n0.33,0.1,0\n" };

        var problem = PinnCatalog.Problem(Files.Read(Poisson + "\nreference: {file: ref.csv, coarser: half.csv}", Text));
        var refused = Assert.Throws<UserMistakeException>(() => Files.Read(Poisson + "\nreference: {file: ref.csv, coarser: other.csv}", Text));

        Assert.Equal(0.02, problem.Floor()!.Value, 1e-9);
        Assert.Contains("reference.coarser: has 0 points of 'file'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_line_and_column(string table, string told) =>
        Assert.Contains(told, Assert.Throws<UserMistakeException>(() => Read(table)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_formula_beside_it_is_refused() => Assert.Contains(
        "my.yaml:7:1: reference: stands beside 'exact'; give one of them",
        Assert.Throws<UserMistakeException>(() => Files.Read(Poisson + "\nexact: {u: sin(pi*x)*sin(pi*y)}\nreference: {file: ref.csv}", _ => Grid())).Message,
        StringComparison.Ordinal);

    private static Studies.Values.Level Read(string table) => Files.Read(Poisson + "\nreference: {file: ref.csv}", _ => table);

    // The slowest coordinate last, as some programs write it.
    private static string Grid() => $"# x y u\n{string.Join('\n', from j in Enumerable.Range(0, 11) from i in Enumerable.Range(0, 11) select Row(i / 10.0, j / 10.0).Replace(',', ' '))}\n";

    private static string Row(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:R},{y:R},{Math.Sin(Math.PI * x) * Math.Sin(Math.PI * y):R}");
}
