using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Storage;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Processes;
using PinnSweep.Tests.Views;

namespace PinnSweep.Tests.Planning;

public sealed class StoredReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(MadeStudy.Grid)]
    [InlineData(MadeStudy.Designed)]
    public void A_report_that_reads_its_results_from_the_store_has_the_bytes_of_one_that_holds_them(string text)
    {
        using var store = Store.Open(_folder["pinnsweep.db"]);
        var plan = MadeStudy.In(store, text, isDone: trial => trial.Description.Seed < 3 || trial.CellIndex > 0, change: Whole);
        var read = store.Studies.LoadResults(plan);
        var held = read with
        {
            Results = store.Studies.ResultsOf([.. plan.Trials.Select(trial => trial.Key)]).Results.ToImmutableDictionary(result => result.Key),
            Reader = null,
            Digests = ImmutableDictionary<TrialKey, TrialDigest>.Empty,
        };

        var (from, beside) = (Files(read, "read"), Files(held, "held"));

        Assert.NotNull(read.Reader);
        Assert.All(read.Results.Values, result => Assert.Single(result.Curve));
        Assert.All(held.Results.Values, result => Assert.Equal(12, result.Curve.Length));
        Assert.Contains("Solution u on", from["report.html"], StringComparison.Ordinal);
        Assert.Equal(beside, from);
    }

    public void Dispose() => _folder.Dispose();

    private SortedDictionary<string, string> Files(StudyResults results, string name)
    {
        var folder = _folder[name];
        // Figures stand in the page.
        ReportWriter.Write(StudyReport.Build(results), folder, [ReportFormat.Html, ReportFormat.Csv, ReportFormat.Json, ReportFormat.Parquet, ReportFormat.TidyCsv]);
        return new(
            Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))),
            StringComparer.Ordinal);
    }

    // Enough evaluations for a diagnosis, a boundary that is not met, and a field.
    private static TrialResult Whole(TrialResult result) => result with
    {
        Outcome = Outcome.Stalled,
        TermTraits = [new(TermTrait.Residual, 1), new("boundary", 1)],
        Curve = [.. Enumerable.Range(0, 12).Select(i => result.Final with { Step = 2000 * i / 11, Seconds = 0.1 * i, RelativeL2 = result.Final.RelativeL2 * (12 - i), Losses = [1e-6, 0.5 / (i + 1)], Weights = [1, 1 + i] })],
        Field = new("u", ["x", "y"], [0, 0.5f, 1], [0, 1], SolutionField.Pack([1, 2, 3, 4, 5, 6]), SolutionField.Pack([1, 2, 3, 4, 5, (float)(6 + result.Final.RelativeL2)])),
        Floor = 1e-3,
    };
}
