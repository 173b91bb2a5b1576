using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>What every catalog must keep so that defaults can be filled in and keys never clash.</summary>
public static class CatalogRules
{
    /// <summary>One sentence for each rule that the catalog breaks; none in a good one.</summary>
    public static IReadOnlyList<string> Violations(Catalog catalog)
    {
        var found = new List<string>();
        foreach (var twins in catalog.Entries.GroupBy(entry => (entry.Factor, entry.Kind)).Where(group => group.Count() > 1))
        {
            found.Add($"{twins.Key.Factor.ToWord()} '{twins.Key.Kind}' stands {twins.Count()} times");
        }

        foreach (var entry in catalog.Entries)
        {
            var name = $"{entry.Factor.ToWord()} '{entry.Kind}'";
            if (!IsWord(entry.Kind, '-'))
            {
                found.Add($"{name}: a kind is lower-case letters and digits with '-'");
            }

            foreach (var text in new[] { entry.Summary, entry.Source }.Where(string.IsNullOrWhiteSpace))
            {
                found.Add($"{name}: summary and source must say something");
            }

            foreach (var twins in entry.Parameters.GroupBy(parameter => parameter.Name).Where(group => group.Count() > 1 || group.Key is "kind" or LevelReader.LabelKey))
            {
                found.Add($"{name}: parameter '{twins.Key}' stands twice or is the word 'kind' or 'label'");
            }

            foreach (var parameter in entry.Parameters)
            {
                Check(parameter, $"{name}: parameter '{parameter.Name}'", found);
            }
        }

        return found;
    }

    private static void Check(Parameter parameter, string name, List<string> found)
    {
        if (!IsWord(parameter.Name, '_'))
        {
            found.Add($"{name}: a name is snake_case");
        }

        CheckValue(parameter, parameter.Default, "default", name, found);
        CheckValue(parameter, parameter.Absent, "value of absence", name, found);
        if (parameter is { Absent: not null, Default: null })
        {
            found.Add($"{name}: a parameter that levels leave out cannot be required");
        }

        var type = parameter.Type is ParameterType.Optional optional ? optional.Type : parameter.Type;
        foreach (var member in type is ParameterType.Group group ? group.Members : [])
        {
            Check(member, $"{name}.{member.Name}", found);
        }
    }

    /// <summary>It must read as itself: of the declared type, and complete.</summary>
    private static void CheckValue(Parameter parameter, SpecValue? value, string what, string name, List<string> found)
    {
        if (value is null)
        {
            return;
        }

        var mistakes = new MistakeList();
        var node = SourceReader.Read(value.Canonical(), "default", hasLines: false, mistakes);
        if (new ValueReader(mistakes).Read(parameter.Type, node, parameter.Name) != value)
        {
            found.Add($"{name}: {what} {value.Canonical()} is not {TypeWords.Of(parameter.Type)}");
        }
    }

    private static bool IsWord(string text, char joint) =>
        text.Length > 0 && char.IsAsciiLetterLower(text[0]) && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == joint);
}
