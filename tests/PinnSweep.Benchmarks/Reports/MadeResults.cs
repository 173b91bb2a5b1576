using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Benchmarks.Reports;

/// <summary>
/// Results as trainings of the quickstart leave them: errors, losses and residuals with all their digits, and a field of 33×33 points that
/// is a per cent off and not smooth. Packed they have the size of real ones.
/// </summary>
internal static class MadeResults
{
    private const int Side = SolutionField.MostPoints;

    public static TrialResult Of(PlannedTrial trial, int points)
    {
        var noise = new RandomStream(trial.Description.Seed, trial.Key.Hex);
        var steps = trial.Description.Budget.Steps!.Value;
        var final = 0.01 * Math.Exp(noise.NextDouble() + (0.01 * (trial.CellIndex % 40)));
        double About(double value) => value * Math.Exp(0.2 * (noise.NextDouble() - 0.5));
        var ticks = 0L;
        var curve = Enumerable.Range(0, points).Select(i =>
        {
            var error = About(Math.Pow(final, i / (points - 1.0)));
            ticks += 150_000 + (long)(20_000 * noise.NextDouble());
            return new CurvePoint(i * steps / (points - 1), ticks / 1e7, error, About(2 * error), [About(100 * error), About(error)], [1, 1])
            {
                Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("constraint/boundary", About(error)).Add(CurvePoint.ResidualL2, About(3 * error)),
            };
        }).ToImmutableArray();
        ImmutableArray<float> axis = [.. Enumerable.Range(0, Side).Select(i => -1 + (2f * i / (Side - 1)))];
        var reference = axis.SelectMany(x => axis.Select(y => (float)(Math.Sin(Math.PI * x) * Math.Sin(4 * Math.PI * y)))).ToArray();
        return new(
            trial.Key,
            trial.Description.Canonical(),
            final < trial.Description.ConvergedBelow ? Outcome.Converged : Outcome.Stalled,
            steps,
            5301,
            curve[^1].Seconds,
            ["residual", "boundary"],
            curve,
            ImmutableSortedDictionary<string, int>.Empty,
            new(
                new string('c', 40),
                ImmutableSortedDictionary<string, string>.Empty.Add("dotnet", ".NET 10.0.12").Add("pinnsweep", "0.1.0"),
                "AMD EPYC, 2 cores, Debian GNU/Linux 12 (bookworm)",
                "fused/avx512",
                ["init", "interior", "boundary", "balancer"],
                DateTimeOffset.UnixEpoch.AddTicks(1234567L * trial.Description.Seed),
                DateTimeOffset.UnixEpoch.AddTicks((1234567L * trial.Description.Seed) + ticks))
            {
                Lanes = 1,
                Beside = 0,
            })
        {
            TermTraits = [new(TermTrait.Residual, 100), new("boundary", 1)],
            ReferenceMeanSquare = 0.25,
            Field = new("u", ["x", "y"], axis, axis, SolutionField.Pack([.. reference.Select(value => (float)(value + (0.01 * (noise.NextDouble() - 0.5))))]), SolutionField.Pack(reference)),
            TrivialScores = ImmutableSortedDictionary<string, double>.Empty.Add("mean", 1).Add("zero", 1),
            Sizes = new(
                [new("u", noise.NextDouble(), noise.NextDouble(), noise.NextDouble(), 0.5, 0.5, final)],
                [new(noise.NextDouble(), noise.NextDouble()), new(noise.NextDouble(), noise.NextDouble())],
                [new("x", 1, 2, 3e-8), new("y", 1, 2, 3e-8)]),
        };
    }
}
