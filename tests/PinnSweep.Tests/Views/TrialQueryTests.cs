using PinnSweep.Studies.Mistakes;
using PinnSweep.Views;

namespace PinnSweep.Tests.Views;

public sealed class TrialQueryTests
{
    private static readonly StudyView Study = Make();

    [Theory]
    [InlineData(null, 21)]
    [InlineData("waiting", 3)]
    [InlineData("quarantined", 1)]
    [InlineData("accepted", 17)]
    [InlineData("diverged", 1)]
    [InlineData("waiting, quarantined", 4)]
    [InlineData("accepted,converged", 17)]
    public void State_takes_phases_and_outcomes(string? state, int count) => Assert.Equal(count, Of(state: state).Count);

    [Fact]
    public void Levels_of_one_factor_are_alternatives_and_those_of_several_all_hold()
    {
        Assert.Equal(9, Of(where: ["balancer=relobralo"]).Count);
        Assert.Equal(3, Of(where: ["balancer=relobralo", "problem=wave"]).Count);
        Assert.Equal(21, Of(where: ["balancer=relobralo", "balancer=static"]).Count);
        Assert.Equal(6, Of(where: ["problem=wave", "balancer=static"]).Count);
    }

    [Fact]
    public void Cell_and_seed_take_theirs()
    {
        Assert.Equal(Study.Cells[2].Trials, Of(cell: 2));
        Assert.All(Of(seed: 2), trial => Assert.Equal(2, trial.Planned.Description.Seed));
        Assert.Equal(7, Of(seed: 2).Count);
        Assert.Empty(Of(seed: 99));
    }

    [Theory]
    [InlineData("error")]
    [InlineData("seconds")]
    [InlineData("accepted")]
    [InlineData("worker")]
    public void What_a_trial_lacks_comes_last_both_ways(string word)
    {
        var (up, down) = (Of(sort: word), Of(sort: $"-{word}"));
        Func<TrialView, bool> lacks = word switch
        {
            "error" => trial => trial.RelativeL2 is null,
            "seconds" => trial => trial.Seconds is null,
            "accepted" => trial => trial.AcceptedAt is null,
            _ => trial => trial.Worker is null,
        };

        Assert.Equal(Study.Trials.Count(lacks), up.Reverse().TakeWhile(lacks).Count());
        Assert.Equal(Study.Trials.Count(lacks), down.Reverse().TakeWhile(lacks).Count());
        Assert.Equal(Study.Trials.OrderBy(trial => trial.Position), up.OrderBy(trial => trial.Position));
        Assert.NotEqual(up.TakeWhile(trial => !lacks(trial)), down.TakeWhile(trial => !lacks(trial)));
    }

    [Fact]
    public void Errors_go_up_or_down_and_equal_ones_in_the_order_of_the_plan()
    {
        var errors = Of(sort: "error").Where(trial => trial.RelativeL2 is not null).Select(trial => (trial.RelativeL2!.Value, trial.Position)).ToList();
        var downwards = Of(sort: "-error").Where(trial => trial.RelativeL2 is not null).Select(trial => (-trial.RelativeL2!.Value, trial.Position)).ToList();

        Assert.Equal(errors.Order(), errors);
        Assert.Equal(downwards.Order(), downwards);
        Assert.Equal(Study.Trials.Reverse(), Of(sort: "-plan"));
        Assert.Equal([3L, 3L, 3L], Of(sort: "-seed").Take(3).Select(trial => trial.Planned.Description.Seed));
        Assert.Equal(2, Of(sort: "-faults")[0].Faults);
    }

    [Theory]
    [InlineData("wating", null, null, "nearest 'waiting'")]
    [InlineData(null, "eror", null, "nearest 'error'")]
    [InlineData(null, "-", null, "trials are sorted by plan, error")]
    [InlineData(null, "--error", null, "trials are sorted by plan, error")]
    [InlineData(null, null, "balancr=static", "nearest 'balancer'")]
    [InlineData(null, null, "balancer=statik", "nearest 'static'")]
    [InlineData(null, null, "balancer", "expected FACTOR=LEVEL")]
    [InlineData(null, null, "=x", "expected FACTOR=LEVEL")]
    public void A_mistake_names_what_is_allowed(string? state, string? sort, string? where, string said)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TrialQuery.Parse(state, null, where is null ? [] : [where], null, sort, "--").Of(Study));

        Assert.Contains(said, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void A_cell_that_is_none_is_told(int cell) =>
        Assert.Contains("the cells 0 to 7", Assert.Throws<UserMistakeException>(() => Of(cell: cell)).Message, StringComparison.Ordinal);

    [Fact]
    public void Before_a_study_has_cells_that_is_told()
    {
        var tuned = MadeStudy.View(MadeStudy.Plan(MadeStudy.Tuned, decisions: 1));

        var mistake = Assert.Throws<UserMistakeException>(() => TrialQuery.Parse(null, 0, [], null, null).Of(tuned));

        Assert.Contains("has no cells yet", mistake.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<TrialView> Of(string? state = null, int? cell = null, string[]? where = null, long? seed = null, string? sort = null) =>
        TrialQuery.Parse(state, cell, where ?? [], seed, sort).Of(Study);

    private static StudyView Make()
    {
        var plan = MadeStudy.Plan(MadeStudy.Grid);
        var rows = MadeStudy.Rows(plan).ToArray();
        rows[5] = new(rows[5].Key, null, true, null, 2, "worker-9");
        rows[6] = rows[6] with { Result = rows[6].Result! with { RelativeL2 = double.NaN, Outcome = PinnSweep.Studies.Trials.Outcome.Diverged } };
        foreach (var waiting in (int[])[7, 8, 9])
        {
            rows[waiting] = new(rows[waiting].Key, null, false, null, 0, null);
        }

        return MadeStudy.View(plan, rows);
    }
}
