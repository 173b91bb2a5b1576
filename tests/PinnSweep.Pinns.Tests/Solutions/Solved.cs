using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Pinns.Tests.Solutions;

/// <summary>Networks after a few steps of training, as their trials leave them.</summary>
internal static class Solved
{
    /// <summary>Every way in which a solution is more than one plain network.</summary>
    public static TheoryData<string, string, string, Precision> Cases => new()
    {
        { "burgers", "{kind: mlp, hidden: [10, 10]}", "none", Precision.Float64 },
        { "burgers", "{kind: mlp, hidden: [10, 10]}", "none", Precision.Float32 },
        { "burgers", "{kind: mlp, hidden: [10, 10], hard: true}", "none", Precision.Float64 },
        { "poisson-2d", "{kind: mlp, hidden: [10, 10], hard: true}", "none", Precision.Float32 },
        { "allen-cahn", "{kind: modified-mlp, width: 10, depth: 2}", "none", Precision.Float64 },
        { "convection", "{kind: mlp, hidden: [10, 10]}", "{kind: windows, count: 3}", Precision.Float64 },
        { "burgers-inverse", "{kind: mlp, hidden: [10, 10]}", "none", Precision.Float64 },
        { "kovasznay", "{kind: mlp, hidden: [10, 10]}", "none", Precision.Float64 },
    };

    public static TrialDescription Describe(string problem, string network, string time = "none", Precision precision = Precision.Float64, int steps = 12) => Trials.Small(steps) with
    {
        EvaluateEvery = 6,
        Levels = new(
            Level(Factor.Problem, problem),
            Level(Factor.Network, network),
            Level(Factor.Balancer, "static"),
            Level(Factor.Sampler, "{kind: uniform, interior: 60, boundary: 20, initial: 15}"),
            Level(Factor.Optimizer, "adam"),
            Level(Factor.Time, time),
            precision),
    };

    /// <summary>Trained, saved as a file and read again.</summary>
    public static SavedNetwork Train(TrialDescription description)
    {
        using var training = Trials.Begin(description, "fused").RunToEnd();
        return NetworkFile.Read(NetworkFile.Write(training.Network()!));
    }

    private static Level Level(Factor factor, string text) => LevelText.Parse(factor, text, PinnCatalog.Instance, "test");
}
