using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads the parts of the domain that outputs live in: <c>outputs: {a: {where: x &lt; 0.5}, b: {where: x &gt; 0.5}}</c>. Errors of an output
/// are measured where it lives.
/// </summary>
internal sealed class OutputPlacesReader(FileScope scope)
{
    /// <summary>As a definition holds them; null where all live everywhere.</summary>
    public SpecValue.Map? Read(SourceNode.Map file, FileDomain domain)
    {
        if (file.Find("outputs")?.Value is not SourceNode.Map outputs)
        {
            return null;
        }

        var parts = ImmutableSortedDictionary.CreateBuilder<string, SpecValue>(StringComparer.Ordinal);
        foreach (var entry in outputs.Entries.Where(entry => entry.Value is not SourceNode.Scalar { IsNull: true }))
        {
            var key = $"outputs.{entry.Key}";
            if (scope.MapOf(entry.Value, key, "where") is not { } map || new WhereReader(scope).Read(map, key) is not { } within)
            {
                continue;
            }

            if (Region.Domain(domain.AsProblem(), within).IsEmpty)
            {
                scope.Mistakes.Add(entry.Place, $"{key}.where", $"{within.Words(scope.Symbols.Coordinates)} keeps nothing of the domain");
            }

            parts.Add(entry.Key, LimitsValue.Of(within, scope.Symbols.Coordinates));
        }

        return parts.Count == 0 ? null : new(parts.ToImmutable());
    }
}
