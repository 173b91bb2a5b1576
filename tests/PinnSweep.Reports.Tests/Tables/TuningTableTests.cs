using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Tests.Figures;

namespace PinnSweep.Reports.Tests.Tables;

public sealed class TuningTableTests
{
    private static readonly ImmutableArray<SearchView> Searches =
        [MadeViews.Of(1, "relobralo", "helmholtz", 3, 20), MadeViews.Of(2, "gradnorm", "helmholtz", 2, 120)];

    private static ImmutableArray<SearchFindings> Findings(params SearchView[] searches) => [.. searches.Select(SearchFindings.Of)];

    [Fact]
    public void Searches_show_purse_dimensions_failures_and_space()
    {
        var table = SearchTable.Of(Findings([.. Searches]))!;

        var text = MarkdownFormat.Render(table);
        Assert.All(table.Rows, row => Assert.Equal(table.Columns.Length, row.Length));
        Assert.Contains("optimizer.lr 1e-5 … 0.1 (log)", text, StringComparison.Ordinal);
        Assert.Contains("network.activation one of tanh, sin, softplus", text, StringComparison.Ordinal);
        Assert.Contains("regret (decades)", text, StringComparison.Ordinal);
        Assert.Null(SearchTable.Of([]));
    }

    [Fact]
    public void The_share_near_the_best_is_of_the_design_without_the_default()
    {
        var search = MadeViews.Of(1, "relobralo", "helmholtz", 3, 20);
        double[] scores = [1, 1.5, 1.9, 3, 1.2];
        search = search with { Proposals = [.. scores.Select((score, i) => search.Proposals[i] with { Score = score, Generation = i == 4 ? 1 : 0 })], Chosen = 0 };

        var near = SearchFindings.Of(search).Near!;

        // Of 1.5, 1.9 and 3 two are within twice the default's 1; the default and the later one do not count.
        Assert.Equal((2, 3), (near.Within, near.Count));
    }

    [Fact]
    public void Without_a_truth_there_is_no_regret()
    {
        var search = Searches[0] with { Proposals = [.. Searches[0].Proposals.Select(proposal => proposal with { Truth = null })] };

        Assert.Null(SearchFindings.Of(search).Regret);
        Assert.DoesNotContain("regret", MarkdownFormat.Render(SearchTable.Of(Findings(search))!), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Chosen_values_stand_beside_the_defaults()
    {
        var table = ChosenTable.Of(Findings([.. Searches]))!;

        Assert.Equal(5, table.Rows.Length);
        var chosen = Searches[1].Proposals[Searches[1].Chosen!.Value].Point.Values[0];
        Assert.Contains($" {DimensionView.Text(chosen)} ", MarkdownFormat.Render(table), StringComparison.Ordinal);
        Assert.Null(ChosenTable.Of(Findings(Searches[0] with { Chosen = null })));
    }

    [Fact]
    public void Importances_have_ped_anova_from_a_hundred_proposals_on()
    {
        var both = ImportanceTable.Of(Searches)!;
        var few = ImportanceTable.Of([Searches[0]])!;

        Assert.Equal((6, 5), (both.Columns.Length, few.Columns.Length));
        Assert.All(both.Rows, row => Assert.Equal(6, row.Length));
        Assert.Equal(5, both.Rows.Length);
    }
}
