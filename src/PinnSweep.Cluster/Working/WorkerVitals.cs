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
    private readonly Dictionary<int, PackMeter> _meters = [];

    /// <summary>How busy its machine was at the last look.</summary>
    public MachineLoad Load { get; set; } = MachineLoad.Unknown;

    /// <summary>An attempt got on.</summary>
    public void Hear(SlotMessages.Progressed progressed, DateTimeOffset now) => _pace.GetOn(progressed.Attempt, progressed.Progress.StepsPerSecond, now);

    /// <summary>The same where it is found out how many trials share a device: a measurement, whenever one is complete.</summary>
    public WorkerCommand.SeePace? Measure(SlotMessages.Progressed progressed, WorkerState state, DateTimeOffset now)
    {
        if (state.SlotOf(progressed.Attempt) is not { IsProbed: true } slot)
        {
            return null;
        }

        if (!_meters.TryGetValue(slot.Pack, out var meter))
        {
            _meters[slot.Pack] = meter = new();
        }

        AttemptId[] training = [.. state.Slots.Where(other => other.Pack == slot.Pack && other.Trains).Select(other => other.Attempt!.Value)];
        return meter.Hear(progressed.Attempt, progressed.Progress.Step, training, now) is var (lanes, pace) ? new(slot.Pack, new(lanes, pace, MemoryUse(slot))) : null;
    }

    /// <summary>Other numbers of trials share the devices from now on.</summary>
    public void BeginMeasures()
    {
        foreach (var meter in _meters.Values)
        {
            meter.Reset();
        }
    }

    private double? MemoryUse(SlotPlace slot) => Load.Devices.FirstOrDefault(device => device.Index == slot.Gpu)?.UsedMemoryBytes / (double?)settings.DeviceOf(slot.Number)?.MemoryBytes;

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
        Pulse = new((now - begun).TotalSeconds, Load, _pace.Of(now)) { Packs = PackReport.Of(state), Places = [.. renewal.Holding.Select(attempt => PlaceOf(state.SlotOf(attempt)))] },
    };

    private HeldPlace PlaceOf(SlotPlace? slot) => slot is null ? default : new(slot.Number, settings.DeviceOf(slot.Number)?.Index);
}
