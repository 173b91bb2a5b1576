using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using PinnSweep.Planning;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Views;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Tests.Views;

/// <summary>Studies planned as this program plans them, with errors from a formula, as rows of a store or in a store.</summary>
internal static class MadeStudy
{
    public const string Grid = """
        study: grid
        seeds: 3
        factors:
          problem: [helmholtz, wave]
          network: [mlp, siren]
          balancer: [static, relobralo]
        exclude:
          - {problem: wave, balancer: relobralo, network: siren}
        budget: {steps: 2000}
        """;

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

    public const string Replicated = """
        study: replicated
        factors:
          problem: [helmholtz]
          balancer: [static, relobralo, gradnorm]
        budget: {steps: 2000}
        replicate: {until: decided, looks: [4, 6, 8]}
        control: static
        """;

    public const string Designed = """
        study: designed
        seeds: 2
        factors:
          problem: [helmholtz]
          balancer: [static, gradnorm]
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}
        budget: {steps: 2000}
        design: {kind: grid, count: 4}
        control: static
        """;

    /// <summary>When the first trial was accepted; each later one a minute after the one before.</summary>
    public static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The plan, grown so far as errors decide it.</summary>
    public static StudyPlan Plan(string text, Func<TrialDescription, double>? error = null, int decisions = int.MaxValue)
    {
        var plan = new StudySource("study.yaml", text, [], StudyTexts.None).Plan();
        while (plan.AwaitsStage && plan.Stages.Length < decisions)
        {
            var descriptions = plan.Trials.ToDictionary(trial => trial.Key, trial => trial.Description);
            plan = PlanGrowth.Grow(plan, StageMachine.Next(plan, key => (error ?? Error)(descriptions[key]) is var value ? new(value, value, value, false, 1) : null)!);
        }

        return plan;
    }

    /// <summary>1e-2 on the first seed, twice that on the second and so on; a tenth of it for relobralo.</summary>
    public static double Error(TrialDescription trial) => 1e-2 * trial.Seed * (trial.Levels.Balancer.Kind == "relobralo" ? 0.1 : 1);

    /// <summary>The rows of a store that has a result of every trial that is told to have one.</summary>
    public static ImmutableArray<StoredTrial> Rows(StudyPlan plan, Func<TrialDescription, double>? error = null, Func<PlannedTrial, bool>? isDone = null) =>
    [
        .. plan.Trials.Select((trial, position) => isDone?.Invoke(trial) == false
            ? new StoredTrial(trial.Key, null, false, null, 0, null)
            : new StoredTrial(trial.Key, Result(trial, position, (error ?? Error)(trial.Description)), false, null, 0, $"worker-{position % 2}")),
    ];

    public static StudyView View(StudyPlan plan, IReadOnlyList<StoredTrial>? rows = null, StudyStatus? status = null, params RunningAttempt[] running) =>
        StudyView.Of(plan, rows ?? Rows(plan), status, running.ToDictionary(attempt => attempt.Attempt.Key));

    /// <summary>The study in a store, finished but for the trials that are told not to be.</summary>
    public static StudyPlan In(Store store, string text, Func<TrialDescription, double>? error = null, Func<PlannedTrial, bool>? isDone = null, Func<TrialResult, TrialResult>? change = null)
    {
        var plan = Plan(text, error, 1);
        store.Studies.Save(plan, new("study.yaml", text, [], []));
        var events = new List<SweepEvent>();
        foreach (var (trial, position) in plan.Trials.Select((trial, position) => (trial, position)).Where(pair => isDone?.Invoke(pair.trial) != false))
        {
            var result = Full(trial, (error ?? Error)(trial.Description));
            result = change?.Invoke(result) ?? result;
            var bytes = PackedResult.Pack(result);
            var blob = Convert.ToHexStringLower(SHA256.HashData(bytes));
            var file = Path.GetTempFileName();
            File.WriteAllBytes(file, bytes);
            store.Blobs.PutAsync(file, blob, bytes.Length, CancellationToken.None).GetAwaiter().GetResult();
            File.Delete(file);
            events.Add(new TrialLeased(trial.Key, new(1, new($"worker-{position % 2}", "i"), 1, At), At + TimeSpan.FromMinutes(position - 1)));
            events.Add(new TrialAccepted(trial.Key, 1, new(blob, bytes.Length, result.Outcome, result.Steps, result.Final.RelativeL2, result.Seconds), At + TimeSpan.FromMinutes(position)));
        }

        store.Decisions.Write(events, events.Count);
        return plan;
    }

    /// <summary>
    /// The same in a store whose coordinator is yet to start. It knows of the results because its journal is damaged, so that it believes the
    /// tables.
    /// </summary>
    public static StudyPlan ForCoordinator(Store store, string text, Func<PlannedTrial, bool>? isDone = null)
    {
        var plan = In(store, text, isDone: isDone);
        using var connection = new SqliteConnection($"Data Source={store.Path};Pooling=False");
        connection.Open();
        using var damage = connection.CreateCommand();
        damage.CommandText = "insert into journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid) values (0, 0, 'coordinator', 1, x'00', 'damaged', 9999, 'w')";
        damage.ExecuteNonQuery();
        return plan;
    }

    /// <summary>A whole result: a curve of three points that falls to the error.</summary>
    public static TrialResult Full(PlannedTrial trial, double error) => new(
        trial.Key,
        trial.Description.Canonical(),
        OutcomeOf(error),
        2000,
        100,
        2,
        ["residual", "boundary"],
        [Point(0, 1), Point(1000, Math.Sqrt(error)), Point(2000, error)],
        ImmutableSortedDictionary<string, int>.Empty,
        new("0123456789abcdef", ImmutableSortedDictionary<string, string>.Empty.Add("pinnsweep", "0.1.0"), "test machine", "fused", ["init"], At, At + TimeSpan.FromSeconds(3)));

    private static CurvePoint Point(int step, double error) => new(step, step / 1000.0, error, 3 * error, [error, error / 10], [1, 2])
    {
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, Math.Sqrt(error)),
    };

    private static StoredResult Result(PlannedTrial trial, int position, double error) =>
        new(trial.Key, 1, OutcomeOf(error), 2000, error, 2 + (0.1 * position), At + TimeSpan.FromMinutes(position));

    private static Outcome OutcomeOf(double error) => double.IsNaN(error) ? Outcome.Diverged : error < 0.05 ? Outcome.Converged : Outcome.Stalled;
}
