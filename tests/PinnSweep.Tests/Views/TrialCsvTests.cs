using System.Globalization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Studies;
using PinnSweep.Views;

namespace PinnSweep.Tests.Views;

public sealed class TrialCsvTests
{
    [Fact]
    public void A_line_a_trial_with_every_factor_and_numbers_that_read_back_to_the_same_bits()
    {
        var plan = MadeStudy.Plan(MadeStudy.Grid);
        var rows = MadeStudy.Rows(plan, trial => 0.1 + (0.2 * trial.Seed), trial => trial.Description.Seed != 2);

        var lines = Written(MadeStudy.View(plan, rows));

        Assert.Equal(plan.Trials.Length + 1, lines.Length);
        Assert.Equal("position,key,state,attempt,worker,problem,network,balancer,sampler,optimizer,time,precision,seed,steps,relative_l2,seconds,faults,accepted_at", lines[0]);
        var first = lines[1].Split(',');
        Assert.Equal(["0", plan.Trials[0].Key.Hex, "stalled", "1", "worker-0"], first[..5]);
        Assert.Equal(0.1 + (0.2 * 1), double.Parse(first[14], CultureInfo.InvariantCulture));
        Assert.Equal("2026-03-01T12:00:00Z", first[17]);
        var waiting = lines[2].Split(',');
        Assert.Equal(["waiting", "", ""], waiting[2..5]);
        Assert.Equal(["2", "", "", "", "0", ""], waiting[12..]);
    }

    [Fact]
    public void Labels_with_commas_quotes_and_line_ends_are_quoted()
    {
        var plan = new StudyResultsBuilder().With(Factor.Balancer, ("a, \"b\"", Level.Of("static"), []), ("two\nlines", Level.Of("gradnorm"), [])).Seeds(1).Build().Plan;

        using var writer = new StringWriter();
        TrialCsv.Write(plan, MadeStudy.View(plan).Trials, writer);

        Assert.Contains(",\"a, \"\"b\"\"\",", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains(",\"two\nlines\",", writer.ToString(), StringComparison.Ordinal);
    }

    private static string[] Written(StudyView study)
    {
        using var writer = new StringWriter();
        TrialCsv.Write(study.Plan, study.Trials, writer);
        var text = writer.ToString();
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text[..^2].Split("\r\n");
    }
}
