using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Cluster.Working;

/// <summary>What the time of a step depends on, in a few words for people: the problem, and the network with its sizes.</summary>
internal static class TrialShape
{
    private const int Longest = 120;

    /// <summary><c>helmholtz, mlp hidden=[50,50,50], float64</c>; parameters that are words are left out.</summary>
    public static string Of(CellLevels levels)
    {
        var sizes = levels.Network.Parameters.Entries
            .Where(entry => entry.Value is SpecValue.Number or SpecValue.List)
            .Select(entry => $" {entry.Key}={entry.Value.Canonical()}");
        var shape = $"{levels.Problem.Kind}, {levels.Network.Kind}{string.Concat(sizes)}, {levels.Precision.ToWord()}";
        return shape.Length <= Longest ? shape : $"{shape[..(Longest - 1)]}…";
    }
}
