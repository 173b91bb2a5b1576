using System.Text;

namespace PinnSweep.Tests.Fuzz;

/// <summary>Small inputs that want much: time, memory or stack.</summary>
internal static class Bombs
{
    private const string Head = "study: bomb\nbudget: {steps: 5}\n";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["lists in lists"] = $"{Head}factors: {new string('[', 200_000)}",
        ["maps in maps"] = $"{Head}factors: {string.Concat(Enumerable.Repeat("{a: ", 100_000))}",
        ["indented lists"] = $"{Head}factors:\n  problem: {string.Concat(Enumerable.Repeat("- ", 100_000))}",
        ["question marks"] = string.Concat(Enumerable.Repeat("? ", 100_000)),
        ["a billion laughs"] = Laughs(),
        ["a value set deep below"] = $"# --set [\"{string.Join('.', Enumerable.Repeat("a", 200_000))}\", \"1\"]\n{Head}factors: {{problem: [helmholtz]}}",
        ["many values set"] = string.Concat(Enumerable.Repeat("# --set [\"seeds\", \"1\"]\n", 20_000)) + $"{Head}factors: {{problem: [helmholtz]}}",
        ["many files"] = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"# --file [\"f{i}\", \"x\"]\n")) + $"{Head}factors: {{problem: [helmholtz]}}",
        ["a grid without end"] = $"{Head}seeds: 1000000\nfactors:\n  problem: [{Levels("helmholtz", "a2", 100)}]\n  balancer: [{Levels("relobralo", "temperature", 300)}]\n  optimizer: [{Levels("adam", "lr", 300)}]\n",
        ["a million seeds"] = $"{Head}seeds: 1000000\nfactors: {{problem: [helmholtz]}}",
        ["a list of seeds"] = $"{Head}seeds: [{string.Join(',', Enumerable.Range(1, 120_000))}]\nfactors: {{problem: [helmholtz], network: [a, b, c]}}",
        ["levels without end"] = $"{Head}seeds: 20\nfactors:\n  problem: [helmholtz]\n  optimizer: [{Levels("adam", "lr", 20_000)}]\n",
        ["twins without end"] = $"{Head}seeds: 1\nfactors:\n  problem: [{string.Join(',', Enumerable.Repeat("helmholtz", 100_000))}]\n",
        ["rules without end"] = $"{Head}seeds: 1\nfactors:\n  problem: [helmholtz]\n  optimizer: [{Levels("adam", "lr", 200)}]\n  balancer: [{Levels("relobralo", "temperature", 200)}]\nexclude: [{string.Join(',', Enumerable.Range(1, 10_000).Select(i => $"{{balancer: {{temperature: {1 + (i % 200)}}}}}"))}]\n",
        ["unknown keys without end"] = Head + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"key{i}: 1\n")),
        ["a key as long as a book"] = $"{Head}{new string('k', 900_000)}: 1\n",
        ["a hidden layer without end"] = $"{Head}factors: {{problem: [helmholtz], network: [{{kind: mlp, hidden: [{string.Join(',', Enumerable.Repeat("50", 100_000))}]}}]}}",
        ["an expression without end"] = Own($"u = {string.Concat(Enumerable.Repeat("sin(", 20_000))}x"),
        ["parentheses without end"] = Own($"u = {new string('(', 60_000)}x"),
        ["minuses without end"] = Own($"u = {new string('-', 60_000)}x"),
        ["nested squares"] = Own($"u = {Repeat("(", 60)}x{Repeat("^2)", 60)}/(x - 0.01)"),
        ["nested hyperbolic sines"] = Own($"u = {Repeat("sinh(", 60)}x + 3{Repeat(")", 60)}"),
        ["a tower of exponents"] = Own($"u = x^{Repeat("(", 60)}2{Repeat("^2)", 60)}"),
        ["a constant without end"] = Own("u = 1e308*1e308"),
        ["equations without end"] = Own($"u = {Repeat("exp(x)/(2+x)+", 250)}x", 60),
        ["a network of wide layers"] = $"{Head}factors: {{problem: [helmholtz], network: [{{kind: mlp, hidden: [{Repeat("4096,", 999)}4096]}}]}}",
        ["a network of polynomials"] = $"{Head}factors: {{problem: [helmholtz], network: [{{kind: chebyshev-kan, degree: 12, hidden: [{Repeat("4096,", 999)}4096]}}]}}",
        ["published numbers without end"] = $"{Head}seeds: 1\nfactors:\n  problem: [helmholtz]\n  optimizer: [{Levels("adam", "lr", 200)}]\n  balancer: [{Levels("relobralo", "temperature", 200)}]\npublished: {{source: x, rows: [{string.Join(',', Enumerable.Range(1, 5000).Select(i => $"{{balancer: {{temperature: {1 + (i % 200)}}}, optimizer: {{lr: 1}}, value: 1}}"))}]}}\n",
        ["powers without end"] = Own($"u = x{string.Concat(Enumerable.Repeat("^2", 60_000))}"),
        ["sums without end"] = Own($"u = x{string.Concat(Enumerable.Repeat("+x", 60_000))}"),
        ["derivatives without end"] = Own($"u_{new string('x', 60_000)} = 0"),
    };

    private static string Laughs()
    {
        var text = new StringBuilder(Head).Append("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (var i = 1; i < 30; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        return text.ToString();
    }

    private static string Levels(string kind, string parameter, int count) =>
        string.Join(',', Enumerable.Range(1, count).Select(i => $"{{kind: {kind}, {parameter}: {i}}}"));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Own(string equation, int times = 1)
    {
        var equations = string.Join(", ", Enumerable.Range(1, times).Select(i => $"r{i}: {equation}"));
        var problem = $"problem: mine\ncoordinates: {{x: [-1, 1], t: [0, 1]}}\ntime: t\nequations: {{{equations}}}\nconditions:\n  start: {{on: t-lower, expression: u}}\n";
        return $"# --file {System.Text.Json.JsonSerializer.Serialize((string[])["p.yaml", problem])}\n{Head}metric: residual_l2\nfactors:\n  problem: [{{kind: file, path: p.yaml}}]\n";
    }
}
