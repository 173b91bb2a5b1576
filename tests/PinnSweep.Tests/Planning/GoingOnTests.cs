using System.Text.Json;
using PinnSweep.Storage;
using PinnSweep.Testing.Processes;
using PinnSweep.Tests.Views;

namespace PinnSweep.Tests.Planning;

/// <summary>What a plan tells of the finished trials that are the same but for their length.</summary>
public sealed class GoingOnTests : IDisposable
{
    private const string Text = """
        study: longer
        seeds: 2
        factors:
          problem: [convection]
          time: [none, {kind: windows, count: 2}]
        budget: {steps: 2000}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _study;

    public GoingOnTests()
    {
        _study = _folder.Write("study.yaml", Text);
        using var store = Store.Open(Place);
        var plan = MadeStudy.In(store, Text);
        using var connection = store.Connections.Open();
        using var command = connection.CreateCommand();
        var keys = plan.Trials.Where(trial => trial.Description.Levels.Time.Kind == "none").Select(trial => $"'{trial.Key.Hex}'");
        command.CommandText = $"update results set final = blob where key in ({string.Join(", ", keys)})";
        Assert.Equal(2, command.ExecuteNonQuery());
    }

    private string Place => _folder["store.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_longer_study_is_told_how_many_go_on_and_which_method_stands_in_the_way_of_others()
    {
        var text = await PlanAsync("budget.steps=4000");
        var json = await Captured.RunAsync("plan", _study, "--set", "budget.steps=4000", "--store", Place, "--json");

        string[] told =
        [
            "2 trials of 4 go on from the end of the same with 2000 steps",
            "2 trials of 4 train anew, though the same with fewer steps are finished: time windows divides the budget among its stages, so that with more steps the first of them is another one",
        ];
        Assert.All(told, line => Assert.Contains($"notice: {line}\n", text, StringComparison.Ordinal));
        Assert.Equal(told, JsonDocument.Parse(json.Out).RootElement.GetProperty("notices").EnumerateArray().Select(notice => notice.GetString()!));
    }

    [Fact]
    public async Task Points_that_the_shorter_curve_lacks_are_told_and_how_to_have_them()
    {
        var usual = await PlanAsync("budget.steps=5000");
        var whole = await PlanAsync("budget.steps=5000", "evaluate_every=20");

        Assert.Contains("2 trials of 4 go on from the end of the same with 2000 steps, and up to there their curves have a point every 100 steps alone, which both are evaluated at\n", usual, StringComparison.Ordinal);
        Assert.Contains("2 trials of 4 go on from the end of the same with 2000 steps\n", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_was_kept_that_is_told()
    {
        using (var store = Store.Open(Place))
        {
            using var connection = store.Connections.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "update results set final = null";
            command.ExecuteNonQuery();
        }

        Assert.Contains("2 trials of 4 train anew, though the same with fewer steps are finished: the state at their ends was not kept", await PlanAsync("budget.steps=4000"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("budget.steps=2000")]
    [InlineData("budget.steps=1000")]
    [InlineData("budget={seconds: 10}")]
    public async Task What_is_no_longer_study_is_told_nothing(string set) => Assert.DoesNotContain("notice", await PlanAsync(set), StringComparison.Ordinal);

    [Fact]
    public async Task A_store_that_is_named_must_be_there()
    {
        var plan = await Captured.RunAsync("plan", _study, "--store", _folder["nowhere.db"]);

        Assert.Equal(1, plan.ExitCode);
        Assert.Contains("nowhere.db", plan.Error, StringComparison.Ordinal);
    }

    private async Task<string> PlanAsync(params string[] set)
    {
        var plan = await Captured.RunAsync(["plan", _study, "--store", Place, .. set.SelectMany(value => new[] { "--set", value })]);
        Assert.Equal((0, ""), (plan.ExitCode, plan.Error));
        return plan.Out;
    }
}
