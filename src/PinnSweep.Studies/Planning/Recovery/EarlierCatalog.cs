using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Planning.Recovery;

/// <summary>
/// The catalog that a study was planned with, as far as its file and its stored levels tell it: where the file is silent, the stored level
/// has the default of then; a parameter that no stored level has was not there yet.
/// </summary>
internal sealed class EarlierCatalog
{
    private const string WhyNotStored = "not trained when the study was planned; the reason was not stored";
    private readonly Catalog _today;
    private readonly IReadOnlyDictionary<Factor, ImmutableArray<Level>> _stored;
    private readonly Dictionary<string, SpecValue> _defaults = new(StringComparer.Ordinal);
    private readonly HashSet<string> _absent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _more = new(StringComparer.Ordinal);

    private EarlierCatalog(Catalog today, IReadOnlyDictionary<Factor, ImmutableArray<Level>> stored) => (_today, _stored) = (today, stored);

    /// <summary>The catalog.</summary>
    /// <param name="today">That of this program.</param>
    /// <param name="stored">The levels of the trials, each once.</param>
    /// <param name="written">The levels as the file writes them, read with <see cref="SilentCatalog"/>.</param>
    /// <param name="trained">Whether the study trained a cell.</param>
    public static Catalog Of(
        Catalog today,
        IReadOnlyDictionary<Factor, ImmutableArray<Level>> stored,
        IReadOnlyDictionary<Factor, ImmutableArray<Level>> written,
        Func<CellLevels, bool> trained)
    {
        var earlier = new EarlierCatalog(today, stored);
        foreach (var (factor, levels) in written)
        {
            foreach (var (ours, theirs) in Matching.Of(levels, stored[factor], SilentCatalog.Fits))
            {
                earlier.Learn($"{factor.ToWord()} {ours.Kind}", ours.Parameters, theirs.Parameters);
            }
        }

        return new Catalog(earlier.Entries(), cell => trained(cell) ? null : earlier.WhyNot(cell) ?? WhyNotStored)
        {
            NoticesOf = cell => Guarded(() => today.NoticesOf(cell).ToArray()) ?? [],
        };
    }

    private void Learn(string path, SpecValue.Map written, SpecValue.Map stored)
    {
        foreach (var (name, value) in written.Entries)
        {
            if (stored.Entries.GetValueOrDefault(name) is not { } theirs)
            {
                _absent.Add($"{path}.{name}");
            }
            else if (value == SilentCatalog.Silence)
            {
                _defaults[$"{path}.{name}"] = theirs;
            }
            else
            {
                LearnWithin($"{path}.{name}", value, theirs);
            }
        }

        _more.TryAdd(path, new(StringComparer.Ordinal));
        _more[path].UnionWith(stored.Entries.Keys.Where(name => name != "kind" && !written.Entries.ContainsKey(name)));
        foreach (var name in _more[path].Where(stored.Entries.ContainsKey))
        {
            _defaults[$"{path}.{name}"] = stored.Entries[name];
        }
    }

    private void LearnWithin(string path, SpecValue written, SpecValue stored)
    {
        switch (written, stored)
        {
            case (SpecValue.Map ours, SpecValue.Map theirs):
                Learn(ours.Entries.GetValueOrDefault("kind") is SpecValue.Text { Value: var kind } ? $"{path} {kind}" : path, ours, theirs);
                break;
            case (SpecValue.List ours, SpecValue.List theirs):
                foreach (var (first, second) in ours.Items.Zip(theirs.Items))
                {
                    LearnWithin(path, first, second);
                }

                break;
        }
    }

    private ImmutableArray<MethodEntry> Entries() =>
    [
        .. from factor in FactorWords.All
           from entry in _today.Of(factor).Concat(_stored[factor].Select(level => level.Kind).Distinct()
               .Where(kind => factor != Factor.Precision && _today.Find(factor, kind) is null).Select(kind => new MethodEntry(factor, kind, "", "", [])))
           let levels = _stored[factor].Where(level => level.Kind == entry.Kind).ToArray()
           select entry with
           {
               Parameters = Parameters($"{factor.ToWord()} {entry.Kind}", entry.Parameters, levels),

               // What is known of a method today was told to nobody who ran the study then.
               DefaultsCaution = null,
               CautionOf = _ => null,
           },
    ];

    private ImmutableArray<Parameter> Parameters(string path, ImmutableArray<Parameter> today, params Level[] levels) =>
    [
        .. today.Where(parameter => !_absent.Contains($"{path}.{parameter.Name}")).Select(parameter => Then(parameter, $"{path}.{parameter.Name}")),
        .. levels.SelectMany(level => level.Parameters.Entries.Keys).Concat(_more.GetValueOrDefault(path, [])).Distinct().Where(name => today.All(parameter => parameter.Name != name))
            .Select(name => Then(new Parameter(name, new ParameterType.Any(), null, ""), $"{path}.{name}")),
    ];

    private Parameter Then(Parameter parameter, string path) =>
        parameter with { Type = Then(parameter.Type, path), Default = _defaults.TryGetValue(path, out var standard) ? standard : parameter.Default };

    private ParameterType Then(ParameterType type, string path) => type switch
    {
        ParameterType.Group group => new ParameterType.Group(Parameters(path, group.Members)),
        ParameterType.MethodOf method => new ParameterType.MethodOf(
            [.. method.Methods.Select(entry => entry with { Parameters = Parameters($"{path} {entry.Kind}", [.. entry.Parameters, .. method.Beside]) })], []),
        ParameterType.Optional optional => new ParameterType.Optional(Then(optional.Type, path)),
        ParameterType.ListOf list => new ParameterType.ListOf(Then(list.Item, path)),
        ParameterType.MapOf map => new ParameterType.MapOf(Then(map.Item, path)),
        _ => SilentCatalog.Unbounded(type),
    };

    /// <summary>Why this program would not train it, with the parameters that it needs and that were not there yet.</summary>
    private string? WhyNot(CellLevels cell) => Guarded(() => _today.WhyNotApplicable(new(
        Complete(Factor.Problem, cell.Problem),
        Complete(Factor.Network, cell.Network),
        Complete(Factor.Balancer, cell.Balancer),
        Complete(Factor.Sampler, cell.Sampler),
        Complete(Factor.Optimizer, cell.Optimizer),
        Complete(Factor.Time, cell.Time),
        cell.Precision)));

    private Level Complete(Factor factor, Level level) => (_today.Find(factor, level.Kind)?.Parameters ?? [])
        .Where(parameter => parameter.Default is not null && !level.Parameters.Entries.ContainsKey(parameter.Name))
        .Aggregate(level, (known, parameter) => known.With(parameter.Name, parameter.Absent ?? parameter.Default!));

    /// <summary>What this program says of levels of another one; nothing where it does not know them.</summary>
    private static T? Guarded<T>(Func<T?> ask)
        where T : class
    {
        try
        {
            return ask();
        }
        catch (Exception unknown) when (unknown is UserMistakeException or KeyNotFoundException or InvalidCastException or InvalidOperationException or ArgumentException or OverflowException or NullReferenceException)
        {
            return null;
        }
    }
}
