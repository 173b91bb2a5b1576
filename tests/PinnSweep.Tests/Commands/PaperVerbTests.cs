using PinnSweep.Storage;
using PinnSweep.Testing.Processes;
using PinnSweep.Tests.Views;

namespace PinnSweep.Tests.Commands;

/// <summary><c>report --paper</c> and its verification, as they are typed.</summary>
public sealed class PaperVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PaperVerbTests()
    {
        using var store = Store.Open(Place);
        MadeStudy.In(store, MadeStudy.Grid);
    }

    private string Place => _folder["store.db"];

    private string Paper => _folder["paper"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_paper_has_its_parts_agrees_with_its_store_and_a_changed_digit_is_found()
    {
        var written = await ReportAsync("--paper", Paper);
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.All((string[])["paper.tex", "methods.tex", "results.tex", "data-availability.tex", "references.bib", "tidy.csv", "README.txt", "study.yaml"], file => Assert.True(File.Exists(Path.Combine(Paper, file)), file));
        Assert.Equal(0, (await ReportAsync("--verify", Paper)).ExitCode);

        var table = Directory.EnumerateFiles(Path.Combine(Paper, "tables"), "accuracy*.tex").First();
        var text = await File.ReadAllTextAsync(table);
        var at = text.IndexOf("e-", text.IndexOf("midrule", StringComparison.Ordinal), StringComparison.Ordinal) - 1;
        await File.WriteAllTextAsync(table, $"{text[..at]}{(char)('0' + ((text[at] - '0' + 1) % 10))}{text[(at + 1)..]}");
        var changed = await ReportAsync("--verify", Paper);

        Assert.Equal(1, changed.ExitCode);
        Assert.Contains($"{Path.GetFileName(table)}:", changed.Error + changed.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format", "md")]
    [InlineData("--out", "elsewhere")]
    public async Task What_does_not_go_with_a_paper_is_refused(string option, string value)
    {
        var refused = await ReportAsync("--paper", Paper, option, value);

        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"{option}: does not go with --paper", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Paper));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_is_named()
    {
        _folder.Write("file", "");

        var refused = await ReportAsync("--paper", _folder["file/paper"]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("file/paper", refused.Error, StringComparison.Ordinal);
    }

    private Task<Captured> ReportAsync(params string[] arguments) => Captured.RunAsync(["report", "grid", "--store", Place, .. arguments]);
}
