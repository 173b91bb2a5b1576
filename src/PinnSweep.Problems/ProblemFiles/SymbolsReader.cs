using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads the names of a problem file: coordinates, outputs, constants (which a study may set anew) and trainable coefficients.
/// </summary>
internal sealed class SymbolsReader(FileScope scope)
{
    private const int LongestName = 32;

    // A test grid is a tensor grid, and derivatives are mixed in at most four coordinates.
    private const int MostCoordinates = 4;
    private const int MostOutputs = 8;
    private const int MostConstants = 64;
    private static readonly string[] Reserved = ["kind", "path", ProblemDefinition.Key, "hole", "holes"];
    private readonly Dictionary<string, Place> _taken = new(StringComparer.Ordinal);

    /// <summary>Sets <see cref="FileScope.Symbols"/>; returns the coefficients.</summary>
    /// <param name="file">The file.</param>
    /// <param name="overrides">Constants as the study sets them.</param>
    public IReadOnlyList<Coefficient> Read(SourceNode.Map file, IReadOnlyList<SourceEntry> overrides)
    {
        var coordinates = scope.Named(file, "coordinates", "ranges", MostCoordinates).Where(entry => IsFree(entry, "coordinates", mayUnderscore: false)).Select(entry => entry.Key).ToImmutableArray();
        foreach (var entry in scope.Named(file, "coordinates", "ranges", MostCoordinates).Where(entry => IsJoined(entry.Key, coordinates.Remove(entry.Key))))
        {
            scope.Mistakes.Add(entry.Place, "coordinates", $"'{entry.Key}' reads as other coordinates one after another, so derivatives such as {(file.Find("outputs") is null ? "u" : "…")}_{entry.Key} would have two meanings; take another name");
        }

        var outputs = file.Find("outputs") is { } given
            ? Outputs(given.Value).Where(word => IsFree(word, "outputs", mayUnderscore: false)).Select(word => word.Key).ToImmutableArray()
            : ["u"];
        if (outputs.Length > MostOutputs)
        {
            scope.Mistakes.Add(file.Find("outputs")!.Place, "outputs", FormattableString.Invariant($"{outputs.Length} outputs; at most {MostOutputs}"));
        }

        if (coordinates.IsEmpty && file.Find("coordinates") is not { Value: SourceNode.Map { Entries.Count: > 0 } })
        {
            scope.Mistakes.Add(file.Find("coordinates")?.Place ?? file.Place, "coordinates: missing; expected a map from names to ranges, for instance {x: [-1, 1], t: [0, 1]}");
        }

        scope.Symbols = ExpressionSymbols.Empty with { Coordinates = coordinates, Outputs = outputs };
        Constants(scope.Named(file, "constants", "numbers", MostConstants), overrides);
        return Coefficients(scope.Named(file, "coefficients", "their first values", MostConstants));
    }

    /// <summary>A list of names, or a map from them to the parts of the domain that they live in.</summary>
    private IEnumerable<SourceEntry> Outputs(SourceNode node) => node is SourceNode.Map map ? map.Entries
        : scope.WordsOf(node, "outputs", "the names of the unknown functions").Select(word => new SourceEntry(word.Text, word.Place, word));

    private void Constants(IReadOnlyList<SourceEntry> constants, IReadOnlyList<SourceEntry> overrides)
    {
        foreach (var unknown in overrides.Where(entry => constants.All(constant => constant.Key != entry.Key)))
        {
            scope.Mistakes.Add(unknown.Place, $"the problem file has no constant {NearestMatch.Quote(unknown.Key)}{NearestMatch.Hint(unknown.Key, constants.Select(constant => constant.Key))}");
        }

        foreach (var constant in constants.Where(entry => IsFree(entry, "constants", mayUnderscore: true)))
        {
            // One after another, so that a constant may use those before it, as the study sets them.
            var value = overrides.FirstOrDefault(entry => entry.Key == constant.Key)?.Value ?? constant.Value;
            if (scope.NumberOf(value, constant.Place, $"constants.{constant.Key}") is { } number)
            {
                scope.Symbols = scope.Symbols with { Constants = scope.Symbols.Constants.Add(constant.Key, number) };
            }
        }
    }

    private List<Coefficient> Coefficients(IReadOnlyList<SourceEntry> entries)
    {
        var coefficients = new List<Coefficient>();
        foreach (var entry in entries.Where(entry => IsFree(entry, "coefficients", mayUnderscore: true)))
        {
            if (new CoefficientReader(scope).Read(entry) is { } coefficient)
            {
                coefficients.Add(coefficient);
            }
        }

        scope.Symbols = scope.Symbols with { Coefficients = [.. coefficients.Select(coefficient => coefficient.Name)] };
        return coefficients;
    }

    /// <summary>Whether a name is made of others.</summary>
    private static bool IsJoined(string name, ImmutableArray<string> others) =>
        others.Any(other => name == other || (name.StartsWith(other, StringComparison.Ordinal) && IsJoined(name[other.Length..], others)));

    /// <summary>How a Greek name is spelled, which expressions then read in either way.</summary>
    private static string Latin(string name) => name.All(ForeignCharacters.IsOfName) && ForeignCharacters.Spelled(name) is var spelled && spelled != name
        ? $"; write {NearestMatch.Quote(spelled)}, which expressions may write {NearestMatch.Quote(name)}"
        : "";

    private bool IsFree(SourceEntry entry, string key, bool mayUnderscore)
    {
        var name = entry.Key;
        var why = name.Length is 0 or > LongestName || !char.IsAsciiLetter(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || (mayUnderscore && letter == '_'))
                ? $"is not a name: at most {LongestName} letters and digits{(mayUnderscore ? " and '_'" : ", no '_', which stands before derivatives")}, a letter first{Latin(name)}"
            : Reserved.Contains(name) || ExpressionSymbols.Universal.ContainsKey(name) || ExpressionFunctions.Reserved.Contains(name) ? "has a meaning of its own; take another name"
            : scope.Symbols.Resolve(name) is not null ? "is already a derivative of an output"
            : _taken.TryGetValue(name, out var first) ? FormattableString.Invariant($"stands twice, first in line {first.Line}")
            : null;
        if (why is not null)
        {
            scope.Mistakes.Add(entry.Place, key, $"{NearestMatch.Quote(name)} {why}");
            return false;
        }

        _taken.Add(name, entry.Place);
        return true;
    }
}
