namespace PinnSweep.Cluster.Blobs;

/// <summary>The coordinator's node does not take or give a blob, and asking again would not change that.</summary>
public sealed class BlobRefusedException(string message) : Exception(message);
