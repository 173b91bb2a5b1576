using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>The problem files that come with the program, to start from: the YAML files in the folder <c>Examples</c>.</summary>
public static class ProblemFileExamples
{
    private const string Prefix = "problem-file/";

    /// <summary>Their names in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ProblemFileExamples).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of one.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static string Text(string name)
    {
        using var stream = typeof(ProblemFileExamples).Assembly.GetManifestResourceStream($"{Prefix}{name}.yaml")
            ?? throw new UserMistakeException($"no example of a problem file is called {NearestMatch.Quote(name)}{NearestMatch.Hint(name, Names)}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
