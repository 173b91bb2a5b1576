using Akka.Actor;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Hosting;

/// <summary>
/// Stands for one who follows a study, and submits it first where that is wanted: repeats the request until it is acknowledged, then
/// watches the study and tells what it hears. A coordinator that starts anew forgets its watchers, so silence makes it ask again, for as
/// long as it takes: a machine may be busy, a disk full, a database away. Persists nothing; stopped when nobody follows any more, which the
/// coordinator notices.
/// </summary>
internal sealed class StudyFollowerActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock;
    private DateTimeOffset _heardAt;
    private bool _isSubmitted;
    private bool _isWatching;

    /// <param name="studyHash">The study.</param>
    /// <param name="submission">How it is submitted first; null to follow it only.</param>
    /// <param name="coordinator">Who is asked.</param>
    /// <param name="clock">The clock of silences.</param>
    /// <param name="tell">Told each state.</param>
    /// <param name="tellSilence">Told again and again how long nobody has answered.</param>
    /// <param name="fail">Told why it cannot be followed.</param>
    public StudyFollowerActor(
        string studyHash,
        StudySubmission? submission,
        IActorRef coordinator,
        TimeProvider clock,
        Action<StudyStatus> tell,
        Action<TimeSpan> tellSilence,
        Action<Exception> fail)
    {
        _clock = clock;
        _heardAt = clock.GetUtcNow();
        _isSubmitted = submission is null;

        Receive<Repeat>(_ =>
        {
            var silence = _clock.GetUtcNow() - _heardAt;
            tellSilence(silence);
            if (!_isSubmitted)
            {
                coordinator.Tell(new SubmitRequest(studyHash));
            }
            else if (!_isWatching || silence >= RepeatEvery)
            {
                Watch();
            }
        });
        Receive<StudyAnswer>(_ => !_isSubmitted, answer =>
        {
            _heardAt = _clock.GetUtcNow();
            _isSubmitted = answer.IsKnown;
            if (!answer.IsKnown)
            {
                fail(new InvalidOperationException($"study {studyHash} is not in the store"));
                return;
            }

            // Whoever runs a study here and now does not want the pause that somebody left it in.
            coordinator.Tell(new ResumeRequest(studyHash));
            if (submission!.RetryQuarantined)
            {
                coordinator.Tell(new RetryRequest(studyHash));
            }

            Watch();
        });
        Receive<StudyAnswer>(_ => { });
        Receive<StudyStatus>(status =>
        {
            _heardAt = _clock.GetUtcNow();
            tell(status);
        });

        void Watch()
        {
            _isWatching = true;
            coordinator.Tell(new WatchStudy(studyHash));
        }
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("repeat", Repeat.Instance, TimeSpan.Zero, RepeatEvery / 2);

    private sealed record Repeat : INoSerializationVerificationNeeded
    {
        public static Repeat Instance { get; } = new();
    }
}

/// <summary>That a study is submitted before it is followed.</summary>
/// <param name="RetryQuarantined">Whether trials that were given up get another chance.</param>
public sealed record StudySubmission(bool RetryQuarantined);
