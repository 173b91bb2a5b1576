using System.Globalization;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Methods.Samplers;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>Problems on shapes, with Neumann conditions on polygons and with interfaces, are trained as any other.</summary>
public sealed class PlaceTrainingTests
{
    // −Δu = 1 on the L-shape, whose solution has a singular derivative at the corner.
    private const string Torsion = """
        problem: torsion
        coordinates: {x, y}
        domain: {polygon: [[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]}
        equations: {poisson: laplacian(u) + 1}
        conditions: {walls: {on: boundary, expression: u, scale: 0.1}}
        reference: {file: ref.csv}
        """;

    public static TheoryData<string> Names => ["l-shape", "torsion", "plate", "interface"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_short_training_comes_nearer(string name)
    {
        using var training = Trials.Begin(Full(Problem(name), steps: 400, adam: 100, width: 12)).RunToEnd();

        Assert.True(training.Curve[^1].RelativeL2 < 0.4, $"{name}: {training.Curve[^1].RelativeL2}");
    }

    [Theory]
    [InlineData("rad")]
    [InlineData("sobol")]
    [InlineData("grid")]
    public void Every_kind_of_sampler_fills_a_shape(string kind)
    {
        var problem = Files.Problem(PlaceFileTests.LShape);
        var entry = SamplerCatalog.All.Single(sampler => sampler.Method.Kind == kind);
        var level = MethodLevels.Of(entry.Method, ("interior", 64), ("boundary", 40));
        using var training = Trials.Begin(Trials.Small(steps: 20, problem: Files.Read(PlaceFileTests.LShape)) is var small ? small with { Levels = small.Levels with { Sampler = level } } : small).RunToEnd();

        Assert.All(training.Trial.Sampler.Points(0).ToArray().Chunk(2), point => Assert.True(problem.Contains(point)));
        Assert.All(training.Trial.Sampler.Points(1).ToArray().Chunk(2), point => Assert.Contains(problem.Plane!.Boundary, piece => piece.Find(new(point[0], point[1]), 1e-9) is not null));
    }

    [Fact]
    public void The_error_of_an_output_is_measured_where_it_lives()
    {
        // b is exact nowhere but in its part: beyond, its formula is another.
        var text = PlaceFileTests.Interface;
        var other = text.Replace("b: sin(2*pi*x)*sin(pi*y)/kb}", "b: 'where(x > 0.4, sin(2*pi*x)*sin(pi*y)/kb, 100)'}", StringComparison.Ordinal);
        using var one = Trials.Begin(Trials.Small(steps: 20, problem: Files.Read(text))).RunToEnd();
        using var two = Trials.Begin(Trials.Small(steps: 20, problem: Files.Read(other))).RunToEnd();

        Assert.Equal(one.Curve[^1].RelativeL2, two.Curve[^1].RelativeL2, 1e-12);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public void Within_two_minutes_the_error_is_below_two_per_cent(string name)
    {
        var begun = TimeProvider.System.GetTimestamp();
        // At the corner the walls have to count for more.
        using var training = Trials.Begin(name == "torsion" ? Full(Problem(name), steps: 7000, wall: 1000) : Full(Problem(name))).RunToEnd();

        Assert.InRange(training.Curve[^1].RelativeL2, 0, 2e-2);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalMinutes, 0, 2);
    }

    private static TrialDescription Full(Level problem, int steps = 3500, int adam = 1000, int width = 32, double wall = 0) => Trials.Small(steps: steps, problem: problem) is var small
        ? small with
        {
            Levels = small.Levels with
            {
                Balancer = wall > 0 ? MethodLevels.Of(StaticWeights.Entry.Method, ("weights", new (string, object)[] { ("walls", wall) })) : small.Levels.Balancer,
                Network = MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { width, width, width })),
                Sampler = MethodLevels.Of(UniformSampler.Entry.Method, ("interior", 30 * width), ("boundary", 12 * width), ("initial", 200)),
                Optimizer = MethodLevels.Of(OptimizerCatalog.All.Single(one => one.Method.Kind == "adam-lbfgs").Method, ("adam_steps", adam)),
            },
            EvaluateEvery = steps,
        }
        : small;

    private static Level Problem(string name) => name switch
    {
        "l-shape" => Files.Read(PlaceFileTests.LShape),
        "plate" => Files.Read(PlaceFileTests.Plate),
        "interface" => Files.Read(PlaceFileTests.Interface),
        _ => Files.Read(Torsion, _ => Table()),
    };

    /// <summary>Second differences on a grid of 1/32, by successive over-relaxation: its own error is a thousandth.</summary>
    private static string Table()
    {
        const int n = 64;
        var u = new double[n + 1, n + 1];
        for (var sweep = 0; sweep < 400; sweep++)
        {
            for (var i = 1; i < n; i++)
            {
                for (var k = 1; k < n; k++)
                {
                    if (i < n / 2 || k < n / 2)
                    {
                        var mean = (u[i - 1, k] + u[i + 1, k] + u[i, k - 1] + u[i, k + 1] + (4.0 / n / n)) / 4;
                        u[i, k] += 1.9 * (mean - u[i, k]);
                    }
                }
            }
        }

        var lines = from i in Enumerable.Range(0, (n / 4) + 1)
                    from k in Enumerable.Range(0, (n / 4) + 1)
                    where i <= n / 8 || k <= n / 8
                    select string.Create(CultureInfo.InvariantCulture, $"{-1 + (8.0 * i / n)},{-1 + (8.0 * k / n)},{u[4 * i, 4 * k]:R}");
        return $"x,y,u\n{string.Join('\n', lines)}\n";
    }
}
