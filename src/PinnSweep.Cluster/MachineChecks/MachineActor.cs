using Akka.Actor;
using PinnSweep.Cluster.Machines;

namespace PinnSweep.Cluster.MachineChecks;

/// <summary>
/// Looks at a worker's machine on a thread of its own, as looking may block: now and then while it is well, with growing pauses while it is
/// not. Tells its worker the first finding and each change.
/// </summary>
internal sealed class MachineActor : ReceiveActor, IWithTimers
{
    private readonly MachineCheck _check;
    private readonly MachineTimes _times;
    private TimeSpan _pause;
    private MachineTrouble? _trouble;
    private bool _isTold;

    public MachineActor(MachineCheck check, MachineTimes times)
    {
        _check = check;
        _times = times;
        _pause = times.FirstPause;
        // What a trial met is there until a look says otherwise.
        Receive<MachineTrouble>(trouble =>
        {
            _trouble = trouble;
            Next();
        });
        Receive<GotOn>(_ => _pause = times.FirstPause);
        Receive<Look>(_ => LookAround());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Self.Tell(Look.Instance);

    private void LookAround()
    {
        var seen = _trouble is { } before ? _check.Look(before.Kind) : _check.Room();
        if (!_isTold || seen != _trouble)
        {
            Context.Parent.Tell(new Seen(seen));
        }

        _isTold = true;
        _trouble = seen;
        Next();
    }

    private void Next()
    {
        Timers.StartSingleTimer(nameof(Look), Look.Instance, _trouble is null ? _times.WatchEvery : _pause);
        if (_trouble is not null)
        {
            // Kept over the next trouble too, until a trial gets on: a machine that fails again at once is asked less often.
            _pause = _pause * 2 < _times.LongestPause ? _pause * 2 : _times.LongestPause;
        }
    }

    /// <summary>What was seen; null for a machine that is well.</summary>
    public sealed record Seen(MachineTrouble? Trouble) : INoSerializationVerificationNeeded;

    /// <summary>A trial stored something on this machine.</summary>
    public sealed record GotOn : INoSerializationVerificationNeeded
    {
        public static GotOn Instance { get; } = new();
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static Look Instance { get; } = new();
    }
}

/// <summary>How often a machine is looked at.</summary>
/// <param name="WatchEvery">While it is well.</param>
/// <param name="FirstPause">After it got into trouble; doubles up to <paramref name="LongestPause"/>.</param>
/// <param name="LongestPause">See <paramref name="FirstPause"/>.</param>
public sealed record MachineTimes(TimeSpan WatchEvery, TimeSpan FirstPause, TimeSpan LongestPause)
{
    /// <summary>What workers use.</summary>
    public static MachineTimes Default { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
}
