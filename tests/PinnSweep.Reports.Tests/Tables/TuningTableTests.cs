using System.Collections.Immutable;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Tests.Figures;

namespace PinnSweep.Reports.Tests.Tables;

public sealed class TuningTableTests
{
    private static readonly ImmutableArray<SearchView> Searches =
        [MadeViews.Of(1, "relobralo", "helmholtz", 3, 20), MadeViews.Of(2, "gradnorm", "helmholtz", 2, 120)];

    [Fact]
    public void A_space_is_told_in_words()
    {
        var words = Searches[0].Dimensions.Select(dimension => dimension.Words);

        Assert.Contains("optimizer.lr 1e-5 … 0.1 (log)", words);
        Assert.Contains("network.activation one of tanh, sin, softplus", words);
    }

    [Fact]
    public void Importances_have_ped_anova_from_a_hundred_proposals_on()
    {
        var both = ImportanceTable.Of(SearchImportance.AllOf(Searches))!;
        var few = ImportanceTable.Of(SearchImportance.AllOf([Searches[0]]))!;

        Assert.Equal((6, 5), (both.Columns.Length, few.Columns.Length));
        Assert.All(both.Rows, row => Assert.Equal(6, row.Length));
        Assert.Equal(5, both.Rows.Length);
    }
}
