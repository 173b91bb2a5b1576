using PinnSweep.Studies.Files;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning.Recovery;

/// <summary>Metric and control of a study, from its hash: there are few of both, and one pair of them gives the hash.</summary>
internal static class HashedWords
{
    /// <summary>The pair, or null where none gives the hash.</summary>
    public static (string Metric, StudyControl? Control)? Of(StudySpec spec, string hash, IReadOnlyCollection<TrialKey> keys)
    {
        var sorted = keys.OrderBy(key => key.Hex, StringComparer.Ordinal).ToArray();
        var controls = spec.Factors.SelectMany(factor => factor.Value.Select(level => (StudyControl?)new StudyControl(factor.Key, level))).Prepend(null).Prepend(spec.Control);
        var candidates = from control in controls
                         from metric in StudyReader.Metrics.Prepend(spec.Metric)
                         select (metric, control);
        return candidates.Select(pair => ((string, StudyControl?)?)pair).FirstOrDefault(pair => Planner.Hash(spec.Name, pair!.Value.Item1, pair.Value.Item2, sorted) == hash);
    }
}
