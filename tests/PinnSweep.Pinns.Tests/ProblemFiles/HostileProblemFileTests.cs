using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Small files that want much are read at once, or refused at once in words that name the limit.</summary>
public sealed class HostileProblemFileTests(ITestOutputHelper output)
{
    // Far above what any of them takes (0.3 s), and far below what they took before (for ever).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string?> Shapes => new()
    {
        { Equation(Squares("u", 60)), null },
        { Equation($"{Squares("u", 40)}/(2 + {Squares("sin(x)", 40)})"), null },
        { Exact(Squares("(x/2)", 60)), "exact: does not keep the condition" },
        { Exact(Nested("sinh", "(x + 3)", 40)), "exact.u: 'sinh(sinh(sinh(" },
        { Equation(Nested("sinh", "(x + 3)", 40)), "'sinh(sinh(sinh(" },
        { Equation(Nested("tanh", "(x + 3)", 150)), null },
        { Equation(Nested("sin", "x", 190)), null },
        { Equation(Nested("sin", "x", 300)), "nested more than 200 deep" },
        { Equation(Nested("", "x", 1500)), "nested more than 200 deep" },
        { Equation(new string('-', 3900) + "x"), null },
        { Equation($"x^{Squares("2", 40)}"), "is not finite" },
        { Equation("x^2" + string.Concat(Enumerable.Repeat("^2", 500))), "nested more than 200 deep" },
        { Equation("x^" + new string('(', 100) + "1" + string.Concat(Enumerable.Repeat("+0)", 100))), null },
        { Equation("2^" + string.Concat(Enumerable.Repeat("1^", 100)) + "2"), null },
        { Equation("u*" + string.Join('*', Enumerable.Repeat("x", 1900))), null },
        { Equation("u+" + string.Join('+', Enumerable.Repeat("u*x", 900))), null },
        { Equation($"u+{string.Join('+', Enumerable.Repeat("x", 2500))}"), "an expression has at most 4000" },
        { Hard(Squares("(1 - x^2)", 12), "u_xxxx"), null },
        { Hard(Squares("(1 - x^2)", 60), "u_xxxx"), null },
        { Hard(string.Join('*', Enumerable.Repeat("(1-x^2)", 400)), "u_xxxx"), null },
        { Hard(string.Join('*', Enumerable.Repeat("(1-x^2*sin(x*t)/(2+cos(t)))", 140)), "u_xxxx + u_xxtt + u_xttt"), "hard: expands to " },
        { Hard(string.Join('*', Enumerable.Repeat("(x/(2+sin(x*t)))", 230)), "u_xxxx + u_xxxt + u_xxtt + u_xttt + u_tttt"), "hard: the derivatives of lift and multiplier that the equations need have more than 20,000 parts" },
        { Hard($"(1-x^2)*{Nested("sin", "(x + t)", 150)}", "u_xxxx + u_xxxt + u_xxtt"), null },
        { Many("equations", 65, _ => "u_x"), "66 entries; at most 64" },
        { Many("equations", 60, i => $"u_t + {string.Join('+', Enumerable.Repeat($"sin({i}*x)", 300))}"), "the problem has more than 80000 characters" },
        { Conditions(i => $"u = {string.Join('+', Enumerable.Range(1, 35).Select(j => $"sin({i}*x*{j}*t)"))}"), "conditions.c2: contradicts 'c1' on x-lower" },
        { Conditions(i => $"u_x + {i}*u = {string.Join('+', Enumerable.Range(1, 40).Select(j => $"sin({j}*x*t)"))}") + $"\nexact: {{u: \"{Squares("sin(x*t)", 9)}\"}}", "exact: does not keep the condition 'c1'" },
        { Many("equations", 17, i => $"u_t - {string.Join('-', Enumerable.Range(1, 200).Select(j => $"exp({i}*x/{j})/(2-x)"))}"), "equations, conditions and hard have" },
    };

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public async Task A_hostile_file_is_read_or_refused_at_once(string text, string? mistake)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var told = await Task.Run(() => Told(text)).WaitAsync(Patience);

        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.00} s: {told ?? "read"}");
        if (mistake is null)
        {
            Assert.Null(told);
        }
        else
        {
            Assert.Contains(mistake, told, StringComparison.Ordinal);
            Assert.StartsWith("my.yaml:", told, StringComparison.Ordinal);
            Assert.InRange(told!.Length, 1, 10_000);
        }
    }

    [Fact]
    public async Task A_hostile_file_is_planned_with_every_kind_of_time_at_once()
    {
        var level = Files.Read(Equation(Squares("u", 60)).Replace("expression: u + sin(pi*x)", $"expression: \"({Nested("", "u*x", 90)} + {Squares("x", 60)})*{Squares("2", 9)}\"", StringComparison.Ordinal));
        var levels = PinnCatalog.Instance;
        foreach (var time in (string[])["causal", "windows", "none", "{kind: curriculum, parameter: nu, values: [0.1]}"])
        {
            var cell = Cell(level, time);
            Assert.Null(await Task.Run(() => levels.WhyNotApplicable(cell)).WaitAsync(Patience));
        }
    }

    [Fact]
    public void Problems_that_are_meant_use_less_than_a_tenth_of_every_limit()
    {
        foreach (var entry in ProblemCatalog.All)
        {
            var problem = entry.Create(LevelText.Parse(Factor.Problem, entry.Method.Kind, PinnCatalog.Instance, "test"));
            foreach (var form in problem.Ansatz.IsEmpty ? [problem] : new[] { problem, HardConstraint.Apply(problem) })
            {
                var parts = PinnSweep.Jets.Expressions.ExprGraph.Order(form.Terms.Select(term => term.Residual)).Count;
                var program = form.Compile(form.Terms);
                var operations = program.Instructions.Length + PinnSweep.Jets.Expressions.ExprGraph.Order(program.Columns).Count;
                output.WriteLine($"{entry.Method.Kind}{(form.IsInAnsatz ? " in its ansatz" : "")}: {parts} parts, {operations} operations");
                Assert.InRange(parts, 1, SizeChecks.MostParts / 10);
                Assert.InRange(Derived(problem), 0, HardConstraint.MostParts / 10);
                Assert.InRange(operations, 1, SizeChecks.MostOperations / 10);
            }
        }
    }

    [Theory]
    [InlineData("u_xx*1e308*10", "my.yaml:6:40: equations.residual: ", false)]
    [InlineData("1e308*1e308*u", "my.yaml:6:40: equations.residual: '1e308*1e308' is not finite", true)]
    [InlineData("u + 1e400", "my.yaml:6:44: equations.residual: '1e400' is not a number", true)]
    [InlineData("u*(0/0)", "my.yaml:6:43: equations.residual: '0/0' is not finite", true)]
    [InlineData("u + log(-1)", "my.yaml:6:44: equations.residual: 'log(-1)' is not finite", true)]
    [InlineData("u + sqrt(2 - 3)", "my.yaml:6:44: equations.residual: 'sqrt(2 - 3)' is not finite", true)]
    [InlineData("u + sinh(1000)", "my.yaml:6:44: equations.residual: 'sinh(1000)' is not finite", true)]
    [InlineData("u + 10^400", "my.yaml:6:44: equations.residual: '10^400' is not finite", true)]
    [InlineData("u^(1e308*10)", "my.yaml:6:43: equations.residual: '1e308*10' is not finite", true)]
    [InlineData("u - nu^(-300)", "my.yaml:6:44: equations.residual: 'nu^(-300)' is not finite", true)]
    [InlineData("1e308 + 1e308 = u", "my.yaml:6:40: equations.residual: '1e308 + 1e308' is not finite", true)]
    public void Constants_that_are_not_finite_are_refused_with_their_place(string expression, string message, bool isRefused)
    {
        var text = Files.Burgers.Replace("nu*u_xx", expression, StringComparison.Ordinal);
        if (expression.Contains('=', StringComparison.Ordinal))
        {
            text = Files.Burgers.Replace("u_t + u*u_x - nu*u_xx", $"{expression} + u_t*u_xx*nu", StringComparison.Ordinal);
            message = message.Replace("6:40", "6:26", StringComparison.Ordinal);
        }

        var told = Told(text);

        if (isRefused)
        {
            Assert.Contains(message, told, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(told);
        }
    }

    [Theory]
    [InlineData("{nu: 0.01/pi}", "{nu: 1e308*10}", "my.yaml:4:17: constants.nu: '1e308*10' is not finite")]
    [InlineData("{nu: 0.01/pi}", "{nu: .inf}", "my.yaml:4:17: constants.nu: '.inf' is not finite")]
    [InlineData("{nu: 0.01/pi}", "{nu: -.INF}", "my.yaml:4:17: constants.nu: '-.INF' is not finite")]
    [InlineData("{nu: 0.01/pi}", "{nu: .nan}", "my.yaml:4:17: constants.nu: '.nan' is not finite")]
    [InlineData("x: [-1, 1]", "x: [-1, .inf]", "coordinates.x: '.inf' is not finite")]
    [InlineData("x: [-1, 1]", "x: [-1e308, 1e308]", "coordinates.x: the lower end must be below the upper one")]
    [InlineData("scale: pi", "scale: .inf", "equations.residual.scale: '.inf' is not finite")]
    [InlineData("scale: pi", "scale: 1e400", "equations.residual.scale: '1e400' is not finite")]
    [InlineData("time: t", "test_points: .inf", "test_points: expected a whole number from 3 to 1001; found '.inf'")]
    public void Numbers_that_are_not_finite_are_refused_with_their_place(string right, string wrong, string message) =>
        Assert.Contains(message, Files.Mistakes(Files.Burgers.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("sinh(x)", null)]
    [InlineData("x*sinh(x)*cosh(x) - tanh(x)", null)]
    [InlineData("(x - 0.01)*u", null)]
    [InlineData("u/cosh(x)", null)]
    [InlineData("u/(2 + sinh(x))", null)]
    [InlineData("u/(x - 0.01)", "divides by zero near x = 0.01, t = 0, where the divisor '(x - 0.01)' changes its sign")]
    [InlineData("u/sinh(x - 0.01)", "divides by zero near x = 0.01, t = 0, where the divisor 'sinh(x - 0.01)' changes its sign")]
    [InlineData("u/sinh(x)", "divides by zero at x = 0, t = 0; the divisor is 'sinh(x)'")]
    [InlineData("tan(2*x)", "divides by zero near x = -0.785398, t = 0, where the divisor 'tan(2*x)' changes its sign")]
    [InlineData("sinh(1000*x)", "'sinh(1000*x)' has no finite value at x = -1, t = 0")]
    [InlineData("exp(700*x)*exp(700*x)/2", "the quotient has no finite value at x = 0.6, t = 0")]
    public void Only_a_quotient_divides_by_zero_and_only_where_its_divisor_is_zero(string part, string? message)
    {
        var told = Told(Files.Burgers.Replace("nu*u_xx", $"nu*u_xx + {part}", StringComparison.Ordinal));

        if (message is null)
        {
            Assert.Null(told);
        }
        else
        {
            Assert.Contains(message, told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reading_ends_when_it_shall_and_says_what_it_was_at()
    {
        using var end = new CancellationTokenSource();
        var watch = new PlanningWatch(end.Token);
        end.Cancel();

        Assert.Throws<OperationCanceledException>(() => ProblemFile.Read(Files.Burgers, "my.yaml", [], _ => "", new(), watch));
        Assert.Equal("reading my.yaml", watch.Doing);
    }

    [Fact]
    public void A_rung_of_a_curriculum_at_which_a_constant_is_not_finite_is_no_cell()
    {
        var level = Files.Read(Files.Burgers.Replace("nu*u_xx", "u_xx/(1/nu)", StringComparison.Ordinal));

        Assert.Equal("nu = 0: residual: '1/nu' is not finite", PinnCatalog.Instance.WhyNotApplicable(Cell(level, "{kind: curriculum, parameter: nu, values: [0.1, 0]}")));
        Assert.Null(PinnCatalog.Instance.WhyNotApplicable(Cell(level, "{kind: curriculum, parameter: nu, values: [0.1]}")));
    }

    [Fact]
    public void The_problem_of_a_level_is_made_once()
    {
        var level = Files.Read(Files.Burgers.Replace("time: t", "time: t\nhard: {u: {lift: -sin(pi*x), multiplier: t*(1-x^2)}}", StringComparison.Ordinal));
        var (one, other) = (Cell(level, "none", "{kind: mlp, hard: true}"), Cell(level, "none"));
        other = other with { Network = one.Network };

        Assert.Same(PinnCatalog.Problem(level), PinnCatalog.Problem(level));
        Assert.Same(PinnCatalog.Problem(one), PinnCatalog.Problem(other));
        Assert.Single(PinnCatalog.Problem(one).Terms);
    }

    private static int Derived(Problem problem)
    {
        var differentiation = new PinnSweep.Jets.Expressions.Differentiation();
        foreach (var derivative in problem.Ansatz.IsEmpty ? [] : PinnSweep.Jets.Expressions.ExprGraph.Order(problem.Terms.Select(term => term.Residual)).OfType<PinnSweep.Jets.Expressions.Expr.Derivative>())
        {
            differentiation.Of(problem.Ansatz[derivative.Output].Lift, derivative.Orders);
            differentiation.Of(problem.Ansatz[derivative.Output].Multiplier, derivative.Orders);
        }

        return differentiation.Parts;
    }

    private static string? Told(string text)
    {
        try
        {
            Files.Read(text);
            return null;
        }
        catch (UserMistakeException mistake)
        {
            return mistake.Message;
        }
    }

    private static CellLevels Cell(Level problem, string time, string network = "mlp") => new(
        problem, Of(Factor.Network, network), Of(Factor.Balancer, "static"), Of(Factor.Sampler, "uniform"), Of(Factor.Optimizer, "adam"), Of(Factor.Time, time), Precision.Float64);

    private static Level Of(Factor factor, string text) => LevelText.Parse(factor, text, PinnCatalog.Instance, "test");

    private static string Squares(string x, int levels) => string.Concat(Enumerable.Repeat("(", levels)) + x + string.Concat(Enumerable.Repeat("^2)", levels));

    private static string Nested(string function, string x, int levels) => string.Concat(Enumerable.Repeat($"{function}(", levels)) + x + new string(')', levels);

    private static string Equation(string part) => Files.Burgers.Replace("{expression: u_t + u*u_x - nu*u_xx, scale: pi}", $"\"u_t + u*u_x - nu*u_xx + {part}\"", StringComparison.Ordinal);

    private static string Exact(string u) => Files.Burgers.Replace("time: t", $"time: t\nexact: {{u: \"{u}\"}}", StringComparison.Ordinal);

    private static string Hard(string multiplier, string derivatives) => Equation(derivatives).Replace("time: t", $"time: t\nfree: [x, t]\nhard: {{u: {{lift: -sin(pi*x), multiplier: \"t*{multiplier}\"}}}}", StringComparison.Ordinal);

    private static string Conditions(Func<int, string> expression) => Files.Burgers[..Files.Burgers.IndexOf("conditions:", StringComparison.Ordinal)]
        + $"conditions:\n{string.Concat(Enumerable.Range(1, 60).Select(i => FormattableString.Invariant($"  c{i}: {{on: [x, t], expression: \"{expression(i)}\"}}\n")))}";

    private static string Many(string key, int count, Func<int, string> expression) => Files.Burgers.Replace(
        $"{key}:\n", $"{key}:\n{string.Concat(Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"  e{i}: \"{expression(i)}\"\n")))}", StringComparison.Ordinal);
}
