using System.Collections.Immutable;
using PinnSweep.Api;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages;

/// <summary>What the page of the cluster shows.</summary>
/// <param name="Workers">Registered workers, by name, and how many there are.</param>
/// <param name="Studies">Studies that want something, with what runs of them.</param>
/// <param name="Holder">The node that coordinates; null where the store does not tell.</param>
internal sealed record ClusterFacts(WorkerList Workers, ImmutableArray<StudyStatus> Studies, string? Holder)
{
    private const int MostStudies = 20;

    /// <summary>What each worker trains, as far as it is told.</summary>
    public ILookup<string, (StudyStatus Study, RunningAttempt Attempt)> Training { get; } =
        Studies.SelectMany(study => study.Running.Select(attempt => (Study: study, Attempt: attempt))).ToLookup(pair => pair.Attempt.Worker);

    public static async Task<ClusterFacts> OfAsync(ApiParts parts, CancellationToken cancel)
    {
        var (epoch, total, workers) = await WorkerEndpoints.ListAsync(parts, 0, StudyStatus.MaxListed, cancel);
        var list = await parts.Coordinator.AskAsync<StudyList>(new ListStudies(0, StudyStatus.MaxListed), cancel);
        var studies = ImmutableArray.CreateBuilder<StudyStatus>();
        foreach (var study in list.Studies.Where(study => !study.IsSettled || study.RunningCount > 0))
        {
            // A list leaves out what runs, and each study is asked for its own; of very many the first.
            studies.Add(study.RunningCount > 0 && studies.Count < MostStudies && await parts.Coordinator.AskAsync<Cluster.Protocol.IClusterMessage>(new GetStudy(study.Hash), cancel) is StudyStatus full ? full : study);
        }

        return new(new(epoch, total, [.. workers]), studies.ToImmutable(), await Task.Run(() => parts.Store.Lease?.Holder()?.Name, cancel));
    }

    /// <summary>The parts that are told anew.</summary>
    public IReadOnlyList<LivePart> Parts() => [new("cluster", Components.ClusterState.Of(this)), new("workers", Components.ClusterWorkers.Of(this))];
}
