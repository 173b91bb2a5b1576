using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Pinns.Tests.Networks;

/// <summary>A network that nobody could train is refused before memory is taken for it.</summary>
public sealed class NetworkLimitsTests
{
    public static TheoryData<string, string> Levels => new()
    {
        { $"{{kind: mlp, hidden: [{Widths(4096, 1000)}]}}", "network 'mlp': has more than 200,000,000 trainable parameters; take fewer or narrower layers" },
        { $"{{kind: chebyshev-kan, degree: 12, hidden: [{Widths(4096, 1000)}]}}", "network 'chebyshev-kan': has more than " },
        { $"{{kind: fourier-features, features: 4096, hidden: [1], sigma: [{string.Join(',', Enumerable.Range(1, 1000))}], time_sigma: [{string.Join(',', Enumerable.Range(1, 1000))}]}}", "network 'fourier-features': has more than 20,000 nodes" },
    };

    [Theory]
    [MemberData(nameof(Levels), DisableDiscoveryEnumeration = true)]
    public void Network_that_is_too_large_is_a_mistake_that_names_the_limit(string level, string message)
    {
        var problem = PinnCatalog.Problem(LevelText.Parse(Factor.Problem, "burgers", PinnCatalog.Instance, "test"));
        var network = LevelText.Parse(Factor.Network, level, PinnCatalog.Instance, "test");

        var mistake = Assert.Throws<UserMistakeException>(() => PinnCatalog.Network(network, problem, 1));

        Assert.StartsWith(message, mistake.Message, StringComparison.Ordinal);
    }

    private static string Widths(int width, int layers) => string.Join(',', Enumerable.Repeat(width, layers));
}
