using System.Collections.Immutable;
using Akka.Actor;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Who watches which study, and the last progress of each running attempt. Volatile.</summary>
internal sealed class StudyWatchers
{
    private readonly Dictionary<string, HashSet<IActorRef>> _byStudy = new(StringComparer.Ordinal);
    private readonly Dictionary<AttemptId, AttemptProgress> _progress = [];

    public IReadOnlyCollection<string> Studies => _byStudy.Keys;

    public void Add(string study, IActorRef watcher)
    {
        if (!_byStudy.TryGetValue(study, out var watchers))
        {
            _byStudy[study] = watchers = [];
        }

        watchers.Add(watcher);
    }

    public void Remove(IActorRef watcher)
    {
        foreach (var (study, watchers) in _byStudy.ToArray())
        {
            watchers.Remove(watcher);
            if (watchers.Count == 0)
            {
                _byStudy.Remove(study);
            }
        }
    }

    public void Note(AttemptId attempt, AttemptProgress progress) => _progress[attempt] = progress;

    /// <summary>The last progress of an attempt.</summary>
    public AttemptProgress ProgressOf(AttemptId attempt) => _progress.GetValueOrDefault(attempt, AttemptProgress.None);

    public void Forget(AttemptId attempt) => _progress.Remove(attempt);

    /// <summary>Steps a second of what each worker trains, by the last words of its trainers.</summary>
    public ImmutableDictionary<string, double> StepsPerSecond(CoordinatorState state) => state.Leases
        .GroupBy(held => held.Lease.Worker.Name, held => _progress.TryGetValue(new(held.Key, held.Lease.Attempt), out var progress) ? progress.StepsPerSecond : 0)
        .ToImmutableDictionary(worker => worker.Key, worker => worker.Sum());

    public IEnumerable<Followup> TellAll(CoordinatorState state, string study) =>
        _byStudy.TryGetValue(study, out var watchers) && state.Studies.TryGetValue(study, out var found)
            ? Say(watchers, StatusOf(state, found))
            : [];

    /// <summary>Where a study stands, with what runs from a position of its plan on.</summary>
    public StudyStatus StatusOf(CoordinatorState state, StudyState study, int fromPosition = 0)
    {
        ImmutableArray<RunningAttempt> running =
        [
            .. from held in state.Leases
               let place = state.Places[held.Key].FirstOrDefault(place => place.Study == study.Hash)
               where place.Study is not null && place.Position >= fromPosition
               orderby place.Position
               select Running(held.Key, held.Lease)
        ];
        return Summary(study) with { Running = running.Length > StudyStatus.MaxListed ? running[..StudyStatus.MaxListed] : running };
    }

    /// <summary>Where a study stands, without the list of what runs.</summary>
    public static StudyStatus Summary(StudyState study) => new(
        study.Hash,
        study.Name,
        study.Trials.Length,
        study.Accepted,
        study.Quarantined,
        study.Cancelled,
        study.Waiting.Count,
        study.Faults,
        [])
    {
        RunningCount = study.Leased,
        IsPaused = study.IsPaused,
        IsCancelled = !study.IsWanted,
        Placement = study.Placement,
        Stage = study.Stage,
        Continued = study.Continued,
    };

    private static IEnumerable<Followup> Say(HashSet<IActorRef> watchers, StudyStatus status) =>
        watchers.Select(watcher => new Followup.Say(watcher, status));

    private RunningAttempt Running(TrialKey key, Lease lease)
    {
        var attempt = new AttemptId(key, lease.Attempt);
        return new(attempt, lease.Worker.Name, ProgressOf(attempt));
    }
}
