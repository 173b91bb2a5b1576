using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Papers;

/// <summary>What the text of a paper cites: every work that it names stands in its bibliography, and no other.</summary>
internal sealed class Citations(PaperSources sources)
{
    private readonly SortedDictionary<string, Work> _cited = new(StringComparer.Ordinal);

    /// <summary>The works cited so far, by key.</summary>
    public IEnumerable<Work> Cited => _cited.Values;

    /// <summary>The command that cites works of the bibliography, with the space before it; nothing where it has none of them.</summary>
    public string Of(params IEnumerable<string> keys) => Cite(keys.SelectMany(key => sources.Works.Works.Where(work => work.Key == key)));

    /// <summary>The same of what a level of the study follows; nothing where the catalog names no work.</summary>
    public string Of(ReportLevel level) => Entry(level) is { } entry ? Cite(sources.Works.NamedIn(entry.Source)) : "";

    /// <summary>The catalog's entry of a level; null of what a file of the user's defines.</summary>
    public MethodEntry? Entry(ReportLevel level) => sources.Catalog.Entries.FirstOrDefault(entry => entry.Factor == level.Factor && entry.Kind == level.Kind && entry.FromFile is null);

    /// <summary>Whether the catalog names a work for what a level is.</summary>
    public bool HasSource(ReportLevel level) => Entry(level) is { } entry && sources.Works.NamedIn(entry.Source).Any();

    private string Cite(IEnumerable<Work> works)
    {
        var cited = works.ToImmutableArray();
        foreach (var work in cited)
        {
            _cited[work.Key] = work;
        }

        return cited.IsEmpty ? "" : $"~\\cite{{{string.Join(',', cited.Select(work => work.Key))}}}";
    }
}
