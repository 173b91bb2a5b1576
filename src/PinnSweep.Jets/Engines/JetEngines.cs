using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Jets.Engines;

/// <summary>Chooses the engine of a trial.</summary>
public static class JetEngines
{
    /// <summary>The fused engine where it supports the network, else the Torch engine with a note.</summary>
    public const string Auto = "auto";

    /// <summary>The fused engine.</summary>
    public const string Fused = "fused";

    /// <summary>The Torch engine; a device may follow, as in <c>torch/cuda:0</c>.</summary>
    public const string Torch = "torch";

    /// <summary>An engine by name.</summary>
    /// <param name="engine"><see cref="Auto"/>, <see cref="Fused"/> or <see cref="Torch"/>.</param>
    /// <param name="network">The network.</param>
    /// <param name="precision">The arithmetic of its passes.</param>
    /// <param name="coefficients">Number of trainable coefficients behind the network's parameters.</param>
    /// <param name="note">Told in words when <see cref="Auto"/> falls back to the slower engine.</param>
    /// <exception cref="UserMistakeException">No engine has that name, or the fused one was asked for and cannot run the
    /// network.</exception>
    public static IJetEngine Create(string engine, NetworkGraph network, Precision precision, int coefficients, Action<string>? note = null)
    {
        if (engine == Torch || engine.StartsWith("torch/", StringComparison.Ordinal))
        {
            return new TorchJetEngine(network, coefficients, precision, engine == Torch ? "cpu" : engine["torch/".Length..]);
        }

        if (engine is not (Auto or Fused))
        {
            throw new UserMistakeException($"No engine is called '{engine}'; there are {Auto}, {Fused}, {Torch} and torch/DEVICE.");
        }

        if (FusedJetEngine.WhyUnsupported(network, JetLayout.ValuesOnly(network.InputDimension)) is not { } reason)
        {
            return new FusedJetEngine(network, precision);
        }

        if (engine == Fused)
        {
            throw new UserMistakeException($"The fused engine cannot run this network: {reason}.");
        }

        note?.Invoke($"The Torch engine runs this network, several times slower: the fused one cannot ({reason}).");
        return new TorchJetEngine(network, coefficients, precision);
    }
}
