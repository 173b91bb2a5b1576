using System.Text.Json;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Tests.Commands;

public class CatalogVerbTests
{
    [Fact]
    public async Task Everything_of_the_catalog_is_told_in_both_forms()
    {
        var text = await Captured.RunAsync("catalog");
        var json = await Captured.RunAsync("catalog", "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        var told = JsonDocument.Parse(json.Out).RootElement.EnumerateObject().SelectMany(part => part.Value.EnumerateArray())
            .Where(entry => entry.ValueKind == JsonValueKind.Object).Select(entry => entry.GetProperty("kind").GetString()).ToList();
        Assert.Equal(PinnCatalog.Instance.Entries.Select(entry => entry.Kind).Order(), told.Order());
        Assert.All(PinnCatalog.Instance.Entries, entry => Assert.Contains(entry.Summary, text.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_has_a_section_a_kind_and_a_row_a_parameter()
    {
        var page = (await Captured.RunAsync("catalog", "--format", "md")).Out;

        Assert.All(PinnCatalog.Instance.Entries, entry =>
        {
            var section = page.Split($"\n### {char.ToUpperInvariant(entry.Factor.ToWord()[0])}{entry.Factor.ToWord()[1..]} `{entry.Kind}`\n")[1].Split("\n##")[0];
            Assert.All(entry.Parameters, parameter => Assert.Contains($"\n| `{parameter.Name}` | ", section, StringComparison.Ordinal));
        });
        Assert.Contains("\n| `phases[].steps` | ", page, StringComparison.Ordinal);
        Assert.Contains("\n| `decay.rate` | a number from 0 to 1 | `0.9` | ", page, StringComparison.Ordinal);
        Assert.Contains("\n**Notice:** causal weights", page, StringComparison.Ordinal);
        Assert.Contains("\n**Caution:** with its defaults it ends trivial", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_has_its_cases_the_kind_of_its_solution_and_its_floor_in_every_form()
    {
        var (text, json, page) = ((await Captured.RunAsync("catalog", "problems")).Out, (await Captured.RunAsync("catalog", "problems", "--json")).Out, (await Captured.RunAsync("catalog", "problems", "--format", "md")).Out);
        var told = JsonDocument.Parse(json).RootElement.GetProperty("problems").EnumerateArray().ToDictionary(entry => entry.GetProperty("kind").GetString()!);

        Assert.All(ProblemCatalog.All, entry =>
        {
            Assert.Equal(entry.Cases, told[entry.Method.Kind].GetProperty("cases").EnumerateArray().Select(name => name.GetString()));
            Assert.NotEqual("none", told[entry.Method.Kind].GetProperty("solution").GetString());
            Assert.InRange(told[entry.Method.Kind].GetProperty("floorLimit").GetDouble(), 0, 0.1);
            Assert.All(entry.Cases, name => Assert.Contains(name, text, StringComparison.Ordinal));
        });
        Assert.Contains("Cases: PINNacle Wave2d-MS", page, StringComparison.Ordinal);
        Assert.Contains("Solution: closed form, floor at most 1e-14.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("trivial scores", page, StringComparison.Ordinal);
        Assert.Contains("Void: {form: published}, what was published as its solution leaves", text, StringComparison.Ordinal);
        Assert.Equal(2, told.Values.Count(entry => entry.TryGetProperty("void", out var forms) && forms.GetArrayLength() > 0));
    }

    [Theory]
    [InlineData("--format jsn", "format of the catalog 'jsn' is unknown; nearest 'json'")]
    [InlineData("--json --format md", "--json and --format md contradict each other")]
    public async Task A_format_that_cannot_be_is_told(string options, string message)
    {
        var captured = await Captured.RunAsync(["catalog", .. options.Split(' ')]);

        Assert.Equal(1, captured.ExitCode);
        Assert.Contains(message, captured.Error, StringComparison.Ordinal);
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
