using PinnSweep.Storage;
using PinnSweep.Testing.Processes;
using PinnSweep.Tests.Views;

namespace PinnSweep.Tests.Estimates;

/// <summary>What a plan tells of time and size by the trials of a store.</summary>
public sealed class PlanEstimateTests : IDisposable
{
    private const string Text = """
        study: told
        seeds: 2
        factors:
          problem: [convection]
          balancer: [static, relobralo]
        budget: {steps: 2000}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _study;

    public PlanEstimateTests()
    {
        _study = _folder.Write("study.yaml", Text);
        using var store = Store.Open(Place);

        // 10 ms a step with evaluations.
        MadeStudy.In(store, Text, change: result => result with { Steps = 2000, Seconds = 12, Evidence = result.Evidence with { Started = MadeStudy.At, Finished = MadeStudy.At.AddSeconds(20) } });
    }

    private string Place => _folder["store.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task More_seeds_take_as_long_as_those_of_the_store_did()
    {
        var told = await PlanAsync("seeds=12");

        Assert.Contains("cost: 24 trials, 48,000 steps in all\n", told, StringComparison.Ordinal);
        var slots = Environment.ProcessorCount;
        Assert.Contains("time: 4 of them are finished; about ", told, StringComparison.Ordinal);
        Assert.Contains($"with {slots} {(slots == 1 ? "slot" : "slots")} (10 ms a step with evaluations, measured in finished trials of the store, 2 cells)\n", told, StringComparison.Ordinal);
        Assert.Matches("disk: about [0-9.]+ [KM]B in the store, with networks and the states at the ends of trials\n", told);
    }

    [Fact]
    public async Task A_finished_study_takes_no_time() => Assert.Contains("time: none; every trial is finished\n", await PlanAsync("seeds=2"), StringComparison.Ordinal);

    [Fact]
    public async Task A_budget_of_seconds_is_known_without_a_measurement()
    {
        var plan = await Captured.RunAsync("plan", _study, "--store", Place, "--set", "budget={seconds: 10}", "--set", "factors.problem=helmholtz");

        Assert.Contains(" with ", plan.Out[plan.Out.IndexOf("time: at least ", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_measured_that_is_told()
    {
        var plan = await Captured.RunAsync("plan", _study, "--no-probe", "--set", "factors.problem=helmholtz");

        Assert.Equal(0, plan.ExitCode);
        Assert.Contains("time: not known (nothing was measured)\n", plan.Out, StringComparison.Ordinal);
    }

    private async Task<string> PlanAsync(string set)
    {
        var plan = await Captured.RunAsync("plan", _study, "--store", Place, "--no-probe", "--set", set);
        Assert.Equal((0, ""), (plan.ExitCode, plan.Error));
        return plan.Out;
    }
}
