using System.Numerics;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// Runs the passes of many trials as one launch on a card, with kernels that are compiled for it when they are first used: the driver is all
/// that the machine needs. The sums of a lane have one order whatever else runs, so its digits do not depend on who shares the pack.
/// </summary>
public sealed class GpuBackend : IPackBackend
{
    private static readonly Dictionary<int, GpuBackend> Opened = [];

    private readonly object _lock = new();
    private readonly GpuDevice _device;
    private readonly Dictionary<string, (IDisposable Form, int Members)> _forms = [];

    internal GpuBackend(GpuDevice device) => _device = device;

    /// <inheritdoc/>
    public string Name => _device.Name;

    internal GpuDevice Device => _device;

    /// <summary>Why a card cannot be used on this machine, in words; null where it can. Nothing is created.</summary>
    public static string? WhyUnavailable(int card) => CudaDriver.WhyUnavailable(card) ?? CudaDriver.WhyNotCompiled(card);

    /// <summary>This machine's cards in the driver's order, as far as this process may see them; none without a driver.</summary>
    public static IReadOnlyList<EngineCard> Cards() => CudaDriver.Cards(GpuDevice.KernelVersion);

    /// <summary>What the driver tells of a card, whoever computes on it; null where it tells nothing.</summary>
    public static EngineCard? FactsOf(int card) => CudaDriver.WhyUnavailable(card) is null ? CudaDriver.Card(card, null) : null;

    /// <summary>The version of CUDA that the driver speaks; null without a driver.</summary>
    public static string? DriverVersion() => CudaDriver.Version();

    /// <summary>A card for a pack of its own.</summary>
    /// <exception cref="NotSupportedException">It cannot be used; the message says what is missing.</exception>
    public static GpuBackend Open(int card) => new(GpuDevice.Open(card));

    /// <summary>The simulation of a card on the CPU: for tests, and to try a case without one.</summary>
    /// <param name="threads">Threads of a block, a power of two from 2 on.</param>
    /// <param name="sharedMemory">Bytes of shared memory of a block.</param>
    public static GpuBackend Simulate(int threads = 2, int sharedMemory = 227 * 1024) => new(GpuDevice.Simulated(threads, sharedMemory));

    /// <summary>The backend of a card that all engines outside packs share, until the process ends.</summary>
    internal static GpuBackend Shared(int card)
    {
        lock (Opened)
        {
            if (!Opened.TryGetValue(card, out var backend))
            {
                Opened.Add(card, backend = Open(card));
            }

            return backend;
        }
    }

    /// <inheritdoc/>
    public IJetEngine CreateEngine(NetworkGraph network, Precision precision, int coefficients, Action<string>? note)
    {
        if (FusedJetEngine.WhyUnsupported(network, JetLayout.ValuesOnly(network.InputDimension)) is { } reason)
        {
            throw new NotSupportedException(reason);
        }

        return precision == Precision.Float32
            ? new GpuEngine<float, SingleReal>(this, network, precision, coefficients)
            : new GpuEngine<double, DoubleReal>(this, network, precision, coefficients);
    }

    /// <inheritdoc/>
    public void Run(IReadOnlyList<LaneRequest> group)
    {
        if (group[0].Work == LaneWork.SquaredNorms)
        {
            // No kernel has them: whoever asks takes the rows.
            foreach (var request in group)
            {
                request.IsPossible = false;
            }

            return;
        }

        lock (_lock)
        {
            ((IGpuMember?)(group[0].Pass as object ?? group[0].Tape))!.RunGroup(group);
        }
    }

    /// <summary>A member comes: the form that it shares with others.</summary>
    internal GpuForm<T, TReal> Enter<T, TReal>(GpuMember<T, TReal> member)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T>
    {
        lock (_lock)
        {
            var key = Key(member);
            if (_forms.TryGetValue(key, out var known))
            {
                _forms[key] = (known.Form, known.Members + 1);
                return (GpuForm<T, TReal>)known.Form;
            }

            var form = new GpuForm<T, TReal>(_device, member.Engine.Network, member.Layout, member.Program, member.Engine.Coefficients);
            _forms.Add(key, (form, 1));
            return form;
        }
    }

    /// <summary>A member goes; with the last one the form's memory.</summary>
    internal void Leave<T, TReal>(GpuMember<T, TReal> member)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T>
    {
        lock (_lock)
        {
            var key = Key(member);
            if (!_forms.TryGetValue(key, out var known))
            {
                return;
            }

            member.Form.Forget(member);
            _forms[key] = (known.Form, known.Members - 1);
            if (known.Members == 1)
            {
                _forms.Remove(key);
                known.Form.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (form, _) in _forms.Values)
            {
                form.Dispose();
            }

            _forms.Clear();
            _device.Dispose();
        }
    }

    private static string Key<T, TReal>(GpuMember<T, TReal> member)
        where T : unmanaged, INumber<T>
        where TReal : struct, IReal<T> =>
        $"{PackForm.Of(member.Engine.Network, member.Engine.Precision, member.Engine.Coefficients)}|{(member.Program is null ? PackForm.Of(member.Layout) : PackForm.Of(member.Program))}";
}
