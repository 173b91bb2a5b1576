namespace PinnSweep.Cluster.Protocol;

/// <summary>A process as others on the same machine can find it.</summary>
/// <param name="Machine">Its kernel since it booted, and the processes that can be seen there: equal for two that see each other.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Start">When it started, in the kernel's ticks: a number is given again.</param>
public sealed record ProcessIdentity(string Machine, int Id, long Start);
