using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tests;

/// <summary>Studies in stages that run to their end, or so many decisions, with errors from a formula.</summary>
internal static class StagedStudy
{
    /// <summary>Two methods on two problems, each with a search over two parameters.</summary>
    public const string Tuned = """
        study: tuned
        seeds: 4
        factors:
          problem: [helmholtz, wave]
          balancer:
            - static
            - {kind: relobralo, temperature: {log: [0.01, 1]}}
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-1]}}
        budget: {steps: 2000}
        tune:
          each: [problem, balancer]
          design: sobol
          trials: 8
          seeds: {from: 100001, count: 2}
        control: static
        """;

    /// <summary>The same with three rungs.</summary>
    public static string Halving => Tuned.Replace("trials: 8", "trials: 16\n  rungs: {steps: [500, 1000, 2000], keep: 1/2}", StringComparison.Ordinal);

    /// <summary>Three methods on one problem, with seeds until decided.</summary>
    public const string Replicated = """
        study: replicated
        factors:
          problem: [helmholtz]
          balancer: [static, relobralo, gradnorm, power-normalization]
        budget: {steps: 2000}
        replicate: {until: decided, looks: [4, 6, 8]}
        control: static
        """;

    private static readonly Catalog Catalog = new(
        [
            Entry(Factor.Problem, "helmholtz", Positive("k", 1)),
            Entry(Factor.Problem, "wave"),
            Entry(Factor.Network, "mlp"),
            Entry(Factor.Balancer, "gradnorm"),
            Entry(Factor.Balancer, "power-normalization"),
            Entry(Factor.Balancer, "relobralo", Positive("temperature", 0.1)),
            Entry(Factor.Balancer, "static"),
            Entry(Factor.Sampler, "uniform"),
            Entry(Factor.Optimizer, "adam", Positive("lr", 1e-3)),
            Entry(Factor.Time, "none"),
        ],
        _ => null);

    /// <summary>The learning rate of a trial.</summary>
    public static double Rate(TrialDescription trial) => trial.Levels.Optimizer.Parameters.Number("lr");

    /// <summary>The study with results of all trials of its decisions.</summary>
    /// <param name="text">The study file.</param>
    /// <param name="error">Relative L2 error; null diverges, not a number is given up.</param>
    /// <param name="decisions">How many at most, the first included.</param>
    /// <param name="isTrained">Trials that have a result; all where null.</param>
    /// <param name="residual">Relative residual of a trial with an error; its root where null.</param>
    public static StudyResults Of(
        string text, Func<TrialDescription, double?> error, int decisions = int.MaxValue, Func<TrialDescription, bool>? isTrained = null, Func<TrialDescription, double>? residual = null)
    {
        var plan = Planner.Plan(StudyFile.Parse(text, "study.yaml", Catalog), Catalog);
        var (by, metric) = (plan.Spec.Tune?.By ?? "", plan.Spec.Metric);
        while (plan.AwaitsStage && plan.Stages.Length < decisions)
        {
            var known = Results(plan, error, null, residual);
            plan = PlanGrowth.Grow(plan, StageMachine.Next(plan, key => known.TryGetValue(key, out var result) ? TrialFigures.Of(result, by, metric) : null)!);
        }

        return new(
            plan,
            Results(plan, error, isTrained, residual).ToImmutableDictionary(),
            [.. plan.Trials.Where(trial => error(trial.Description) is double.NaN).Select(trial => new QuarantinedTrial(trial.Key, ["out of memory"]))],
            0);
    }

    private static Dictionary<TrialKey, TrialResult> Results(StudyPlan plan, Func<TrialDescription, double?> error, Func<TrialDescription, bool>? isTrained, Func<TrialDescription, double>? residual) => plan.Trials
        .Where(trial => isTrained?.Invoke(trial.Description) != false && error(trial.Description) is not double.NaN)
        .ToDictionary(trial => trial.Key, trial => Result(trial, error(trial.Description), residual));

    private static TrialResult Result(PlannedTrial trial, double? error, Func<TrialDescription, double>? residual)
    {
        var steps = error is null ? trial.Description.Budget.Steps!.Value / 2 : trial.Description.Budget.Steps!.Value;
        ImmutableArray<CurvePoint> curve = [Point(0, 1, 1), Point(steps, error ?? double.NaN, error is null ? double.NaN : residual?.Invoke(trial.Description) ?? Math.Sqrt(error.Value))];
        return new(
            trial.Key, trial.Description.Canonical(), error is null ? Outcome.Diverged : error < 0.05 ? Outcome.Converged : Outcome.Stalled, steps, 100, steps / 1000.0, ["residual", "boundary"], curve,
            ImmutableSortedDictionary<string, int>.Empty,
            new("0123456789abcdef", ImmutableSortedDictionary<string, string>.Empty.Add("pinnsweep", "0.1.0"), "test machine", "fused", ["init"], new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new(2026, 1, 2, 3, 5, 5, TimeSpan.Zero)));
    }

    private static CurvePoint Point(int step, double error, double residual) => new(step, step / 1000.0, error, 3 * error, [error, error / 10], [1, 1])
    {
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, residual),
    };

    private static MethodEntry Entry(Factor factor, string kind, params Parameter[] parameters) => new(factor, kind, $"{kind} in one line", "a paper", [.. parameters]);

    private static Parameter Positive(string name, double value) => new(name, new ParameterType.Number(0, ExclusiveMinimum: true), new SpecValue.Number(value), name);
}
