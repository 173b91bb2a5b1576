using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines;

/// <summary>Where a training has its engines from.</summary>
public interface IEngineSource
{
    /// <summary>An engine for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="precision">The arithmetic of its passes.</param>
    /// <param name="coefficients">Number of trainable coefficients behind the network's parameters.</param>
    /// <param name="note">Takes what a person should know, for instance that a slower engine had to be used.</param>
    IJetEngine Create(NetworkGraph network, Precision precision, int coefficients, Action<string>? note = null);
}

/// <summary>Engines of a trial alone.</summary>
/// <param name="engine">A word of <see cref="JetEngines"/>.</param>
public sealed class OwnEngines(string engine) : IEngineSource
{
    /// <inheritdoc/>
    public IJetEngine Create(NetworkGraph network, Precision precision, int coefficients, Action<string>? note = null) =>
        JetEngines.Create(engine, network, precision, coefficients, note);
}
