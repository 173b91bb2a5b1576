using System.Collections.Immutable;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Knows what trainers have remarked already: what is true of a method is true of each trial with it, and an operator needs it once a
/// study. A worker does not know of studies, so a remark is new again when nobody has made it for an hour. Slots share it.
/// </summary>
internal sealed class RemarkGate(TimeProvider clock)
{
    private const int MostRemarks = 1000;
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Last, int More)> _heard = new(StringComparer.Ordinal);

    /// <summary>Whether it has not been made for an hour.</summary>
    public bool IsNew(string remark)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var isNew = !_heard.TryGetValue(remark, out var known) || now - known.Last >= Forgotten;
            if (_heard.Count >= MostRemarks && !_heard.ContainsKey(remark))
            {
                // Remarks that each differ, of paths for instance, are not worth the memory.
                _heard.Clear();
            }

            _heard[remark] = (now, isNew ? 0 : known.More + 1);
            return isNew;
        }
    }

    /// <summary>How often remarks were made again since they were told; each time is given out once.</summary>
    public ImmutableArray<(string Remark, int More)> TakeRepeated()
    {
        lock (_lock)
        {
            ImmutableArray<(string, int)> repeated = [.. _heard.Where(heard => heard.Value.More > 0).Select(heard => (heard.Key, heard.Value.More))];
            foreach (var (remark, _) in repeated)
            {
                _heard[remark] = (_heard[remark].Last, 0);
            }

            return repeated;
        }
    }
}
