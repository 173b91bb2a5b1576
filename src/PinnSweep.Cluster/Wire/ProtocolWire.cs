using System.Runtime.Serialization;
using Google.Protobuf;
using PinnSweep.Cluster.Wire.Proto;
using static PinnSweep.Cluster.Protocol.StudyProtocol;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Wire;

/// <summary>Messages between nodes, to the wire and back.</summary>
internal static class ProtocolWire
{
    public static IMessage Write(RegisterWorker m) => new RegisterWorkerMessage
    {
        Worker = m.Worker.Write(),
        Slots = m.Slots.Total,
        Gpus = m.Slots.Gpu,
        Software = m.Software,
        Holding = { m.Holding.Select(PartsWire.Write) },
        IsDraining = m.IsDraining,
        Paused = m.Paused ?? "",
        Process = m.Process?.Write(),
        Buried = m.Buried ?? "",
        Machine = m.Machine?.Write(),
        Mode = (int)m.Mode,
    };

    public static RegisterWorker Read(RegisterWorkerMessage m) =>
        new(m.Worker.Read(), ReadSlots(m.Slots, m.Gpus), m.Software, m.Holding.Read(), m.IsDraining, PartsWire.ReadOptional(m.Paused))
        {
            Process = m.Process?.Read(),
            Buried = PartsWire.ReadOptional(m.Buried),
            Machine = m.Machine?.Read(),
            Mode = MachineWire.ReadMode(m.Mode),
        };

    public static IMessage Write(RegistrationRefused m) => new RegistrationRefusedMessage
    {
        Epoch = m.Epoch,
        Reason = m.Reason,
        IsFinal = m.IsFinal,
        PatienceSeconds = m.Patience.TotalSeconds,
        Holder = m.Holder,
        HolderProcess = m.HolderProcess?.Write(),
    };

    public static RegistrationRefused Read(RegistrationRefusedMessage m) =>
        new(m.Epoch, m.Reason, m.IsFinal, TimeSpan.FromSeconds(m.PatienceSeconds), m.Holder, m.HolderProcess?.Read());

    public static IMessage Write(WorkerRegistered m) => new WorkerRegisteredMessage
    {
        Epoch = m.Epoch,
        LeaseSeconds = m.LeaseDuration.TotalSeconds,
        Abandon = { m.Abandon.Select(PartsWire.Write) },
        BlobUrl = m.BlobUrl?.ToString() ?? "",
    };

    public static WorkerRegistered Read(WorkerRegisteredMessage m) =>
        new(m.Epoch, TimeSpan.FromSeconds(m.LeaseSeconds), m.Abandon.Read(), PartsWire.ReadOptional(m.BlobUrl) is { } url ? new(url) : null);

    public static IMessage Write(RegistrationRequired m) => new RegistrationRequiredMessage { Epoch = m.Epoch };

    public static RegistrationRequired Read(RegistrationRequiredMessage m) => new(m.Epoch);

    public static IMessage Write(RequestWork m)
    {
        var request = new RequestWorkMessage { Worker = m.Worker.Write(), FreeSlots = m.Free.Total, FreeGpus = m.Free.Gpu };
        if (m.SecondsLeft is { } seconds)
        {
            request.SecondsLeft = seconds;
        }

        if (m.Most is { } most)
        {
            request.Most = most;
        }

        if (m.Shapes is { } shapes)
        {
            request.Shapes = new() { Ids = { shapes } };
        }

        return request;
    }

    public static RequestWork Read(RequestWorkMessage m) =>
        new(m.Worker.Read(), ReadSlots(m.FreeSlots, m.FreeGpus), m.HasSecondsLeft ? m.SecondsLeft : null)
        {
            Most = m.HasMost ? m.Most : null,
            Shapes = m.Shapes is { } shapes ? [.. shapes.Ids] : null,
        };

    public static IMessage Write(WorkAvailable m) => new WorkAvailableMessage { Epoch = m.Epoch };

    public static WorkAvailable Read(WorkAvailableMessage m) => new(m.Epoch);

    public static IMessage Write(StartTrial m) => new StartTrialMessage
    {
        Epoch = m.Epoch,
        Attempt = m.Attempt.Write(),
        Description = m.Description,
        ResumeFrom = m.ResumeFrom?.Write(),
        Device = m.Device ?? "",
        Room = m.Slots > 1 ? m.Slots : 0,
        KeepsFinal = m.KeepsFinal,
        TraceParent = m.TraceParent ?? "",
        Continued = m.Continued?.Write(),
    };

    public static StartTrial Read(StartTrialMessage m) =>
        new(m.Epoch, m.Attempt.Read(), m.Description, m.ResumeFrom?.Read(), PartsWire.ReadOptional(m.Device), Math.Max(1, m.Room))
        {
            KeepsFinal = m.KeepsFinal,
            TraceParent = PartsWire.ReadOptional(m.TraceParent),
            Continued = m.Continued?.Read(),
        };

    public static IMessage Write(LeasesRenewed m) => new LeasesRenewedMessage { Epoch = m.Epoch };

    public static LeasesRenewed Read(LeasesRenewedMessage m) => new(m.Epoch);

    public static IMessage Write(StopTrial m) => new StopTrialMessage { Epoch = m.Epoch, Attempt = m.Attempt.Write(), Reason = m.Reason };

    public static StopTrial Read(StopTrialMessage m) => new(m.Epoch, m.Attempt.Read(), m.Reason);

    public static IMessage Write(DrainRequested m) => new DrainRequestedMessage { Epoch = m.Epoch };

    public static DrainRequested Read(DrainRequestedMessage m) => new(m.Epoch);

    public static IMessage Write(RestRequested m) => new RestRequestedMessage { Epoch = m.Epoch };

    public static RestRequested Read(RestRequestedMessage m) => new(m.Epoch);

    public static IMessage Write(WorkRequested m) => new WorkRequestedMessage { Epoch = m.Epoch };

    public static WorkRequested Read(WorkRequestedMessage m) => new(m.Epoch);

    public static IMessage Write(WorkerDrains m) => new WorkerDrainsMessage { Worker = m.Worker.Write() };

    public static WorkerDrains Read(WorkerDrainsMessage m) => new(m.Worker.Read());

    public static IMessage Write(TrialTaken m) => new TrialTakenMessage { Worker = m.Worker.Write(), Attempt = m.Attempt.Write() };

    public static TrialTaken Read(TrialTakenMessage m) => new(m.Worker.Read(), m.Attempt.Read());

    public static IMessage Write(TrialRefused m) => new TrialRefusedMessage { Worker = m.Worker.Write(), Attempt = m.Attempt.Write(), Reason = m.Reason };

    public static TrialRefused Read(TrialRefusedMessage m) => new(m.Worker.Read(), m.Attempt.Read(), m.Reason);

    public static IMessage Write(RenewLeases m) => new RenewLeasesMessage { Worker = m.Worker.Write(), Holding = { m.Holding.Select(PartsWire.Write) }, Paused = m.Paused ?? "", Pulse = m.Pulse?.Write(), Mode = (int)m.Mode };

    public static RenewLeases Read(RenewLeasesMessage m) => new(m.Worker.Read(), m.Holding.Read(), PartsWire.ReadOptional(m.Paused)) { Pulse = m.Pulse?.Read(), Mode = MachineWire.ReadMode(m.Mode) };

    public static IMessage Write(TrialProgress m) => new TrialProgressMessage
    {
        Worker = m.Worker.Write(),
        Attempt = m.Attempt.Write(),
        Step = m.Progress.Step,
        Completed = m.Progress.Completed,
        Total = m.Progress.Total,
        RelativeL2 = m.Progress.RelativeL2,
        StepsPerSecond = m.Progress.StepsPerSecond,
    };

    public static TrialProgress Read(TrialProgressMessage m) =>
        new(m.Worker.Read(), m.Attempt.Read(), new(m.Step, m.Completed, m.Total, double.NaN, m.RelativeL2, m.StepsPerSecond));

    public static IMessage Write(Report m)
    {
        var report = new ReportMessage { Worker = m.Worker.Write(), Number = m.Number, Attempt = m.Attempt.Write(), TraceParent = m.TraceParent ?? "" };
        switch (m.Content)
        {
            case ReportContent.Checkpointed checkpointed:
                report.Checkpoint = checkpointed.Checkpoint.Write();
                break;
            case ReportContent.Finished finished:
                report.Result = finished.Result.Write();
                break;
            case ReportContent.Faulted faulted:
                report.Fault = faulted.Fault.Write();
                break;
            case ReportContent.Released released:
                report.Release = released.Reason;
                break;
            case ReportContent.CheckpointLost lost:
                report.LostCheckpoint = new() { Blob = lost.Blob, Reason = lost.Reason };
                break;
        }

        return report;
    }

    public static Report Read(ReportMessage m) => new(m.Worker.Read(), m.Number, m.Attempt.Read(), m.ContentCase switch
    {
        ReportMessage.ContentOneofCase.Checkpoint => new ReportContent.Checkpointed(m.Checkpoint.Read()),
        ReportMessage.ContentOneofCase.Result => new ReportContent.Finished(m.Result.Read()),
        ReportMessage.ContentOneofCase.Fault => new ReportContent.Faulted(m.Fault.Read()),
        ReportMessage.ContentOneofCase.Release => new ReportContent.Released(m.Release),
        ReportMessage.ContentOneofCase.LostCheckpoint => new ReportContent.CheckpointLost(m.LostCheckpoint.Blob, m.LostCheckpoint.Reason),
        _ => throw new SerializationException("a report without content that this version knows"),
    })
    {
        TraceParent = PartsWire.ReadOptional(m.TraceParent),
    };

    public static IMessage Write(ReportAcknowledged m) => new ReportAcknowledgedMessage { Epoch = m.Epoch, Number = m.Number, Counted = m.Counted };

    public static ReportAcknowledged Read(ReportAcknowledgedMessage m) => new(m.Epoch, m.Number, m.Counted);

    public static IMessage Write(AbandonTrial m) => new AbandonTrialMessage { Epoch = m.Epoch, Attempt = m.Attempt.Write() };

    public static AbandonTrial Read(AbandonTrialMessage m) => new(m.Epoch, m.Attempt.Read());

    public static IMessage Write(SubmitRequest m) =>
        new SubmitStudyMessage { Hash = m.Hash, Placement = m.Placement?.Write(), IsPlaced = m.Placement is not null };

    public static SubmitRequest Read(SubmitStudyMessage m) => new(m.Hash, m.IsPlaced ? m.Placement.Read() : null);

    public static IMessage Write(CancelRequest m) => new CancelStudyMessage { Hash = m.Hash };

    public static CancelRequest Read(CancelStudyMessage m) => new(m.Hash);

    public static IMessage Write(RetryRequest m) => new RetryStudyMessage { Hash = m.Hash };

    public static RetryRequest Read(RetryStudyMessage m) => new(m.Hash);

    public static IMessage Write(WatchStudy m) => new WatchStudyMessage { Hash = m.Hash };

    public static WatchStudy Read(WatchStudyMessage m) => new(m.Hash);

    public static IMessage Write(StudyAnswer m) => new StudyAnswerMessage { Hash = m.Hash, IsKnown = m.IsKnown };

    public static StudyAnswer Read(StudyAnswerMessage m) => new(m.Hash, m.IsKnown);

    public static StudyStatusMessage Write(StudyStatus m)
    {
        var status = new StudyStatusMessage
        {
            Hash = m.Hash,
            Name = m.Name,
            Planned = m.Planned,
            Accepted = m.Accepted,
            Quarantined = m.Quarantined,
            Cancelled = m.Cancelled,
            Waiting = m.Waiting,
            Faults = m.Faults,
            IsPaused = m.IsPaused,
            Stage = m.Stage?.Write(),
            Continued = m.Continued,
            IsCancelled = m.IsCancelled,
            Placement = m.Placement.Write(),
            RunningUnlisted = m.RunningCount - m.Running.Length,
        };
        status.Running.AddRange(m.Running.Select(r => new StudyStatusMessage.Types.Running
        {
            Attempt = r.Attempt.Write(),
            Worker = r.Worker,
            Step = r.Progress.Step,
            Completed = r.Progress.Completed,
            Total = r.Progress.Total,
            RelativeL2 = r.Progress.RelativeL2,
            StepsPerSecond = r.Progress.StepsPerSecond,
        }));
        return status;
    }

    public static StudyStatus Read(StudyStatusMessage m) => new(
        m.Hash,
        m.Name,
        m.Planned,
        m.Accepted,
        m.Quarantined,
        m.Cancelled,
        m.Waiting,
        m.Faults,
        [.. m.Running.Select(r => new RunningAttempt(
            r.Attempt.Read(), r.Worker, new(r.Step, r.Completed, r.Total, double.NaN, r.RelativeL2, r.StepsPerSecond)))])
    {
        IsPaused = m.IsPaused,
        Stage = m.Stage?.Read(),
        Continued = m.Continued,
        IsCancelled = m.IsCancelled,
        Placement = m.Placement.Read(),
        RunningCount = m.Running.Count + m.RunningUnlisted,
    };

    private static PinnSweep.Studies.Trials.Lifecycle.SlotCount ReadSlots(int all, int gpus) => new(all - gpus, gpus);
}
