using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Studies.Catalogs.MethodParameters;

namespace PinnSweep.Cluster.Tests;

/// <summary>A study that searches, is evaluated and replicated until decided, over methods that only the fake trainer knows.</summary>
internal static class SearchStudy
{
    private static readonly Catalog Methods = new(
        [
            Entry(Factor.Problem, "fake", Word("fault", "", "none"), Count("at", 0, "", 0), Count("pause", 0, "", 0), Number("a2", 1, 0, 9, "")),
            Entry(Factor.Network, "mlp"),
            Entry(Factor.Balancer, "static", Positive("weight", 1, "")),
            Entry(Factor.Balancer, "soft", Positive("tau", 0.1, ""), Fraction("alpha", 0.5, "")),
            Entry(Factor.Sampler, "uniform"),
            Entry(Factor.Optimizer, "adam", Positive("lr", 1e-3, "")),
            Entry(Factor.Time, "none"),
        ],
        _ => null);

    /// <summary>The plan as it is submitted; a step of a trial takes so many milliseconds.</summary>
    public static StudyPlan Plan(int purse, int pause = 40) => Planner.Plan(
        StudyFile.Parse(
            """
                study: chaos-search
                seeds: 4
                factors:
                  problem: [{kind: fake, pause: MILLISECONDS}, {kind: fake, pause: MILLISECONDS, a2: 2}]
                  balancer: [{kind: static, weight: {log: [1e-2, 1e2]}}, {kind: soft, tau: {log: [1e-3, 10]}, alpha: {linear: [0, 1]}}]
                  optimizer: {kind: adam, lr: {log: [1e-5, 1e-1]}}
                budget: {steps: 50}
                control: static
                tune: {each: [problem, balancer], design: tpe, trials: PURSE, seeds: {from: 100001, count: 2}}
                replicate: {until: decided, looks: [4, 8, 16]}
                """.Replace("PURSE", purse.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("MILLISECONDS", pause.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            "chaos.yaml",
            Methods),
        Methods);

    /// <summary>Where the stages of a run, in store and journal, are not those of an undisturbed one.</summary>
    public static ImmutableArray<string> Compare(StudyPlan grown, int purse, IEnumerable<SweepEvent> journal, int pause = 40)
    {
        var expected = Undisturbed(purse, pause);
        var journalled = journal.OfType<StudyExtended>().ToDictionary(extended => extended.Stage.Number, extended => extended.Document);
        return
        [
            .. from number in Enumerable.Range(0, Math.Max(expected.Stages.Length, grown.Stages.Length))
               let wanted = Document(expected, number)
               from finding in (string?[])
               [
                   Document(grown, number) == wanted ? null : string.Create(CultureInfo.InvariantCulture, $"stage {number} in the store is not that of an undisturbed run"),
                   number == 0 || journalled.GetValueOrDefault(number) == wanted ? null : string.Create(CultureInfo.InvariantCulture, $"stage {number} in the journal is not that of an undisturbed run"),
               ]
               where finding is not null
               select finding,
        ];
    }

    /// <summary>Of all decisions.</summary>
    public static string DigestOf(StudyPlan grown) => StageJson.DigestOf(string.Join('\n', grown.Stages.Select(StageJson.Write)));

    /// <summary>The whole study as it goes when nothing goes wrong.</summary>
    public static StudyPlan Undisturbed(int purse, int pause = 40)
    {
        var plan = Plan(purse, pause);
        while (plan.AwaitsStage)
        {
            var figures = plan.Trials.ToDictionary(trial => trial.Key, trial => FakeTraining.ErrorOf(trial.Description));
            plan = PlanGrowth.Grow(plan, StageMachine.Next(plan, key => new(figures[key], figures[key], figures[key], false, 0.5))!);
        }

        return plan;
    }

    private static string? Document(StudyPlan plan, int number) => number < plan.Stages.Length ? StageJson.Write(plan.Stages[number]) : null;

    private static MethodEntry Entry(Factor factor, string kind, params Parameter[] parameters) => new(factor, kind, kind, "chaos", [.. parameters]);
}
