using System.Text.Json;
using PinnSweep.Pinns;

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

    [Fact]
    public async Task Parts_can_be_asked_for()
    {
        var captured = await Captured.RunAsync("catalog", "problems,optimizers");

        Assert.Contains("helmholtz", captured.Out, StringComparison.Ordinal);
        Assert.Contains("adam", captured.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("relobralo", captured.Out, StringComparison.Ordinal);
    }
}
