using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PinnSweep.Pinns;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies;

namespace PinnSweep.Commands;

/// <summary>A study as the command line names it: a text, what messages call it, and the values set over it.</summary>
internal sealed record StudySource(string FileName, string Text, ImmutableArray<(string Key, string Value)> Overrides)
{
    private const string OverrideMark = "# --set ";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the store keeps, so that a report plans the very same trials: the file, with the overrides as comments in front.</summary>
    public string StoredText =>
        string.Concat(Overrides.Select(pair => $"{OverrideMark}{JsonSerializer.Serialize((string[])[pair.Key, pair.Value])}\n")) + Text;

    /// <summary>The trials.</summary>
    /// <exception cref="UserMistakeException">The study has mistakes.</exception>
    public StudyPlan Plan() => Planner.Plan(StudyFile.Parse(Text, FileName, PinnCatalogue.Instance, Overrides), PinnCatalogue.Instance);

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
            return new(study, Read(study), pairs);
        }

        if (BuiltInStudies.Find(study) is { } builtIn)
        {
            return new(builtIn.FileName, builtIn.Text, pairs);
        }

        throw new UserMistakeException($"study '{study}' is neither a file nor built in{NearestMatch.Hint(study, BuiltInStudies.Names)} (built in), or the path of a YAML file");
    }

    /// <summary>A study as the store keeps it.</summary>
    public static StudySource Of(StoredStudy stored)
    {
        var overrides = stored.Text.Split('\n').TakeWhile(line => line.StartsWith(OverrideMark, StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize<string[]>(line[OverrideMark.Length..])!)
            .Select(pair => (pair[0], pair[1]));
        return new($"{stored.Name} (as stored)", stored.Text, [.. overrides]);
    }

    private static string Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= StudyFile.MaximumBytes
                ? StrictUtf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF')
                : throw new UserMistakeException($"{path}: has {length} bytes; a study file has at most {StudyFile.MaximumBytes}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path}: cannot be read: {failure.Message}", failure);
        }
        catch (DecoderFallbackException failure)
        {
            throw new UserMistakeException($"{path}: is no UTF-8 text", failure);
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
