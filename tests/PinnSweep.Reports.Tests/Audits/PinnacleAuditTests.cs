using PinnSweep.Reports.Audits;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Tests.Audits;

/// <summary>
/// The table that comes with the program, against an independent audit of the same paper (public repository <c>when-the-winner-changes</c>,
/// results/AUDIT_REPORT.md at 4a48a3e7): its counts, and its probabilities from 100,000 draws a case.
/// </summary>
public class PinnacleAuditTests
{
    private static readonly TableAudit Audit = TableAudit.Of(AuditFile.Read(AuditExamples.Find("pinnacle")!, "pinnacle"));

    [Fact]
    public void Counts_are_those_of_the_independent_audit()
    {
        Assert.Equal(22, Audit.Values.Select(value => value.Case).Distinct().Count());
        Assert.Equal(235, Audit.ToldTwice);
        Assert.Equal(["HInv vPINN", "PInv vPINN"], Audit.Contradictions.Select(one => $"{one.Told[0].Case} {one.Told[0].Method}").Order());
        Assert.Equal(12, Audit.Winners.Count(winner => !winner.IsSure));

        // It breaks ties by the order of methods; Heat2d-LT is the one that depends on that.
        Assert.Equal(13, Audit.Dependences.Count(one => one.IsDependent || one.IsTied));
        Assert.Equal("Heat2d-LT", Assert.Single(Audit.Dependences, one => one.IsTied).Case);
    }

    [Fact]
    public void The_contradiction_that_decides_a_case_is_told_with_its_ratio()
    {
        var contradiction = Audit.Contradictions.MaxBy(one => one.Ratio)!;

        Assert.Equal((38.3, true), (Math.Round(contradiction.Ratio, 1), contradiction.ChangesWinner));
        Assert.False(Audit.Contradictions.MinBy(one => one.Ratio)!.ChangesWinner);
    }

    [Theory]
    [InlineData("Heat2d-LT", "LAAF", 0.374)]
    [InlineData("Burgers1d-C", "LAAF", 0.392)]
    [InlineData("Wave2d-CG", "vPINN", 0.436)]
    [InlineData("Poisson2d-MS", "LAAF", 0.496)]
    [InlineData("Heat2d-VC", "LRA", 0.574)]
    [InlineData("NS2d-LT", "gPINN", 0.617)]
    [InlineData("HInv", "LRA", 0.625)]
    [InlineData("NS2d-C", "LAAF", 0.630)]
    public void Likeliest_winners_are_those_of_the_independent_audit(string problem, string method, double probability)
    {
        var winner = Audit.Winners.Single(winner => winner.Case == problem);

        Assert.Equal(method, winner.Method);
        Assert.InRange(winner.Probability, probability - 0.005, probability + 0.005);
    }

    [Fact]
    public void Cells_at_a_trivial_score_or_the_floor_and_void_cases_are_named()
    {
        Assert.Equal(11, Audit.Worthless.Count(value => value.Case == "GS"));
        Assert.Equal(12, Audit.Worthless.Count(value => value.Case == "Heat2d-LT"));
        Assert.DoesNotContain(Audit.Worthless, value => value.Case is "Burgers1d-C" or "HNd");
        Assert.Contains(Audit.Saturated, value => (value.Case, value.Method) == ("Burgers1d-C", "L-BFGS"));
        Assert.DoesNotContain(Audit.Saturated, value => value.Method == "vPINN");
        Assert.Equal(["PInv", "Wave2d-MS"], Audit.Voids.Select(one => one.Case).Order());
    }
}
