using Akka.Actor;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Protocol;

namespace PinnSweep.Cluster.MachineChecks;

/// <summary>
/// Reads now and then how busy a machine is, and tells its worker. On a thread of its own: a driver of GPUs may take its time, and is asked
/// no more once it has failed some times in a row.
/// </summary>
internal sealed class LoadActor : ReceiveActor, IWithTimers
{
    private const int MostFailures = 3;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private int _failures;

    public LoadActor(bool hasGpus)
    {
        Receive<Look>(_ =>
        {
            var load = MachineReading.Load(hasGpus && _failures < MostFailures);
            _failures = load.Devices.IsEmpty ? _failures + 1 : 0;
            Context.Parent.Tell(new Seen(load));
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, Every);

    /// <summary>What was read.</summary>
    public sealed record Seen(MachineLoad Load) : INoSerializationVerificationNeeded;

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static Look Instance { get; } = new();
    }
}
