using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.SeqImport;

/// <summary>The templates that come with the program, and those of a folder.</summary>
internal static class SeqTemplates
{
    private const string Prefix = "seq/";
    private const string Ending = ".template";

    /// <summary>Those of <c>cluster-config/seq</c>, which are built into the program.</summary>
    public static ImmutableArray<SeqTemplate> BuiltIn() => Sorted(
        from name in typeof(SeqTemplates).Assembly.GetManifestResourceNames()
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        select SeqTemplate.Parse(name[Prefix.Length..], Embedded(name)));

    /// <summary>All files of a folder that end in <c>.template</c>.</summary>
    /// <exception cref="UserMistakeException">There are none, or one cannot be used.</exception>
    public static ImmutableArray<SeqTemplate> Of(string folder)
    {
        try
        {
            var files = Directory.EnumerateFiles(folder, $"*{Ending}").Order(StringComparer.Ordinal).ToArray();
            return files.Length > 0
                ? Sorted(files.Select(file => SeqTemplate.Parse(file, File.ReadAllText(file))))
                : throw new UserMistakeException($"--from {folder}: no file in it ends in {Ending}");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"--from {folder}: {refused.Message}", refused);
        }
    }

    private static ImmutableArray<SeqTemplate> Sorted(IEnumerable<SeqTemplate> templates)
    {
        var sorted = templates.OrderBy(template => SeqKind.All.IndexOf(template.Kind)).ThenBy(template => template.File, StringComparer.Ordinal).ToImmutableArray();
        var twice = sorted.GroupBy(template => (template.Kind, template.Title)).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? sorted
            : throw new UserMistakeException($"{string.Join(" and ", twice.Select(template => template.File))}: both are the {twice.Key.Kind.Word} '{twice.Key.Title}'; a title stands for one");
    }

    private static string Embedded(string name)
    {
        using var reader = new StreamReader(typeof(SeqTemplates).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
