using System.Collections.Immutable;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Views;

/// <summary>Two studies of one or two stores compared: rows of all their trials, and the few results that tell why.</summary>
internal static class StoredComparison
{
    public static StudyComparison Of(Store first, StudyView left, Store second, StudyView right, bool isFull)
    {
        var (wantedLeft, wantedRight) = StudyComparison.ToLookUp(left, right, isFull);
        return StudyComparison.Of(left, right, EvidenceOf(first, wantedLeft), EvidenceOf(second, wantedRight), isFull);
    }

    // Results carry curves and fields: some at a time, of which only the evidence is kept.
    private static Dictionary<TrialKey, Evidence> EvidenceOf(Store store, ImmutableArray<TrialKey> keys)
    {
        const int AtOnce = 100;
        return keys.Distinct().Chunk(AtOnce)
            .SelectMany(some => store.Studies.ResultsOf(some).Results.Select(result => (result.Key, result.Evidence)))
            .ToDictionary(result => result.Key, result => result.Evidence);
    }
}
