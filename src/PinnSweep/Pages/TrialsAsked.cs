using System.Globalization;

namespace PinnSweep.Pages;

/// <summary>Which trials an address asks for, as it says it.</summary>
internal sealed record TrialsAsked(string? State, long? Cell, IReadOnlyList<string> Where, long? Seed, string? Sort)
{
    /// <summary>The label that is asked for of a factor; null for all.</summary>
    public string? LabelOf(string factor) =>
        Where.Where(pair => pair.StartsWith($"{factor}=", StringComparison.Ordinal)).Select(pair => pair[(factor.Length + 1)..]).FirstOrDefault();

    /// <summary>The words of the address without the order.</summary>
    public string Filters => string.Join('&', Words());

    /// <summary>The words of the address.</summary>
    public string Query => string.Join('&', Words().Concat(Sort is { Length: > 0 } sort ? [Links.Query("sort", sort)] : []));

    /// <summary>The same trials in the order of a column; the other way round where it is that order already.</summary>
    public string SortedBy(string column) => string.Join('&', Words().Append(Links.Query("sort", Sort == column ? $"-{column}" : column)));

    private IEnumerable<string> Words() =>
    [
        .. State is { Length: > 0 } state ? [Links.Query("state", state)] : (string[])[],
        .. Cell is { } cell ? [Links.Query("cell", cell.ToString(CultureInfo.InvariantCulture))] : (string[])[],
        .. Where.Select(pair => Links.Query("where", pair)),
        .. Seed is { } seed ? [Links.Query("seed", seed.ToString(CultureInfo.InvariantCulture))] : (string[])[],
    ];
}
