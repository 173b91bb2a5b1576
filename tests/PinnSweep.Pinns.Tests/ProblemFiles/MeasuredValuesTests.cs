using PinnSweep.Jets.Expressions;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Measured values in problem files: rows in the file, or a CSV file beside it.</summary>
public sealed class MeasuredValuesTests
{
    // Line 10 is the first behind the problem itself.
    private const string Inline = Files.Burgers + "\ndata: {columns: [t, u, x], values: [[0.5, 1e-1, -0.25], [1/4, 0.2, 0]], scale: 2}";
    private const string Csv = Files.Burgers + "\ndata: {file: points.csv, scale: 2}";

    public static TheoryData<string, string> InlineMistakes => new()
    {
        { "data: [1]", "my.yaml:10:7: data: expected a set of measurements, or a list of at most 16 of them, each a map with file, columns, values, scale, name, deviation; found a list" },
        { "data: {}", "my.yaml:10:7: data: expected {file: points.csv}, or {columns: [x, t, u], values: [[0, 0.5, 0.1], …]}" },
        { "data: {columns: [x, t, u]}", "my.yaml:10:7: data: expected {file: points.csv}, or" },
        { "data: {file: a.csv, values: [[0, 0, 1]]}", "my.yaml:10:7: data: expected {file: points.csv}, or" },
        { "data: {file: absent.csv}", "my.yaml:10:14: data.file: 'absent.csv': there is no such file" },
        { "data: {columns: [x, t, v], values: [[0, 0, 1]]}", "my.yaml:10:24: data.columns: 'v' is neither a coordinate nor an output; nearest 'x'; allowed: x, t, u" },
        { "data: {columns: [x, u], values: [[0, 0]]}", "my.yaml:10:7: data.columns: expected each of x, t and one or more of u, each once; found 'x, u'" },
        { "data: {columns: [x, t, t, u], values: [[0, 0, 0, 0]]}", "my.yaml:10:7: data.columns: expected each of x, t and one or more of u, each once; found 'x, t, t, u'" },
        { "data: {columns: [x, t, u], values: []}", "my.yaml:10:36: data.values: expected a list of 1 to 10,000 rows of numbers; found a list" },
        { "data: {columns: [x, t, u], values: [3]}", "my.yaml:10:37: data.values: expected a row of numbers; found '3'" },
        { "data: {columns: [x, t, u], values: [[0, 0, u]]}", "my.yaml:10:44: data.values: name 'u' unknown" },
        { "data: {columns: [x, t, u], values: [[0, 0, 1, 2]]}", "my.yaml:10:37: data: 4 numbers for 3 columns" },
        { "data: {columns: [x, t, u], values: [[0, 0, 1], [0, 2, 1]]}", "my.yaml:10:48: data: the point lies outside the domain" },
        { "data: {columns: [x, t, u], values: [[0, 0, 1], [-0.0, 0, 2]]}", "my.yaml:10:48: data: the point stands twice, first in line 10; give the mean of its values" },
        { "data: {columns: [x, t, u, s], values: [[0, 0, 1, 1]], deviation: [s]}", "my.yaml:10:66: data.deviation: expected the name of a column; found a list" },
        { "data: {columns: [x, t, u, s], values: [[0, 0, 1, 1]], deviation: r}", "my.yaml:10:66: data.deviation: no column has the name 'r'" },
        { "data: {columns: [x, t, u, s], values: [[0, 0, 1, 0]], deviation: s}", "my.yaml:10:40: data.deviation: a standard deviation is a number above 0" },
        { "data: {columns: [x, t, u], values: [[0, 0, 1]], name: two words}", "my.yaml:10:55: data.name: expected at most 40 letters" },
        { "data: [{columns: [x, t, u], values: [[0, 0, 1]], name: a}, {columns: [x, t, u], values: [[0, 1, 1]], name: a}]", "my.yaml:10:7: data: two sets have the name 'data-a'" },
        { "data: {columns: [x, t, u], values: [[0, 0, 1]], scale: 0}", "my.yaml:10:56: data.scale: expected a size above 0" },
    };

    public static TheoryData<string, string> CsvMistakes => new()
    {
        { "x,t,u\n", "points.csv:1:1: expected a line with the names of the columns, then 1 to 5,000,000 rows of numbers; found 1 lines" },
        { "x,t,u\n0,0.5,one\n", "points.csv:2:7: data: expected a number; found 'one'" },
        { "x,t,u\n\n0, ,1\n", "points.csv:3:4: data: expected a number; found nothing" },
        { "x,t,u\n\n0, 0.5,\n", "points.csv:1:5: data.columns: the column 'u' has no number" },
        { "x;t;u\n0;0,5;1;2\n", "points.csv:2:1: data: 4 numbers for 3 columns; columns are apart by ';', as in the line of names" },
        { "x,t,u\n0,0,0,5,1,0\n", "points.csv:2:1: data: 6 numbers for 3 columns; decimal commas need ';' between the columns" },
        { "0,0.5,1\n0,0.25,1\n", "points.csv:1:1: data: the first line has numbers where the names of the columns are expected, such as x1, x2, x3" },
        { "x,t,2*x\n0,0.5,1\n", "points.csv:1:5: data.columns: '2*x' has no output in it; what is measured is an output, a derivative such as u_x, or an expression of them" },
        { "x,t,u +\n0,0.5,1\n", "points.csv:1:5: data.columns: 'u +' is no expression of outputs: " },
        { "x,t,u\n0,0.5,1e999\n", "points.csv:2:7: data: expected a number; found '1e999'" },
        { "x, time, u\n0,0.5,1\n", "points.csv:1:4: data.columns: 'time' is neither a coordinate nor an output" },
        { "x,t,u\n0,0.5\n", "points.csv:2:1: data: 2 numbers for 3 columns" },
        { "x,t,u\n0,0.5,1\n3,0.5,1\n", "points.csv:3:1: data: the point lies outside the domain" },
        { "x,t,u\n0,0.5,1\n0,5e-1,2\n", "points.csv:3:1: data: the point stands twice, first in line 2" },
    };

    [Fact]
    public void Rows_and_a_csv_file_are_the_same_problem()
    {
        var level = Files.Read(Inline);

        Assert.Equal(level.ToMap().Canonical(), Files.Read(Csv, Beside("t,u,x\r\n0.5, 0.1, -0.25\r\n\r\n0.25,2e-1,-0\r\n")).ToMap().Canonical());
        Assert.NotEqual(level.ToMap().Canonical(), Files.Read(Csv, Beside("t,u,x\n0.5,0.1,-0.25\n0.25,0.3,0\n")).ToMap().Canonical());
    }

    [Theory]
    [InlineData("t;u;x\r\n0,5;0,1;-0,25\r\n0,25;2e-1;0\r\n")]
    [InlineData("\uFEFFt\tu\tx\n0.5\t0.1\t-0.25\n0.25\t0.2\t0\n")]
    [InlineData("t  u x\n0.5 0.1   -0.25\n 0.25 0.2 0\n")]
    [InlineData("# run 3\nt,u,x\n0.5,0.1,-0.25\n% half way\n0.25,0.2,0\n")]
    [InlineData("# t u x\n5.0e-01 1.0e-01 -2.5e-01\n2.5e-01 2.0e-01 0.0e+00\n")]
    [InlineData("\"t\",\"u\",\"x\"\n\"0.5\",\"0.1\",\"-0.25\"\n0.25,0.2,0\n")]
    [InlineData("t;u;x;\n0.5;0.1;-0.25;\n0.25;0.2;0;\n")]
    [InlineData("t u x\n0.5\t0.1 \t -0.25\n0.25\u00A00.2\t0\n")]
    [InlineData("t,u,x\r\"0,5\",\"0,1\",\u22120.25\r0.25,0.2,0\r")]
    [InlineData("t  u  x\n  0.5D+00  1.0d-01  -2.5D-01\n  0.25D0 0.2 0\n")]
    public void Tables_of_other_programs_are_the_same_problem(string table) =>
        Assert.Equal(Files.Read(Inline).ToMap().Canonical(), Files.Read(Csv, Beside(table)).ToMap().Canonical());

    [Fact]
    public void What_a_row_leaves_blank_was_not_measured_there()
    {
        const string Text = """
            problem: two
            coordinates: {t: [0, 3]}
            time: t
            outputs: [u, v]
            equations: {a: u_t = v, b: v_t = u}
            conditions: {u: {on: t-lower, expression: u = 2}, v: {on: t-lower, expression: v}}
            data: {file: points.csv}
            """;

        var terms = PinnCatalog.Problem(Files.Read(Text, Beside("t,u,v\n0,2,\n0.5,,0.3\n1,nan,0.4\n"))).Terms[^2..];

        Assert.Equal(["data-u", "data-v"], terms.Select(term => term.Name));
        Assert.Equal([[0.0], [0.5, 1]], terms.Select(term => term.MeasuredAt.ToArray()));

        // Two rows of one point say different things of it; twice the same thing is refused.
        Assert.NotNull(Files.Read(Text, Beside("t,u,v\n0,2,\n0,,0\n1,1,1\n")));
        Assert.Contains("points.csv:3:1: data: the point stands twice, first in line 2", Assert.Throws<UserMistakeException>(() => Files.Read(Text, Beside("t,u,v\n0,2,\n0,1,0\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_sets_measure_derivatives_and_expressions_with_deviations()
    {
        const string Text = """
            problem: swing
            coordinates: {t: [0, 1]}
            time: t
            equations: {a: u_tt = -u}
            conditions: {start: {on: t-lower, expression: u = 1}, rest: {on: t-lower, expression: u_t}}
            data:
              - {columns: [t, u_tt], values: [[0.5, -0.9], [1, -0.5]], name: acceleration}
              - {columns: [t, "u_t^2 + u^2", sd], values: [[0.25, 1.0, 0.1], [0.75, 1.1, 0.2]], deviation: sd}
            """;

        var problem = PinnCatalog.Problem(Files.Read(Text));

        Assert.Equal(["a", "start", "rest", "data-acceleration", "data-2"], problem.Terms.Select(term => term.Name));
        Assert.Equal(new Expr.Derivative(0, [2]), Assert.IsType<Expr.Binary>(problem.Terms[3].Residual).Left);
        var weighted = Assert.IsType<Expr.Binary>(problem.Terms[4].Residual);
        double[] weights = [.. problem.Terms[4].MeasuredAt.Select(t => Assert.IsType<Expr.KnownFunction>(weighted.Right).Function([t]))];
        Assert.Equal((2, 1), (weights[0] / weights[1], weights.Average(weight => weight * weight)), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12);

        using var training = Trials.Begin(Trials.Small(steps: 20, problem: Files.Read(Text))).RunToEnd();

        Assert.Equal(5, training.Result(Trials.Evidence).Sizes!.Terms.Length);
    }

    [Fact]
    public void Measured_values_are_the_last_term_at_points_of_their_own()
    {
        var problem = Files.Problem(Inline);

        var term = problem.Terms[^1];
        var known = Assert.IsType<Expr.KnownFunction>(Assert.IsType<Expr.Binary>(term.Residual).Right);
        Assert.Equal(("data", TermRole.Data, 2.0), (term.Name, term.Role, term.Scale));
        Assert.Equal([-0.25, 0.5, 0, 0.25], term.MeasuredAt);
        Assert.Equal((0.1, 0.2), (known.Function([-0.25, 0.5]), known.Function([0, 0.25])));
        Assert.Equal(3, problem.WithoutData().Terms.Length);
    }

    [Fact]
    public void Several_measured_outputs_are_terms_at_the_same_points()
    {
        const string Text = """
            problem: two
            coordinates: {x: [0, 1]}
            outputs: [u, v, w]
            equations: {a: u_x = v, b: v_x = u, c: w = u}
            free: x-lower
            data: {columns: [v, x, u], values: [[1, 0.5, 2], [3, 0.25, 4]]}
            """;

        var terms = Files.Problem(Text).Terms;

        Assert.Equal(["a", "b", "c", "data-u", "data-v"], terms.Select(term => term.Name));
        Assert.Equal(terms[3].MeasuredAt, terms[4].MeasuredAt);
        Assert.Equal(4, ((Expr.KnownFunction)((Expr.Binary)terms[3].Residual).Right).Function([0.25]));
        Assert.Equal(3, ((Expr.KnownFunction)((Expr.Binary)terms[4].Residual).Right).Function([0.25]));
        Assert.Contains("my.yaml:4:21: data-v: measured values have this name", Files.Mistakes(Text.Replace("a: u_x", "data-v: u_x", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(InlineMistakes))]
    public void A_mistake_in_rows_is_told_with_line_and_column(string data, string message) =>
        Assert.Contains(message, Files.Mistakes($"{Files.Burgers}\n{data}"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(CsvMistakes))]
    public void A_mistake_in_a_csv_file_is_told_with_line_and_column(string csv, string message)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Files.Read(Csv, Beside(csv)));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 8000, "")]
    [InlineData(3, 3000, "")]
    [InlineData(3, 3000, ", deviation: sd")]
    public void More_values_than_a_description_carries_are_kept_by_their_hash(int sets, int count, string deviation)
    {
        var head = deviation.Length > 0 ? "x,t,u,sd\n" : "x,t,u\n";
        string Rows(int set) => head + string.Concat(Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"{i / (count + 1.0):R},{0.1 * set},{i}{(deviation.Length > 0 ? ",0.5" : "")}\n")));
        var list = string.Join(", ", Enumerable.Range(1, sets).Select(set => $"{{file: {set}.csv{deviation}}}"));

        var level = Files.Read($"{Files.Burgers}\ndata: [{list}]", path => Rows(path[0] - '0'));
        var terms = PinnCatalog.Problem(level).Terms.Where(term => !term.MeasuredAt.IsEmpty).ToList();

        Assert.True(level.ToMap().Canonical().Length < 2_000);
        Assert.Equal(sets, terms.Count);
        Assert.All(terms, term => Assert.Equal(2 * count, term.MeasuredAt.Length));
        Assert.Equal(0.1 * sets, terms[^1].MeasuredAt[1], 1e-12);
    }

    [Fact]
    public void A_csv_file_lies_beside_its_problem_file()
    {
        const string Study = "study: s\nmetric: residual_l2\nfactors: {problem: {kind: file, path: parts/my.yaml}}\nbudget: {steps: 1}\n";
        string Of(string csv) => StudyFile.Parse(Study, "study.yaml", PinnCatalog.Instance, texts: path => path switch
        {
            "parts/my.yaml" => Csv,
            "parts/points.csv" => csv,
            _ => throw new UserMistakeException($"'{path}': there is no such file"),
        }).Factors[Factor.Problem][0].Kind;

        Assert.Equal("my-burgers", Of("x,t,u\n0,0.5,1\n"));
        Assert.Contains("parts/points.csv:2:3: data: expected a number", Assert.Throws<UserMistakeException>(() => Of("x,t,u\n0,?,1\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_coefficient_is_found_from_the_measurements_of_the_example()
    {
        var description = Trials.Small(steps: 1500, learningRate: 1e-2, problem: Files.Read(ProblemFileExamples.Text("measured"))) with { EvaluateEvery = 1500 };

        using var training = Trials.Begin(description).RunToEnd();

        Assert.Equal(1, training.Curve[0].Metrics["coefficient/rate"]);
        Assert.InRange(training.Curve[^1].Metrics["coefficient/rate"], 0.78, 0.82);
        Assert.Equal(Outcome.Converged, training.Outcome);
    }

    private static TextOfPath Beside(string csv) => path => path == "points.csv" ? csv : throw new UserMistakeException($"'{path}': there is no such file");
}
