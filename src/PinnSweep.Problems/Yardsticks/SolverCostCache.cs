using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Yardsticks;

/// <summary>
/// What solvers take, measured once a machine and kept beside the references, under the SHA-256 of machine, problem and solver. A file that
/// cannot be read is measured again; where the folder cannot be written nothing is kept.
/// </summary>
/// <param name="folder">The folder.</param>
public sealed class SolverCostCache(string folder)
{
    private const int Version = 1;

    /// <summary>The cache in the folder of the references.</summary>
    public static SolverCostCache Default { get; } = new(ReferenceCache.Folder);

    /// <summary>What is kept of this machine; null where nothing is.</summary>
    /// <param name="problem">Says equation and parameters.</param>
    /// <param name="solver">Its solver.</param>
    public SolverCosts? Kept(string problem, ClassicalSolver solver)
    {
        try
        {
            return JsonSerializer.Deserialize<SolverCosts>(File.ReadAllText(PathOf(problem, solver))) is { Machine: not null, Costs.IsDefault: false } costs ? costs : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps what was measured on this machine; of several that measured at once the first, which all then tell.</summary>
    /// <param name="problem">Says equation and parameters.</param>
    /// <param name="solver">Its solver.</param>
    /// <param name="costs">What was measured.</param>
    /// <returns>What is kept.</returns>
    public SolverCosts Keep(string problem, ClassicalSolver solver, SolverCosts costs)
    {
        if (Kept(problem, solver) is { } earlier)
        {
            return earlier;
        }

        var path = PathOf(problem, solver);
        try
        {
            // Whoever reads it at this very moment may find it cut off, and measures.
            Directory.CreateDirectory(folder);
            File.WriteAllText(path, JsonSerializer.Serialize(costs));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody writes it at this moment, or it is measured again next time.
        }

        return Kept(problem, solver) ?? costs;
    }

    private string PathOf(string problem, ClassicalSolver solver)
    {
        var identity = $"{Version}|{Environment.MachineName}|{problem}|{solver.Method}|{string.Join(',', solver.Resolutions)}";
        return Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))}.yardstick");
    }
}
