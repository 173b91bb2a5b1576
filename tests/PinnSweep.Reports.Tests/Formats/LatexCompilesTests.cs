using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tests.Latex;

namespace PinnSweep.Reports.Tests.Formats;

/// <summary>What is written for LaTeX is what LaTeX takes, with its figures, as it lies there.</summary>
public sealed class LatexCompilesTests : IDisposable
{
    // What LaTeX takes for a command, what its fonts have and what they lack.
    private const string Awkward = "100 % of its terms need a_b & c^2 {sic}: ~$1 # \\ “ü Łódź” ∂u/∂t ≤ √ε₁ · 10⁻⁶, Ω ⊂ ℝ², Ж, 训练, 🙂 \u200b\t<|>`[x]";

    private readonly string _folder = Directory.CreateTempSubdirectory("pinnsweep-latex-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_report_of_one_problem_compiles() => await CompilesAsync(StudyReport.Build(Made.FourMethods().FaultsRetried(3).Build()));

    [Fact]
    public async Task The_report_of_many_problems_with_gaps_compiles() => await CompilesAsync(StudyReport.Build(Made.ManyProblems(4, 4, 4)
        .NotApplicable(levels => levels is { Problem.Kind: "problem2", Balancer.Kind: "method3" } ? Awkward : null)
        .Quarantined((levels, seed) => levels is { Problem.Kind: "problem1", Balancer.Kind: "method2" } && seed == 3)
        .Missing((levels, seed) => levels is { Problem.Kind: "problem3", Balancer.Kind: "method1" } && seed > 1)
        .Build()));

    [Fact]
    public async Task The_report_of_a_study_in_stages_compiles() => await CompilesAsync(StudyReport.Build(StagedStudy.Of(StagedStudy.Halving, trial => 0.1)));

    [Fact]
    public void A_blank_line_in_a_caption_or_cell_becomes_a_space() => Assert.DoesNotContain(
        "\n\n",
        LatexFormat.Render(new TableModel("table", "what\n\nit is", [new TableColumn("name", IsNumber: false)], [[TableCell.Of("some\n\nwords")]], [])),
        StringComparison.Ordinal);

    private async Task CompilesAsync(StudyReport report)
    {
        await TexLive.RequireAsync();
        ReportWriter.Write(report, _folder, ReportFormatWords.All);

        var output = await TexLive.CompileAsync(_folder, "report");

        Assert.True(File.Exists(Path.Combine(_folder, "report.pdf")), output[Math.Max(0, output.Length - 3000)..]);
    }
}
