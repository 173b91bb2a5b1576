using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Benchmarks;

/// <summary>The description of a trial whose steps are timed: seed 1, no end and no evaluation within reach.</summary>
internal static class BenchTrial
{
    public static TrialDescription Of(string problem, string hidden, string balancer, string sampler, string optimizer = "adam", string precision = "float32")
    {
        var text = $$"""
            study: bench
            seeds: 1
            precision: {{precision}}
            factors:
              problem: [{{problem}}]
              network: [{kind: mlp, hidden: {{hidden}}}]
              balancer: [{{balancer}}]
              sampler: [{{sampler}}]
              optimizer: [{{optimizer}}]
            budget: {steps: 10000000}
            evaluate_every: 10000000
            """;
        return Planner.Plan(StudyFile.Parse(text, "bench.yaml", PinnCatalog.Instance), PinnCatalog.Instance).Trials[0].Description;
    }
}
