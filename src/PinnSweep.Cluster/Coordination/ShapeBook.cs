using System.Collections.Immutable;
using Akka.Actor;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// The shapes of the trials that wait, read from the store once a worker asks by shape. A hint to placement, so nothing of it is journalled
/// and a new coordinator reads it again.
/// </summary>
/// <param name="reader">Reads studies from the store.</param>
internal sealed class ShapeBook(IActorRef reader)
{
    private readonly Dictionary<string, ImmutableArray<string?>> _plans = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reading = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (RequestWork Request, IActorRef Sender)> _held = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether the request waits until shapes are read that it may depend on, so that the first trials of a worker already match. It waits
    /// once: a store that takes its time keeps nobody idle, and the worker asks again.
    /// </summary>
    public bool Holds(RequestWork request, IActorRef sender, CoordinatorState state)
    {
        var isHeldAlready = _held.Remove(request.Worker.Name);
        if (request.Shapes is null)
        {
            return false;
        }

        foreach (var study in state.Studies.Values.Where(IsUnread))
        {
            if (_reading.Add(study.Hash))
            {
                reader.Tell(new WriterMessages.ReadShapes(study.Hash));
            }
        }

        if (_reading.Count == 0 || isHeldAlready)
        {
            return false;
        }

        _held[request.Worker.Name] = (request, sender);
        return true;
    }

    /// <summary>What the request wishes for; null where shapes do not matter to it.</summary>
    public ShapeWish? WishOf(RequestWork request) => request.Shapes is { } shapes ? new([.. shapes], _plans) : null;

    /// <summary>Shapes were read. The requests that waited for them are to be answered now.</summary>
    public ImmutableArray<(RequestWork Request, IActorRef Sender)> Note(WriterMessages.ShapesRead read, CoordinatorState state)
    {
        _reading.Remove(read.Hash);
        if (state.Studies.TryGetValue(read.Hash, out var study))
        {
            // What the store has lost is not asked for again and again.
            _plans[read.Hash] = read.Shapes.AddRange(Enumerable.Repeat<string?>(null, Math.Max(0, study.Trials.Length - read.Shapes.Length)));
        }

        foreach (var done in _plans.Keys.Where(hash => state.Studies[hash] is { IsSettled: true } or { IsWanted: false }).ToArray())
        {
            _plans.Remove(done);
        }

        if (_reading.Count > 0)
        {
            return [];
        }

        var waited = _held.Values.ToImmutableArray();
        _held.Clear();
        return waited;
    }

    private bool IsUnread(StudyState study) =>
        study is { IsOpen: true, Waiting.IsEmpty: false } && !(_plans.TryGetValue(study.Hash, out var shapes) && shapes.Length >= study.Trials.Length);
}
