using System.Globalization;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Training.Exports;

/// <summary>What stands beside an exported network, in words.</summary>
internal static class NetworkFacts
{
    /// <summary>Names and values, sorted.</summary>
    public static SortedDictionary<string, string> Of(TrainedSolution solution)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["coordinates"] = string.Join(',', solution.Problem.Axes.Select(axis => axis.Name)),
            ["outputs"] = string.Join(',', solution.Problem.Outputs),
            ["trial"] = solution.Description.Key().Hex,
            ["description"] = solution.Saved.Description,
            ["steps"] = solution.Saved.Steps.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in solution.Saved.Coefficients)
        {
            facts[$"coefficient/{name}"] = value.ToString("R", CultureInfo.InvariantCulture);
        }

        if (solution.Own.Units is { } units)
        {
            facts["units"] = NetworkJson.Units(units).ToJsonString();
        }

        return facts;
    }
}
