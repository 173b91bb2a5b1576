using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Planning;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Reports.Tests.Formats;

public sealed class ReportFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_report_of_another_plan_takes_the_place_of_the_one_before()
    {
        var first = ReportWriter.Write(StudyReport.Build(Made.FourMethods().Build()), _folder.Path, ReportFormatWords.All);
        var figures = Files("figures");
        Assert.Contains("weights-helmholtz.svg", figures);

        var second = ReportWriter.Write(StudyReport.Build(Of("other", Made.ManyProblems(3, 2, 2).Build())), _folder.Path, ReportFormatWords.All);

        Assert.NotEmpty(first.Except(second));
        Assert.All(first.Except(second), stale => Assert.False(File.Exists(stale), stale));
        Assert.All(second, file => Assert.True(File.Exists(file), file));
        Assert.Equal(second.Length, Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Count(file => Path.GetFileName(file) != ReportFolder.OwnPrefix));
    }

    [Fact]
    public void Formats_of_the_same_plan_live_side_by_side_and_those_of_another_go()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());
        ReportWriter.Write(report, _folder.Path, [ReportFormat.Markdown]);
        ReportWriter.Write(report, _folder.Path, [ReportFormat.Json]);
        Assert.True(File.Exists(_folder["report.md"]));

        ReportWriter.Write(StudyReport.Build(Of("other", Made.FourMethods().Build())), _folder.Path, [ReportFormat.Json]);

        Assert.False(File.Exists(_folder["report.md"]));
        Assert.False(Directory.Exists(_folder["figures"]));
        Assert.True(File.Exists(_folder["results.json"]));
    }

    [Fact]
    public void What_somebody_else_wrote_or_changed_stays()
    {
        ReportWriter.Write(StudyReport.Build(Made.FourMethods().Build()), _folder.Path, ReportFormatWords.All);
        _folder.Write("figures/mine.svg", "mine");
        _folder.Write("report.tex", "with my own words");
        _folder.Write("notes.txt", "mine");

        ReportWriter.Write(StudyReport.Build(Of("other", Made.FourMethods().Build())), _folder.Path, [ReportFormat.Json]);

        Assert.Equal(["figures/mine.svg", "notes.txt", "report.tex", "results.json"], Names());
    }

    [Fact]
    public void A_list_that_names_files_outside_the_folder_removes_nothing_there()
    {
        using var elsewhere = new TemporaryFolder();
        var outside = elsewhere.Write("outside.txt", "x");
        ReportWriter.Write(StudyReport.Build(Made.FourMethods().Build()), _folder.Path, [ReportFormat.Json]);
        const string HashOfX = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
        File.AppendAllText(_folder[ReportFolder.OwnPrefix], $"{HashOfX} json {Path.GetRelativePath(_folder.Path, outside)}\n{HashOfX} json {outside}\n");

        ReportWriter.Write(StudyReport.Build(Of("other", Made.FourMethods().Build())), _folder.Path, [ReportFormat.Json]);

        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void A_report_that_breaks_off_leaves_the_one_before_and_nothing_beside_it()
    {
        ReportWriter.Write(StudyReport.Build(Made.FourMethods().Build()), _folder.Path, [ReportFormat.Json]);
        var before = File.ReadAllText(_folder["results.json"]);

        using (var broken = ReportFolder.Open(_folder.Path, "other"))
        {
            broken.Write("results.json", ReportFormat.Json.ToWord(), stream => stream.WriteByte(1));
            Assert.Throws<IOException>(() => broken.Write("trials.parquet", ReportFormat.Parquet.ToWord(), _ => throw new IOException("no space left")));
        }

        Assert.Equal(before, File.ReadAllText(_folder["results.json"]));
        Assert.Equal(["results.json"], Names());
    }

    [Fact]
    public void What_a_killed_report_left_aside_is_removed_by_the_next()
    {
        // No process has a number so high.
        var left = Directory.CreateDirectory(_folder[$"{ReportFolder.OwnPrefix}.2147483647.new/figures"]).Parent!;

        ReportWriter.Write(StudyReport.Build(Made.FourMethods().Build()), _folder.Path, [ReportFormat.Json]);

        Assert.False(left.Exists && Directory.Exists(left.FullName));
    }

    private static StudyResults Of(string plan, StudyResults results) => results with { Plan = results.Plan with { Hash = plan } };

    private string[] Files(string below) => [.. Directory.EnumerateFiles(_folder[below]).Select(file => Path.GetFileName(file)!)];

    private string[] Names() => [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder.Path, file)).Where(name => name != ReportFolder.OwnPrefix).Order(StringComparer.Ordinal)];
}
