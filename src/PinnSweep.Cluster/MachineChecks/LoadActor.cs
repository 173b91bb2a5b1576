using System.Collections.Immutable;
using Akka.Actor;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.MachineChecks;

/// <summary>
/// Reads now and then how busy a machine is, and tells its worker. On a thread of its own: a driver of GPUs may take its time, and is asked
/// no more once it has failed some times in a row. A GPU that it tells nothing of is looked for: one that left the machine while nothing was
/// trained there would else be found out by the next trial.
/// </summary>
internal sealed class LoadActor : ReceiveActor, IWithTimers
{
    private const int MostFailures = 3;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private int _failures;

    public LoadActor(ImmutableArray<SlotDevice> devices, GpuWatch watch)
    {
        var gpus = devices.Where(device => device.Kind == Devices.Gpu).DistinctBy(device => device.CudaName).ToArray();
        Receive<Look>(_ =>
        {
            var load = MachineReading.Load(gpus.Length > 0 && _failures < MostFailures);
            if (_failures < MostFailures)
            {
                foreach (var gpu in gpus.Where(gpu => load.Devices.All(told => told.Index != gpu.Index)))
                {
                    if (watch.TroubleOf(gpu) is { Kind: TroubleKind.Device } trouble)
                    {
                        Context.Parent.Tell(new Gone(gpu.Index, trouble));
                    }
                }
            }

            _failures = load.Devices.IsEmpty ? _failures + 1 : 0;
            Context.Parent.Tell(new Seen(load));
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, Every);

    /// <summary>What was read.</summary>
    public sealed record Seen(MachineLoad Load) : INoSerializationVerificationNeeded;

    /// <summary>A GPU has left the machine.</summary>
    public sealed record Gone(int Gpu, MachineTrouble Trouble) : INoSerializationVerificationNeeded;

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static Look Instance { get; } = new();
    }
}
