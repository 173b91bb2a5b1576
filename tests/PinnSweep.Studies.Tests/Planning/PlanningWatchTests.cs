using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning;

/// <summary>Planning asks in every loop whether to go on, and tells what it is at.</summary>
public sealed class PlanningWatchTests
{
    private const string Study = """
        study: s
        seeds: 2
        factors:
          problem: [plate, helmholtz]
          balancer: [static, relobralo]
        exclude: {balancer: relobralo, problem: plate}
        budget: {steps: 100}
        control: static
        """;

    [Fact]
    public void Everything_that_loops_asks_and_can_be_ended()
    {
        var counting = new Counting(int.MaxValue);
        var whole = Plan(counting);
        var seen = new HashSet<string>();
        for (var most = 1; most < counting.Asked; most++)
        {
            var ending = new Counting(most);

            Assert.Throws<OperationCanceledException>(() => Plan(ending));
            Assert.Equal(most, ending.Asked);
            seen.Add(ending.Doing);
        }

        Assert.Equal(6, whole.Trials.Length);
        Assert.Superset(
            new HashSet<string> { "reading factors.balancer", "reading exclude", "checking cell 3 of 4", "finding labels for levels", "planning cell 4", "comparing trials" },
            seen);
    }

    [Fact]
    public void A_token_ends_it()
    {
        using var end = new CancellationTokenSource();
        end.Cancel();

        Assert.Throws<OperationCanceledException>(() => Plan(new(end.Token)));
    }

    [Fact]
    public void Published_numbers_for_more_cells_than_can_be_compared_are_refused()
    {
        var levels = string.Join(',', Enumerable.Range(1, 500).Select(i => $"{{kind: relobralo, temperature: {i}}}"));
        var rates = string.Join(',', Enumerable.Range(1, 500).Select(i => $"{{kind: adam, lr: {i}}}"));
        var rows = string.Join(',', Enumerable.Range(1, 201).Select(i => $"{{balancer: {{temperature: {i}}}, optimizer: {{lr: 1}}, value: 1}}"));
        var text = $"study: s\nseeds: 1\nbudget: {{steps: 1}}\nfactors: {{problem: [helmholtz], balancer: [{levels}], optimizer: [{rates}]}}\npublished: {{source: a paper, rows: [{rows}]}}\n";

        var mistake = Assert.Throws<UserMistakeException>(() => StudyFile.Parse(text, "study.yaml", SmallCatalog.Instance));

        Assert.Equal("study.yaml:5: published: 201 numbers for 250,000 cells are more than can be compared", mistake.Message);
    }

    [Fact]
    public void Levels_are_told_apart_at_once_however_many_numbers_they_hold()
    {
        // A thousand lists of a thousand numbers that differ in the last: compared pair by pair, and looked up for every cell.
        var levels = Enumerable.Range(1, 1000).Select(i => new SpecValue.List([.. Enumerable.Range(0, 1000).Select(n => new SpecValue.Number(n < 999 ? n : i))])).ToList();

        Assert.Equal(1000, levels.Distinct().Count());
        Assert.True(levels.Select(level => level.GetHashCode()).Distinct().Count() > 990, "values that differ share their hash");
        Assert.Equal(new SpecValue.Map(SpecValue.Map.Empty.Entries.Add("a", levels[3])), new SpecValue.Map(SpecValue.Map.Empty.Entries.Add("a", new SpecValue.List([.. levels[3].Items]))));
    }

    private static StudyPlan Plan(PlanningWatch watch) =>
        Planner.Plan(StudyFile.Parse(Study, "study.yaml", SmallCatalog.Instance, watch: watch), SmallCatalog.Instance, watch);

    private sealed class Counting(int most) : PlanningWatch
    {
        public int Asked { get; private set; }

        public override void Check()
        {
            if (++Asked >= most)
            {
                throw new OperationCanceledException();
            }
        }
    }
}
