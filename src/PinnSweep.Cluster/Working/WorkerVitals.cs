using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>What a worker knows of itself that no decision depends on; it travels with the renewal of its leases.</summary>
/// <param name="settings">What its slots compute on.</param>
/// <param name="begun">When it began, on a clock that nobody sets.</param>
internal sealed class WorkerVitals(WorkerSettings settings, DateTimeOffset begun)
{
    private readonly WorkerPace _pace = new(begun);

    /// <summary>How busy its machine was at the last look.</summary>
    public MachineLoad Load { get; set; } = MachineLoad.Unknown;

    /// <summary>An attempt got on.</summary>
    public void Hear(SlotMessages.Progressed progressed, DateTimeOffset now) => _pace.GetOn(progressed.Attempt, progressed.Progress.StepsPerSecond, now);

    /// <summary>A slot tells what became of an attempt.</summary>
    public void Hear(SlotMessages.Reported reported, DateTimeOffset now)
    {
        if (reported.Content is ReportContent.Finished)
        {
            _pace.Finish(now);
        }

        if (reported.Content.EndsAttempt)
        {
            End(reported.Attempt);
        }
    }

    /// <summary>An attempt trains no more.</summary>
    public void End(AttemptId attempt) => _pace.End(attempt);

    /// <summary>A renewal with all of it.</summary>
    public RenewLeases With(RenewLeases renewal, WorkerState state, DateTimeOffset now) => renewal with
    {
        Pulse = new((now - begun).TotalSeconds, Load, _pace.Of(now)) { Places = [.. renewal.Holding.Select(attempt => PlaceOf(state.SlotOf(attempt)))] },
    };

    private HeldPlace PlaceOf(SlotPlace? slot) => slot is null ? default : new(slot.Number, settings.DeviceOf(slot.Number)?.Index);
}
