using System.Diagnostics;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tests.Formats;

/// <summary>From raw trials to all formats and figures, at the size of a large paper.</summary>
public sealed class SpeedTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pinnsweep-speed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Twenty_problems_ten_methods_ten_seeds_are_written_twice_with_the_same_bytes()
    {
        var results = Made.ManyProblems(20, 10, 10).Build();
        var watch = Stopwatch.StartNew();
        var first = ReportWriter.Write(StudyReport.Build(results), Path.Combine(_folder, "a"), ReportFormatWords.All);
        output.WriteLine(FormattableString.Invariant($"cold: {watch.Elapsed.TotalSeconds:F1} s, {Environment.ProcessorCount} cores"));

        watch.Restart();
        var second = ReportWriter.Write(StudyReport.Build(results), Path.Combine(_folder, "b"), ReportFormatWords.All);
        output.WriteLine(FormattableString.Invariant($"warm: {watch.Elapsed.TotalSeconds:F1} s"));

        // 5 MB a thousand trials.
        var page = new FileInfo(first.Single(path => path.EndsWith("report.html", StringComparison.Ordinal))).Length;
        output.WriteLine(FormattableString.Invariant($"report.html: {page / 1e6:F1} MB"));
        Assert.InRange(page, 1, 10_000_000);
        Assert.Equal(first.Length, second.Length);
        Assert.All(first.Zip(second), pair => Assert.True(File.ReadAllBytes(pair.First).AsSpan().SequenceEqual(File.ReadAllBytes(pair.Second)), pair.First));
    }
}
