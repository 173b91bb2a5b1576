using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Pinns;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies;

namespace PinnSweep.Commands;

/// <summary>A study as the command line names it: a text, what messages call it, the values set over it, and the files that it may name.</summary>
internal sealed record StudySource(string FileName, string Text, ImmutableArray<(string Key, string Value)> Overrides, StudyTexts Texts)
{
    private const string OverrideMark = "# --set ";
    private const string FileMark = "# --file ";

    /// <summary>
    /// What the store keeps, so that a report plans the very same trials: the file, with the overrides and the files that it names as comments in
    /// front. Files are known once the study is planned.
    /// </summary>
    public string StoredText =>
        string.Concat(Overrides.Select(pair => Mark(OverrideMark, pair.Key, pair.Value))) + string.Concat(Texts.Known.Select(file => Mark(FileMark, file.Key, file.Value))) + Text;

    /// <summary>The trials.</summary>
    /// <exception cref="UserMistakeException">The study has mistakes.</exception>
    public StudyPlan Plan() => Planner.Plan(StudyFile.Parse(Text, FileName, PinnCatalogue.Instance, Overrides, Texts.Of), PinnCatalogue.Instance);

    /// <summary>A file, or a study that comes with the program.</summary>
    /// <exception cref="UserMistakeException">It is neither.</exception>
    public static StudySource Load(string study, IEnumerable<string> overrides)
    {
        var pairs = overrides.Select(Split).ToImmutableArray();
        if (Directory.Exists(study))
        {
            throw new UserMistakeException($"{study}: is a folder; name a study file in it");
        }

        if (File.Exists(study))
        {
            return new(study, StudyTexts.Read(study, StudyFile.MaximumBytes, "study file"), pairs, StudyTexts.Beside(study));
        }

        if (BuiltInStudies.Find(study) is { } builtIn)
        {
            return new(builtIn.FileName, builtIn.Text, pairs, StudyTexts.None);
        }

        throw new UserMistakeException($"study '{study}' is neither a file nor built in{NearestMatch.Hint(study, BuiltInStudies.Names)} (built in), or the path of a YAML file");
    }

    /// <summary>A study as the store keeps it.</summary>
    public static StudySource Of(StoredStudy stored)
    {
        var lines = stored.Text.Split('\n');
        var overrides = Marked(lines, OverrideMark);
        return new($"{stored.Name} (as stored)", stored.Text, overrides, StudyTexts.Stored(Marked(lines[overrides.Length..], FileMark)));
    }

    private static string Mark(string mark, string key, string value) => $"{mark}{JsonSerializer.Serialize((string[])[key, value])}\n";

    private static ImmutableArray<(string Key, string Value)> Marked(IEnumerable<string> lines, string mark) =>
    [
        .. lines.TakeWhile(line => line.StartsWith(mark, StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize<string[]>(line[mark.Length..])!)
            .Select(pair => (pair[0], pair[1])),
    ];

    private static (string Key, string Value) Split(string pair)
    {
        var sign = pair.IndexOf('=', StringComparison.Ordinal);
        return sign > 0
            ? (pair[..sign], pair[(sign + 1)..])
            : throw new UserMistakeException($"--set {pair}: expected KEY=VALUE with a dotted path, for instance --set budget.steps=500");
    }
}
