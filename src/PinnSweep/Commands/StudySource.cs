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
    private const int MaximumMarks = 100;

    /// <summary>
    /// What the store keeps, so that a report plans the very same trials: the file, with the overrides and the files that it names as comments in
    /// front. Files are known once the study is planned.
    /// </summary>
    public string StoredText =>
        string.Concat(Overrides.Select(pair => Mark(OverrideMark, pair.Key, pair.Value))) + string.Concat(Texts.Known.Select(file => Mark(FileMark, file.Key, file.Value))) + Text;

    /// <summary>The trials.</summary>
    /// <exception cref="UserMistakeException">The study has mistakes.</exception>
    public StudyPlan Plan() => Plan(CancellationToken.None);

    /// <summary>The trials; nothing but the token ends the planning, as a person may who waits for it.</summary>
    /// <exception cref="UserMistakeException">The study has mistakes.</exception>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public StudyPlan Plan(CancellationToken cancel) => Plan(StudyFile.MaximumTrials, new(cancel));

    /// <summary>The trials, if there are not too many.</summary>
    /// <exception cref="UserMistakeException">The study has mistakes.</exception>
    /// <exception cref="OperationCanceledException">Whoever watches ended it.</exception>
    public StudyPlan Plan(int maximumTrials, PlanningWatch watch) =>
        Planner.Plan(StudyFile.Parse(Text, FileName, PinnCatalogue.Instance, Overrides, Texts.Of, maximumTrials, watch), PinnCatalogue.Instance, watch);

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
    public static StudySource Of(StoredStudy stored) => Packed(stored.Text, $"{stored.Name} (as stored)", []);

    /// <summary>A study that carries its overrides and files with it, as <see cref="StoredText"/> does: no file of this machine is read for it.</summary>
    /// <exception cref="UserMistakeException">What it carries cannot be read.</exception>
    public static StudySource Packed(string text, string fileName, IEnumerable<string> overrides)
    {
        var lines = text.Split('\n');
        var sets = Marked(lines, 0, OverrideMark, fileName);
        var files = Marked(lines, sets.Length, FileMark, fileName);
        var all = sets.AddRange(overrides.Select(Split));
        return all.Length > MaximumMarks || files.Length > MaximumMarks
            ? throw new UserMistakeException($"{fileName}: more than {MaximumMarks} values set over it, or files with it")
            // Lines are counted as its author sees them.
            : new(fileName, string.Join('\n', lines[(sets.Length + files.Length)..]), all, StudyTexts.Stored(files));
    }

    private static string Mark(string mark, string key, string value) => $"{mark}{JsonSerializer.Serialize((string[])[key, value])}\n";

    private static ImmutableArray<(string Key, string Value)> Marked(string[] lines, int from, string mark, string fileName)
    {
        var pairs = ImmutableArray.CreateBuilder<(string Key, string Value)>();
        for (var line = from; line < lines.Length && lines[line].StartsWith(mark, StringComparison.Ordinal); line++)
        {
            pairs.Add(Pair(lines[line][mark.Length..]) ?? throw new UserMistakeException($"{fileName}:{line + 1}: expected {mark}[\"NAME\", \"TEXT\"], two texts in JSON"));
        }

        return pairs.ToImmutable();
    }

    private static (string Key, string Value)? Pair(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(json) is [{ } key, { } value] ? (key, value) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string Key, string Value) Split(string pair)
    {
        var sign = pair.IndexOf('=', StringComparison.Ordinal);
        return sign > 0
            ? (pair[..sign], pair[(sign + 1)..])
            : throw new UserMistakeException($"--set {pair}: expected KEY=VALUE with a dotted path, for instance --set budget.steps=500");
    }
}
