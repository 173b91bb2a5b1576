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

    private const string Shape = """
        problem: flag
        coordinates: {x, y, t: [0, 1]}
        time: t
        domain: {difference: [{box: {x: [0, 2], y: [0, 1]}, name: plate}, {disc: {centre: [2, 1], radius: 0.5}}]}
        equations: {heat: u_t = laplacian(u)}
        conditions:
          cold: {on: [plate, disc-1], expression: u}
          start: {on: t-lower, expression: u = 1}
          probe: {on: {x: 0.5}, expression: u = 0.5}
        """;

    [Theory]
    [InlineData("svg", "<svg")]
    [InlineData("png", "PNG")]
    public async Task A_picture_of_a_problem_file_is_drawn(string ending, string sign)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("flag.yaml", Shape);
        var picture = Path.Combine(folder.Path, $"flag.{ending}");

        var captured = await Captured.RunAsync("plan", file, "--picture", picture);

        Assert.Equal((0, picture), (captured.ExitCode, captured.Out.Trim()));
        var drawn = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken));
        Assert.Contains(sign, drawn, StringComparison.Ordinal);

        // Points inside, on sides and on the line.
        Assert.True(ending == "png" || drawn.Split("<ellipse").Length + drawn.Split("<circle").Length > 1300);
    }

    [Fact]
    public async Task A_study_has_a_picture_a_problem()
    {
        using var folder = new TemporaryFolder();
        folder.Write("flag.yaml", Shape);
        var study = folder.Write("study.yaml", "study: mine\nbudget: {steps: 5}\nmetric: residual_l2\nfactors:\n  problem: [{kind: file, path: flag.yaml}, poisson-1d-multiscale]\n");

        var captured = await Captured.RunAsync("plan", study, "--picture", Path.Combine(folder.Path, "out"));

        Assert.Equal(0, captured.ExitCode);
        Assert.Equal(["flag.svg", "poisson-1d-multiscale.svg"], Directory.GetFiles(Path.Combine(folder.Path, "out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_picture_of_a_problem_file_has_an_ending()
    {
        using var folder = new TemporaryFolder();

        var captured = await Captured.RunAsync("plan", folder.Write("flag.yaml", Shape), "--picture", "flag");

        Assert.Equal(1, captured.ExitCode);
        Assert.Contains("--picture flag: the ending says what is drawn; allowed: .svg, .png, .pdf", captured.Error, StringComparison.Ordinal);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
