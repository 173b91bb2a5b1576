using PinnSweep.Reports.Audits;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Tests.Audits;

/// <summary>Rows of PINNacle's table (arXiv 2306.08827v2) in which it is known what is wrong.</summary>
public class TableAuditTests
{
    private const string Text = """
        case,method,mean,sd,metric,source,floor,trivial
        HInv,PINN,1.57,,L2RE,main,,
        HInv,LRA,.0509,,L2RE,main,,
        HInv,vPINN,.0119,,L2RE,main,,
        HInv,vPINN,.456,,L2RE,appendix,,
        GS,PINN,.319,.318,L2RE,main,,.096
        GS,LRA,.0937,4e-5,L2RE,main,,.0931
        GS,FBPINN,.0799,.017,L2RE,main,,.0931
        GS,vPINN,1.16,.05,L2RE,main,,.0931
        Burgers,PINN,.0145,.00159,L2RE,main,.0142,
        Burgers,LAAF,.0143,.00144,L2RE,main,.0142,
        Burgers,FBPINN,.232,.0001,L2RE,main,.0142,
        Burgers,L-BFGS,.0133,,L2RE,main,.0142,
        Burgers,PINN,.01,,L1RE,main,,
        Burgers,LAAF,.02,,L1RE,main,,
        """;

    private static readonly TableAudit Audit = TableAudit.Of(AuditFile.Read(Text, "pinnacle.csv"));

    [Fact]
    public void A_quantity_told_twice_is_found_with_what_it_decides()
    {
        var contradiction = Assert.Single(Audit.Contradictions);

        Assert.Equal(("HInv", "vPINN", true), (contradiction.Told[0].Case, contradiction.Told[0].Method, contradiction.ChangesWinner));
        Assert.Equal(38.3, contradiction.Ratio, 1);
    }

    [Fact]
    public void A_winner_within_the_spread_of_others_is_not_sure()
    {
        var burgers = Audit.Winners.Single(winner => winner.Case == "Burgers");

        Assert.False(burgers.IsSure);
        Assert.InRange(burgers.Probability, 0.5, 0.6);
        Assert.Equal(["LAAF", "PINN"], [burgers.Method, burgers.Rivals.Single().Method]);
        Assert.Equal("L-BFGS", Assert.Single(burgers.WithoutSpread));
        Assert.Equal("L-BFGS", Assert.Single(burgers.Printed));
        Assert.DoesNotContain(Audit.Winners, winner => winner.Case == "HInv");
    }

    [Fact]
    public void A_winner_that_depends_on_the_metric_is_found() =>
        Assert.Equal(["L2RE: LAAF", "L1RE: PINN"], Audit.Dependences.Single(one => one.IsDependent).Winners.Select(winner => $"{winner.Metric}: {Assert.Single(winner.Methods)}"));

    [Fact]
    public void Cells_at_a_trivial_score_or_at_the_floor_are_found()
    {
        Assert.Equal(["PINN", "LRA", "FBPINN", "vPINN"], Audit.Worthless.Select(value => value.Method));
        Assert.Equal(["PINN", "LAAF", "L-BFGS"], Audit.Saturated.Select(value => value.Method));
    }

    [Fact]
    public void Sentences_count_what_the_tables_show()
    {
        var sentences = AuditTables.Sentences(Audit);
        var tables = AuditTables.Of(Audit);

        Assert.Contains("1 quantity is told twice, 1 with different numbers; 1 of them decides who wins.", sentences);
        Assert.Contains("4 numbers are no better than a field that solves nothing.", sentences);
        Assert.Equal(["contradictions", "fresh-winners", "metric-dependence", "trivial-cells", "floor-cells"], tables.Select(table => table.Name));
        Assert.All(tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Length, row.Length)));
    }

    [Fact]
    public void Methods_that_tie_by_one_metric_are_all_its_winners()
    {
        var audit = TableAudit.Of(AuditFile.Read("case,method,mean,metric\nHeat,PINN,.999,L2RE\nHeat,GAAF,.999,L2RE\nHeat,PINN,2.18,max\nHeat,GAAF,1.81,max\n", "t.csv"));

        Assert.Equal((false, true), (audit.Dependences.Single().IsDependent, audit.Dependences.Single().IsTied));
        Assert.Contains("In 0 of 1 cases no method is first by every metric; in 1 more one is only because it ties with others.", AuditTables.Sentences(audit));
    }

    [Fact]
    public void A_table_of_means_alone_is_told_what_it_lacks() => Assert.Equal(
        [
            "2 numbers on 1 case and 2 methods.",
            "Nothing is told twice.",
            "No case has two methods with a standard deviation: nobody can say who would be first in a fresh run.",
            "No case is told in two metrics: whether its winner depends on the metric is open.",
            "Without trivial scores and floors no number is held against a field that solves nothing, or against the error of the reference.",
        ],
        AuditTables.Sentences(TableAudit.Of(AuditFile.Read("case,method,mean\nHeat,PINN,.1\nHeat,GAAF,.2\n", "t.csv"))));
}
