using CsCheck;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>One thing that happens around a worker; the two numbers choose which slot, attempt or kind.</summary>
internal sealed record WorkerMove(WorkerMoveKind Kind, int First, int Second)
{
    private static readonly Gen<WorkerMoveKind> Kinds = Gen.Frequency(
        (6, Gen.Const(WorkerMoveKind.Grant)),
        (6, Gen.Const(WorkerMoveKind.SlotEnds)),
        (8, Gen.Const(WorkerMoveKind.SlotIsHeard)),
        (5, Gen.Const(WorkerMoveKind.Acknowledge)),
        (1, Gen.Const(WorkerMoveKind.Drain)),
        (12, Gen.Enum<WorkerMoveKind>().Where(kind => kind != WorkerMoveKind.Drain)));

    public static Gen<WorkerMove[]> Many { get; } =
        Gen.Select(Kinds, Gen.Int[0, 11], Gen.Int[0, 11], (kind, first, second) => new WorkerMove(kind, first, second)).Array[0, 120];
}

/// <summary>See <see cref="WorkerHistory"/>.</summary>
internal enum WorkerMoveKind
{
    Grant,
    GrantAgain,
    GrantOfThePast,
    Acknowledge,
    AcknowledgeAnything,
    AbandonAttempt,
    StopAttempt,
    Registered,
    Unknown,
    WorkAvailable,
    DrainRequested,
    RestRequested,
    WorkRequested,
    NameRefused,
    NextCoordinator,
    SlotEnds,
    SlotStores,
    SlotObeys,
    SlotDies,
    SlotIsHeard,
    SlotMeetsTrouble,
    SlotIsCrowded,
    MachineSeen,
    BlobsRefused,
    Time,
    Timer,
    Drain,
}
