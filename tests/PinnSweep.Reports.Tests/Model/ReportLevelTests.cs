using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>A method is only called by what it is: every label is told in full, whatever table it stands in.</summary>
public sealed class ReportLevelTests
{
    private static readonly Level Big = Level.Of("mlp")
        .With("hidden", Numbers(100, 100)).With("span", new SpecValue.Number(1.7320508)).With("activation", new SpecValue.Text("tanh"));

    private static readonly Level Annealed = Level.Of("annealing")
        .With("values", Numbers([.. Enumerable.Range(1, 50).Select(i => i / 10.0)])).With("decay", new SpecValue.Map(SpecValue.Map.Empty.Entries.Add("rate", new SpecValue.Number(0.9)).Add("every", new SpecValue.Number(1000))))
        .With("none", SpecValue.None.Value).With("inner", new SpecValue.Map(SpecValue.Map.Empty.Entries.Add("kind", new SpecValue.Text("adam")).Add("lr", new SpecValue.Number(1e-3))));

    private static readonly Level File = Level.Of("rod").With("nu", new SpecValue.Number(0.02)).With("definition", new SpecValue.Map(SpecValue.Map.Empty.Entries
        .Add("equations", Terms(("residual", "u_t - nu*u_xx"))).Add("conditions", Terms(("ends", "u"), ("start", "u - sin(pi*x)")))));

    private static readonly StudyReport Report = StudyReport.Build(Made.FourMethods()
        .With(Factor.Problem, ("rod", File, ["nu"]))
        .With(Factor.Network, ("big", Big, ["hidden", "span"]))
        .With(Factor.Balancer, ("static", Level.Of("static"), []), ("annealing", Annealed, ["decay"])).Build());

    [Fact]
    public void Every_level_stands_in_the_table_with_all_that_it_is()
    {
        var markdown = MarkdownFormat.Render(LevelsTable.Of(Report));

        Assert.Contains("| network   | big       | mlp       | activation: tanh, **hidden: [100, 100]**, **span: 1.732** ", markdown, StringComparison.Ordinal);
        Assert.Contains("| **decay: {every: 1000, rate: 0.9}**, inner: adam {lr: 0.001}, none: none, values: [0.1, 0.2, 0.3, …, 5] (50 values) ", markdown, StringComparison.Ordinal);
        Assert.Contains("| rod       | rod       | definition: residual: u_t - nu\\*u_xx; ends: u; start: u - sin(pi\\*x), **nu: 0.02** ", markdown, StringComparison.Ordinal);
        Assert.Contains("| balancer  | static    | static    | – ", markdown, StringComparison.Ordinal);
        Assert.Contains("**Bold**: not the default that the catalog had when the study was planned", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_and_latex_mark_what_is_not_default()
    {
        var document = DocumentComposer.Compose(Report);

        Assert.Contains("activation: tanh, <b>hidden: [100, 100]</b>, <b>span: 1.732</b>", HtmlFormat.Render(document), StringComparison.Ordinal);
        Assert.Contains(@"activation: tanh, \textbf{hidden: {[}100, 100{]}}, \textbf{span: 1.732}", LatexFormat.Render(document), StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_that_are_the_same_in_every_cell_are_told_with_the_numbers_and_in_full_of_the_study()
    {
        const string note = "In every cell: problem rod (nu: 0.02); network big: mlp (hidden: [100, 100], span: 1.732); sampler uniform;";
        var facts = DocumentComposer.Facts(Report).ToLookup(fact => fact.Name, fact => fact.Value);

        Assert.Contains(note, TextFormat.Accuracy(Report), StringComparison.Ordinal);
        Assert.Equal("big: mlp (activation: tanh, hidden: [100, 100]*, span: 1.732*)", Assert.Single(facts["network"]));
        Assert.Equal("static; annealing", Assert.Single(facts["balancer"]));
    }

    [Fact]
    public void Files_for_programs_have_every_value_in_full()
    {
        using var csv = new StringWriter();
        CsvFormat.Levels(Report, csv);
        var json = JsonDocument.Parse(Written.Json(Report)).RootElement.GetProperty("levels").EnumerateArray().Single(level => level.GetProperty("label").GetString() == "big");

        Assert.Contains("network,big,mlp,span,yes,1.7320508\n", csv.ToString(), StringComparison.Ordinal);
        Assert.Contains("network,big,mlp,activation,no,tanh\n", csv.ToString(), StringComparison.Ordinal);
        Assert.Equal(1.7320508, json.GetProperty("parameters").GetProperty("span").GetDouble());
        Assert.Equal(["hidden", "span"], json.GetProperty("notDefault").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void A_plan_of_an_earlier_version_marks_nothing_and_says_so()
    {
        var results = Made.FourMethods().Build();
        var plan = results.Plan with { Spec = results.Plan.Spec with { Factors = results.Plan.Spec.Factors.SetItem(Factor.Network, [Big]) }, Cells = [.. results.Plan.Cells.Select(cell => cell with { Levels = cell.Levels with { Network = Big } })] };
        var report = StudyReport.Build(results with { Plan = plan });

        Assert.Contains("activation: tanh, hidden: [100, 100], span: 1.732", MarkdownFormat.Render(LevelsTable.Of(report)), StringComparison.Ordinal);
        Assert.Contains("is not known, because the study was stored by an earlier version", MarkdownFormat.Render(LevelsTable.Of(report)), StringComparison.Ordinal);
        Assert.Contains("network mlp (activation: tanh, hidden: [100, 100], span: 1.732);", TextFormat.Accuracy(report), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_level_leaves_out_of_its_key_is_told_too()
    {
        var results = Made.FourMethods().Build();
        var note = new LevelNote(null, ["rule"], new(SpecValue.Map.Empty.Entries.Add("rule", new SpecValue.Text("paper"))));
        var spec = results.Plan.Spec with { Notes = results.Plan.Spec.Factors.ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Value.Select(_ => note).ToImmutableArray()) };

        Assert.Contains("**rule: paper**", MarkdownFormat.Render(LevelsTable.Of(StudyReport.Build(results with { Plan = results.Plan with { Spec = spec } }))), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_whose_labels_have_no_letters_in_common_with_files_still_have_tables_of_their_own()
    {
        var report = StudyReport.Build(Made.FourMethods()
            .With(Factor.Problem, ("大", Level.Of("p1"), []), ("小", Level.Of("p2"), []), ("a (b)", Level.Of("p3"), []), ("a [b]", Level.Of("p4"), [])).Build());
        var document = DocumentComposer.Compose(report);

        Assert.Equal(document.Tables.Count(), document.Tables.Select(table => table.Name).Distinct().Count());
        Assert.Equal(document.Figures.Count(), document.Figures.Select(figure => figure.Name).Distinct().Count());
        Assert.All(document.Tables, table => Assert.DoesNotMatch("[^a-z0-9-]|-$", table.Name));
    }

    private static SpecValue.List Numbers(params double[] values) => new([.. values.Select(value => new SpecValue.Number(value))]);

    private static SpecValue.List Terms(params (string Name, string Expression)[] terms) => new([.. terms.Select(term =>
        (SpecValue)new SpecValue.Map(SpecValue.Map.Empty.Entries.Add("name", new SpecValue.Text(term.Name)).Add("expression", new SpecValue.Text(term.Expression))))]);
}
