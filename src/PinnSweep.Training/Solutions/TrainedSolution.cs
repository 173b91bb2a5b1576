using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Solutions;

/// <summary>
/// A trained network made ready to be asked: its problem, the graph of each part, and engines that hold the parameters. Engines are fused
/// ones in the precision of the trial, so no library of the trainer is needed.
/// </summary>
public sealed class TrainedSolution : IDisposable
{
    private readonly ImmutableArray<IJetEngine> _engines;

    private TrainedSolution(SavedNetwork saved, TrialDescription description, TrialMethods methods)
    {
        (Saved, Description, Own) = (saved, description, methods.Target);
        (Problem, Stated) = (Own.Physical, methods.Stated.Physical);
        var stages = methods.Time.Stages(description.Levels, methods.Target, methods.Problems);
        var engines = ImmutableArray.CreateBuilder<IJetEngine>();
        var networks = ImmutableArray.CreateBuilder<NetworkGraph>();
        foreach (var part in saved.Parts)
        {
            // What a stage takes over from the one before it is in its loss alone, never in its network.
            var network = methods.Network.Make(description.Levels.Network, stages[part.Stage].Problem(null), description.Seed);
            if (network.ParameterCount + Problem.Coefficients != part.Theta.Length)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"it has {part.Theta.Length} parameters where the network of its description has {network.ParameterCount + Problem.Coefficients}"));
            }

            var engine = JetEngines.CreateFused(network, description.Levels.Precision);
            engine.SetParameters(part.Theta.AsSpan());
            networks.Add(network);
            engines.Add(engine);
        }

        (_engines, Networks) = (engines.ToImmutable(), networks.ToImmutable());
    }

    /// <summary>What was saved.</summary>
    public SavedNetwork Saved { get; }

    /// <summary>Its trial.</summary>
    public TrialDescription Description { get; }

    /// <summary>
    /// The problem that the trial was judged by, in its own units, and in its ansatz where the network keeps conditions by construction.
    /// </summary>
    public Problem Own { get; }

    /// <summary>The same in physical units: coordinates and outputs of all that is asked and told.</summary>
    public Problem Problem { get; }

    /// <summary>The same as its level states it.</summary>
    public Problem Stated { get; }

    /// <summary>The networks of <see cref="SavedNetwork.Parts"/>.</summary>
    public ImmutableArray<NetworkGraph> Networks { get; }

    /// <summary>Makes a saved network ready.</summary>
    /// <exception cref="InvalidDataException">Network and description do not fit together.</exception>
    /// <exception cref="UserMistakeException">The catalog of this program does not know what the description names.</exception>
    public static TrainedSolution Of(SavedNetwork saved)
    {
        try
        {
            var description = TrialDescription.Parse(saved.Description);
            return new(saved, description, PinnCatalog.Methods(description.Levels));
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"its description cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Prepares expressions of the solution, its derivatives and the coordinates, to be evaluated at many points.</summary>
    /// <param name="wanted">In terms of the problem's outputs, whatever the network keeps by construction.</param>
    public SolutionValues Prepare(ImmutableArray<Expr> wanted) => new(Own, [.. Saved.Parts.Select(part => part.Until)], _engines, wanted);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var engine in _engines)
        {
            engine.Dispose();
        }
    }
}
