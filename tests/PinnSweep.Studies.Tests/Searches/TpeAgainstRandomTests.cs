using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Searches;

public class TpeAgainstRandomTests(ITestOutputHelper output)
{
    private const int Purse = 60;
    private const int Seeds = 50;

    /// <summary>
    /// The fifth is Rosenbrock's valley: in coordinates one by one nothing tells where it runs. The median is better there too, but p is
    /// 0.09.
    /// </summary>
    [Fact]
    public void Tpe_finds_better_points_than_random_search_with_the_same_purse()
    {
        var better = 0;
        foreach (var function in TestFunction.All)
        {
            var tpe = Enumerable.Range(0, Seeds).Select(seed => Best(function, DesignKind.Tpe, seed)).ToArray();
            var random = Enumerable.Range(0, Seeds).Select(seed => Best(function, DesignKind.Random, seed)).ToArray();
            var sobol = Enumerable.Range(0, Seeds).Select(seed => Best(function, DesignKind.Sobol, seed)).ToArray();
            var p = SignedRank.OneSided([.. random.Zip(tpe, (a, b) => a - b)]);
            better += p < 0.05 ? 1 : 0;
            output.WriteLine(
                FormattableString.Invariant($"{function}: median of the best {Median(tpe):G3} (tpe), {Median(random):G3} (random), ")
                + FormattableString.Invariant($"{Median(sobol):G3} (sobol); tpe before random p = {p:G2}"));
        }

        Assert.True(better >= 4, $"better on {better} of {TestFunction.All.Length} functions");
    }

    [Fact]
    public void The_functions_have_their_published_minima()
    {
        Assert.Equal(0, TestFunction.All[0].Of(SomeSpaces.Point([.. Enumerable.Range(0, 4).Select(i => Math.Pow(10, -1.5 - i))])), 1e-12);
        Assert.Equal(0.397887, TestFunction.All[1].Of(SomeSpaces.Point(Math.PI, 2.275)), 1e-6);
        Assert.Equal(0, TestFunction.All[2].Of(SomeSpaces.Point(1, 1)));
        Assert.Equal(-3.32237, TestFunction.All[3].Of(SomeSpaces.Point(0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573)), 1e-5);
        Assert.Equal(0, TestFunction.All[4].Of(new([.. SomeSpaces.Point(0, 0, 0, 0).Values, new SpecValue.Text("a")])), 1e-12);
    }

    /// <summary>Hamilton's depression scale (Hollander, Wolfe 1973, p. 29 f.), the example of R's wilcox.test: V = 40 of 45.</summary>
    [Fact]
    public void The_test_is_that_of_the_textbook()
    {
        double[] before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

        // z = (40 − 22.5)/√71.25
        Assert.Equal(0.01908, SignedRank.OneSided([.. before.Zip(after, (a, b) => a - b)]), 1e-5);

        // Ranks 1.5 (−), 1.5, 3, 4.5, 4.5: W = 13.5, variance 13.75 − 12/48, z = 6/√13.5.
        Assert.Equal(0.05124, SignedRank.OneSided([-1, 1, 2, 3, 3, 0]), 1e-5);
    }

    private static double Best(TestFunction function, DesignKind design, int seed)
    {
        var plan = new SearchPlan(design, Purse, seed, 4, null);
        var history = new List<Observation>();
        for (var generation = 0; Proposals.Propose(function.Space, plan, history, generation) is { Length: > 0 } proposals; generation++)
        {
            history.AddRange(proposals.Select(point => new Observation(point, function.Of(point))));
        }

        Assert.Equal(Purse, history.Count);
        return history.Min(seen => seen.Score);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
