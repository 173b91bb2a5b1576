namespace PinnSweep.Cluster.Logging;

/// <summary>Passes the first of each kind and then one a minute; any thread may ask.</summary>
public sealed class FloodGate(TimeProvider clock)
{
    private const int MaximumKinds = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Said, int LeftOut)> _kinds = new(StringComparer.Ordinal);

    /// <summary>Null to leave it out; else how many of its kind were left out since the last that passed.</summary>
    public int? Pass(string kind)
    {
        lock (_lock)
        {
            if (!_kinds.ContainsKey(kind) && _kinds.Count >= MaximumKinds)
            {
                // Somebody makes up new kinds: all of them are one.
                kind = "";
            }

            var now = clock.GetUtcNow();
            if (!_kinds.TryGetValue(kind, out var known) || now - known.Said >= Between)
            {
                _kinds[kind] = (now, 0);
                return known.LeftOut;
            }

            _kinds[kind] = known with { LeftOut = known.LeftOut + 1 };
            return null;
        }
    }
}
