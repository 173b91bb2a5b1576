using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Reports.Tests.Published;

/// <summary>
/// How often verdicts are wrong when errors are log-normal: seeds drawn from the published distribution, and from one that is twice off.
/// </summary>
public sealed class VerdictSimulationTests(ITestOutputHelper output)
{
    private const int Repetitions = 1500;
    private const int BestOf = 3;
    private static readonly int[] Counts = [3, 5, 10, 30];

    public static TheoryData<PublishedStatistic, bool> Statistics => new()
    {
        { PublishedStatistic.Mean, false },
        { PublishedStatistic.Mean, true },
        { PublishedStatistic.Median, false },
        { PublishedStatistic.Median, true },
        { PublishedStatistic.GeometricMean, false },
        { PublishedStatistic.GeometricMean, true },
        { PublishedStatistic.Best, true },
        { PublishedStatistic.Single, true },
    };

    /// <summary>Wrong: not reproduced when it is the same distribution, reproduced when it is twice off.</summary>
    [Theory]
    [MemberData(nameof(Statistics))]
    public void No_wrong_verdict_is_given_to_more_than_a_twentieth(PublishedStatistic statistic, bool isDrawn)
    {
        foreach (var spread in new[] { 0.05, 0.15, 0.3 })
        {
            foreach (var n in Counts)
            {
                var same = Shares(statistic, isDrawn, spread, n, 1);
                var larger = Shares(statistic, isDrawn, spread, n, 2);
                var smaller = Shares(statistic, isDrawn, spread, n, 0.5);

                Assert.InRange(same[Verdict.LargerError] + same[Verdict.SmallerError], 0, 0.05);
                Assert.InRange(larger[Verdict.Reproduced] + larger[Verdict.SmallerError], 0, 0.05);
                Assert.InRange(smaller[Verdict.Reproduced] + smaller[Verdict.LargerError], 0, 0.05);
                output.WriteLine(FormattableString.Invariant(
                    $"{statistic.ToWord()}{(isDrawn ? " drawn" : "")}, σ {spread}, n {n}: same {same[Verdict.Reproduced]:F2} reproduced, {same[Verdict.Undecided]:F2} undecided; twice {larger[Verdict.LargerError]:F2} not reproduced, {larger[Verdict.Undecided]:F2} undecided"));
            }
        }
    }

    /// <summary>Nothing would be wrong either if everything were undecided.</summary>
    [Theory]
    [InlineData(PublishedStatistic.Mean, 0.05, 5)]
    [InlineData(PublishedStatistic.Mean, 0.15, 30)]
    [InlineData(PublishedStatistic.Median, 0.05, 5)]
    [InlineData(PublishedStatistic.Median, 0.15, 30)]
    [InlineData(PublishedStatistic.GeometricMean, 0.05, 5)]
    [InlineData(PublishedStatistic.GeometricMean, 0.15, 20)]
    [InlineData(PublishedStatistic.GeometricMean, 0.3, 70)]
    [InlineData(PublishedStatistic.Best, 0.03, 10)]
    [InlineData(PublishedStatistic.Single, 0.03, 10)]
    public void With_seeds_enough_the_right_verdict_is_the_usual_one(PublishedStatistic statistic, double spread, int n)
    {
        var isDrawn = statistic is PublishedStatistic.Best or PublishedStatistic.Single;

        Assert.True(Shares(statistic, isDrawn, spread, n, 1)[Verdict.Reproduced] > 0.7);
        Assert.True(Shares(statistic, isDrawn, spread, n, 2)[Verdict.LargerError] > 0.7);
        Assert.True(Shares(statistic, isDrawn, spread, n, 0.5)[Verdict.SmallerError] > 0.7);
    }

    /// <summary>The same ratio and spread with fewer seeds: what is undecided with many is not decided with few.</summary>
    [Theory]
    [InlineData(PublishedStatistic.Mean)]
    [InlineData(PublishedStatistic.Median)]
    [InlineData(PublishedStatistic.GeometricMean)]
    [InlineData(PublishedStatistic.Best)]
    [InlineData(PublishedStatistic.Single)]
    public void Fewer_seeds_never_help(PublishedStatistic statistic)
    {
        foreach (var spread in new[] { 0.01, 0.03, 0.1, 0.2, 0.4 })
        {
            foreach (var ratio in new[] { 0.3, 0.55, 0.75, 1, 1.2, 1.4, 1.6, 2, 4 })
            {
                var decided = Verdict.Undecided;
                foreach (var n in Enumerable.Range(1, 40))
                {
                    var errors = SeedsToDecide.Sample(n, -2, spread);
                    var ours = PublishedReference.Of(Table(statistic, BestOf), Row(1)).OfOurs(errors).Value;
                    var verdict = Of(Table(statistic, BestOf), Row(double.IsNaN(ours) ? 1 : ours / ratio), errors);

                    Assert.True(decided == Verdict.Undecided || verdict == decided, FormattableString.Invariant($"σ {spread}, ratio {ratio}: {decided} at {n - 1}, {verdict} at {n}"));
                    Assert.True(n > 1 || verdict == Verdict.Undecided);
                    decided = verdict;
                }
            }
        }
    }

    private static Dictionary<Verdict, double> Shares(PublishedStatistic statistic, bool isDrawn, double spread, int n, double ratio)
    {
        var stream = new RandomStream(11, FormattableString.Invariant($"verdicts/{statistic}/{isDrawn}/{spread}/{n}/{ratio}"));
        var counts = VerdictWords.All.ToDictionary(verdict => verdict, _ => 0.0);
        var runs = statistic switch
        {
            PublishedStatistic.Best => BestOf,
            PublishedStatistic.Single => 1,
            _ => 10,
        };
        for (var i = 0; i < Repetitions; i++)
        {
            var published = isDrawn ? Drawn(statistic, Errors(stream, runs, -2, spread)) : Row(Math.Pow(10, -2 + (statistic == PublishedStatistic.Mean ? Math.Log(10) * spread * spread / 2 : 0)));
            counts[Of(Table(statistic, runs), published, Errors(stream, n, -2 + Math.Log10(ratio), spread))] += 1.0 / Repetitions;
        }

        return counts;
    }

    private static PublishedValue Drawn(PublishedStatistic statistic, double[] runs) => Row(
        statistic switch
        {
            PublishedStatistic.Mean => runs.Average(),
            PublishedStatistic.Median => (runs.Order().ElementAt((runs.Length - 1) / 2) + runs.Order().ElementAt(runs.Length / 2)) / 2,
            PublishedStatistic.GeometricMean => Math.Exp(runs.Average(Math.Log)),
            PublishedStatistic.Best => runs.Min(),
            _ => runs[0],
        },
        runs.Length < 2 ? null : Math.Sqrt(runs.Sum(run => Math.Pow(run - runs.Average(), 2)) / (runs.Length - 1)));

    private static Verdict Of(PublishedTable table, PublishedValue row, double[] errors)
    {
        var theirs = PublishedReference.Of(table, row);
        return Comparison.Judge(theirs.OfOurs(errors).RatioTo(theirs.Estimate), table.Equivalence);
    }

    private static double[] Errors(RandomStream stream, int count, double mean, double spread) => [.. Enumerable.Range(0, count).Select(_ => Math.Pow(10, mean + (spread * stream.NextGaussian())))];

    private static PublishedTable Table(PublishedStatistic statistic, int runs) => new("a source", "relative_l2", statistic, runs, null, null, null, 2, []);

    private static PublishedValue Row(double value, double? deviation = null) => new(ImmutableSortedDictionary<Factor, LevelPattern>.Empty, value, deviation, null, null);
}
