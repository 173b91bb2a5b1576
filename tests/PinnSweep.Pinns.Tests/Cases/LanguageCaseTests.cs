using PinnSweep.Pinns.Tests.ProblemFiles;

namespace PinnSweep.Pinns.Tests.Cases;

/// <summary>Real reports and files of people, by their numbers: what the language reads of them, and how it answers the rest.</summary>
public sealed class LanguageCaseTests
{
    // Each is one equation on x and t, as it was typed.
    [Theory]
    [InlineData("D10", "u_t = heaviside(t - 0.6)")]
    [InlineData("D10", "u_t = where(0 < t < 0.75, 1, 0)")]
    [InlineData("D10", "u_t = step(t) - step(t - 0.75)")]
    [InlineData("D11", "u_t = atan(x/t)")]
    [InlineData("D11", "u_t = arctan(x)")]
    [InlineData("D12", "u_t = ln(x)")]
    [InlineData("D12", "u_t = 2x")]
    [InlineData("D12", "u_t = np.sin(x)")]
    [InlineData("D12", "u_t = e^x")]
    [InlineData("D12", "'u_t = u_{xx}'")]
    [InlineData("D12", "u_t = u**x")]
    public void What_means_one_thing_is_read(string id, string equation)
    {
        var problem = Files.Problem(Equation(equation));

        Assert.True(problem.Terms[0].Name == "p", id);
    }

    [Theory]
    [InlineData("D12", "u_t = u_x + k(u - 1)", "'k' is no function; a product is written k*(…)")]
    [InlineData("D12", "u_t = u_{xx}", "not valid YAML: While parsing a flow mapping, did not find expected ',' or '}'. Braces are YAML's own: write u_xx, or put the expression in quotes.")]
    [InlineData("D13", "u_t = u − 1", "my.yaml:6:24: equations.p: U+2212 is not the minus sign '-'")]
    [InlineData("D39", "u_t = u_xxxxxx", "'u_xxxxxx' is a derivative of order 6; the highest is 4; an auxiliary output splits it: outputs [u, w], an equation w = u_xxx, and w_xxx in place of the derivative")]
    public void What_does_not_is_answered_with_the_right_spelling(string id, string equation, string message)
    {
        var told = Files.Mistakes(Equation(equation));

        Assert.True(told.Contains(message, StringComparison.Ordinal), $"{id}: {told}");
    }

    [Theory]
    [InlineData("u_t = u_xx + integral(u, x, 0, pi/2) - exp(-t)")]
    [InlineData("u_t = u_xx + ∫(u) - exp(-t)")]
    public void D14_an_integral_names_the_auxiliary_output_and_nothing_else(string equation)
    {
        var told = Files.Mistakes(Equation(equation));

        Assert.Single(told.Split('\n'));
        Assert.Contains(equation.Contains('∫', StringComparison.Ordinal) ? "U+222B" : "integrals are not known; an auxiliary output I does it", told, StringComparison.Ordinal);
        Assert.Contains("the condition I = 0 on x-lower", told, StringComparison.Ordinal);
    }

    [Fact]
    public void D46_a_problem_file_with_windows_line_ends_and_folded_text_is_read()
    {
        var plain = Equation("u_t = u_xx");
        var folded = Equation("u_t = u_xx").Replace("{p: u_t = u_xx}", "\n  p: >\n    u_t =\n    u_xx", StringComparison.Ordinal).ReplaceLineEndings("\r\n");

        Assert.Equal(Files.Read(plain).ToMap().Canonical(), Files.Read(folded).ToMap().Canonical());
    }

    [Fact]
    public void D46_words_that_older_schemas_take_for_flags_are_names()
    {
        var problem = Files.Problem(Equation("u_t = n*u_xx").Replace("{k: 2}", "{n: 2, no: 3, on: 010}", StringComparison.Ordinal).Replace("x:", "y:", StringComparison.Ordinal)
            .Replace("u_xx", "u_yy + on*no", StringComparison.Ordinal).Replace("x-", "y-", StringComparison.Ordinal));

        Assert.Equal(["y", "t"], problem.Axes.Select(axis => axis.Name));
        Assert.Contains("(10 * 3)", problem.Terms[0].Residual.ToString(), StringComparison.Ordinal);
    }

    private static string Equation(string equation) => $$"""
        problem: one-line
        coordinates: {x: [0.5, 1], t: [0.5, 1]}
        time: t
        constants: {k: 2}
        free: [x-lower, x-upper]
        equations: {p: {{equation}} }
        conditions: {start: {on: t-lower, expression: u = 1} }
        """;
}
