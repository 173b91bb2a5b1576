using System.Collections.Immutable;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Coordination;

/// <summary>The shapes of a stored study's trials. Takes a moment for each of its cells, whose seeds have one shape.</summary>
internal static class StoredShapes
{
    /// <summary>Ids in the order of the plan; null where a description cannot be read.</summary>
    public static ImmutableArray<string?> Of(IStudyStore studies, string hash)
    {
        var trials = studies.TrialsOf(hash);
        // Seeds of a plan in stages do not follow each other.
        var seeds = studies.LastStageOf(hash) is null ? Math.Max(1, studies.SeedsOfCell(hash)) : 1;
        TrialKey[] heads = [.. trials.Where((_, position) => position % seeds == 0)];
        var descriptions = studies.DescriptionsOf(heads);
        // A study has few shapes, and many trials.
        var pool = new Dictionary<string, string>(StringComparer.Ordinal);
        string?[] shapes = [.. heads.Select(head => descriptions.TryGetValue(head, out var text) && TrialShape.OfText(text) is { } shape ? Pooled(shape.Id) : null)];
        return [.. trials.Select((_, position) => shapes[position / seeds])];

        string Pooled(string id) => pool.TryGetValue(id, out var known) ? known : pool[id] = id;
    }
}
