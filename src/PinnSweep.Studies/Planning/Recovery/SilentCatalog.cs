using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Planning.Recovery;

/// <summary>
/// A catalog that fills nothing in: where a study file is silent stands <see cref="Silence"/>. A level that is read with it says what its
/// author wrote and nothing more, so it can be found among stored levels whatever the defaults were when they were planned.
/// </summary>
internal static class SilentCatalog
{
    /// <summary>Where the file says nothing. No file can say this: a zero byte is no part of YAML.</summary>
    public static SpecValue Silence { get; } = new SpecValue.Text("\0");

    /// <summary>Today's catalog without its defaults, and with the kinds and parameters that only the stored levels have.</summary>
    public static Catalog Of(Catalog today, IReadOnlyDictionary<Factor, ImmutableArray<Level>> stored)
    {
        var gone = from factor in stored
                   where factor.Key != Factor.Precision
                   from kind in factor.Value.Select(level => level.Kind).Distinct()
                   where today.Find(factor.Key, kind) is null
                   select new MethodEntry(factor.Key, kind, "", "", []);
        return new Catalog(
            [.. today.Entries.Concat(gone).Select(entry => entry with { Parameters = Silent(entry.Parameters, stored.GetValueOrDefault(entry.Factor, []).Where(level => level.Kind == entry.Kind).Select(level => level.Parameters)) })],
            _ => null);
    }

    /// <summary>Whether a level that was read in silence may be a stored one.</summary>
    public static bool Fits(Level written, Level stored) => written.Kind == stored.Kind && Fits(written.Parameters, stored.Parameters);

    private static ImmutableArray<Parameter> Silent(ImmutableArray<Parameter> parameters, IEnumerable<SpecValue.Map> stored) =>
    [
        .. parameters.Select(parameter => parameter with { Type = Silent(parameter.Type), Default = Silence }),
        .. stored.SelectMany(map => map.Entries.Keys).Distinct().Where(name => name != "kind" && parameters.All(parameter => parameter.Name != name))
            .Select(name => new Parameter(name, new ParameterType.Any(), Silence, "")),
    ];

    private static ParameterType Silent(ParameterType type) => type switch
    {
        ParameterType.Group group => new ParameterType.Group(Silent(group.Members, [])),
        ParameterType.MethodOf method => new ParameterType.MethodOf(
            [.. method.Methods.Select(entry => entry with { Parameters = Silent(entry.Parameters, []) })], Silent(method.Beside, [])),
        ParameterType.Optional optional => new ParameterType.Optional(Silent(optional.Type)),
        ParameterType.ListOf list => new ParameterType.ListOf(Silent(list.Item)),
        ParameterType.MapOf map => new ParameterType.MapOf(Silent(map.Item)),
        _ => Unbounded(type),
    };

    /// <summary>What was within the bounds of then need not be within those of today.</summary>
    public static ParameterType Unbounded(ParameterType type) => type switch
    {
        ParameterType.Number => new ParameterType.Number(),
        ParameterType.Integer => new ParameterType.Integer(),
        _ => type,
    };

    private static bool Fits(SpecValue written, SpecValue stored) => (written, stored) switch
    {
        _ when written == Silence => true,
        (SpecValue.Map ours, SpecValue.Map theirs) =>
            ours.Entries.All(entry => theirs.Entries.TryGetValue(entry.Key, out var value) ? Fits(entry.Value, value) : entry.Value == Silence)
            // A map without silence was written in full.
            && (ours.Entries.Count == 0 || ours.Entries.ContainsKey("kind") || ours.Entries.ContainsValue(Silence) || ours.Entries.Count == theirs.Entries.Count),
        (SpecValue.List ours, SpecValue.List theirs) => ours.Items.Length == theirs.Items.Length && ours.Items.Zip(theirs.Items).All(pair => Fits(pair.First, pair.Second)),
        (SpecValue.Text kind, SpecValue.Map level) => level.Entries.GetValueOrDefault("kind") == kind,
        _ => written == stored,
    };
}
