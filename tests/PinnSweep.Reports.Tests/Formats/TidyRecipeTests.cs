using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Printed;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Reports.Tests.Formats;

/// <summary>The recipes of docs/reports.md, as they stand there, against the table of accuracy.</summary>
public sealed class TidyRecipeTests(ITestOutputHelper output) : IDisposable
{
    private const string Fence = "```";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_recipe_for_python_gives_the_numbers_of_the_report()
    {
        if (!await CanAsync("python3", "import csv"))
        {
            throw new TestSkippedException("python3 is not on this machine");
        }

        var hasPandas = await CanAsync("python3", "import pandas");
        output.WriteLine(hasPandas ? "pandas is here: its recipe is run" : "pandas is not on this machine: the recipe without it is run");
        var said = await RunAsync("python3", "recipe.py", Block("python", hasPandas ? "import pandas" : "import csv"));

        Compare(said);
    }

    [Fact]
    public async Task The_recipe_for_r_runs()
    {
        if (!await CanAsync("Rscript", "1"))
        {
            throw new TestSkippedException("Rscript is not on this machine");
        }

        // Without the package for Parquet the document names the function that reads the other file.
        var recipe = Block("r", "read_parquet");
        var said = await RunAsync("Rscript", "recipe.R", await CanAsync("Rscript", "library(arrow)")
            ? recipe
            : recipe.Replace("library(arrow)", "", StringComparison.Ordinal).Replace("read_parquet(\"tidy.parquet\")", "read.csv(\"tidy.csv\", check.names = FALSE)", StringComparison.Ordinal));

        Assert.All((string[])["static", "relobralo", "gradnorm", "self-adaptive"], method => Assert.Contains(method, said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("python", "import pandas")]
    [InlineData("python", "import csv")]
    [InlineData("r", "read_parquet")]
    public void A_recipe_is_short(string language, string words) => Assert.InRange(Block(language, words).Split('\n').Count(line => line.Length > 0), 4, 12);

    private static void Compare(string said)
    {
        var report = Report();
        var table = PrintedTables.Csv(said.Split("\n\n")[0].ReplaceLineEndings("\n"), "recipe");
        var (method, count, mean) = (table.Headings.IndexOf("balancer"), table.Headings.IndexOf("count"), table.Headings.IndexOf("geometric_mean"));
        var cells = report.Blocks.Single().InOrder().ToArray();

        Assert.Equal(4, cells.Length);
        Assert.All(cells, cell =>
        {
            var row = Assert.Single(table.Rows, row => row.Length > mean && row[method] == cell.Row);
            Assert.Equal(cell.Errors.Length, double.Parse(row[count], CultureInfo.InvariantCulture));
            Assert.Equal(1, double.Parse(row[mean], CultureInfo.InvariantCulture) / cell.Accuracy.Mean, 12);
        });
    }

    /// <summary>A study with a diverged trial, and a result of others that must not be counted.</summary>
    private static StudyReport Report() => StudyReport.Build(Made.FourMethods().With(Factor.Optimizer, ("adam", Level.Of("adam").With("lr", new SpecValue.Number(1e-3)), [])).Build()) with
    {
        Annotations = StudyAnnotations.None with { External = [new("Doe, 2024", "static", "helmholtz", 1, 1e-9, null, null, default)] },
    };

    private static string Block(string language, string words) => File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "reports.md")).Split($"{Fence}{language}\n").Skip(1)
        .Select(part => part.Split(Fence)[0])
        .First(part => part.Contains(words, StringComparison.Ordinal));

    private async Task<string> RunAsync(string program, string file, string script)
    {
        ReportWriter.Write(Report(), _folder.Path, [ReportFormat.TidyCsv, ReportFormat.TidyParquet]);
        await File.WriteAllTextAsync(_folder[file], script);
        var (code, said) = await StartAsync(program, file);
        Assert.True(code == 0, said);
        return said;
    }

    private async Task<bool> CanAsync(string program, string script)
    {
        try
        {
            await File.WriteAllTextAsync(_folder["probe"], script);
            return (await StartAsync(program, "probe")).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private async Task<(int Code, string Said)> StartAsync(string program, string file)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [file]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path })!;
        using var patience = new CancellationTokenSource(Waiting.Patience);
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, string.Concat(await said));
    }
}
