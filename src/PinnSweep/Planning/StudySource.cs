using System.Collections.Immutable;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.BuiltInStudies;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Planning;

/// <summary>
/// A study as the command line names it: a text, what messages call it, the values set over it, and the files that it may name.
/// </summary>
internal sealed record StudySource(string FileName, string Text, ImmutableArray<(string Key, string Value)> Overrides, StudyTexts Texts)
{
    private const int MaximumMarks = 100;

    /// <summary>What the store keeps beside the plan. Files are known once the study is planned.</summary>
    public StudyOrigin Origin => new(FileName, Text, Overrides, [.. Texts.Known.Select(file => (file.Key, file.Value))]);

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
        Planner.Plan(StudyFile.Parse(Text, FileName, PinnCatalog.Instance, Overrides, Texts.Of, maximumTrials, watch), PinnCatalog.Instance, watch);

    /// <summary>A file, or a study that comes with the program.</summary>
    /// <param name="study">Its path or name.</param>
    /// <param name="overrides">Values set over it, as <c>KEY=VALUE</c>.</param>
    /// <param name="allowed">Folders beside its own whose files it may name.</param>
    /// <exception cref="UserMistakeException">It is neither.</exception>
    public static StudySource Load(string study, IEnumerable<string> overrides, params IEnumerable<string> allowed)
    {
        var pairs = overrides.Select(Split).ToImmutableArray();
        if (File.Exists(study))
        {
            return new(study, StudyTexts.Read(study, StudyFile.MaximumBytes, "study file"), pairs, StudyTexts.Beside(study, allowed));
        }

        // A folder of that name is most likely the report of an earlier run.
        if (BuiltInStudies.Find(study) is { } builtIn)
        {
            return new(builtIn.FileName, builtIn.Text, pairs, StudyTexts.None);
        }

        if (Directory.Exists(study))
        {
            throw new UserMistakeException($"{study}: is a folder; name a study file in it");
        }

        throw new UserMistakeException($"study '{study}' is neither a file nor built in{NearestMatch.Hint(study, BuiltInStudies.Names)} (built in), or the path of a YAML file");
    }

    /// <summary>
    /// A study that carries its overrides and files with it (<see cref="StudyOrigin.Packed"/>): no file of this machine is read for it.
    /// </summary>
    /// <exception cref="UserMistakeException">What it carries cannot be read.</exception>
    public static StudySource Packed(string text, string fileName, IEnumerable<string> overrides)
    {
        var origin = StudyOrigin.Unpack(text, fileName);
        var all = origin.Overrides.AddRange(overrides.Select(Split));
        return all.Length > MaximumMarks || origin.Files.Length > MaximumMarks
            ? throw new UserMistakeException($"{fileName}: more than {MaximumMarks} values set over it, or files with it")
            : new(fileName, origin.Text, all, StudyTexts.Stored(origin.Files));
    }

    private static (string Key, string Value) Split(string pair)
    {
        var sign = pair.IndexOf('=', StringComparison.Ordinal);
        return sign > 0
            ? (pair[..sign], pair[(sign + 1)..])
            : throw new UserMistakeException($"--set {pair}: expected KEY=VALUE with a dotted path, for instance --set budget.steps=500");
    }
}
