using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Commands;

public sealed class PlanVerbTests
{
    // Far above what each takes (under two seconds), far below what they took before (for ever).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string, int, string> Hostile => new()
    {
        { Repeat("(", 40) + "u" + Repeat("^2)", 40), 0, "mine: 1 cell" },
        { Repeat("(", 40) + "sin(x)" + Repeat("^2)", 40) + " + u", 0, "mine: 1 cell" },
        { Repeat("sinh(", 40) + "x + 3" + Repeat(")", 40), 1, "p.yaml:4:" },
        { "x^" + Repeat("(", 40) + "2" + Repeat("^2)", 40), 1, "p.yaml:4:" },
        { Repeat("(", 3000) + "u", 1, "nested more than 200 deep" },
        { "1e308*1e308*u", 1, "'1e308*1e308' is not finite" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_problem_file_is_planned_or_refused_soon(string equation, int exitCode, string words)
    {
        using var folder = new TemporaryFolder();
        folder.Write("p.yaml", $"problem: mine\ncoordinates: {{x: [-1, 1], t: [0, 1]}}\ntime: t\nequations: {{residual: \"u_t + {equation}\"}}\nconditions:\n  start: {{on: t-lower, expression: u}}\n");
        var study = folder.Write("study.yaml", "study: mine\nbudget: {steps: 5}\nmetric: residual_l2\nfactors:\n  problem: [{kind: file, path: p.yaml}]\n");

        var captured = await Task.Run(() => Captured.RunAsync("plan", study)).WaitAsync(Patience);

        Assert.Equal(exitCode, captured.ExitCode);
        Assert.Contains(words, exitCode == 0 ? captured.Out : captured.Error, StringComparison.Ordinal);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
