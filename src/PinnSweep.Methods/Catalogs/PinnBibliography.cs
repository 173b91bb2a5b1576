using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Catalogs;

/// <summary>The works that sources of the catalog name (<c>bibliography.bib</c>), and those of the statistics in reports.</summary>
public static class PinnBibliography
{
    private const string Name = "bibliography.bib";

    private static readonly Lazy<Bibliography> Read = new(() =>
    {
        using var reader = new StreamReader(typeof(PinnBibliography).Assembly.GetManifestResourceStream(Name)!);
        return Bibliography.Parse(reader.ReadToEnd());
    });

    /// <summary>All of them.</summary>
    public static Bibliography Instance => Read.Value;
}
