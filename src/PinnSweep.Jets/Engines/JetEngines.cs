using System.Globalization;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Jets.Engines.Torch.Batches;
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

    /// <summary>The kernels on a card; its number may follow, as in <c>cuda:1</c>.</summary>
    public const string Cuda = "cuda";

    /// <summary>The card that an engine's word names; null where it names none.</summary>
    public static int? CardOf(string engine) =>
        engine == Cuda ? 0
        : engine.StartsWith($"{Cuda}:", StringComparison.Ordinal) && int.TryParse(engine.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var card) ? card
        : null;

    /// <summary>
    /// What runs the passes of a pack's lanes on an engine. On cores the Torch engine runs them one after another, which is as fast there and
    /// keeps the digits of trials alone; <c>torch/cpu</c> batches them as on a card, for those who have none.
    /// </summary>
    /// <exception cref="UserMistakeException">It names a card that cannot be used here.</exception>
    public static IPackBackend CreateBackend(string engine) =>
        CardOf(engine) is { } card ? OnCard(engine, () => GpuBackend.Open(card))
        : engine != Torch && TorchDeviceOf(engine) is { } device ? new TorchBackend(device)
        : new LoopBackend(engine);

    /// <summary>
    /// What a failure is of an engine that has computed: a <see cref="GpuLostException"/> where its device does nothing more, else itself. The
    /// kernels' own engine tells of that loss without being asked.
    /// </summary>
    public static Exception Behind(Exception failure, string engine) =>
        TorchDeviceOf(engine) is { } device and not "cpu" ? TorchDevice.Behind(failure, () => TorchDevice.WhyLost(device)) : failure;

    /// <summary>An engine by name.</summary>
    /// <param name="engine"><see cref="Auto"/>, <see cref="Fused"/>, <see cref="Torch"/> or <see cref="Cuda"/>.</param>
    /// <param name="network">The network.</param>
    /// <param name="precision">The arithmetic of its passes.</param>
    /// <param name="coefficients">Number of trainable coefficients behind the network's parameters.</param>
    /// <param name="note">Told in words when <see cref="Auto"/> falls back to the slower engine.</param>
    /// <exception cref="UserMistakeException">No engine has that name, or the fused one was asked for and cannot run the
    /// network.</exception>
    public static IJetEngine Create(string engine, NetworkGraph network, Precision precision, int coefficients, Action<string>? note = null)
    {
        if (TorchDeviceOf(engine) is { } device)
        {
            return new TorchJetEngine(network, coefficients, precision, device);
        }

        if (CardOf(engine) is { } card)
        {
            return OnCard(engine, () => GpuBackend.Shared(card).CreateEngine(network, precision, coefficients, note));
        }

        if (engine is not (Auto or Fused))
        {
            throw new UserMistakeException($"No engine is called '{engine}'; there are {Auto}, {Fused}, {Torch}, torch/DEVICE, {Cuda} and {Cuda}:CARD.");
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

    /// <summary>The fused engine, in programs that have no libtorch beside them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="precision">The arithmetic of its passes.</param>
    public static IJetEngine CreateFused(NetworkGraph network, Precision precision) => new FusedJetEngine(network, precision);

    private static string? TorchDeviceOf(string engine) =>
        engine == Torch ? "cpu" : engine.StartsWith($"{Torch}/", StringComparison.Ordinal) ? engine[(Torch.Length + 1)..] : null;

    private static T OnCard<T>(string engine, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (NotSupportedException absent)
        {
            throw new UserMistakeException($"The engine {engine} cannot run here: {absent.Message}.", absent);
        }
    }
}
