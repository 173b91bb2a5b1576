using System.Runtime.CompilerServices;
namespace PinnSweep.Jets.Engines.Packs;

/// <summary>
/// Trials that share a device. Each has a lane, which stands for one thread: whatever its engines are asked for waits until every lane
/// waits, and then all of it runs at once, grouped by form. Methods, optimizers and samplers notice nothing. Thread-safe.
/// </summary>
public sealed class JetPack : IDisposable
{
    private readonly IPackBackend _backend;
    private readonly LaneMeeting _meeting;
    private int _lanes;

    /// <summary>A pack without lanes.</summary>
    /// <param name="backend">Runs the groups; it is disposed with the pack.</param>
    public JetPack(IPackBackend backend)
    {
        _backend = backend;
        _meeting = new(Run);
    }

    /// <summary>What runs the groups.</summary>
    public string Name => _backend.Name;

    /// <summary>Lanes that are waited for now.</summary>
    public int Living => _meeting.Living;

    /// <summary>Batches that ran so far.</summary>
    public long Batches { get; private set; }

    /// <summary>Requests that ran so far; over <see cref="Batches"/> the lanes of a batch.</summary>
    public long Requests { get; private set; }

    /// <summary>A lane for a trial. From now on every batch waits for it, until it is disposed or steps aside.</summary>
    public PackLane Join()
    {
        var number = Interlocked.Increment(ref _lanes) - 1;
        _meeting.Join();
        return new(number, _meeting, _backend);
    }

    /// <inheritdoc/>
    public void Dispose() => _backend.Dispose();

    private void Run(List<LaneRequest> batch)
    {
        Batches++;
        Requests += batch.Count;
        foreach (var group in batch.GroupBy(request => request, LikeWork.Instance))
        {
            List<LaneRequest> requests = [.. group];
            try
            {
                _backend.Run(requests);
            }
            catch (Exception failure)
            {
                // The other groups are other launches, which may well run.
                requests.ForEach(request => request.Fail(failure));
            }
        }
    }

    /// <summary>Requests of one kind and form. Forms are long and interned, so they are compared as references.</summary>
    private sealed class LikeWork : IEqualityComparer<LaneRequest>
    {
        public static LikeWork Instance { get; } = new();

        public bool Equals(LaneRequest? x, LaneRequest? y) => x!.Work == y!.Work && ReferenceEquals(x.Form, y.Form);

        public int GetHashCode(LaneRequest request) => HashCode.Combine(request.Work, RuntimeHelpers.GetHashCode(request.Form));
    }
}
