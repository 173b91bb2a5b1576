using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Cluster.Tests;

/// <summary>Plans for the fake trainer: each trial is a problem level that says what is to happen to it.</summary>
internal static class TestStudies
{
    public static Level Calm(int pause = 0) => Scripted("none", pause: pause);

    public static Level Scripted(string fault, int at = 0, int times = int.MaxValue, int pause = 0)
    {
        var level = Level.Of("fake").With("fault", new SpecValue.Text(fault)).With("at", new SpecValue.Number(at)).With("pause", new SpecValue.Number(pause));
        return times == int.MaxValue ? level : level.With("times", new SpecValue.Number(times));
    }

    /// <summary>Two trials of this many steps of five milliseconds.</summary>
    public static StudyPlan Slow(int steps) => Plan("slow", steps, 2, Calm(pause: 5));

    public static StudyPlan Plan(string name, int steps, int seeds, params Level[] problems)
    {
        var budget = Budget.OfSteps(steps);
        var cells = problems.Select(problem => new Cell(
            new(problem, Level.Of("mlp"), Level.Of("static"), Level.Of("uniform"), Level.Of("adam"), Level.Of("none"), Precision.Float64),
            ImmutableSortedDictionary<Factor, string>.Empty.Add(Factor.Problem, problem.ToString()))).ToImmutableArray();
        var trials = cells.SelectMany((cell, index) => Enumerable.Range(1, seeds).Select(seed =>
        {
            var description = new TrialDescription(cell.Levels, seed, budget, 10, 1e-2);
            return new PlannedTrial(description.Key(), description, index);
        })).ToImmutableArray();
        var spec = new StudySpec(
            name,
            "relative_l2",
            [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)],
            ImmutableSortedDictionary<Factor, ImmutableArray<Level>>.Empty.Add(Factor.Problem, [.. problems]),
            [],
            budget,
            10,
            1e-2,
            null);
        return new(spec, $"hash-of-{name}", cells, [], trials);
    }
}
