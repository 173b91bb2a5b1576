using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Formulation;

/// <summary>A problem of the catalog.</summary>
/// <param name="Method">Name, parameters and source.</param>
/// <param name="Create">Makes the problem of a level.</param>
/// <param name="Variants">Other published forms beside the default one, each a parameter and its word; <c>verify</c> checks them
/// all.</param>
public sealed record ProblemEntry(MethodEntry Method, Func<Level, Problem> Create, params ImmutableArray<(string Parameter, SpecValue Value)> Variants)
{
    /// <summary>The default level.</summary>
    public Level Standard => new(Method.Kind, new(Method.Parameters.ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Default ?? SpecValue.None.Value, StringComparer.Ordinal)));

    /// <summary>The default form and the others, each with its name: that of the kind, and behind it what differs.</summary>
    public IEnumerable<(string Name, Level Level)> Forms =>
    [
        (Method.Kind, Standard),
        .. Variants.Select(form => ($"{Method.Kind} {{{form.Parameter}: {form.Value.Canonical()}}}", Standard.With(form.Parameter, form.Value))),
    ];

    /// <summary>The names that benchmarks know it by, each with the benchmark's before it: <c>PINNacle Burgers1d-C</c>.</summary>
    public ImmutableArray<string> Cases { get; init; } = [];
}
