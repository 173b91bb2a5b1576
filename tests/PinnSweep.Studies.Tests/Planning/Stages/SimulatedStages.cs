using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning.Stages;

/// <summary>Studies in stages whose trials are a formula of their levels, seed and steps: what a coordinator does, without training.</summary>
internal static class SimulatedStages
{
    public static StudyPlan Plan(string text) => Planner.Plan(StudyFile.Parse(text, "study.yaml", SmallCatalog.Instance), SmallCatalog.Instance);

    /// <summary>
    /// The study to its end. The figures of trials are kept in the order in which they come, which <paramref name="order"/> shuffles; with
    /// <paramref name="throughJson"/> plan and decision are written and read between any two stages, as after a kill.
    /// </summary>
    public static StudyPlan Run(StudyPlan plan, Func<TrialDescription, TrialFigures?> figures, int order = 0, bool throughJson = false)
    {
        var known = new Dictionary<TrialKey, TrialFigures?>();
        var random = new RandomStream(order, "order");
        for (var stage = 0; ; stage++)
        {
            Assert.InRange(stage, 0, 5000);
            var coming = plan.Trials.Where(trial => !known.ContainsKey(trial.Key)).OrderBy(_ => order == 0 ? 0 : random.NextDouble()).ToList();
            coming.ForEach(trial => known.Add(trial.Key, figures(trial.Description)));
            if (!plan.AwaitsStage)
            {
                return plan;
            }

            // Nothing is asked that was not trained.
            var decision = StageMachine.Next(plan, key => known[key])!;
            Assert.Equal(plan.Stages.Length, decision.Number);
            if (throughJson)
            {
                plan = StoredPlanJson.Read(StoredPlanJson.Write(plan));
                var again = StageJson.Read(StageJson.Write(decision));
                Assert.Equal(StageJson.Write(decision), StageJson.Write(again));
                Assert.Equal(StageJson.Write(decision), StageJson.Write(StageMachine.Next(plan, key => known[key])!));
                decision = again;
            }

            plan = PlanGrowth.Grow(plan, decision);
        }
    }

    /// <summary>Smaller the nearer the learning rate is to 0.003 and the temperature to 1, falling with steps, some noise by seed.</summary>
    public static TrialFigures Figures(TrialDescription trial)
    {
        var lr = trial.Levels.Optimizer.Parameters.OptionalNumber("lr") ?? 1e-3;
        var temperature = trial.Levels.Balancer.Parameters.OptionalNumber("temperature") ?? 1;
        var error = Math.Pow(10, -2 + Math.Pow(Math.Log10(lr / 0.003), 2) + Math.Pow(Math.Log10(temperature), 2) + (0.1 * Noise(trial)))
            / Math.Sqrt(trial.Budget.Steps ?? 100);
        return new(error * 10, error, error, IsFailed: false, Seconds: 1);
    }

    /// <summary>The same, with one trial in eight diverged and one in eight given up.</summary>
    public static TrialFigures? Failing(TrialDescription trial) => Noise(trial) switch
    {
        < -0.75 => null,
        > 0.75 => Figures(trial) with { IsFailed = true, By = double.NaN },
        _ => Figures(trial),
    };

    /// <summary>Between −1 and 1, of the trial alone.</summary>
    public static double Noise(TrialDescription trial) =>
        (BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(trial.Canonical()))) / (double)uint.MaxValue * 2) - 1;

    public static ImmutableArray<string> Decisions(StudyPlan plan) => [.. plan.Stages.Select(StageJson.Write)];
}
