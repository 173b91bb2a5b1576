using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Trainer;

/// <summary>
/// Where an attempt has its engines from: engines of its own, or of a lane of the trainer's pack. The others wait for it from its first
/// engine on, so that a reference solution which is computed before holds up nobody.
/// </summary>
/// <param name="engine">A word of <see cref="JetEngines"/>.</param>
/// <param name="pack">The trainer's pack, made by the first attempt that needs an engine; null where it trains one trial at a time.</param>
internal sealed class AttemptEngines(string engine, Lazy<JetPack>? pack) : IEngineSource, IDisposable
{
    private PackLane? _lane;
    private bool _hasComputed;

    public IJetEngine Create(NetworkGraph network, Precision precision, int coefficients, Action<string>? note = null)
    {
        var made = pack is null ? JetEngines.Create(engine, network, precision, coefficients, note) : (_lane ??= pack.Value.Join()).Create(network, precision, coefficients, note);
        _hasComputed = true;
        return made;
    }

    /// <summary>What a failure of the attempt is, after a look at the device that it had.</summary>
    public Exception Behind(Exception failure) => _hasComputed ? JetEngines.Behind(failure, engine) : failure;

    /// <summary>Nobody waits for this attempt until what is returned is disposed; null where nobody does anyway.</summary>
    public IDisposable? Aside() => _lane?.Aside();

    public void Dispose() => _lane?.Dispose();
}
