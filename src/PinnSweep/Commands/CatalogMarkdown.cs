using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Commands;

/// <summary>
/// The catalog as a page of Markdown, <c>docs/methods.md</c>: a list of each factor's kinds, then a section a kind with its source, what
/// has to be known beforehand, and a table of its parameters; the built-in studies last.
/// </summary>
internal static class CatalogMarkdown
{
    private const string StudiesHeading = "studies";

    private const string Preface = """
        # What a study may name

        This page is what `./pinnsweep catalog --format md` prints; a test holds the two together. `./pinnsweep catalog` prints the same for a terminal.

        A kind's name alone takes its defaults; a parameter whose default is *required* has none. `decay.rate` is the key `rate` of the map `decay`, and
        `phases[].steps` the key `steps` of each element of the list `phases`. What the defaults give beside plain training, measured for every kind,
        stands in [defaults.md](defaults.md).

        """;

    /// <summary>The page.</summary>
    /// <param name="catalog">All methods.</param>
    /// <param name="factors">Whose methods are told.</param>
    /// <param name="studies">Plans of the studies that are told; empty leaves their section out.</param>
    public static string Write(Catalog catalog, IReadOnlyList<Factor> factors, IReadOnlyList<StudyPlan> studies)
    {
        var headings = factors.Select(FactorWords.ToPlural).Concat(studies.Count > 0 ? [StudiesHeading] : []);
        var lines = new List<string> { Preface, string.Join(" · ", headings.Select(heading => $"[{heading}](#{heading})")) };
        foreach (var factor in factors)
        {
            var entries = catalog.Of(factor).ToList();
            lines.AddRange(["", $"## {Capital(factor.ToPlural())}", "", "| kind | what it is |", "|---|---|"]);
            lines.AddRange(entries.Select(entry => $"| [`{entry.Kind}`](#{factor.ToWord()}-{entry.Kind}) | {MarkdownText.Escape(entry.Summary)} |"));
            lines.AddRange(entries.SelectMany(Section));
        }

        lines.AddRange(studies.Count > 0 ? Studies(studies) : []);
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Section(MethodEntry entry)
    {
        IEnumerable<string> lines =
        [
            "",
            $"### {Capital(entry.Factor.ToWord())} `{entry.Kind}`",
            "",
            $"{MarkdownText.EscapeLine(entry.Summary)}.",
            "",
            $"Source: {MarkdownText.Escape(entry.Source)}.",
            .. Facts(entry),
            .. entry.Notice is { } notice ? ["", $"**Notice:** {MarkdownText.Escape(notice)}"] : Array.Empty<string>(),
            .. entry.DefaultsCaution is { } caution ? ["", $"**Caution:** {MarkdownText.Escape(caution)}"] : Array.Empty<string>(),
        ];
        return entry.Parameters.IsEmpty
            ? lines
            : [.. lines, "", "| parameter | type | default | what it is |", "|---|---|---|---|", .. entry.Parameters.SelectMany(parameter => Rows(parameter, ""))];
    }

    /// <summary>Of a problem, without what was measured on one machine.</summary>
    private static IEnumerable<string> Facts(MethodEntry entry) =>
        (entry.Factor == Factor.Problem ? ProblemFacts.Of(entry.Kind, isMeasured: false)?.Lines() ?? [] : []).SelectMany(line => new[] { "", $"{MarkdownText.EscapeLine(line)}." });

    private static IEnumerable<string> Rows(Parameter parameter, string within)
    {
        var name = within + parameter.Name;
        var standard = parameter.Default is { } value ? MarkdownText.Code(value.Canonical()) : "*required*";
        var row = $"| {MarkdownText.Code(name)} | {MarkdownText.Escape(TypeWords.Of(parameter.Type))} | {standard} | {MarkdownText.Escape(parameter.Summary)} |";
        var (path, members) = Members(parameter.Type);
        return members.SelectMany(member => Rows(member, $"{name}{path}.")).Prepend(row);
    }

    /// <summary>The keys within a value of the type, and what stands between its name and theirs.</summary>
    private static (string Path, ImmutableArray<Parameter> Keys) Members(ParameterType type) => type switch
    {
        ParameterType.Group group => ("", group.Members),
        ParameterType.MethodOf method => ("", method.Beside),
        ParameterType.Optional optional => Members(optional.Type),
        ParameterType.ListOf list when Members(list.Item) is var inner => ($"[]{inner.Path}", inner.Keys),
        ParameterType.MapOf map when Members(map.Item) is var inner => ($".NAME{inner.Path}", inner.Keys),
        _ => ("", []),
    };

    private static IEnumerable<string> Studies(IReadOnlyList<StudyPlan> plans) =>
    [
        "",
        $"## {Capital(StudiesHeading)}",
        "",
        "Each runs by its name, `./pinnsweep run quickstart`, and is printed by `./pinnsweep plan quickstart --yaml`.",
        "",
        "| study | what it compares | trials | published table |",
        "|---|---|---|---|",
        .. from plan in plans
           let spec = plan.Spec
           let size = string.Create(CultureInfo.InvariantCulture, $"{plan.Cells.Length} × {spec.Seeds.Length} seeds, {spec.Budget}")
           let about = MarkdownText.Escape(spec.Description?.ReplaceLineEndings(" ").Trim() ?? "")
           let published = string.Join("; ", spec.Published.Select(table => MarkdownText.Escape(table.Source)))
           select $"| `{spec.Name}` | {about} | {size} | {published} |",
    ];

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
