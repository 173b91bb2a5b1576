using Google.Protobuf;
using PinnSweep.Cluster.Wire.Proto;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Wire;

/// <summary>Questions of people and their answers, to the wire and back.</summary>
internal static class QueryWire
{
    public static IMessage Write(PauseRequest m) => new PauseStudyMessage { Hash = m.Hash };

    public static PauseRequest Read(PauseStudyMessage m) => new(m.Hash);

    public static IMessage Write(ResumeRequest m) => new ResumeStudyMessage { Hash = m.Hash };

    public static ResumeRequest Read(ResumeStudyMessage m) => new(m.Hash);

    public static IMessage Write(CheckStudy m) => new CheckStudyMessage { Hash = m.Hash };

    public static CheckStudy Read(CheckStudyMessage m) => new(m.Hash);

    public static IMessage Write(LookForStage m) => new LookForStageMessage { Hash = m.Hash };

    public static LookForStage Read(LookForStageMessage m) => new(m.Hash);

    public static IMessage Write(ListStudies m) => new ListStudiesMessage { Skip = m.Skip, Take = m.Take };

    public static ListStudies Read(ListStudiesMessage m) => new(m.Skip, m.Take);

    public static IMessage Write(StudyList m) => new StudyListMessage { Total = m.Total, Studies = { m.Studies.Select(ProtocolWire.Write) } };

    public static StudyList Read(StudyListMessage m) => new(m.Total, [.. m.Studies.Select(ProtocolWire.Read)]);

    public static IMessage Write(GetStudy m) => new GetStudyMessage { Hash = m.Hash, FromPosition = m.FromPosition };

    public static GetStudy Read(GetStudyMessage m) => new(m.Hash, m.FromPosition);

    // As many as there is room for is written as nothing, which is how it was before there were pages.
    public static IMessage Write(ListWorkers m) => new ListWorkersMessage { Skip = m.Skip, Take = m.Take == StudyStatus.MaxListed ? 0 : m.Take };

    public static ListWorkers Read(ListWorkersMessage m) => new(m.Skip, m.Take == 0 ? StudyStatus.MaxListed : m.Take);

    public static IMessage Write(WorkerList m) => new WorkerListMessage
    {
        Epoch = m.Epoch,
        Unlisted = m.Total - m.Workers.Length,
        Workers = { m.Workers.Select(Write) },
    };

    public static WorkerList Read(WorkerListMessage m) => new(m.Epoch, m.Workers.Count + m.Unlisted, [.. m.Workers.Select(Read)]);

    public static IMessage Write(GetWorker m) => new GetWorkerMessage { Name = m.Name };

    public static GetWorker Read(GetWorkerMessage m) => new(m.Name);

    public static IMessage Write(WorkerDetail m) => new WorkerDetailMessage
    {
        Epoch = m.Epoch,
        Worker = m.Worker is null ? null : Write(m.Worker),
        Training = { m.Training.Select(Write) },
    };

    public static WorkerDetail Read(WorkerDetailMessage m) => new(m.Epoch, m.Worker is null ? null : Read(m.Worker), [.. m.Training.Select(Read)]);

    public static IMessage Write(DrainWorker m) => new DrainWorkerMessage { Name = m.Name };

    public static DrainWorker Read(DrainWorkerMessage m) => new(m.Name);

    public static IMessage Write(WorkerAnswer m) => new WorkerAnswerMessage { Name = m.Name, IsKnown = m.IsKnown, Refusal = m.Refusal ?? "" };

    public static WorkerAnswer Read(WorkerAnswerMessage m) => new(m.Name, m.IsKnown, PartsWire.ReadOptional(m.Refusal));

    public static IMessage Write(RestWorker m) => new RestWorkerMessage { Name = m.Name };

    public static RestWorker Read(RestWorkerMessage m) => new(m.Name);

    public static IMessage Write(WakeWorker m) => new WakeWorkerMessage { Name = m.Name };

    public static WakeWorker Read(WakeWorkerMessage m) => new(m.Name);

    public static IMessage Write(WhyTrial m) => new WhyTrialMessage { Key = m.Key };

    public static WhyTrial Read(WhyTrialMessage m) => new(m.Key);

    public static IMessage Write(TrialAnswer m) => new TrialAnswerMessage
    {
        Key = m.Key is { } key ? key.Write() : ByteString.Empty,
        Matches = m.Matches,
        Phase = m.Phase,
        Lines = { m.Lines },
    };

    public static TrialAnswer Read(TrialAnswerMessage m) => new(m.Key.IsEmpty ? null : m.Key.ReadKey(), m.Matches, m.Phase, [.. m.Lines]);

    private static WorkerListMessage.Types.Worker Write(WorkerSummary worker) => new()
    {
        Name = worker.Name,
        Address = worker.Address,
        Slots = worker.Slots.Total,
        Gpus = worker.Slots.Gpu,
        Running = worker.Running,
        Software = worker.Software,
        IsDraining = worker.IsDraining,
        SilentSeconds = worker.SilentSeconds,
        Paused = worker.Paused ?? "",
        Machine = worker.Machine?.Write(),
        Pulse = worker.Pulse?.Write(),
        Mode = (int)worker.Mode,
    };

    private static WorkerSummary Read(WorkerListMessage.Types.Worker worker) => new(
        worker.Name,
        worker.Address,
        new(worker.Slots - worker.Gpus, worker.Gpus),
        worker.Running,
        worker.Software,
        worker.IsDraining,
        worker.SilentSeconds,
        PartsWire.ReadOptional(worker.Paused))
    {
        Machine = worker.Machine?.Read(),
        Pulse = worker.Pulse?.Read(),
        Mode = MachineWire.ReadMode(worker.Mode),
    };

    private static WorkerDetailMessage.Types.Held Write(HeldAttempt held) => new()
    {
        Attempt = held.Attempt.Write(),
        Study = held.Study,
        Slots = held.Slots,
        Slot = MachineWire.WritePlace(held.Place.Slot),
        Device = MachineWire.WritePlace(held.Place.Device),
        Step = held.Progress.Step,
        Completed = held.Progress.Completed,
        Total = held.Progress.Total,
        RelativeL2 = held.Progress.RelativeL2,
        StepsPerSecond = held.Progress.StepsPerSecond,
    };

    private static HeldAttempt Read(WorkerDetailMessage.Types.Held held) => new(
        held.Attempt.Read(),
        held.Study,
        held.Slots,
        new(MachineWire.ReadPlace(held.Slot), MachineWire.ReadPlace(held.Device)),
        new(held.Step, held.Completed, held.Total, double.NaN, held.RelativeL2, held.StepsPerSecond));
}
