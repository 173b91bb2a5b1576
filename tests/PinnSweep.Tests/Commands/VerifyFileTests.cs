using System.Text.Json.Nodes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Commands;

/// <summary><c>verify FILE</c>: what a problem file was held against, a line each.</summary>
public sealed class VerifyFileTests : IDisposable
{
    private const string Poisson = """
        problem: mine
        coordinates: {x: [0, 1]}
        coefficients: {k: 1}
        equations: {p: k*u_xx + pi^2*sin(pi*x)}
        conditions: {ends: {on: x, expression: u}}
        exact: {u: 0.5*sin(pi*x)}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_was_looked_at_has_a_line()
    {
        _folder.Write("mine.yaml", Poisson);

        var text = await Captured.RunAsync("verify", _folder["mine.yaml"]);
        var json = await Captured.RunAsync("verify", _folder["mine.yaml"], "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains("ok    conditions along x: 2 given, 2 needed\n", text.Out, StringComparison.Ordinal);
        Assert.Contains("ok    exact in 'p': leaves ", text.Out, StringComparison.Ordinal);
        Assert.Contains("ok    coefficient 'k': 2 fits 'exact'\n", text.Out, StringComparison.Ordinal);
        Assert.Contains("all 4 checks passed", text.Error, StringComparison.Ordinal);
        Assert.Equal(4, json.Out.Trim().Split('\n').Select(line => JsonNode.Parse(line)!["name"]!.GetValue<string>()).Distinct().Count());
    }

    [Theory]
    [InlineData("exact: {u: 0.5*sin(pi*x)}", "exact: {u: 0.5*sin(2*pi*x)}", "mine.yaml:6:1: exact: does not solve the equation 'p'")]
    [InlineData("on: x,", "on: x-lower,", "mine.yaml:5:1: conditions: no condition on x-upper")]
    public async Task What_does_not_fit_is_told_with_file_line_and_column(string right, string wrong, string told)
    {
        _folder.Write("mine.yaml", Poisson.Replace(right, wrong, StringComparison.Ordinal));

        var captured = await Captured.RunAsync("verify", _folder["mine.yaml"]);

        Assert.Equal(1, captured.ExitCode);
        Assert.Contains(told, captured.Error, StringComparison.Ordinal);
        Assert.Empty(captured.Out);
    }

    [Fact]
    public async Task An_absent_file_and_an_engine_beside_a_file_are_mistakes()
    {
        _folder.Write("mine.yaml", Poisson);

        var absent = await Captured.RunAsync("verify", _folder["other.yaml"]);
        var both = await Captured.RunAsync("verify", _folder["mine.yaml"], "--engine", "fused");

        Assert.Equal((1, 1), (absent.ExitCode, both.ExitCode));
        Assert.Contains("other.yaml", absent.Error, StringComparison.Ordinal);
        Assert.Contains("--engine checks derivatives", both.Error, StringComparison.Ordinal);
    }
}
