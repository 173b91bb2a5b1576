using CsCheck;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>One thing that happens around a slot; the two numbers choose how.</summary>
internal sealed record SlotMove(SlotMoveKind Kind, int First, int Second)
{
    private static readonly Gen<SlotMoveKind> Kinds = Gen.Frequency(
        (4, Gen.Const(SlotMoveKind.Begin)),
        (12, Gen.Const(SlotMoveKind.Answer)),
        (6, Gen.Const(SlotMoveKind.Ready)),
        (3, Gen.Const(SlotMoveKind.Finished)),
        (8, Gen.Enum<SlotMoveKind>()));

    public static Gen<SlotMove[]> Many { get; } =
        Gen.Select(Kinds, Gen.Int[0, 9], Gen.Int[0, 9], (kind, first, second) => new SlotMove(kind, first, second)).Array[0, 80];
}

/// <summary>See <see cref="SlotHistory"/>.</summary>
internal enum SlotMoveKind
{
    Begin,
    BeginAgain,
    Answer,
    AnswerAgain,
    Stop,
    Abandon,
    Silence,
    Ready,
    Progress,
    Checkpointed,
    Finished,
    Stopped,
    Failed,
    Remark,
    Garbled,
    Ended,
}
