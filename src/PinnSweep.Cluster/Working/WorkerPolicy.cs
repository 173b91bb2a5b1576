namespace PinnSweep.Cluster.Working;

/// <summary>What a worker's decisions depend on beside its state.</summary>
/// <param name="Software">Its version.</param>
/// <param name="Process">Its process, where it can be told.</param>
/// <param name="RegisterEvery">Time between attempts to register.</param>
/// <param name="PollEvery">Time between requests for work.</param>
/// <param name="Watchdog">Without a word of a coordinator for this long it gives its node up; null waits for ever.</param>
internal sealed record WorkerPolicy(
    string Software, Protocol.ProcessIdentity? Process, TimeSpan RegisterEvery, TimeSpan PollEvery, TimeSpan? Watchdog)
{
    /// <summary>What its machine is; null where nobody looked.</summary>
    public Protocol.MachineFacts? Machine { get; init; }
}
