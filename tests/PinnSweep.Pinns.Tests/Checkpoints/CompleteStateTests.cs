using System.Reflection;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Optimizers;
using PinnSweep.Pinns.Tests.Samplers;
using PinnSweep.Pinns.Tests.Time;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Checkpoints;

/// <summary>
/// A checkpoint holds the whole state of every method. Resumed digits alone do not show it: a field that was forgotten may matter only to
/// steps that no test takes. So all fields of a restored training are compared with those of the one that was saved; what is left out says
/// that it is scratch, and that is tried too.
/// </summary>
public sealed class CompleteStateTests
{
    private const int Steps = 24;
    private const int Saved = 17;

    /// <summary>Fields that a training changes and no checkpoint holds, by a part of their path, and why.</summary>
    private static readonly (string Path, string Because)[] NotKept =
    [
        (".IsDiverged", "a training that has diverged has ended, and leaves a result and no checkpoint"),
        ("._phases.array[0].", "a phase that has ended has no later step"),
    ];

    /// <summary>
    /// Every row of the conformance tests; balancers with a sampler that adds points, optimizers with points that are drawn anew.
    /// </summary>
    public static TheoryData<Factor, string, string, string> Rows { get; } =
    [
        .. BalancerConformanceTests.Rows.Select(row => (Factor.Balancer, row.Data.Item1, row.Data.Item2, row.Data.Item3)),
        .. SamplerConformanceTests.Rows.Select(row => (Factor.Sampler, row.Data.Item1, row.Data.Item2, "")),
        .. OptimizerConformanceTests.Kinds.Select(row => row.Data).SelectMany(kind => Enum.GetNames<Precision>().Select(precision => (Factor.Optimizer, kind, precision, ""))),
        .. TimeConformanceTests.Rows.Select(row => (Factor.Time, row.Data.Item1, row.Data.Item2, row.Data.Item3)),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_restored_training_has_every_field_of_the_one_that_was_saved(Factor factor, string kind, string parameters, string more)
    {
        using var saved = Trained(factor, kind, parameters, more);
        using var restored = Restored(saved);

        Assert.DoesNotContain(StateGraph.Differences(saved, restored), IsKept);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Whatever_a_step_may_change_is_restored(Factor factor, string kind, string parameters, string more)
    {
        using var saved = Trained(factor, kind, parameters, more);
        var changeable = StateGraph.Changeable(saved).Where(found => IsKept(found.Path)).ToList();

        Assert.Contains(changeable, found => found.Path == ".Step");
        foreach (var (path, owner, field) in changeable)
        {
            var before = field.GetValue(owner)!;
            using var state = Others(before).Select(value => TrySave(saved, owner, field, value)).First(stream => stream is not null)!;
            using var restored = Trials.Begin(saved.Trial.Description);
            restored.Load(state);
            var after = StateGraph.Changeable(restored).Single(found => found.Path == path);

            Assert.True(field.GetValue(owner)!.Equals(after.Field.GetValue(after.Owner)), $"{path} is {field.GetValue(owner)} and was restored as {after.Field.GetValue(after.Owner)}");
            field.SetValue(owner, before);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_called_scratch_matters_to_no_later_step(Factor factor, string kind, string parameters, string more)
    {
        using var saved = Trained(factor, kind, parameters, more);
        using var restored = Restored(saved);
        StateGraph.Spoil(restored);

        saved.RunToEnd();
        restored.RunToEnd();

        Assert.Equal(saved.Theta.ToArray(), restored.Theta.ToArray());
        Assert.Equal(saved.Digits(), restored.Digits());
        Assert.Equal(saved.Trial.Events.Counts, restored.Trial.Events.Counts);
    }

    private static bool IsKept(string path) => !NotKept.Any(field => path.Contains(field.Path, StringComparison.Ordinal));

    private static TrainingLoop Trained(Factor factor, string kind, string parameters, string more)
    {
        var training = Trials.Begin(Describe(factor, kind, parameters, more));
        training.Take(Saved);
        return training;
    }

    private static TrialDescription Describe(Factor factor, string kind, string parameters, string more)
    {
        var small = Trials.Small(steps: Steps);
        return factor switch
        {
            Factor.Balancer => Balanced(kind, parameters, more),
            Factor.Sampler => small with { Levels = small.Levels with { Sampler = SamplerConformanceTests.Level(kind, parameters) } },
            Factor.Optimizer => OptimizerConformanceTests.Small(kind, Enum.Parse<Precision>(parameters), resampleEvery: 6),
            _ => TimeConformanceTests.Describe(kind, parameters, more),
        };
    }

    private static TrialDescription Balanced(string kind, string parameters, string causal)
    {
        var follows = BalancerCatalog.Find(kind).Method.Parameters.Any(parameter => parameter.Name == "resampling") ? " resampling=nearest" : "";
        var small = Trials.Small(
            steps: Steps,
            balancer: BalancerConformanceTests.Level(kind, parameters + follows),
            learningRate: 1e-2,
            time: causal == "none" ? null : MethodLevels.Of(CausalWeights.Entry.Method, ("chunks", 7), ("epsilon", new[] { 1e-3, 1e-2 }), ("residuals", causal)));
        return small with { Levels = small.Levels with { Sampler = SamplerConformanceTests.Level("rar-g", """{"every": 6, "begin": 3, "candidates": 600, "added": 7}""") } };
    }

    private static TrainingLoop Restored(TrainingLoop saved)
    {
        using var state = State(saved);
        var restored = Trials.Begin(saved.Trial.Description);
        restored.Load(state);
        return restored;
    }

    private static MemoryStream State(TrainingLoop training)
    {
        var stream = new MemoryStream();
        training.Save(stream);
        stream.Position = 0;
        return stream;
    }

    /// <summary>
    /// Values in the place of one: the next, or where it cannot stand in a checkpoint (a number of a phase that there is not) the one
    /// before.
    /// </summary>
    private static object[] Others(object value) => value switch
    {
        double number => [double.IsFinite(number) ? number + 1 : 0.5],
        long number => [number + 1, number - 1],
        int number => [number + 1, number - 1],
        ulong number => [number + 1],
        bool flag => [!flag],
        _ => throw new NotSupportedException($"{value}"),
    };

    private static MemoryStream? TrySave(TrainingLoop training, object owner, FieldInfo field, object value)
    {
        field.SetValue(owner, value);
        try
        {
            return State(training);
        }
        catch (IndexOutOfRangeException)
        {
            return null;
        }
    }
}
