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
        return Planner.Plan(StudyFile.Parse(text, "bench.yaml", PinnCatalog.Instance), PinnCatalog.Instance);
    }
}
