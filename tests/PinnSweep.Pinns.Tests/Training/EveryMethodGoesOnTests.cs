using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>
/// Every method of the catalog, trained to few steps and on to twice as many: bit for bit the training to twice as many at once, unless the
/// method says that it divides the budget; then it does not go on, and really is another training from the start.
/// </summary>
public sealed class EveryMethodGoesOnTests
{
    private const int Few = 14;
    private static readonly Factor[] Varied = [Factor.Network, Factor.Balancer, Factor.Sampler, Factor.Optimizer, Factor.Time];

    public static TheoryData<Factor, string> Methods { get; } =
        [.. from factor in Varied from entry in PinnCatalog.Instance.Of(factor) select (factor, entry.Kind)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Few_steps_and_as_many_more_are_the_steps_of_both_at_once_or_the_method_says_why_not(Factor factor, string kind)
    {
        var longer = Describe(factor, kind) with { Seed = 1 + (kind.Length % 3) };
        var shorter = longer.WithSteps(Few);

        if (Varied.Select(one => PinnCatalog.Instance.WhyBegunAnew(one, longer.Levels[one])).OfType<string>().ToArray() is [var reason])
        {
            Assert.True(reason.Length > 10);
            AssertAnew(longer, shorter);
        }
        else
        {
            ContinuedTrainingTests.Compare(longer, shorter, "auto");
        }
    }

    [Fact]
    public void What_divides_the_budget_says_so_and_nothing_else()
    {
        var without = TimeCatalog.All.Where(entry => entry.WhyBegunAnew is not null).Select(entry => entry.Method.Kind).Order(StringComparer.Ordinal);

        Assert.Equal(TimeCatalog.All.Select(entry => entry.Method.Kind).Where(kind => !MayGoOn(Describe(Factor.Time, kind))).Order(StringComparer.Ordinal), without);
    }

    private static bool MayGoOn(TrialDescription description)
    {
        using var training = Trials.Begin(description);
        return training.Trial.MayGoOn;
    }

    private static void AssertAnew(TrialDescription longer, TrialDescription shorter)
    {
        using var few = ContinuedTrainingTests.Keeping(shorter, "auto").RunToEnd();
        using var many = Trials.Begin(longer);
        many.Take(Few);

        Assert.False(few.Trial.MayGoOn);
        Assert.NotEqual(few.Theta.ToArray(), many.Theta.ToArray());
        Assert.Throws<InvalidDataException>(() => ContinuedTrainingTests.GoOn(longer, few, "auto"));
    }

    private static TrialDescription Describe(Factor factor, string kind)
    {
        var small = Trials.Small(2 * Few);
        var text = EveryMethodTrainsTests.LevelOf(factor, kind).Replace("every: 50", "every: 5", StringComparison.Ordinal).Replace("steps: 100", "steps: 9", StringComparison.Ordinal);
        var level = LevelText.Parse(factor, text, PinnCatalog.Instance, "test");
        return small with
        {
            EvaluateEvery = 5,
            Levels = factor switch
            {
                Factor.Network => small.Levels with { Network = level },
                Factor.Balancer => Trials.Small(2 * Few, balancer: level).Levels,
                Factor.Sampler => small.Levels with { Sampler = level },
                Factor.Optimizer => small.Levels with { Optimizer = level },
                _ => small.Levels with { Time = level, Problem = kind == "curriculum" ? MethodLevels.Of(Convection.Entry.Method, ("beta", 3.0)) : small.Levels.Problem },
            },
        };
    }
}
