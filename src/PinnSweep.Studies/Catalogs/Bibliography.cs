using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PinnSweep.Studies.Catalogs;

/// <summary>A work that may be cited.</summary>
/// <param name="Key">What papers cite it by; it never changes.</param>
/// <param name="Kind">Its kind in BibTeX: <c>article</c>, <c>inproceedings</c>, <c>book</c>, <c>misc</c>.</param>
/// <param name="Fields">Names and values of its fields, in order.</param>
public sealed record Work(string Key, string Kind, ImmutableArray<(string Name, string Value)> Fields)
{
    private const string NamedField = "named";

    /// <summary>The record for BibTeX, without the field by which sources name it.</summary>
    public string BibTeX => $"@{Kind}{{{Key},\n{string.Join(",\n", Fields.Where(part => part.Name != NamedField).Select(part => $"  {part.Name} = {{{part.Value}}}"))}\n}}\n";

    /// <summary>A field; null where the record has none of that name.</summary>
    public string? this[string name] => Fields.Where(part => part.Name == name).Select(part => part.Value).FirstOrDefault();

    /// <summary>Whether a source names it.</summary>
    public bool IsNamedIn(string source) => new[] { this["doi"], this["eprint"], this[NamedField] }.OfType<string>().Any(name => Stands(source, name));

    // 2109.0105 is no beginning of 2109.01050.
    private static bool Stands(string source, string name)
    {
        var at = source.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at + name.Length == source.Length || !char.IsLetterOrDigit(source[at + name.Length])) && (at == 0 || !char.IsLetterOrDigit(source[at - 1]));
    }
}

/// <summary>Works in the order of their keys.</summary>
public sealed partial class Bibliography
{
    private readonly ImmutableArray<Work> _works;

    private Bibliography(ImmutableArray<Work> works) => _works = works;

    /// <summary>No works at all.</summary>
    public static Bibliography Empty { get; } = new([]);

    /// <summary>All works.</summary>
    public ImmutableArray<Work> Works => _works;

    /// <summary>The work of a key.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Work this[string key] => _works.First(work => work.Key == key);

    /// <summary>
    /// Reads records of BibTeX in the form of this program: a field a line, its value in braces, the closing brace at the beginning of a line.
    /// Whatever is outside of records is for people.
    /// </summary>
    public static Bibliography Parse(string text) => new(
    [
        .. Record().Matches(text.ReplaceLineEndings("\n")).Select(record => new Work(
            record.Groups["key"].Value,
            record.Groups["kind"].Value,
            [.. Field().Matches(record.Groups["fields"].Value).Select(field => (field.Groups["name"].Value, field.Groups["value"].Value))])),
    ]);

    /// <summary>The works that a source of the catalog names.</summary>
    public IEnumerable<Work> NamedIn(string source) => _works.Where(work => work.IsNamedIn(source));

    [GeneratedRegex(@"^@(?<kind>[a-z]+)\{(?<key>[a-z0-9]+),\n(?<fields>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Record();

    [GeneratedRegex(@"^  (?<name>[a-z]+) = \{(?<value>.*)\},?$", RegexOptions.Multiline)]
    private static partial Regex Field();
}
