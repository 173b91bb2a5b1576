using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Methods.Catalogs;

/// <summary>
/// What the benchmark of defaults found of bare names that end worse than plain training: one line a method, <c>factor;kind;finding</c>,
/// written by <c>bench defaults --known FILE</c> and kept beside this file. docs/defaults.md has the whole table.
/// </summary>
internal static class KnownDefaults
{
    private const string Name = "known-defaults.txt";

    private static readonly Lazy<Dictionary<(string Factor, string Kind), string>> Findings = new(Read);

    /// <summary>The entry with what is known of its defaults.</summary>
    public static MethodEntry With(MethodEntry entry) => Findings.Value.TryGetValue((entry.Factor.ToWord(), entry.Kind), out var finding)
        ? entry with { DefaultsCaution = $"with its defaults {finding} (docs/defaults.md)" }
        : entry;

    private static Dictionary<(string, string), string> Read()
    {
        using var stream = typeof(KnownDefaults).Assembly.GetManifestResourceStream(Name)!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(';', 3))
            .ToDictionary(parts => (parts[0], parts[1]), parts => parts[2]);
    }
}
