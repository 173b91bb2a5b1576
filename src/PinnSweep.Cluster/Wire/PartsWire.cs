using System.Collections.Immutable;
using System.Runtime.Serialization;
using Google.Protobuf;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Wire.Proto;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Wire;

/// <summary>The parts that events and messages share, to the wire and back.</summary>
internal static class PartsWire
{
    private const int KeyBytes = 32;

    public static ByteString Write(this TrialKey key) => Hash(key.Hex);

    public static TrialKey ReadKey(this ByteString bytes) => new(ReadHash(bytes));

    public static long Write(this DateTimeOffset at) => at.UtcTicks;

    public static DateTimeOffset ReadTime(this long ticks) => new(ticks, TimeSpan.Zero);

    public static ByteString Write(this ImmutableArray<TrialKey> keys)
    {
        var bytes = new byte[keys.Length * KeyBytes];
        for (var i = 0; i < keys.Length; i++)
        {
            Convert.FromHexString(keys[i].Hex).CopyTo(bytes, i * KeyBytes);
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static ImmutableArray<TrialKey> ReadKeys(this ByteString bytes)
    {
        var keys = ImmutableArray.CreateBuilder<TrialKey>(bytes.Length / KeyBytes);
        for (var at = 0; at < bytes.Length; at += KeyBytes)
        {
            keys.Add(new(Convert.ToHexStringLower(bytes.Span.Slice(at, KeyBytes))));
        }

        return keys.MoveToImmutable();
    }

    public static WorkerPart Write(this WorkerIdentity worker) => new() { Name = worker.Name, Incarnation = worker.Incarnation };

    public static WorkerIdentity Read(this WorkerPart part) => new(part.Name, part.Incarnation);

    public static ProcessPart Write(this ProcessIdentity process) => new() { Machine = process.Machine, Id = process.Id, Start = process.Start };

    public static ProcessIdentity Read(this ProcessPart part) => new(part.Machine, part.Id, part.Start);

    public static AttemptPart Write(this AttemptId attempt) => new() { Key = attempt.Key.Write(), Number = attempt.Number };

    public static AttemptId Read(this AttemptPart part) => new(part.Key.ReadKey(), part.Number);

    public static ImmutableArray<AttemptId> Read(this IEnumerable<AttemptPart> parts) => [.. parts.Select(Read)];

    public static LeasePart Write(this Lease lease) =>
        new()
        {
            Attempt = lease.Attempt,
            Worker = lease.Worker.Write(),
            Epoch = lease.Epoch,
            Until = lease.Until.Write(),
            Device = lease.Device ?? "",
            Room = lease.Slots > 1 ? lease.Slots : 0,
        };

    public static Lease Read(this LeasePart part) =>
        new(part.Attempt, part.Worker.Read(), part.Epoch, part.Until.ReadTime(), ReadOptional(part.Device), Math.Max(1, part.Room));

    /// <summary>Nothing at all where there are no wishes, as it was before there were any.</summary>
    public static PlacementPart? Write(this Placement placement) => placement == Placement.Default
        ? null
        : new() { Priority = placement.Priority, MaxRunning = placement.MaxRunning ?? 0, Device = placement.Device ?? "" };

    public static Placement Read(this PlacementPart? part) => part is null
        ? Placement.Default
        : new(part.Priority, part.MaxRunning > 0 ? part.MaxRunning : null, ReadOptional(part.Device));

    public static string? ReadOptional(string text) => text.Length == 0 ? null : text;

    public static CheckpointPart Write(this CheckpointReference checkpoint) =>
        new() { Blob = Hash(checkpoint.Blob), Bytes = checkpoint.Bytes, Step = checkpoint.Step };

    public static CheckpointReference Read(this CheckpointPart part) => new(ReadHash(part.Blob), part.Bytes, part.Step);

    public static ResultPart Write(this ResultReference result) => new()
    {
        Blob = Hash(result.Blob),
        Bytes = result.Bytes,
        Outcome = result.Outcome switch
        {
            Outcome.Converged => OutcomePart.OutcomeConverged,
            Outcome.Stalled => OutcomePart.OutcomeStalled,
            Outcome.Diverged => OutcomePart.OutcomeDiverged,
            Outcome.Trivial => OutcomePart.OutcomeTrivial,
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Outcome, "an outcome without a word on the wire"),
        },
        Steps = result.Steps,
        RelativeL2 = result.RelativeL2,
        Seconds = result.Seconds,
        Network = result.Network is { } network ? Hash(network) : ByteString.Empty,
        Final = result.Final?.Write(),
    };

    public static ResultReference Read(this ResultPart part) => new(
        ReadHash(part.Blob),
        part.Bytes,
        part.Outcome switch
        {
            OutcomePart.OutcomeConverged => Outcome.Converged,
            OutcomePart.OutcomeStalled => Outcome.Stalled,
            OutcomePart.OutcomeDiverged => Outcome.Diverged,
            OutcomePart.OutcomeTrivial => Outcome.Trivial,
            var other => throw new SerializationException($"outcome {other} is not known to this version"),
        },
        part.Steps,
        part.RelativeL2,
        part.Seconds)
    {
        Network = part.Network.IsEmpty ? null : ReadHash(part.Network),
        Final = part.Final?.Read(),
    };

    public static FaultPart Write(this Fault fault) => new()
    {
        Kind = fault.Kind switch
        {
            FaultKind.Crash => FaultKindPart.FaultCrash,
            FaultKind.OutOfMemory => FaultKindPart.FaultOutOfMemory,
            FaultKind.LostWorker => FaultKindPart.FaultLostWorker,
            FaultKind.Timeout => FaultKindPart.FaultTimeout,
            _ => FaultKindPart.FaultError,
        },
        Message = fault.Message,
        Detail = fault.Detail,
    };

    // A kind of a newer version is still a fault; its message says the rest.
    public static Fault Read(this FaultPart part) => new(
        part.Kind switch
        {
            FaultKindPart.FaultCrash => FaultKind.Crash,
            FaultKindPart.FaultOutOfMemory => FaultKind.OutOfMemory,
            FaultKindPart.FaultLostWorker => FaultKind.LostWorker,
            FaultKindPart.FaultTimeout => FaultKind.Timeout,
            _ => FaultKind.Error,
        },
        part.Message,
        part.Detail);

    public static FaultRecordPart Write(this FaultRecord record) =>
        new() { Attempt = record.Attempt, Worker = record.Worker.Write(), Fault = record.Fault.Write(), At = record.At.Write() };

    public static FaultRecord Read(this FaultRecordPart part) => new(part.Attempt, part.Worker.Read(), part.Fault.Read(), part.At.ReadTime());

    private static ByteString Hash(string hex) => UnsafeByteOperations.UnsafeWrap(Convert.FromHexString(hex));

    private static string ReadHash(ByteString bytes) => bytes.Length == KeyBytes
        ? Convert.ToHexStringLower(bytes.Span)
        : throw new SerializationException($"a SHA-256 of {bytes.Length} bytes");

    public static StagePart Write(this StudyStage stage) =>
        new() { Number = stage.Number, Words = stage.Words, IsLast = stage.IsLast, AwaitsProposals = stage.AwaitsProposals, KeepsFinal = stage.KeepsFinal };

    public static StudyStage Read(this StagePart part) => new(part.Number, part.Words, part.IsLast) { AwaitsProposals = part.AwaitsProposals, KeepsFinal = part.KeepsFinal };

    /// <summary>Key after key, the trial before the one that it goes on from.</summary>
    public static ByteString Write(this ImmutableArray<ContinuedTrial> continued) => continued.SelectMany(pair => new[] { pair.Key, pair.From }).ToImmutableArray().Write();

    public static ContinuationPart Write(this Continuation continued) => new() { From = continued.From.Write(), Step = continued.Step };

    public static Continuation Read(this ContinuationPart part) => new(part.From.ReadKey(), part.Step);

    public static ImmutableArray<ContinuedTrial> ReadContinued(this ByteString bytes) => [.. bytes.ReadKeys().Chunk(2).Select(pair => new ContinuedTrial(pair[0], pair[1]))];
}
