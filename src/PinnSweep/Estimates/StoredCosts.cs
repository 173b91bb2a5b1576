using System.Collections.Immutable;
using PinnSweep.Storage;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Estimates;

/// <summary>What the finished trials of a store tell of the cells of a plan: of its own, and of other studies with the same cells.</summary>
internal static class StoredCosts
{
    private const int MostStudies = 20;
    private const int MostPlanned = 20_000;
    private const int MostOfCell = 2;
    private const int MostResults = 60;

    /// <summary>Rows and events of a trial beside its files (<c>bench reports</c>).</summary>
    internal const int RowBytes = 4096;

    /// <summary>One cell each that was trained before.</summary>
    public static ImmutableArray<MeasuredCell> Of(StudyPlan plan, Store store)
    {
        var wanted = plan.Trials.Select(trial => trial.Description.Levels).Distinct().ToDictionary(levels => levels, _ => new List<TrialResult>());
        var read = 0;
        foreach (var study in store.Studies.Summaries().Where(study => study.Accepted > 0 && study.Planned <= MostPlanned).OrderByDescending(study => study.Hash == plan.Hash).ThenByDescending(study => study.SubmittedAt).Take(MostStudies))
        {
            foreach (var trial in store.Studies.StoredPlanOf(study.Hash)?.Trials ?? [])
            {
                if (read < MostResults && wanted.TryGetValue(trial.Description.Levels, out var results) && results.Count < MostOfCell && store.Studies.ResultOf(trial.Key) is { Steps: > 0, Seconds: > 0 } result)
                {
                    results.Add(result);
                    read++;
                }
            }
        }

        return [.. wanted.Where(pair => pair.Value.Count > 0).Select(pair => new MeasuredCell(pair.Key, pair.Value.Average(SecondsPerStep), (long)pair.Value.Average(result => Bytes(result, pair.Key.Precision))))];
    }

    /// <summary>With evaluations: the wall time of the attempt, where it was the only one.</summary>
    private static double SecondsPerStep(TrialResult result)
    {
        var wall = (result.Evidence.Finished - result.Evidence.Started).TotalSeconds;
        return Math.Max(result.Seconds, result.Evidence.WentOn is null ? wall : 0) / result.Steps;
    }

    // The parameters, and for the state at the end the two moments of Adam beside them.
    private static double Bytes(TrialResult result, Precision precision) =>
        PackedResult.Pack(result).Length + RowBytes + (4.0 * result.ParameterCount * (precision == Precision.Float64 ? 8 : 4));
}
