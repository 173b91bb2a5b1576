namespace PinnSweep.Studies.BuiltInStudies;

/// <summary>A study that comes with the program.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="FileName">What messages about its text call it.</param>
/// <param name="Text">The study file.</param>
public sealed record BuiltInStudy(string Name, string FileName, string Text);

/// <summary>The studies that come with the program: the YAML files beside this one.</summary>
public static class BuiltInStudies
{
    private const string Prefix = "study/";

    /// <summary>Their names in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(BuiltInStudies).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The study of that name, or null.</summary>
    public static BuiltInStudy? Find(string name)
    {
        if (!Names.Contains(name))
        {
            return null;
        }

        using var stream = typeof(BuiltInStudies).Assembly.GetManifestResourceStream($"{Prefix}{name}.yaml")!;
        using var reader = new StreamReader(stream);
        return new(name, $"{name}.yaml", reader.ReadToEnd());
    }
}
