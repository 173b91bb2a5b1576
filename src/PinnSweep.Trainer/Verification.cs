using System.Collections.Concurrent;
using System.Text.Json;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Verification;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Trivial;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Trainer;

/// <summary>
/// The numerical core checked on this machine: one JSON object a line for every check, with the error found and what it may be. A published
/// form that is void has to fail the same check of its solution as any other has to pass; the line that shows it has the reason.
/// </summary>
internal static class Verification
{
    private const int Networks = 20;

    /// <summary>Runs them all, or with an engine the checks of its derivatives alone.</summary>
    public static bool Run(Action<string> writeLine, string? engine = null)
    {
        var passed = true;

        // What is independent goes two at once: references that are not in the cache take their time.
        var derivatives = engine is null ? [Derivatives(JetEngines.Fused), Derivatives(JetEngines.Torch)]
            : engine.StartsWith($"{JetEngines.Torch}/", StringComparison.Ordinal) ? [Derivatives(engine), InLanes(engine)]
            : new[] { Derivatives(engine) };
        var groups = derivatives.Select(checks => (Func<IReadOnlyList<Verified>>)(() => [.. checks().Select(check => new Verified(check))]))
            .Concat(engine is null ? Solutions() : []);
        var checks = Partitioner.Create(groups, EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().AsOrdered().WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(group => group())
            .SelectMany(group => group);
        foreach (var check in checks)
        {
            passed &= check.Passed || check.Void is not null;
            writeLine(JsonSerializer.Serialize(check, TrainerProtocol.Json));
        }

        return passed;
    }

    private static Func<IReadOnlyList<DerivativeCheck>> Derivatives(string engine) =>
        () => DerivativeChecks.Run(engine, (network, coefficients, precision) => JetEngines.Create(engine, network, precision, coefficients), Networks);

    /// <summary>Of batches of lanes, whose operations are not those of a trial alone.</summary>
    private static Func<IReadOnlyList<DerivativeCheck>> InLanes(string engine) => () =>
    {
        using var backend = JetEngines.CreateBackend(engine);
        return DerivativeChecks.Run(backend.Name, (network, coefficients, precision) => backend.CreateEngine(network, precision, coefficients, null), Networks);
    };

    /// <summary>
    /// Every published form of every problem: what its solution leaves of its own equations, and how well it is known. What the catalog lists of
    /// it is kept on the way.
    /// </summary>
    private static IEnumerable<Func<IReadOnlyList<Verified>>> Solutions() => ProblemCatalog.All.SelectMany(entry => entry.Forms.Select(form => (Func<IReadOnlyList<Verified>>)(() =>
    {
        var problem = entry.Create(form.Level);
        IReadOnlyList<Verified> checks = [.. SolutionChecks.Of(form.Name, problem)];
        ProblemScores.Measured(form.Level, problem);
        return checks;
    })));
}
