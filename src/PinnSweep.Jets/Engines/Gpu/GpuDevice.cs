using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using PinnSweep.Jets.Engines.Gpu.Kernels;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// A device with its queue: a card, or for tests the simulation of one on the CPU. What fails on it is told as memory that is not there or as
/// a device that is lost.
/// </summary>
internal sealed class GpuDevice : IDisposable
{
    // Blocks that a launch has at most for each processor: more of them would only need more memory.
    private const int BlocksPerProcessor = 4;

    private readonly Context _context;
    private readonly Dictionary<(Type, Type), object> _kernels = [];
    private GpuLostException? _lost;

    private GpuDevice(Context context, Accelerator accelerator, string name, EngineCard card, int threads, int sharedMemory)
    {
        _context = context;
        Accelerator = accelerator;
        Stream = accelerator.DefaultStream;
        Name = name;
        Card = card;
        Threads = threads;
        SharedMemory = sharedMemory;
        Blocks = BlocksPerProcessor * accelerator.NumMultiprocessors;
    }

    /// <summary>Is raised whenever the digits of the kernels change; a test holds them to it.</summary>
    public static int KernelVersion => 1;

    /// <summary>The accelerator.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Its queue.</summary>
    public AcceleratorStream Stream { get; }

    /// <summary>The card, its driver and the version of the kernels.</summary>
    public string Name { get; }

    /// <summary>The same, piece by piece.</summary>
    public EngineCard Card { get; }

    /// <summary>Threads of a block. They have no part in the digits.</summary>
    public int Threads { get; }

    /// <summary>Bytes of shared memory that a block may have.</summary>
    public int SharedMemory { get; }

    /// <summary>Blocks of a launch at most.</summary>
    public int Blocks { get; }

    /// <summary>The card of that number.</summary>
    /// <exception cref="NotSupportedException">There is none; the message says what is missing.</exception>
    public static GpuDevice Open(int number)
    {
        if (GpuBackend.WhyUnavailable(number) is { } reason)
        {
            throw new NotSupportedException(reason);
        }

        var context = NewContext(builder => builder.Cuda());
        try
        {
            var device = context.GetCudaDevice(number);
            return new(
                context,
                device.CreateCudaAccelerator(context),
                FormattableString.Invariant($"cuda/{device.Name} (CUDA {CudaDriver.Version()}, kernels {KernelVersion})"),
                CudaDriver.Card(number, KernelVersion),
                threads: 256,
                CudaDriver.SharedMemory(number));
        }
        catch (Exception failure) when (failure is not NotSupportedException)
        {
            context.Dispose();
            throw new NotSupportedException($"device {number} cannot be opened: {failure.Message}", failure);
        }
    }

    /// <summary>The simulation on the CPU: slow, for tests and for cases of a few points.</summary>
    /// <param name="threads">Threads of a block, a power of two from 2 on.</param>
    /// <param name="sharedMemory">Bytes of shared memory; 0 puts every arena into the memory of the device.</param>
    public static GpuDevice Simulated(int threads, int sharedMemory)
    {
        var context = NewContext(builder => builder.CPU(new CPUDevice(threads, 1, 1)));
        return new(
            context,
            context.GetCPUDevice(0).CreateCPUAccelerator(context, CPUAcceleratorMode.Sequential),
            FormattableString.Invariant($"cuda/simulated (kernels {KernelVersion})"),
            new("simulated", 0, null, null, KernelVersion),
            threads,
            sharedMemory);
    }

    /// <summary>A context that knows the instructions of the kernels.</summary>
    public static Context NewContext(Action<Context.Builder> devices) => Context.Create(builder =>
    {
        devices(builder);
        FusedMultiplyAdd.Register(builder.Optimize(OptimizationLevel.O2));
    });

    /// <summary>The kernels in one precision, compiled when first used.</summary>
    public GpuKernels<T, TReal> Kernels<T, TReal>()
        where T : unmanaged, System.Numerics.INumber<T>
        where TReal : struct, IReal<T>
    {
        if (!_kernels.TryGetValue((typeof(T), typeof(TReal)), out var kernels))
        {
            _kernels.Add((typeof(T), typeof(TReal)), kernels = new GpuKernels<T, TReal>(this));
        }

        return (GpuKernels<T, TReal>)kernels;
    }

    /// <summary>Does something with the device.</summary>
    /// <exception cref="OutOfMemoryException">Its memory does not suffice; <paramref name="what"/> is told.</exception>
    /// <exception cref="GpuLostException">It failed, now or before.</exception>
    public void Do(string what, Action action)
    {
        if (_lost is not null)
        {
            throw _lost;
        }

        try
        {
            Accelerator.Bind();
            action();
        }
        catch (CudaException failure) when (IsMemory(failure))
        {
#pragma warning disable CA2201 // Whoever trains knows this exception of every engine, and divides the work.
            throw new OutOfMemoryException($"The memory of {Name} does not suffice for {what}.", failure);
#pragma warning restore CA2201
        }
        catch (CudaException failure)
        {
            throw _lost = new($"{Name} failed at {what}: {failure.Error} ({failure.Message})", failure);
        }
    }

    // The code's name or the driver's words, whichever the exception carries.
    private static bool IsMemory(CudaException failure) =>
        $"{failure.Error} {failure.Message}".Replace('_', ' ').Contains("out of memory", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Accelerator.Dispose();
            _context.Dispose();
        }
        catch (CudaException)
        {
            // A lost device cannot be tidied up; its memory goes with the process.
        }
    }
}
