using Akka.Actor;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Local;

/// <summary>
/// Owns one submission: repeats the request until it is acknowledged, then watches the study and tells what it hears. A coordinator that
/// starts anew forgets its watchers, so silence makes it ask again, for as long as it takes: a machine may be busy, a disk full, a database away.
/// Persists nothing; whoever waits for the study is told how long nobody has answered.
/// </summary>
internal sealed class StudyObserverActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock;
    private DateTimeOffset _heardAt;
    private bool _isSubmitted;

    public StudyObserverActor(
        string studyHash,
        bool retryQuarantined,
        IActorRef coordinator,
        TimeProvider clock,
        Action<StudyStatus> tell,
        Action<TimeSpan> tellSilence,
        TaskCompletionSource<StudyStatus> settled)
    {
        _clock = clock;
        _heardAt = clock.GetUtcNow();

        Receive<Repeat>(_ =>
        {
            tellSilence(_clock.GetUtcNow() - _heardAt);
            if (!_isSubmitted)
            {
                coordinator.Tell(new SubmitStudy(studyHash));
            }
            else if (_clock.GetUtcNow() - _heardAt >= RepeatEvery)
            {
                coordinator.Tell(new WatchStudy(studyHash));
            }
        });
        Receive<StudyAnswer>(_ => !_isSubmitted, answer =>
        {
            _heardAt = _clock.GetUtcNow();
            _isSubmitted = answer.IsKnown;
            if (!answer.IsKnown)
            {
                settled.TrySetException(new InvalidOperationException($"study {studyHash} is not in the store"));
                return;
            }

            // Whoever runs a study here and now does not want the pause that somebody left it in.
            coordinator.Tell(new ResumeStudy(studyHash));
            if (retryQuarantined)
            {
                coordinator.Tell(new RetryStudy(studyHash));
            }

            coordinator.Tell(new WatchStudy(studyHash));
        });
        Receive<StudyAnswer>(_ => { });
        Receive<StudyStatus>(status =>
        {
            _heardAt = _clock.GetUtcNow();
            tell(status);
            if (status.IsSettled)
            {
                settled.TrySetResult(status);
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("repeat", Repeat.Instance, TimeSpan.Zero, RepeatEvery / 2);

    private sealed record Repeat : INoSerializationVerificationNeeded
    {
        public static Repeat Instance { get; } = new();
    }
}
