using System.Text.Json;
using PinnSweep.Processes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Commands;

public sealed class AuditVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_table_that_comes_with_the_program_is_audited()
    {
        var text = await Captured.RunAsync("audit", "pinnacle");

        Assert.Equal((ExitCode.Done, ""), (text.ExitCode, text.Error));
        Assert.Contains("235 quantities are told twice, 2 with different numbers; 1 of them decides who wins.", Joined(text.Out), StringComparison.Ordinal);
        Assert.Contains("In 12 of 22 cases the likeliest winner has less than 80 % in a fresh run.", Joined(text.Out), StringComparison.Ordinal);
        Assert.Contains("In 12 of 22 cases no method is first by every metric; in 1 more one is only because it ties with others.", Joined(text.Out), StringComparison.Ordinal);
        Assert.Contains("Void: PInv", Joined(text.Out), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_printed_to_start_a_file_from_which_is_read_the_same_way()
    {
        var printed = await Captured.RunAsync("audit", "pinnacle", "--print");
        await File.WriteAllTextAsync(_folder["own.csv"], printed.Out, TestContext.Current.CancellationToken);

        var (own, given) = (await Captured.RunAsync("audit", _folder["own.csv"], "--json"), await Captured.RunAsync("audit", "pinnacle", "--json"));

        Assert.Equal(given.Out, own.Out);
        var json = JsonDocument.Parse(own.Out).RootElement;
        Assert.Equal(2, json.GetProperty("contradictions").GetArrayLength());
        Assert.Equal("vPINN", json.GetProperty("contradictions")[0].GetProperty("told")[0].GetProperty("method").GetString());
        Assert.Equal(22, json.GetProperty("winners").GetArrayLength());
    }

    [Fact]
    public async Task A_mistake_is_told_with_line_and_column()
    {
        await File.WriteAllTextAsync(_folder["t.csv"], "case,method,mean\nBurgers,PINN,1e-2\nBurgers,LRA,much\n", TestContext.Current.CancellationToken);

        var run = await Captured.RunAsync("audit", _folder["t.csv"]);

        Assert.Equal(ExitCode.UserMistake, run.ExitCode);
        Assert.Contains("t.csv:3:13: mean 'much': expected a number above 0", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pinacle", "no table of the program is called so; nearest 'pinnacle'")]
    [InlineData("nowhere.csv", "nowhere.csv: cannot be read")]
    public async Task A_table_that_is_not_there_is_told(string table, string message)
    {
        var run = await Captured.RunAsync("audit", table);

        Assert.Equal(ExitCode.UserMistake, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static string Joined(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
