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
