using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Architecture.Tests;

/// <summary>The works of papers that <c>report --paper</c> writes: every entry of the catalog leads to its own, and every record can be cited.</summary>
public class BibliographyTests
{
    // A file of the user's, and a case that stands in a repository without a paper.
    private static readonly string[] WithoutWork = ["file", "poisson-2d-multiscale"];

    // Its abstract alone was at hand.
    private static readonly string[] WithoutAuthor = ["powerbased2024"];

    // What the texts of a report cite beside the catalog.
    private static readonly string[] OfStatistics = ["benavoli2017", "holm1979", "schuirmann1987", "vargha2000", "wilcoxon1945", "wilson1927"];

    [Fact]
    public void Every_entry_of_the_catalog_names_a_work_or_is_known_to_have_none() => Assert.Equal(
        WithoutWork.Order(StringComparer.Ordinal),
        PinnCatalog.Instance.Entries.Where(entry => !PinnBibliography.Instance.NamedIn(entry.Source).Any()).Select(entry => entry.Kind).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_identifier_in_a_source_is_that_of_a_work() => Assert.All(PinnCatalog.Instance.Entries, entry =>
        Assert.All(
            System.Text.RegularExpressions.Regex.Matches(entry.Source, @"(?<=arXiv[: ])\d{4}\.\d{5}|10\.\d{4,5}/[^\s,;]+[^\s,;.()]").Select(match => match.Value),
            identifier => Assert.True(PinnBibliography.Instance.Works.Any(work => work.IsNamedIn($" {identifier} ")), $"{entry.Kind}: {identifier} has no record in bibliography.bib")));

    [Fact]
    public void Every_work_is_of_an_entry_or_of_the_statistics() => Assert.Equal(
        OfStatistics,
        PinnBibliography.Instance.Works.Where(work => !PinnCatalog.Instance.Entries.Any(entry => work.IsNamedIn(entry.Source))).Select(work => work.Key));

    [Fact]
    public void Keys_are_unique_and_in_order()
    {
        var keys = PinnBibliography.Instance.Works.Select(work => work.Key).ToArray();

        Assert.Equal(keys.Distinct().Order(StringComparer.Ordinal), keys);
        Assert.True(keys.Length > 70);
    }

    [Fact]
    public void Every_record_says_who_wrote_what_when_and_where()
    {
        Assert.All(PinnBibliography.Instance.Works, work =>
        {
            Assert.True((work["author"] is null) == WithoutAuthor.Contains(work.Key), work.Key);
            Assert.True(work["title"] is { Length: > 10 } or "Numerical Optimization", work.Key);
            Assert.Matches("^(19|20)[0-9]{2}$", work["year"]);
            Assert.True((work["doi"] ?? work["eprint"] ?? work["url"]) is not null, work.Key);
            Assert.True(work[work.Kind switch { "article" => "journal", "inproceedings" => "booktitle", "book" => "publisher", _ => "title" }] is not null, work.Key);
            Assert.EndsWith(work["year"]!, work.Key.TrimEnd('a', 'b', 'c'), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_record_is_read_by_any_bibtex() => Assert.All(PinnBibliography.Instance.Works, work =>
    {
        Assert.All(work.BibTeX, sign => Assert.InRange(sign, '\n', '~'));
        Assert.Equal(work.BibTeX.Count(sign => sign == '{'), work.BibTeX.Count(sign => sign == '}'));
        Assert.DoesNotContain("named =", work.BibTeX, StringComparison.Ordinal);
    });

    [Fact]
    public void An_identifier_is_not_found_within_another()
    {
        var work = Bibliography.Parse("@misc{a2021,\n  title = {A},\n  eprint = {2109.0105}\n}\n").Works.Single();

        Assert.False(work.IsNamedIn("arXiv:2109.01050"));
        Assert.True(work.IsNamedIn("arXiv:2109.0105."));
    }
}
