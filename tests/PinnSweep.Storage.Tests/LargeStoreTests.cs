using System.Collections.Immutable;
using System.Diagnostics;
using PinnSweep.Storage.Curves;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Studies.Values;

namespace PinnSweep.Storage.Tests;

/// <summary>A study of a hundred thousand trials. Watches the clock, so only on request.</summary>
public sealed class LargeStoreTests(ITestOutputHelper output)
{
    private const int Trials = 100_000;
    private const int Points = 50_000;
    private static readonly DateTimeOffset At = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    [Theory(Explicit = true)]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public void A_store_holds_a_hundred_thousand_trials_without_making_anybody_wait(Database database)
    {
        using var folder = new StoreFolder(database);
        using var store = Store.Open(folder.Path);
        var plan = Plan();
        ImmutableArray<TrialKey> keys = [.. plan.Trials.Select(trial => trial.Key)];
        var state = CoordinatorState.Empty.ApplyAll([new StudySubmitted(plan.Hash, "s", keys, At)]);
        var half = keys.Take(Trials / 2).Select(Accepted).ToArray();
        var points = Enumerable.Range(0, Points).Select(i => new LivePoint(keys[^(1 + (i % 16))], 1, new(i / 16, i, double.NaN, double.NaN, 1, 1), At)).ToArray();

        Measure("save the plan", 20, () => store.Studies.Save(plan, "study: text"));
        // Every row of it is looked at, in case one has changed on the disk.
        Measure("save it again", 3, () => store.Studies.Save(plan, "study: text"));
        Measure("list the trials", 2, () => Assert.Equal(keys, store.Studies.TrialsOf(plan.Hash)));
        Measure("describe sixteen", 0.2, () => Assert.Equal(16, store.Studies.DescriptionsOf([.. keys.TakeLast(16)]).Count));
        Measure("describe all", 5, () => Assert.Equal(Trials, store.Studies.DescriptionsOf(keys).Count));
        Measure("rebuild half from nothing", 20, () => store.Decisions.Rebuild(state.ApplyAll(half), 1));
        Measure("rebuild with nothing missing", 3, () => store.Decisions.Rebuild(state.ApplyAll(half), 2));
        Measure("write a hundred decisions", 0.5, () => store.Decisions.Write([.. keys.Skip(Trials / 2).Take(100).Select(Accepted)], 3));
        Measure("know the position", 0.1, () => Assert.Equal(3, store.Decisions.Position()));
        Measure("list the results", 3, () => Assert.Equal((Trials / 2) + 100, store.Studies.ResultsOf(plan.Hash).Length));
        Measure("delete orphans", 2, () => store.Decisions.DeleteOrphans());
        var seconds = Measure("append points of curves, 500 at a time", 10, () => Array.ForEach([.. points.Chunk(500)], store.Curves.Append));
        output.WriteLine($"{Points / seconds:F0} points/s");
        Assert.True(Points / seconds >= 5000);
        Measure("read a curve", 0.2, () => Assert.Equal(Points / 16, store.Curves.Read(keys[^1]).Length));
    }

    private static SweepEvent Accepted(TrialKey key) => new TrialAccepted(key, 1, new(key.Hex, 1000, Outcome.Converged, 1000, 1e-3, 1), At);

    private static StudyPlan Plan()
    {
        var levels = new CellLevels(
            Level.Of("helmholtz"), Level.Of("mlp"), Level.Of("static"), Level.Of("uniform"), Level.Of("adam"), Level.Of("none"), Precision.Float64);
        var spec = new StudySpec(
            "large", "relative_l2", [1], ImmutableSortedDictionary<Factor, ImmutableArray<Level>>.Empty, [], Budget.OfSteps(1000), 10, 1e-2, null);
        var trials = Enumerable.Range(1, Trials).Select(seed => new TrialDescription(levels, seed, Budget.OfSteps(1000), 10, 1e-2));
        return new(
            spec, "large-hash", [new(levels, ImmutableSortedDictionary<Factor, string>.Empty)], [],
            [.. trials.Select(description => new PlannedTrial(description.Key(), description, 0))]);
    }

    private double Measure(string what, double limit, Action act)
    {
        var clock = Stopwatch.StartNew();
        act();
        var seconds = clock.Elapsed.TotalSeconds;
        output.WriteLine($"{what}: {seconds:F3} s");
        Assert.True(seconds < limit, $"{what} took {seconds:F2} s where {limit} s are allowed");
        return seconds;
    }
}
