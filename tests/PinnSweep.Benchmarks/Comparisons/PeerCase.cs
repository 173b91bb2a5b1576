using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Benchmarks.Comparisons;

/// <summary>Rounds of RAD.</summary>
internal sealed record PeerRounds(int Every, int Candidates);

/// <summary>
/// A training that other programs can do too: the same problem, network, numbers of points, method and optimizer. It is what their scripts
/// read as JSON. Points may be drawn anew for every step; annealing is the steps between its updates, 0 for equal weights; a slice has so many
/// steps, with rounds of RAD as many as lie between two.
/// </summary>
internal sealed record PeerCase(
    string Letter, string Problem, ImmutableArray<int> Hidden, int Interior, int Boundary, int Initial, bool Redraw, int Annealing, PeerRounds? Rad, string Optimizer, string Precision, int Steps)
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<PeerCase> All { get; } =
    [
        new("a", "burgers", [20, 20, 20, 20, 20, 20, 20, 20], 10_000, 100, 100, false, 0, null, "adam", "float32", 10),
        new("b", "burgers", [50, 50, 50, 50], 2048, 100, 100, false, 0, null, "adam", "float32", 30),
        new("c", "helmholtz", [50, 50, 50, 50], 128, 512, 0, true, 10, null, "adam", "float32", 100),
        new("d", "helmholtz", [128, 128, 128, 128], 4096, 512, 0, false, 0, null, "adam", "float32", 10),
        new("e", "allen-cahn", [128, 128, 128, 128], 4096, 100, 100, false, 0, new(100, 100_000), "adam", "float32", 100),
        new("f", "burgers", [50, 50, 50, 50], 2048, 100, 100, false, 0, null, "lbfgs", "float64", 20),
    ];

    /// <summary>For tables.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"{Problem} {Hidden.Length}×{Hidden[0]} @{Interior:n0}{(Redraw ? " redrawn" : "")}{(Annealing > 0 ? ", annealing" : "")}{(Rad is null ? "" : ", RAD")}{(Optimizer == "adam" ? "" : $", {Optimizer}, {Precision}")}");

    /// <summary>Our trial of it.</summary>
    public TrialDescription Trial()
    {
        var counts = string.Create(CultureInfo.InvariantCulture, $"interior: {Interior}, boundary: {Boundary}{(Initial > 0 ? $", initial: {Initial}" : "")}");
        return BenchTrial.Of(
            Problem == "allen-cahn" ? "{kind: allen-cahn, form: dirichlet}" : Problem,
            $"[{string.Join(", ", Hidden)}]",
            Annealing > 0 ? string.Create(CultureInfo.InvariantCulture, $"{{kind: learning-rate-annealing, interval: {Annealing}}}") : "static",
            Rad is { } rad
                ? string.Create(CultureInfo.InvariantCulture, $"{{kind: rad, {counts}, every: {rad.Every}, candidates: {rad.Candidates}}}")
                : $"{{kind: uniform, {counts}{(Redraw ? ", resample_every: 1" : "")}}}",
            Optimizer,
            Precision);
    }
}
