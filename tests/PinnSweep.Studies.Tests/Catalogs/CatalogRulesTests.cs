using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Catalogs;

public sealed class CatalogRulesTests
{
    [Fact]
    public void Violations_of_a_good_catalog_are_none() => Assert.Empty(CatalogRules.Violations(SmallCatalog.Instance));

    [Fact]
    public void Violations_name_the_entry_and_the_rule()
    {
        ImmutableArray<MethodEntry> entries =
        [
            SmallCatalog.Entry(Factor.Balancer, "Static"),
            SmallCatalog.Entry(Factor.Sampler, "uniform"),
            SmallCatalog.Entry(Factor.Sampler, "uniform"),
            SmallCatalog.Entry(Factor.Optimizer, "adam", new Parameter("lr", new ParameterType.Number(0), new SpecValue.Number(-1), "")),
            SmallCatalog.Entry(Factor.Network, "mlp", new Parameter("kind", new ParameterType.Flag(), new SpecValue.Flag(true), "")),
            SmallCatalog.Entry(
                Factor.Problem,
                "wave",
                new Parameter("speeds", new ParameterType.Group([new("a", new ParameterType.Number(), new SpecValue.Number(1), "")]), SpecValue.Map.Empty, "")),
        ];

        Assert.Equal(
            [
                "sampler 'uniform' stands 2 times",
                "balancer 'Static': a kind is lower-case letters and digits with '-'",
                "optimizer 'adam': parameter 'lr': default -1 is not a number of at least 0",
                "network 'mlp': parameter 'kind' stands twice or is the word 'kind' or 'label'",
                "problem 'wave': parameter 'speeds': default {} is not a map with a",
            ],
            CatalogRules.Violations(new(entries, _ => null)));
    }
}
