using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests;

/// <summary>The made-up studies that several tests read.</summary>
internal static class Made
{
    /// <summary>One problem, four methods: one clearly best, one tied with it, one behind, one that diverges on a seed.</summary>
    public static StudyResultsBuilder FourMethods() => new StudyResultsBuilder()
        .With(Factor.Balancer, "static", "relobralo", "gradnorm", "self-adaptive")
        .Control(Factor.Balancer, "static")
        .MillisecondsPerStep(levels => levels.Balancer.Kind switch { "static" => 1, "gradnorm" => 1.6, _ => 1.1 })
        .Error((levels, seed) => levels.Balancer.Kind switch
        {
            "static" => 0.2 + (0.01 * seed),
            "relobralo" => 2e-3 * (1 + (0.1 * seed)),
            "gradnorm" => 2.2e-3 * (1.5 - (0.2 * seed)),
            _ => seed == 2 ? null : 1e-3 * seed,
        });

    /// <summary>Eight problems, five methods, five seeds, with noise.</summary>
    public static StudyResultsBuilder ManyProblems(int problems = 8, int methods = 5, int seeds = 5) => new StudyResultsBuilder()
        .With(Factor.Problem, [.. Enumerable.Range(1, problems).Select(i => $"problem{i}")])
        .With(Factor.Balancer, [.. Enumerable.Range(1, methods).Select(i => $"method{i}")])
        .Seeds([.. Enumerable.Range(1, seeds).Select(i => (long)i)])
        .Control(Factor.Balancer, "method1")
        .Error((levels, seed) =>
        {
            var method = int.Parse(levels.Balancer.Kind[6..], System.Globalization.CultureInfo.InvariantCulture);
            var noise = new RandomStream(seed, levels.Problem.Kind + levels.Balancer.Kind).NextGaussian();
            return Math.Pow(10, -1 - (0.3 * method) + (0.2 * noise));
        });
}
