using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>Trials that share a pack have the digits of trials alone, whoever is with them.</summary>
public sealed class PackedTrainingTests
{
    private const int Steps = 200;

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Every_balancer_in_one_pack_has_the_digits_it_has_alone(Precision precision)
    {
        var descriptions = BalancerCatalog.All.Select((entry, seed) => Described(entry, precision, seed + 1)).ToArray();

        var packed = Train(descriptions.Select(description => (description, (MemoryStream?)null)), keptUntil: Steps);

        Assert.Equal(descriptions.Select(Alone), packed.Select(training => training.Digits));
    }

    [Fact]
    public void A_line_search_beside_adam_changes_neither()
    {
        var adam = Trials.Small(steps: 60, seed: 3);
        var searching = adam with { Levels = adam.Levels with { Optimizer = MethodLevels.Of(Lbfgs.Entry.Method) } };
        var wide = adam with { Levels = adam.Levels with { Network = MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { 14 })) } };

        var packed = Train(new[] { adam, searching, wide }.Select(description => (description, (MemoryStream?)null)), keptUntil: Steps);

        Assert.Equal(new[] { Alone(adam), Alone(searching), Alone(wide) }, packed.Select(training => training.Digits));
    }

    [Fact]
    public void A_pack_that_was_killed_goes_on_from_its_checkpoints_in_another_company()
    {
        var descriptions = BalancerCatalog.All.Take(8).Select((entry, seed) => Described(entry, Precision.Float32, seed + 1)).ToArray();
        var killed = Train(descriptions.Select(description => (description, (MemoryStream?)null)), keptUntil: 77);

        var firstHalf = Train(descriptions.Take(3).Zip(killed.Take(3), (description, before) => (description, (MemoryStream?)before.State)), keptUntil: Steps);
        var secondHalf = Train(descriptions.Skip(3).Zip(killed.Skip(3), (description, before) => (description, (MemoryStream?)before.State)), keptUntil: Steps);

        Assert.Equal(descriptions.Select(Alone), firstHalf.Concat(secondHalf).Select(training => training.Digits));
    }

    /// <summary>In batches as on a card, where a lane alone shares its operations with copies of itself.</summary>
    [Fact]
    public void Eight_balancers_in_batches_of_the_torch_engine_have_the_digits_of_a_pack_of_one_and_go_on_after_a_kill()
    {
        const string Batched = "torch/cpu";
        var descriptions = BalancerCatalog.All.Take(8).Select((entry, seed) => Described(entry, Precision.Float32, seed + 1)).ToArray();
        var alone = descriptions.Select(description => Train([(description, null)], keptUntil: Steps, Batched)[0].Digits).ToArray();

        var undisturbed = Train(descriptions.Select(description => (description, (MemoryStream?)null)), keptUntil: Steps, Batched);
        var killed = Train(descriptions.Select(description => (description, (MemoryStream?)null)), keptUntil: 77, Batched);
        var resumed = Train(descriptions.Skip(3).Zip(killed.Skip(3), (description, before) => (description, (MemoryStream?)before.State)), keptUntil: Steps, Batched);

        Assert.Equal(alone, undisturbed.Select(training => training.Digits));
        Assert.Equal(alone.Skip(3), resumed.Select(training => training.Digits));
    }

    [Fact]
    public void A_pack_of_the_torch_engine_on_cores_has_the_digits_of_trials_alone()
    {
        var descriptions = BalancerCatalog.All.Take(3).Select((entry, seed) => Described(entry, Precision.Float32, seed + 1) with { Budget = Budget.OfSteps(40) }).ToArray();

        var packed = Train(descriptions.Select(description => (description, (MemoryStream?)null)), keptUntil: Steps, JetEngines.Torch);

        Assert.Equal(descriptions.Select(description => Alone(description, JetEngines.Torch)), packed.Select(training => training.Digits));
    }

    private static TrialDescription Described(BalancerEntry entry, Precision precision, int seed)
    {
        var level = MethodLevels.Of(entry.Method);
        return Trials.Small(steps: Steps, precision: precision, balancer: level, resampleEvery: entry.WhyPointsMustStay(level) is null ? 6 : null, seed: seed);
    }

    private static string Alone(TrialDescription description) => Alone(description, JetEngines.Auto);

    private static string Alone(TrialDescription description, string engine)
    {
        using var training = Trials.Begin(description, engine).RunToEnd();
        return Digits(training);
    }

    private static string Digits(TrainingLoop training) => string.Join('\n', [.. training.Digits(), .. training.Theta.ToArray().Select(value => BitConverter.DoubleToInt64Bits(value).ToString("x16", System.Globalization.CultureInfo.InvariantCulture))]);

    /// <summary>Each in a lane of one pack, on a thread of its own, until its end or so many steps.</summary>
    private static (string Digits, MemoryStream State)[] Train(IEnumerable<(TrialDescription Description, MemoryStream? From)> trials, int keptUntil, string engine = JetEngines.Fused)
    {
        using var pack = new JetPack(JetEngines.CreateBackend(engine));
        var lanes = trials.Select(trial => (trial.Description, trial.From, Lane: pack.Join())).ToArray();
        var ends = new (string, MemoryStream)[lanes.Length];
        var failures = new Exception?[lanes.Length];
        var threads = lanes.Select((place, number) => new Thread(() =>
        {
            using var lane = place.Lane;
            try
            {
                using var training = new TrainingLoop(PinnTrials.Assemble(place.Description, lane), TimeProvider.System);
                if (place.From is { } from)
                {
                    training.Load(from);
                }

                while (!training.IsFinished && training.Step < keptUntil)
                {
                    training.Advance();
                }

                ends[number] = (Digits(training), training.Saved());
            }
            catch (Exception failure)
            {
                failures[number] = failure;
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
        Assert.True(lanes.Length == 1 || pack.Requests > pack.Batches);
        return ends;
    }
}
