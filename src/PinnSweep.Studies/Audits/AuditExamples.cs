namespace PinnSweep.Studies.Audits;

/// <summary>
/// Published tables that come with the program to be audited. <c>pinnacle</c>: all errors of arXiv 2306.08827v2 (main table and appendix: L2RE,
/// L1RE, largest error; mean and standard deviation of 3 runs), with our own floors of its reference files and our own trivial scores:
/// <c>u = 0</c> has a relative error of 1 by definition; <c>u = 1, v = 0</c> of Gray–Scott scores 0.0931 to 0.0963 by the resolution of the
/// simulation.
/// </summary>
public static class AuditExamples
{
    private const string Prefix = "audit/";

    /// <summary>Their names in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(AuditExamples).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The table of that name, or null.</summary>
    /// <param name="name">What the command line calls it.</param>
    public static string? Find(string name)
    {
        if (!Names.Contains(name))
        {
            return null;
        }

        using var stream = typeof(AuditExamples).Assembly.GetManifestResourceStream($"{Prefix}{name}.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
