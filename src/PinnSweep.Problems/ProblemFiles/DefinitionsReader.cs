using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Reads <c>let</c>: names for expressions, each of which may use those before it, so that none can need itself.</summary>
internal sealed class DefinitionsReader(FileScope scope)
{
    private const int MostDefinitions = 64;
    private const int LongestName = 32;

    /// <summary>
    /// Adds them to <see cref="FileScope.Symbols"/>; what the definition of the problem says of them, or null without any.
    /// </summary>
    public SpecValue.List? Read(SourceNode.Map file)
    {
        var entries = scope.Named(file, "let", "expressions, for instance {flux: -k*u_x}", MostDefinitions);
        var read = new List<SpecValue>();
        for (var i = 0; i < entries.Count; i++)
        {
            var (name, place, value) = entries[i];
            if (WhyNot(name) is { } why)
            {
                scope.Mistakes.Add(place, "let", $"{NearestMatch.Quote(name)} {why}");
            }
            else if (scope.Parse(value, $"let.{name}", scope.Symbols, isEquation: false) is { } parsed)
            {
                scope.Symbols = scope.Symbols with { Definitions = scope.Symbols.Definitions.Add((name, parsed.Text)) };
                read.Add(new SpecValue.Map(SpecValue.Map.Empty.Entries.Add("name", new SpecValue.Text(name)).Add("expression", new SpecValue.Text(parsed.Text))));
            }
        }

        return read.Count == 0 ? null : new([.. read]);
    }

    /// <summary>The names of a stored definition; none where it has no <c>let</c>.</summary>
    public static ImmutableList<(string Name, string Text)> Stored(SpecValue.Map definition) => definition.Entries.GetValueOrDefault("let") is SpecValue.List list
        ? [.. list.Items.Cast<SpecValue.Map>().Select(entry => (entry.Text("name"), entry.Text("expression")))]
        : [];

    private string? WhyNot(string name) =>
        name.Length is 0 or > LongestName || !char.IsAsciiLetter(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? $"is not a name: at most {LongestName} letters and digits and '_', a letter first"
        : ExpressionFunctions.Reserved.Contains(name) || name == ProblemDefinition.Key ? "has a meaning of its own; take another name"
        : scope.Symbols.Resolve(name) is not null ? "is already a coordinate, an output, its derivative, a constant or a coefficient"
        : null;
}
