using System.Text.Json;

namespace PinnSweep.Tests.Commands;

public sealed class NoticeTests : IDisposable
{
    private const string Patent = "protected by a patent";

    private readonly string _folder = Directory.CreateTempSubdirectory("pinnsweep-notice-").FullName;

    [Fact]
    public async Task A_plan_with_causal_weights_tells_the_patent_claim_once_in_both_forms()
    {
        var study = Study("[none, causal, {kind: causal, epsilon: [10]}]");

        var text = await Captured.RunAsync("plan", study);
        var json = await Captured.RunAsync("plan", study, "--json");

        Assert.Single(text.Out.Split('\n'), line => line.Contains(Patent, StringComparison.Ordinal));
        var notice = Assert.Single(JsonDocument.Parse(json.Out).RootElement.GetProperty("notices").EnumerateArray());
        Assert.Contains(Patent, notice.GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("causal", 1)]
    [InlineData("none", 0)]
    public async Task A_plan_with_causal_weights_in_each_window_tells_the_claim_too(string within, int expected)
    {
        var text = await Captured.RunAsync("plan", Study($"[none, {{kind: windows, within: {within}}}]"));

        Assert.Equal(0, text.ExitCode);
        Assert.Equal(expected, text.Out.Split('\n').Count(line => line.Contains(Patent, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_ladder_in_a_parameter_that_one_problem_lacks_leaves_the_cell_out_and_one_that_none_has_is_a_slip()
    {
        var ladder = Study("[none, {kind: curriculum, parameter: beta, values: [1, 10]}]");
        var left = await Captured.RunAsync("plan", ladder, "--set", "factors.problem=[convection,reaction]");
        var slip = await Captured.RunAsync("plan", Study("[none, {kind: curriculum, parameter: betta, values: [1, 10]}]"), "--set", "factors.problem=[convection,reaction]");

        Assert.Equal(0, left.ExitCode);
        Assert.Contains("problem reaction has no parameter 'beta' that is a number (it has rho)", left.Out, StringComparison.Ordinal);
        Assert.Equal(1, slip.ExitCode);
        Assert.Contains("time 'curriculum': 'parameter' names the parameter 'betta', which no problem of this study has; nearest 'beta'; allowed: beta, rho", slip.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_without_them_has_no_notice()
    {
        var text = await Captured.RunAsync("plan", Study("[none]"));

        Assert.Equal(0, text.ExitCode);
        Assert.DoesNotContain("notice", text.Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_problem_without_time_leaves_the_causal_cell_out()
    {
        var text = await Captured.RunAsync("plan", Study("[none, causal]"), "--set", "factors.problem=helmholtz");

        Assert.Contains("causal: the problem has no time axis", text.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Patent, text.Out, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Study(string time)
    {
        var path = Path.Combine(_folder, "study.yaml");
        File.WriteAllText(path, $"study: s\nfactors:\n  problem: [diffusion]\n  time: {time}\nbudget: {{steps: 10}}\n");
        return path;
    }
}
