using System.Globalization;

namespace PinnSweep.Cluster.Tests.Chaos;

/// <summary>
/// Hundreds of short histories, each from one integer. One that breaks the promise is lived again by
/// <c>PINNSWEEP_CHAOS_SEED=N tests/run Cluster</c>: the blows come in the same order, though threads do not.
/// </summary>
[Collection("chaos")]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Histories = 200;

    // Histories mostly wait; more at once than this and they wait for the processor.
    private const int AtOnce = 8;

    [Fact]
    public async Task Whatever_breaks_every_trial_ends_exactly_once()
    {
        long[] seeds = Environment.GetEnvironmentVariable("PINNSWEEP_CHAOS_SEED") is { Length: > 0 } seed
            ? [long.Parse(seed, CultureInfo.InvariantCulture)]
            : [.. Enumerable.Range(1, Histories)];
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
        {
            var (broken, story) = await ChaosHistory.RunAsync(seed);
            if (!broken.IsEmpty)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"seed {seed}:\n  {string.Join("\n  ", broken)}\n{story}"));
            }
        });

        foreach (var failure in failures)
        {
            output.WriteLine(failure);
        }

        Assert.Empty(failures);
    }
}
