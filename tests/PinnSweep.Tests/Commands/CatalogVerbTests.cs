using System.Text.Json;
using PinnSweep.Methods.Catalogues;
using PinnSweep.Problems.ProblemFiles;

namespace PinnSweep.Tests.Commands;

public class CatalogVerbTests
{
    [Fact]
    public async Task Everything_of_the_catalogue_is_told_in_both_forms()
    {
        var text = await Captured.RunAsync("catalog");
        var json = await Captured.RunAsync("catalog", "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        var told = JsonDocument.Parse(json.Out).RootElement.EnumerateObject().SelectMany(part => part.Value.EnumerateArray())
            .Where(entry => entry.ValueKind == JsonValueKind.Object).Select(entry => entry.GetProperty("kind").GetString()).ToList();
        Assert.Equal(PinnCatalogue.Instance.Entries.Select(entry => entry.Kind).Order(), told.Order());
        Assert.All(PinnCatalogue.Instance.Entries, entry => Assert.Contains(entry.Summary, text.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("problem-file", "problem: travelling-front")]
    [InlineData("problem-file-holes", "problem: poisson-boltzmann")]
    [InlineData("problem-file-measured", "problem: cooling")]
    [InlineData("problem-file-periodic", "problem: travelling-wave")]
    public async Task A_problem_file_to_start_from_is_printed_as_it_can_be_used(string word, string line)
    {
        var captured = await Captured.RunAsync("catalog", word);

        Assert.Contains(line, captured.Out, StringComparison.Ordinal);
        Assert.Contains(ProblemFileExamples.Names, name => ProblemFileExamples.Text(name) == captured.Out);
    }

    [Fact]
    public async Task Parts_can_be_asked_for()
    {
        var captured = await Captured.RunAsync("catalog", "problems,optimizers");

        Assert.Contains("helmholtz", captured.Out, StringComparison.Ordinal);
        Assert.Contains("adam", captured.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("relobralo", captured.Out, StringComparison.Ordinal);
    }
}
