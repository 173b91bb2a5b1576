using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Benchmarks.Coordinator;

/// <summary>A real plan of as many trials: seeds of one cell, read from a study file as any other.</summary>
internal static class BenchStudies
{
    public static StudyPlan Of(int trials)
    {
        var text = FormattableString.Invariant(
            $$"""
            study: simulated
            metric: relative_l2
            seeds: {{trials}}
            factors:
              problem: [helmholtz]
              network: [{kind: mlp, hidden: [20]}]
              balancer: [static]
            budget: {steps: 1000}
            """);
        return Plan(text);
    }

    /// <summary>The same divided among cells, networks of other widths on the rows.</summary>
    public static StudyPlan Of(int trials, int cells)
    {
        const int balancers = 10;
        var across = cells % balancers == 0 ? balancers : 1;
        var text = FormattableString.Invariant(
            $$"""
            study: simulated
            metric: relative_l2
            seeds: {{trials / cells}}
            factors:
              problem: [helmholtz]
              network: [{{string.Join(", ", Enumerable.Range(0, cells / across).Select(number => FormattableString.Invariant($"{{kind: mlp, hidden: [{20 + number}]}}")))}}]
              balancer: [{{string.Join(", ", Enumerable.Range(0, across).Select(number => FormattableString.Invariant($"{{kind: relobralo, temperature: {1 + number}}}")))}}]
            budget: {steps: 1000}
            """);
        return Plan(text);
    }

    private static StudyPlan Plan(string text) => Planner.Plan(StudyFile.Parse(text, "bench.yaml", PinnCatalog.Instance), PinnCatalog.Instance);
}
