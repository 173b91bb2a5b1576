using System.Text.Json;
using PinnSweep.Jets;
using PinnSweep.Pinns;
using PinnSweep.Studies;

namespace PinnSweep.Trainer;

/// <summary>The numerical core checked on this machine: one JSON object a line for every check, with the error found and what it may be.</summary>
internal static class Verification
{
    private const int Networks = 20;

    public static bool Run(Action<string> writeLine)
    {
        var passed = true;
        foreach (var check in Derivatives(JetEngines.Fused).Concat(Derivatives(JetEngines.Torch)).Concat(Solutions()))
        {
            passed &= check.Passed;
            writeLine(JsonSerializer.Serialize(new { check.Name, check.Error, check.Limit, check.Passed }, TrainerProtocol.Json));
        }

        return passed;
    }

    private static IReadOnlyList<DerivativeCheck> Derivatives(string engine) =>
        DerivativeChecks.Run(engine, (network, coefficients, precision) => JetEngines.Create(engine, network, precision, coefficients), Networks);

    private static IEnumerable<DerivativeCheck> Solutions() =>
        from entry in ProblemCatalog.All
        let problem = entry.Create(LevelText.Parse(Factor.Problem, entry.Method.Kind, PinnCatalogue.Instance, entry.Method.Kind))
        from term in problem.Terms
        select new DerivativeCheck($"{entry.Method.Kind}: its solution makes '{term.Name}' zero", ExactResidual.Largest(problem, term), 1e-5);
}
