using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Papers;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Reports.Tests.Latex;

/// <summary>
/// Reports and their tables, compiled in the classes that papers are written in: nothing sticks out of its line, every reference has its
/// target. The pages lie in <c>artifacts/latex</c> to be looked at.
/// </summary>
public sealed class LatexPagesTests
{
    // A bold figure is wider than others, and nobody sees five points.
    private const double Tolerance = 5;

    // What LaTeX takes for a command, what its fonts have and what they lack, and words without a place to break them.
    private const string Hostile = "100 % a_b & c^2 {sic}: ~$1 # \\ “ü Łódź” ∂u/∂t ≤ √ε₁ · 10⁻⁶, Ω ⊂ ℝ², Ж, 训练, 🙂 \u200b\t<|>`[x] "
        + "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen_0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, string> Classes = new()
    {
        ["article"] = "\\documentclass{article}",
        ["article-two-columns"] = "\\documentclass[a4paper,twocolumn]{article}",
        ["revtex"] = "\\documentclass[reprint]{revtex4-2}",
    };

    public static TheoryData<string> Studies => ["four-methods", "large", "gaps", "hostile", "tuned", "replicated", "designed"];

    [Theory(Explicit = true)]
    [MemberData(nameof(Studies))]
    public async Task A_report_compiles_and_nothing_sticks_out(string study)
    {
        await TexLive.RequireAsync();
        var folder = Folder(study, "report");
        ReportWriter.Write(Report(study), folder, [ReportFormat.Latex]);

        var log = await TexLive.CompileAsync(folder, "report", runs: 3);

        Assert.Equal([], TexLive.Faults(log, Tolerance));
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Studies))]
    public async Task Every_table_fits_into_papers_of_one_and_two_columns(string study)
    {
        await TexLive.RequireAsync("revtex4-2.cls");
        foreach (var (name, documentClass) in Classes)
        {
            foreach (var isColumn in name == "article" ? new[] { false } : [false, true])
            {
                var folder = Folder(study, $"{name}{(isColumn ? "-narrow" : "")}");
                ReportWriter.Write(Report(study) with { FigureSize = isColumn ? FigureSize.Column : FigureSize.Page }, folder, [ReportFormat.Latex]);
                var tables = Directory.EnumerateFiles(Path.Combine(folder, "tables"), "*.tex").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
                await File.WriteAllTextAsync(
                    Path.Combine(folder, "tables.tex"),
                    $"{documentClass}\n{LatexFormat.Packages}\\begin{{document}}\nSee table~\\ref{{tab:accuracy}}.\n{string.Concat(tables.Select(table => $"\\input{{tables/{table}}}\n\\clearpage\n"))}\\end{{document}}\n".Replace("tab:accuracy}", $"tab:{tables.First()}}}", StringComparison.Ordinal),
                    TestContext.Current.CancellationToken);

                var log = await TexLive.CompileAsync(folder, "tables", runs: 2);

                Assert.Equal([], TexLive.Faults(log, Tolerance).Select(fault => $"{name}, {(isColumn ? "column" : "page")}: {fault}"));
            }
        }
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Studies))]
    public async Task A_paper_compiles_with_its_references_in_one_and_two_columns_and_in_revtex(string study)
    {
        await TexLive.RequireAsync("revtex4-2.cls");
        foreach (var (name, documentClass) in Classes)
        {
            var folder = Folder(study, $"paper-{name}");
            PaperWriter.Write(Report(study) with { FigureSize = name != "article" ? FigureSize.Column : FigureSize.Page }, Sources(), folder);
            var paper = Path.Combine(folder, "paper.tex");
            var text = await File.ReadAllTextAsync(paper, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(paper, string.Join('\n', text.Split('\n').Select(line => line.StartsWith("\\documentclass", StringComparison.Ordinal) ? documentClass : line)), TestContext.Current.CancellationToken);

            var log = await TexLive.CompileAsync(folder, "paper", runs: 3, hasBibliography: true);

            Assert.Equal([], TexLive.Faults(log, Tolerance).Select(fault => $"{name}: {fault}"));
        }
    }

    // One method that follows every work there is.
    private static PaperSources Sources()
    {
        var works = Bibliography.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "src", "PinnSweep.Methods", "Catalogs", "bibliography.bib")));
        var everything = string.Join("; ", works.Works.Select(work => work["doi"] ?? work["eprint"] ?? work["named"]));
        return new(
            new([.. new[] { "static", "method1" }.Select(kind => new MethodEntry(Factor.Balancer, kind, "u_t + β u_x = 0 with 50 % of ∂u/∂t", everything, []))], _ => null),
            works,
            "study: made-up\n");
    }

    private static string Folder(string study, string name)
    {
        var folder = Path.Combine(RepositoryPaths.Root, "artifacts", "latex", study, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    private static StudyReport Report(string study) => study switch
    {
        "four-methods" => StudyReport.Build(Made.FourMethods().FaultsRetried(3).Build()),
        "large" => StudyReport.Build(Made.ManyProblems(6, 20, 5).Build()),
        "gaps" => StudyReport.Build(Made.ManyProblems(4, 4, 4)
            .NotApplicable(levels => levels is { Problem.Kind: "problem2", Balancer.Kind: "method3" } ? Hostile : null)
            .Quarantined((levels, seed) => levels is { Problem.Kind: "problem1", Balancer.Kind: "method2" } && seed == 3)
            .Missing((levels, seed) => levels is { Problem.Kind: "problem3", Balancer.Kind: "method1" } && seed > 1)
            .Build()),
        "hostile" => HostileReport(),
        "tuned" => StudyReport.Build(StagedStudy.Of(StagedStudy.Halving, trial => 0.1)),
        "replicated" => StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, trial => 0.1)),
        _ => DesignedStudy.Report(DesignedStudy.Mixed, DesignedStudy.Worked),
    };

    private static StudyReport HostileReport()
    {
        var results = Made.ManyProblems(3, 4, 3).Build();
        return StudyReport.Build(results with
        {
            Plan = results.Plan with
            {
                Spec = results.Plan.Spec with { Name = $"study {Hostile}" },
                Cells =
                [
                    .. results.Plan.Cells.Select(cell => cell with
                    {
                        Labels = cell.Labels.SetItem(Factor.Balancer, $"{cell.Levels.Balancer.Kind} {Hostile}").SetItem(Factor.Problem, $"{cell.Levels.Problem.Kind} {Hostile}"),
                    }),
                ],
            },
        });
    }
}
