using System.Collections.Concurrent;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>
/// So many names, the first that come, and <see cref="Other"/> for the rest: whoever collects metrics keeps a series for each label's value
/// for ever, so their number must not grow with what users think of.
/// </summary>
/// <param name="most">How many names.</param>
internal sealed class LabelCap(int most)
{
    /// <summary>What stands for all names that got no place.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Lock _places = new();

    /// <summary>Whether a name has a place.</summary>
    public bool Has(string name) => _names.ContainsKey(name);

    /// <summary>The name, or <see cref="Other"/> when all places are taken.</summary>
    public string Of(string name)
    {
        if (_names.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (_places)
        {
            return _names.Count < most ? _names.GetOrAdd(name, name) : Other;
        }
    }
}
